"""Planning a gift: what, for whom, occasion, cost, why; beside it the three gates, which follow what is typed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPlainTextEdit

from rmdesk.base import clock
from rmdesk.base.errors import Refused
from rmdesk.base.text import N_, _
from rmdesk.models.kinds import ClientId, GiftState
from rmdesk.services.gifts import amounts, asking, gates, tables
from rmdesk.services.gifts.asking import Choices, OccasionChoice, Recipient
from rmdesk.services.gifts.gates import Facts
from rmdesk.services.gifts.library import Suggestion
from rmdesk.services.gifts.queries import GiftRow
from rmdesk.services.gifts.rules import Draft, Verdict
from rmdesk.services.gifts.words import TIES
from rmdesk.services.store.command import Command
from rmdesk.ui.gifts.gates_view import GatesView
from rmdesk.ui.kit.client_field import ClientField
from rmdesk.ui.kit.day_field import DayField
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.form import FormDialog, choices
from rmdesk.ui.kit.theme import theme
from rmdesk.ui.kit.widgets import column, row

LOOK_MS = 200
LARGE = 125  # percent of text up to which two fields of people stand in one line
LINES = 64
NO_OCCASION = ""


class GiftDialog(FormDialog):
    """A new gift, or one that is changed. What blocks it is said beside the field; what was typed stays.

    `occasion` is the id of a record, its title, or kind and day as `birthday 2026-11-30`; `feedback` is the suggestion
    it thanks for, `title` what it may be.
    """

    def __init__(
        self,
        desk: Desk,
        client: ClientId | None = None,
        gift: GiftRow | None = None,
        occasion: str | None = None,
        feedback: str | None = None,
        title: str = "",
    ) -> None:
        new = gift is None or gift.state is GiftState.IDEA
        super().__init__(desk, _("Plan gift") if new else _("Edit gift"), said=_("Gift saved"))
        self._gift, self._wanted = gift, occasion
        self._feedback = feedback or (gift.feedback_id if gift is not None else None)
        self.facts: Facts | None = None
        self._choices: Choices | None = None
        self._home = "CNY" if gift is None else gift.home  # until the limits are read
        self.gates = GatesView()
        self._look = QTimer(self, singleShot=True, interval=LOOK_MS)
        self._look.timeout.connect(self._look_again)
        self._offers, self._looks = desk.tasks.line(self), desk.tasks.line(self)
        self._ask()
        self._arrange()
        self._connect()
        if gift is not None:
            self._fill(gift)
        elif title:
            self._title.setText(title)
        if gift is not None or client is not None:
            self._client.take(client if gift is None else gift.client)
        (self._title if self._client.client is not None else self._client).setFocus()

    # What is asked.

    def _ask(self) -> None:
        form = self.form
        self._client = ClientField(self.desk)
        self._recipient, self._occasion = choices(), choices()
        self._title, self._cost, self._day = QLineEdit(), QLineEdit(), DayField()
        self._category = choices(("", _("no kind")), *((code, name.said) for code, name in tables.categories().items()))
        self._tied = choices(("", _("To nothing")), *((tie.value, _(name)) for tie, name in TIES.items()))
        self._why = QPlainTextEdit()
        self._why.setFixedHeight(LINES)
        self._why.setTabChangesFocus(True)
        form.add("client", _("Client"), self._client, needed=True)
        form.add("recipient", _("Who receives it"), self._recipient)
        form.add("title", _("What is given"), self._title, needed=True)
        form.add("category", _("Kind"), self._category)
        form.add("occasion", _("Occasion"), self._occasion)
        form.add("planned_for", _("Planned for"), self._day)
        form.add("cost", _("Cost"), self._cost, note=_("Without tax and delivery."))
        form.add("tied_to", _("Tied"), self._tied, note=_("Honestly: what is it tied to?"))
        form.add("why", _("Why this gift"), self._why)
        self.ask_lead = QCheckBox()
        self.ask_lead.setChecked(True)
        form.add("ask", _("Ask the team lead at once; the reason is what stands above"), self.ask_lead)
        self.idea = QCheckBox()
        form.add("idea", _("Keep it as an idea for later"), self.idea)
        form.fields["ask"].hide()
        form.fields["idea"].setVisible(self._gift is None)

    def _arrange(self) -> None:
        # Who receives it is told in many signs: in large text it takes a line of its own.
        people = (("client", "recipient"),) if theme.percent <= LARGE else (("client",), ("recipient",))
        for pair in (
            *people, ("title", "category"), ("occasion", "planned_for"), ("cost", "tied_to"),
            ("why",), ("ask",), ("idea",),
        ):  # fmt: skip
            self.form.side_by_side(*pair)
        box = self.whole
        at = box.indexOf(self.form)
        box.removeWidget(self.form)
        both = row(column(self.form, None), self.gates, gap=20)
        both.setStretch(0, 1)
        box.insertLayout(at, both, 1)
        self.setMinimumWidth(theme.px(900))

    def _connect(self) -> None:
        self._client.chosen.connect(self._chosen)
        self._recipient.activated.connect(lambda _at: self._look.start())
        self._occasion.activated.connect(lambda _at: self._take_occasion())
        self._day.textChanged.connect(lambda _text: self._look.start())
        self._title.textChanged.connect(lambda _text: self.judge())
        self._cost.textChanged.connect(lambda _text: self.judge())
        self._cost.editingFinished.connect(self._check_cost)
        self._why.textChanged.connect(self.judge)
        self._category.currentIndexChanged.connect(lambda _at: self.judge())
        self._tied.currentIndexChanged.connect(lambda _at: self.judge())
        self.idea.toggled.connect(lambda _on: self.judge())
        self.ask_lead.toggled.connect(lambda _on: self.judge())
        self.gates.picked.connect(self.take_idea)

    def _fill(self, gift: GiftRow) -> None:
        self.form.fill(
            title=gift.title, category=gift.category or "", planned_for=gift.planned_for, tied_to=gift.tied_to or "",
            why=gift.why, cost=amounts.written(gift.cost_minor, gift.currency, self._home),
        )  # fmt: skip

    # What the answers mean.

    def draft(self) -> Draft:
        """What is entered; Refused beside the field where it can't be read."""
        client = self._client.answer()
        if client is None:
            raise Refused(N_("Choose a client."), field="client", code="no_client")
        cost = amounts.typed(self._cost.text(), self._home)
        recipient: Recipient | None = self._recipient.currentData()
        occasion: OccasionChoice | None = self._occasion.currentData() or None
        return Draft(
            client=client,
            title=self.form.value("title"),
            to_client=recipient.to_client if recipient else None,
            to_person=recipient.to_person if recipient else None,
            category=self._category.currentData() or None,
            cost_minor=cost.minor if cost else None,
            currency=cost.currency if cost else None,
            why=self.form.value("why") or None,
            occasion_id=occasion.occasion if occasion else None,
            occasion=occasion.title.said if occasion else None,
            planned_for=self.form.value("planned_for"),
            tied_to=self._tied.currentData() or None,
            feedback_id=self._feedback,
        )

    def command(self) -> Command[Any]:
        from rmdesk.services.gifts.commands import EditGift, PlanAndAsk, PlanGift

        draft = self.draft()
        if self._gift is not None:
            return EditGift(self._gift.id, draft)
        if self.form.fields["ask"].isVisible() and self.ask_lead.isChecked():
            if not draft.why:
                raise Refused(N_("The lead needs a reason."), do=N_("Say why this gift is worth it."), field="why")
            return PlanAndAsk(draft, draft.why)
        return PlanGift(draft, idea=self.idea.isChecked())

    def _failed(self, error: BaseException) -> None:
        if isinstance(error, Refused) and error.field == "reason":
            error.field = "why"
        super()._failed(error)

    # Following what is typed.

    def judge(self) -> None:
        """Let the gates look at what is entered; nothing is read for it."""
        if self.facts is None:
            return
        try:
            draft = self.draft()
        except Refused:
            draft = replace(self._judged(), title=self.form.value("title"))
        said = gates.gates(draft, self.facts)
        self.gates.show_gates(said)
        asks = gates.worst(said) is Verdict.APPROVAL and self._gift is None and not self.idea.isChecked()
        self.form.fields["ask"].setVisible(asks)
        if self._gift is None:
            asked = asks and self.ask_lead.isChecked()
            self.answer.setText(_("Plan and ask the lead") if asked else _("Plan gift"))

    def take_idea(self, idea: Suggestion) -> None:
        """Take an idea over into the form."""
        self._category.setCurrentIndex(max(0, self._category.findData(idea.category)))
        self._cost.setText(amounts.written(idea.cost_minor, idea.currency, self._home))
        self._title.setText(idea.title)
        if idea.why is not None and not self._why.toPlainText().strip():
            self._why.setPlainText(idea.why.said)
        self._title.setFocus()

    def _check_cost(self) -> None:
        try:
            amounts.typed(self._cost.text(), self._home)
        except Refused as error:
            self.form.fields["cost"].wrong(error.whole)
        else:
            self.form.fields["cost"].wrong("")

    def _judged(self) -> Draft:
        """The least that can be judged, while something can't be read yet."""
        client = self._client.answer()
        return Draft(client=client or ClientId(0), title="", tied_to=self._tied.currentData() or None)

    def _chosen(self, client: ClientId | None) -> None:
        self.facts, self._choices = None, None
        self._recipient.clear()
        self._occasion.clear()
        self.gates.forget()
        if client is not None:
            self._offers.fetch(asking.choices_of, client).done.connect(self.show_choices)

    def show_choices(self, found: Choices) -> None:
        """Offer the recipients and occasions of the client."""
        self._choices = found
        self._recipient.clear()
        for one in found.recipients:
            self._recipient.addItem(one.said.said, one)
        self._occasion.clear()
        self._occasion.addItem(_("none"), None)
        for choice in found.occasions:
            self._occasion.addItem(f"{choice.on.isoformat()} {choice.title.said}", choice)
        self._choose()
        self._look_again()

    def _choose(self) -> None:
        """The recipient and the occasion that the gift, or the caller, speaks of."""
        gift, found = self._gift, self._choices
        if found is None:
            return
        if gift is not None and gift.client == self._client.client:
            keys = [one.key for one in found.recipients]
            if gift.recipient not in keys:
                known = Recipient(gift.recipient, _said(gift.recipient_name), gift.to_client, gift.to_person)
                self._recipient.addItem(gift.recipient_name, known)
                keys.append(gift.recipient)
            self._recipient.setCurrentIndex(keys.index(gift.recipient))
            if gift.occasion and not self._pick_occasion(gift.occasion_id, gift.occasion):
                kept = OccasionChoice(gift.occasion_id, "", _said(gift.occasion), gift.planned_for or clock.today())
                self._occasion.addItem(gift.occasion, kept)
                self._occasion.setCurrentIndex(self._occasion.count() - 1)
        elif self._wanted and self._pick_occasion(self._wanted, self._wanted):
            self._take_occasion()

    def _pick_occasion(self, number: str | None, title: str) -> bool:
        for at in range(1, self._occasion.count()):
            choice: OccasionChoice = self._occasion.itemData(at)
            on = f"{choice.kind} {choice.on.isoformat()}"
            if (number is not None and choice.occasion == number) or title in (choice.title.said, on):
                self._occasion.setCurrentIndex(at)
                return True
        return False

    def _take_occasion(self) -> None:
        choice: OccasionChoice | None = self._occasion.currentData() or None
        if choice is not None:
            self._day.set_day(max(choice.on, clock.today()))
        self._look.start()

    def _look_again(self) -> None:
        """Read what the gates look at: another recipient, or another year."""
        if self._client.client is None or self._choices is None:
            return
        try:
            draft = replace(self.draft(), title="", cost_minor=None)
        except Refused:
            draft = self._judged()
        choice: OccasionChoice | None = self._occasion.currentData() or None
        task = self._looks.fetch(
            asking.look, draft, choice.kind if choice else None, self._gift.id if self._gift is not None else None
        )
        task.done.connect(self._looked)

    def _looked(self, found: tuple[Facts, tuple[Suggestion, ...]]) -> None:
        self.facts, ideas = found
        self._home = self.facts.currency
        self.gates.show_ideas(ideas)
        self.judge()


def _said(text: str) -> Any:
    from rmdesk.base.text import phrase

    return phrase("{text}", text=text)
