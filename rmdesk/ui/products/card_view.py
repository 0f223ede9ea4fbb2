"""One product card: what the bank tells, what the team knows, who holds it, whom it suits."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from rmdesk.base.text import N_, _, plural
from rmdesk.models.kinds import ClientId
from rmdesk.services.clients.filters import ClientFilter
from rmdesk.services.products import suitability
from rmdesk.services.products.cards import CardRow, Reach
from rmdesk.services.products.rules import Suitability
from rmdesk.services.products.tables import kind_name
from rmdesk.ui.kit import format
from rmdesk.ui.kit.client_field import ClientField
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.flow import Flow
from rmdesk.ui.kit.scroller import scroller
from rmdesk.ui.kit.widgets import Button, Card, Chip, clear, column, label, row, rule
from rmdesk.ui.products import dialogs, words

STOPPED = (
    ("too_risky", N_("{count} with a lower risk level")),
    ("expired", N_("{count} whose assessment has ended")),
    ("no_level", N_("{count} without a risk level")),
    ("no_risk", N_("{count}, as its risk is not known")),
)


class CardView(Card):
    """Shows a card; below, one asks whether it suits a client."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("", "")
        self._desk = desk
        self.shown: CardRow | None = None
        self._line = desk.tasks.line(self)
        self._head = column(gap=8)
        self._facts = QGridLayout()
        self._facts.setHorizontalSpacing(16)
        self._facts.setVerticalSpacing(4)
        self._facts.setColumnStretch(1, 1)
        self._told = column(gap=6)
        self.reach = label("", "soft", wrap=True)
        self.holders = Button("…", self._show_holders, kind="small", icon="clients")
        self.fitting = Button("…", self._show_fitting, kind="small", icon="clients")
        self._found: Reach | None = None
        self.client = ClientField(desk)
        self.client.setAccessibleName(_("Does it suit a client?"))
        self.answer = Chip("", "plain")
        self.why = label("", "soft", wrap=True)
        self.answer.hide()
        self.why.hide()
        self.client.chosen.connect(self._ask)
        asked = column(
            label(_("Does it suit a client?"), "field"), self.client, row(self.answer, None), self.why, gap=6
        )
        inside = QWidget()
        whole = column(
            self._head,
            self._facts,
            self._told,
            rule(),
            row(self.holders, self.fitting, None),
            self.reach,
            asked,
            None,
            gap=12,
        )
        inside.setLayout(whole)
        self.add(scroller(inside, "card"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_card(self, card: CardRow) -> None:
        """Show this card."""
        again = self.shown is not None and self.shown.code == card.code
        self.shown = card
        self._show_head(card)
        self._show_facts(card)
        self._show_told(card)
        if not again:
            self.reach.setText("")
            for button in (self.holders, self.fitting):
                button.setEnabled(False)
        if self.client.client is not None:
            self._ask(self.client.client)

    def show_reach(self, found: Reach) -> None:
        """Show how many more it may be offered to, and why not to the others."""
        self._found = found
        held, may = len(found.holders), len(found.may)
        self.holders.setText(plural("{count} holder", "{count} holders", held))
        self.fitting.setText(plural("{count} more it suits", "{count} more it suits", may))
        self.holders.setEnabled(bool(held))
        self.fitting.setEnabled(bool(may))
        stopped = [
            _(text).format(count=format.whole(found.stopped[code])) for code, text in STOPPED if code in found.stopped
        ]
        why = _("Not suitable for: {why}.").format(why=_(", ").join(stopped))
        self.reach.setText(why if stopped else _("Suits everybody."))

    def _show_holders(self) -> None:
        if self._found is not None and self.shown is not None:
            self._among(self._found.holders, _("Hold {product}").format(product=self.shown.name))

    def _show_fitting(self) -> None:
        if self._found is not None and self.shown is not None:
            self._among(self._found.may, _("Suited by {product}").format(product=self.shown.name))

    def _among(self, clients: tuple[ClientId, ...], name: str) -> None:
        self._desk.go("clients", filter=ClientFilter(statuses=(), among=clients, among_name=name))

    def _show_head(self, card: CardRow) -> None:
        clear(self._head)
        chips, holder = Flow(), QWidget()
        chips.addWidget(Chip(kind_name(card.kind), "plain"))
        chips.addWidget(Chip(*words.risk_chip(card.risk)))
        holder.setLayout(chips)
        press = partial(dialogs.open_card, self._desk, card)
        edit = Button(_("Edit the card") if card.written else _("Write the card"), press, kind="small", icon="edit")
        self._head.addLayout(row(label(card.name, "title", wrap=True), None, edit, gap=10))
        self._head.addWidget(holder)

    def _show_facts(self, card: CardRow) -> None:
        clear(self._facts)
        held = format.short_amount(card.amount_minor, card.held_in, sign=True)
        clients = plural("{count} client", "{count} clients", card.clients)
        facts = (
            (_("Code"), card.code),
            (_("Term"), words.term(card.term_days)),
            (_("Rate"), words.rate(card.rate_bp)),
            (_("Minimum"), words.minimum(card)),
            (_("Held by"), f"{clients} · {held}" if card.clients and card.amount_minor is not None else clients),
        )
        for at, (name, value) in enumerate(facts):
            self._facts.addWidget(label(name, "note"), at, 0)
            self._facts.addWidget(label(value, "strong", select=True), at, 1)

    def _show_told(self, card: CardRow) -> None:
        clear(self._told)
        if not card.written:
            text = _("Nobody has written this card yet: key facts, whom it suits, what to say.")
            self._told.addWidget(label(text, "note", wrap=True))
            return
        for title, lines in (
            (_("Key facts"), words.lines(card.facts)),
            (_("Who it suits"), words.lines(card.suits)),
            (_("Talking points"), words.lines(card.talk)),
        ):
            if lines:
                self._told.addWidget(label(title, "field"))
                for line in lines:
                    point = row(label("•", "note"), label(line, wrap=True, select=True), gap=8)
                    point.setStretch(1, 1)
                    self._told.addLayout(point)
        written = _("Card written on {day}").format(day=format.day(card.written_on))
        name = _("Remove the card of {product}").format(product=card.name)
        away = Button(_("Remove"), partial(self._remove, card), kind="quiet-link", name=name)
        self._told.addLayout(row(label(written, "note"), away, None, gap=10))

    def _remove(self, card: CardRow) -> None:
        from rmdesk.services.products.commands import RemoveCard

        self._desk.perform(RemoveCard(card.code), _("Product card removed"))

    def _ask(self, client: ClientId | None) -> None:
        self.answer.setVisible(False)
        self.why.setVisible(False)
        if client is not None and self.shown is not None:
            self._line.fetch(suitability.check, client, self.shown.code).done.connect(self._answer)

    def _answer(self, told: Suitability) -> None:
        self.answer.say(*words.gate(told))
        self.why.setText(told.whole)
        self.answer.setVisible(True)
        self.why.setVisible(True)
