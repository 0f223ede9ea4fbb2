"""The forms of campaigns: a campaign with its visual filter, and a purchase."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QCheckBox, QDialog, QLineEdit, QPlainTextEdit, QWidget

from rmdesk.base import clock, money
from rmdesk.base.errors import Refused
from rmdesk.base.text import N_, _, plural
from rmdesk.models.kinds import Channel, ClientId, Purpose, RecordId, TouchOutcome
from rmdesk.services.campaigns.conditions import Condition
from rmdesk.services.campaigns.drafts import Draft
from rmdesk.services.campaigns.gates import Pipeline
from rmdesk.services.campaigns.rows import CampaignRow
from rmdesk.services.campaigns.script import PLACES
from rmdesk.services.campaigns.tables import table
from rmdesk.services.imports.amounts import minor_of
from rmdesk.services.segments.assets import portfolio_currency
from rmdesk.services.settings import general
from rmdesk.services.store.command import Command
from rmdesk.services.store.reads import Reads
from rmdesk.ui.campaigns import words
from rmdesk.ui.campaigns.condition_bar import ConditionBar
from rmdesk.ui.campaigns.gates_view import GatesView
from rmdesk.ui.kit import format, names
from rmdesk.ui.kit.client_field import ClientField
from rmdesk.ui.kit.day_field import DayField
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.form import FormDialog, choices
from rmdesk.ui.kit.scroller import scroller
from rmdesk.ui.kit.theme import theme
from rmdesk.ui.kit.widgets import column, label, row

COUNT_MS = 150  # the count follows when one stops choosing
SCRIPT, GATES, WIDE = 96, 250, 940  # pixels at 100 %
DAYS = 30  # a new campaign is offered to last so long


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
            self.form.fields[name].editor.currentIndexChanged.connect(lambda _at: self._follow())  # type: ignore[attr-defined]
        self.form.fields["with_open"].editor.toggled.connect(lambda _on: self._say())  # type: ignore[attr-defined]
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
        box = self.form.fields["product"].editor
        if not rule.product:
            box.setCurrentIndex(0)  # type: ignore[attr-defined]
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
        box = self.layout()
        assert box is not None
        box.removeWidget(self.form)
        shown = scroller(self.gates, "card")
        shown.setMinimumHeight(theme.px(GATES))
        side = QWidget()
        told = column(label(_("Who is chosen"), "field"), self.filter, self.count, shown, gap=8)
        told.setStretch(3, 1)
        side.setLayout(told)
        left = QWidget()
        left.setLayout(column(self.form, None))
        both = row(left, side, gap=24)
        both.setStretch(0, 1)
        both.setStretch(1, 1)
        box.insertLayout(1, both)  # type: ignore[attr-defined]
        self.setMinimumWidth(theme.px(WIDE))

    def _show(self, one: CampaignRow) -> None:
        self.form.fill(
            name=one.name, purpose=one.purpose.value, starts_on=one.starts_on, ends_on=one.ends_on, script=one.script,
            with_open=one.with_open, margin="" if one.margin_bp is None else f"{one.margin_bp / 100:g}",
        )  # fmt: skip
        self.filter.take(one.conditions)

    def _offer(self, products: tuple[tuple[str, str], ...]) -> None:
        box = self.form.fields["product"].editor
        for code, name in products:
            box.addItem(name, code)  # type: ignore[attr-defined]
        if self._campaign is not None and self._campaign.product:
            self.form.fill(product=self._campaign.product)


class TouchDialog(FormDialog):
    """What came of one attempt, with the amount of a purchase."""

    def __init__(
        self, desk: Desk, campaign: RecordId, client: ClientId, channel: str = Channel.PHONE.value, note: str = "",
        outcome: TouchOutcome = TouchOutcome.BOUGHT,
    ) -> None:  # fmt: skip
        super().__init__(desk, _("Note touch"), said=_("Touch noted"))
        self._campaign, self._home = campaign, general.CURRENCY.default
        who = ClientField(desk, client)
        who.setReadOnly(True)
        self.form.add("client", _("Client"), who)
        self.form.add("outcome", _("Outcome"), choices(*((one.value, words.outcome(one)) for one in TouchOutcome)))
        self.form.add("channel", _("Channel"), choices(*((one.value, names.channel(one)) for one in Channel)))
        self.form.add("on", _("Day"), DayField(clock.today(), latest=clock.today()), needed=True)
        self.form.add("amount", _("Amount bought"), QLineEdit(), note=_("As in 200000 or 20 万."))
        self.form.side_by_side("outcome", "channel")
        self.form.side_by_side("on", "amount")
        self.form.add("note", _("What was said, in a line"), QLineEdit(note))
        self.form.fill(outcome=outcome.value, channel=channel)
        desk.tasks.line(self).fetch(_home).done.connect(self._told)
        self.form.fields["amount"].editor.setFocus()

    def command(self) -> Command[Any]:
        from rmdesk.services.campaigns.touching import LogTouch

        value = self.form.value
        client = value("client")
        if client is None:
            raise Refused(N_("Choose a client."), field="client", code="no_client")
        typed = value("amount")
        minor = minor_of(typed, money.digits(self._home)) if typed else None
        if typed and minor is None:
            raise Refused(N_("“{typed}” is not an amount."), field="amount", code="bad_amount", typed=typed[:20])
        return LogTouch(
            self._campaign, client, TouchOutcome(value("outcome")), value("channel"), value("on"),
            minor, None if minor is None else self._home, value("note"),
        )  # fmt: skip

    def _told(self, currency: str) -> None:
        self._home = currency


class OffDialog(FormDialog):
    """Why a client is taken off the list."""

    def __init__(self, desk: Desk, campaign: RecordId, client: ClientId, name: str) -> None:
        super().__init__(desk, _("Take {client} off the list").format(client=name), said=_("Taken off the list"))
        self._campaign, self._client = campaign, client
        self.form.add("why", _("Reason"), QLineEdit(), needed=True)
        self.form.fields["why"].editor.setFocus()

    def command(self) -> Command[Any]:
        from rmdesk.services.campaigns.commands import TakeOffTarget

        return TakeOffTarget(self._campaign, self._client, self.form.value("why"))


class AddDialog(FormDialog):
    """Who is put on the list by hand."""

    def __init__(self, desk: Desk, campaign: RecordId) -> None:
        super().__init__(desk, _("Add to the campaign"), said=_("Put on the list"), answer=_("Add"))
        self._campaign = campaign
        self.form.add("client", _("Client"), ClientField(desk), needed=True)
        self.form.fields["client"].editor.setFocus()

    def command(self) -> Command[Any]:
        from rmdesk.services.campaigns.commands import AddTarget

        client = self.form.value("client")
        if client is None:
            raise Refused(N_("Choose a client."), field="client", code="no_client")
        return AddTarget(self._campaign, client)


def open_off(desk: Desk, campaign: RecordId, client: ClientId, name: str) -> QDialog:
    """Ask why a client is taken off the list."""
    return _shown(OffDialog(desk, campaign, client, name))


def open_add(desk: Desk, campaign: RecordId) -> QDialog:
    """Ask who is put on the list."""
    return _shown(AddDialog(desk, campaign))


def open_campaign(desk: Desk, campaign: CampaignRow | None = None, groups: Sequence[str] = ()) -> QDialog:
    """Make a campaign, of these groups for a start, or change one."""
    return _shown(CampaignDialog(desk, campaign, groups))


def open_touch(
    desk: Desk, campaign: RecordId, client: ClientId, channel: str = Channel.PHONE.value, note: str = ""
) -> QDialog:
    """Note what came of an attempt, with the amount."""
    return _shown(TouchDialog(desk, campaign, client, channel, note))


def _shown(dialog: QDialog) -> QDialog:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog


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


def _home(reads: Reads) -> str:
    return portfolio_currency(reads)


def _pipeline(
    reads: Reads, purpose: Purpose, product: str | None, chosen: tuple[Condition, ...], campaign: RecordId | None
) -> Pipeline:
    from rmdesk.services.campaigns.gates import pipeline

    return pipeline(reads, purpose, product, chosen, campaign)
