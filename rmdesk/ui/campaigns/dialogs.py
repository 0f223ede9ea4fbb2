"""The forms of campaigns: a campaign with its visual filter, and a purchase."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QBoxLayout, QCheckBox, QComboBox, QDialog, QLineEdit, QPlainTextEdit, QWidget

from rmdesk.base import clock
from rmdesk.base.errors import Refused
from rmdesk.base.text import N_, _, plural
from rmdesk.models.kinds import Purpose, RecordId
from rmdesk.services.campaigns.conditions import Condition
from rmdesk.services.campaigns.drafts import Draft
from rmdesk.services.campaigns.gates import Pipeline
from rmdesk.services.campaigns.rows import CampaignRow
from rmdesk.services.campaigns.script import PLACES
from rmdesk.services.campaigns.tables import table
from rmdesk.services.imports.amounts import minor_of
from rmdesk.services.store.command import Command
from rmdesk.services.store.reads import Reads
from rmdesk.ui.campaigns import words
from rmdesk.ui.campaigns.condition_bar import ConditionBar
from rmdesk.ui.campaigns.gates_view import GatesView
from rmdesk.ui.kit import format
from rmdesk.ui.kit.day_field import DayField
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.form import FormDialog, choices
from rmdesk.ui.kit.opening import opened
from rmdesk.ui.kit.scroller import scroller
from rmdesk.ui.kit.theme import theme
from rmdesk.ui.kit.widgets import column, label

COUNT_MS = 150  # the count follows when one stops choosing
SCRIPT, GATES, WIDE = 96, 250, 940  # pixels at 100 %
DAYS = 30  # a new campaign is offered to last so long


LARGE = 125  # percent of text up to which form and gates stand side by side


class CampaignDialog(FormDialog):
    """Purpose, product, script; beside it who is chosen, with the count that follows each choice."""

    def __init__(self, desk: Desk, campaign: CampaignRow | None = None, groups: Sequence[str] = ()) -> None:
        new = campaign is None
        super().__init__(desk, _("New campaign") if new else _("Edit campaign"), said=_("Campaign saved"))
        self._campaign = campaign
        self.pipeline: Pipeline | None = None
        self._counting = desk.tasks.line(self)
        self.filter = ConditionBar()
        self.count = label("", "strong", wrap=True)
        self.gates = GatesView()
        self._ask(desk)
        self._arrange()
        self._soon = QTimer(self, singleShot=True, interval=COUNT_MS)
        self._soon.timeout.connect(self._count)
        self.filter.changed.connect(self._soon.start)
        for name in ("purpose", "product"):
            self.form.editor(name, QComboBox).currentIndexChanged.connect(lambda _at: self._follow())
        self.form.editor("with_open", QCheckBox).toggled.connect(lambda _on: self._say())
        if groups:
            self.filter.take((Condition("group", tuple(groups)),))
        if campaign is not None:
            self._show(campaign)
        desk.tasks.line(self).fetch(_products).done.connect(self._offer)
        self._follow()
        self.form.fields["name"].editor.setFocus()

    def command(self) -> Command[Any]:
        from rmdesk.services.campaigns.commands import EditCampaign, MakeCampaign

        value = self.form.value
        starts = value("starts_on")
        if starts is None:
            raise Refused(N_("Enter a day."), field="starts_on", code="no_day")
        draft = Draft(
            value("name"), Purpose(value("purpose")), starts, value("ends_on"), value("product") or None,
            self.filter.conditions, bool(value("with_open")), value("script"), _basis_points(value("margin")),
            self._campaign.note if self._campaign else "",
        )  # fmt: skip
        return MakeCampaign(draft) if self._campaign is None else EditCampaign(self._campaign.id, draft)

    # Counting.

    def _follow(self) -> None:
        """The purpose says what can be asked, and the count starts anew."""
        rule = table().purposes[Purpose(self.form.value("purpose"))]
        self.form.fields["product"].setVisible(rule.product)
        self.form.fields["margin"].setVisible(rule.product)
        self.form.fields["with_open"].setVisible("man" in rule.gates)
        if not rule.product:
            self.form.editor("product", QComboBox).setCurrentIndex(0)
        self._soon.start()

    def _count(self) -> None:
        purpose, product = Purpose(self.form.value("purpose")), self.form.value("product") or None
        known = self._campaign.id if self._campaign else None
        self._counting.fetch(_pipeline, purpose, product, self.filter.conditions, known).done.connect(self._counted)

    def _counted(self, found: Pipeline) -> None:
        self.pipeline = found
        self.gates.show_pipeline(found)
        self._say()

    def _say(self) -> None:
        found = self.pipeline
        if found is None:
            return
        count = len(found.clients)
        said = plural("{count} client passes all gates", "{count} clients pass all gates", count)
        if found.asking:
            taken = self.form.value("with_open")
            text = _("{count} more once MAN is asked, taken along") if taken else _("{count} more once MAN is asked")
            said += " · " + text.format(count=format.whole(len(found.asking)))
        self.count.setText(said)

    # Building.

    def _ask(self, desk: Desk) -> None:
        form, today = self.form, clock.today()
        form.add("name", _("Campaign name"), QLineEdit(), needed=True)
        purposes = choices(*((one.value, words.purpose(one)) for one in (Purpose.SELL, Purpose.WAKE, Purpose.MAINTAIN)))
        form.add("purpose", _("Purpose"), purposes, needed=True)
        form.add("product", _("Product"), choices(("", _("none yet"))))
        form.add("starts_on", _("Begins"), DayField(today), needed=True)
        form.add("ends_on", _("Ends"), DayField(today + timedelta(days=DAYS)))
        margin = QLineEdit()
        margin.setPlaceholderText(_("unknown"))
        form.add("margin", _("Margin in percent"), margin)
        form.side_by_side("purpose", "product")
        form.side_by_side("starts_on", "ends_on", "margin")
        script = QPlainTextEdit()
        script.setFixedHeight(theme.px(SCRIPT))
        script.setTabChangesFocus(True)
        places = " ".join(f"{{{place}}}" for place in PLACES)
        form.add("script", _("Script"), script, note=_("Filled in for each client: {places}").format(places=places))
        form.add("with_open", _("Take along those whose MAN has to be asked first"), QCheckBox())

    def _arrange(self) -> None:
        """The form at the left, who is chosen at the right."""
        self.whole.removeWidget(self.form)
        large = theme.percent > LARGE  # one below the other, and the dialog alone scrolls
        shown = self.gates if large else scroller(self.gates, "card")
        shown.setMinimumHeight(0 if large else theme.px(GATES))
        side = QWidget()
        told = column(label(_("Who is chosen"), "field"), self.filter, self.count, shown, gap=8)
        told.setStretch(3, 1)
        side.setLayout(told)
        left = QWidget()
        left.setLayout(column(self.form, None))
        both = QBoxLayout(QBoxLayout.Direction.TopToBottom if large else QBoxLayout.Direction.LeftToRight)
        both.setSpacing(24)
        both.addWidget(left, 1)
        both.addWidget(side, 1)
        self.whole.insertLayout(0, both)
        self.setMinimumWidth(theme.px(WIDE))

    def _show(self, one: CampaignRow) -> None:
        self.form.fill(
            name=one.name, purpose=one.purpose.value, starts_on=one.starts_on, ends_on=one.ends_on, script=one.script,
            with_open=one.with_open, margin="" if one.margin_bp is None else f"{one.margin_bp / 100:g}",
        )  # fmt: skip
        self.filter.take(one.conditions)

    def _offer(self, products: tuple[tuple[str, str], ...]) -> None:
        box = self.form.editor("product", QComboBox)
        for code, name in products:
            box.addItem(name, code)
        if self._campaign is not None and self._campaign.product:
            self.form.fill(product=self._campaign.product)


def open_campaign(desk: Desk, campaign: CampaignRow | None = None, groups: Sequence[str] = ()) -> QDialog:
    """Make a campaign, of these groups for a start, or change one."""
    return opened(CampaignDialog(desk, campaign, groups))


def _basis_points(typed: str) -> int | None:
    """Percent as typed, in hundredths; None for nothing."""
    if not typed:
        return None
    number = minor_of(typed.removesuffix("%").strip(), 2)
    if number is None:
        raise Refused(N_("This is not a number."), field="margin", code="bad_margin")
    return number


def _products(reads: Reads) -> tuple[tuple[str, str], ...]:
    from rmdesk.services.campaigns.queries import products

    return products(reads)


def _pipeline(
    reads: Reads, purpose: Purpose, product: str | None, chosen: tuple[Condition, ...], campaign: RecordId | None
) -> Pipeline:
    from rmdesk.services.campaigns.gates import pipeline

    return pipeline(reads, purpose, product, chosen, campaign)
