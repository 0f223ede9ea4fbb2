"""The forms of products: a card, the plan for a maturity, assets held elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit

from rmdesk.base import clock
from rmdesk.base.text import _
from rmdesk.models.kinds import AssetKind, ClientId, RecordId, RenewalWay
from rmdesk.services import amounts
from rmdesk.services.products import cards, suitability, tables
from rmdesk.services.products.cards import CardRow
from rmdesk.services.products.elsewhere import ElsewhereRow
from rmdesk.services.products.maturity_rows import MaturityRow
from rmdesk.services.products.words import WAYS
from rmdesk.ui.kit import format
from rmdesk.ui.kit.day_field import DayField
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.form import FormDialog, choices
from rmdesk.ui.kit.theme import theme
from rmdesk.ui.kit.widgets import label

if TYPE_CHECKING:
    from rmdesk.services.store.command import Command


class CardDialog(FormDialog):
    """What is to be known of a product, a line a point."""

    def __init__(self, desk: Desk, card: CardRow) -> None:
        super().__init__(desk, card.name, said=_("Card saved"))
        self.setMinimumWidth(560)
        self._code = card.code
        note = _("One point a line. No client's name belongs here: the team reads it.")
        for name, title, lines in (
            ("facts", _("Key facts"), 5), ("suits", _("Who it suits"), 3), ("talk", _("Talking points"), 4),
        ):  # fmt: skip
            editor = QPlainTextEdit()
            editor.setFixedHeight(theme.px(22 * lines + 12))
            editor.setTabChangesFocus(True)
            self.form.add(name, title, editor, note=note if name == "facts" else "", needed=name == "facts")
        self.form.fill(facts=card.facts, suits=card.suits, talk=card.talk)
        self.form.fields["facts"].editor.setFocus()

    def command(self) -> Command[Any]:
        from rmdesk.services.products.commands import WriteCard

        return WriteCard(self._code, **self.form.values())


class PlanDialog(FormDialog):
    """What is to become of a holding that matures; what does not suit the client says so."""

    def __init__(self, desk: Desk, row: MaturityRow) -> None:
        super().__init__(desk, _("Plan a maturity"), said=_("Plan saved"))
        self.setMinimumWidth(560)
        self._row, plan = row, row.plan
        self._judging = desk.tasks.line(self)
        told = _("{client}: {name}, {amount}, matures on {day}").format(
            client=row.client_name or row.number,
            name=row.name,
            amount=format.short_amount(row.amount_minor, row.currency, sign=True),
            day=format.day(row.matures_on),
        )
        self.form.add("way", _("What becomes of it"), choices(*((way, _(text)) for way, text in WAYS.items())))
        self.form.add("product", _("Moves to"), choices(("", _("Choose…"))))
        self.form.add("on", _("Speak with the client on"), DayField(plan.on if plan else None, latest=row.matures_on))
        editor = QPlainTextEdit()
        editor.setFixedHeight(theme.px(64))
        editor.setTabChangesFocus(True)
        self.form.add("note", _("Note"), editor)
        self.extra.addWidget(label(told, "note", wrap=True))
        self.gate = label("", "note", wrap=True)
        self.extra.addWidget(self.gate)
        self._ways, self._products = self.form.fields["way"].editor, self.form.fields["product"].editor
        assert isinstance(self._ways, QComboBox)
        assert isinstance(self._products, QComboBox)
        self._ways.currentIndexChanged.connect(self._ask)
        self._products.currentIndexChanged.connect(self._judge)
        self.form.fill(way=plan.way if plan else RenewalWay.RENEW, note=plan.note if plan else "")
        desk.tasks.line(self).fetch(cards.cards).done.connect(self._offer)
        self._ask()

    def command(self) -> Command[Any]:
        from rmdesk.services.products.planning import PlanRenewal

        way, product = RenewalWay(self.form.value("way")), self.form.value("product")
        move = way is RenewalWay.MOVE
        return PlanRenewal(
            self._row.key, way, product if move and product in self._codes() else None, self.form.value("on"),
            self.form.value("note"),
        )  # fmt: skip

    def _codes(self) -> set[str]:
        box = self._products
        assert isinstance(box, QComboBox)
        return {str(box.itemData(at)) for at in range(1, box.count())}

    def _offer(self, found: tuple[CardRow, ...]) -> None:
        box = self._products
        assert isinstance(box, QComboBox)
        for one in found:
            if one.kind in tables.table().assets:
                name = f"{one.name} · R{one.risk}" if one.risk else one.name
                box.addItem(name, one.code)
        if self._row.plan and self._row.plan.product:
            self.form.fill(product=self._row.plan.product)

    def _ask(self) -> None:
        self.form.fields["product"].setVisible(self.form.value("way") == RenewalWay.MOVE)
        self._judge()

    def _judge(self) -> None:
        """Say at once whether it suits, before anything is saved."""
        self.gate.setText("")
        way, product = RenewalWay(self.form.value("way")), self.form.value("product")
        goal = {
            RenewalWay.MOVE: product if product in self._codes() else None,
            RenewalWay.RENEW: self._row.product,
        }.get(way)
        if goal:
            self._judging.fetch(suitability.check, self._row.client, goal).done.connect(
                lambda told: self.gate.setText(told.whole)
            )


class ElsewhereDialog(FormDialog):
    """What a client holds at another bank, and when that was confirmed."""

    def __init__(self, desk: Desk, client: ClientId, home: str, held: ElsewhereRow | None = None) -> None:
        super().__init__(desk, _("Assets held elsewhere"), said=_("Noted"))
        self.setMinimumWidth(520)
        self._client, self._home, self._held = client, home, held
        kinds = [(kind, tables.kind_name(kind)) for kind in AssetKind if kind in tables.table().assets]
        self.form.add("place", _("At which bank or firm"), QLineEdit(), needed=True)
        self.form.add("kind", _("Kind"), choices(*kinds))
        note = _("As in 120万, 1,280.50 or USD 50; empty where nobody knows.")
        self.form.add("worth", _("Amount"), QLineEdit(), note=note)
        self.form.add("confirmed_on", _("Confirmed on"), DayField(clock.today(), latest=clock.today()), needed=True)
        self.form.add("matures_on", _("Matures on"), DayField())
        editor = QPlainTextEdit()
        editor.setFixedHeight(theme.px(64))
        editor.setTabChangesFocus(True)
        self.form.add("note", _("Note"), editor)
        self.form.side_by_side("kind", "worth")
        self.form.side_by_side("confirmed_on", "matures_on")
        if held is not None:
            self.form.fill(
                place=held.place, kind=held.kind, worth=amounts.written(held.amount_minor, held.currency, home),
                matures_on=held.matures_on, note=held.note,
            )  # fmt: skip
        self.form.fields["place"].editor.setFocus()

    def command(self) -> Command[Any]:
        from rmdesk.services.products.noting import EditElsewhere, Elsewhere, NoteElsewhere

        told = self.form.values()
        told["kind"] = AssetKind(told["kind"])
        told["worth"] = amounts.typed(told["worth"], self._home, "worth")
        if self._held is None:
            return NoteElsewhere(self._client, Elsewhere(**told))
        return EditElsewhere(RecordId(self._held.id), Elsewhere(**told))


def open_plan(desk: Desk, row: MaturityRow) -> FormDialog:
    """Ask what is to become of a maturity."""
    dialog = PlanDialog(desk, row)
    dialog.open()
    return dialog


def open_elsewhere(desk: Desk, client: ClientId, home: str, held: ElsewhereRow | None = None) -> FormDialog:
    """Ask for something held elsewhere, or correct it; `home` is the portfolio's currency."""
    dialog = ElsewhereDialog(desk, client, home, held)
    dialog.open()
    return dialog


def open_card(desk: Desk, card: CardRow) -> FormDialog:
    """Ask for the card of a product."""
    dialog = CardDialog(desk, card)
    dialog.open()
    return dialog
