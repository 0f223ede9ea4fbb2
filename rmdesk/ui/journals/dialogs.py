"""The forms of journals and of the playbook."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLineEdit, QPlainTextEdit, QWidget

from rmdesk.base import clock
from rmdesk.base.errors import Refused
from rmdesk.base.text import N_, _
from rmdesk.models.kinds import ClientId, Purpose, RecordId
from rmdesk.services.journals import facts, queries, rules
from rmdesk.services.journals.queries import CardRow, JournalRow
from rmdesk.services.segments import tables
from rmdesk.ui.care import words
from rmdesk.ui.journals.people import ClientsField
from rmdesk.ui.kit.day_field import DayField
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.flow import Flow
from rmdesk.ui.kit.form import FormDialog, choices
from rmdesk.ui.kit.widgets import Button, clear, label

if TYPE_CHECKING:
    from rmdesk.services.journals.commands import Entry
    from rmdesk.services.store.command import Command

OFFERED = 8  # playbook cards that the form offers


class CardsField(QWidget):
    """The playbook cards that were used, to tick; `answer()` gives their ids."""

    def __init__(self) -> None:
        super().__init__()
        self._flow = Flow(6)
        self.setLayout(self._flow)
        self.buttons: dict[RecordId, Button] = {}

    def show_cards(self, cards: tuple[CardRow, ...], used: tuple[RecordId, ...]) -> None:
        """Offer these, the used ones ticked."""
        chosen = set(self.answer()) | set(used)
        clear(self._flow)
        self.buttons.clear()
        for card in [*(one for one in cards if one.id in chosen), *(one for one in cards if one.id not in chosen)][
            :OFFERED
        ]:
            button = Button(card.title, kind="filter", hint=card.text)
            button.setCheckable(True)
            button.setChecked(card.id in chosen)
            self.buttons[card.id] = button
            self._flow.addWidget(button)
        if not cards:
            self._flow.addWidget(label(_("The playbook is empty. Make a card of a good insight."), "note"))

    def answer(self) -> tuple[RecordId, ...]:
        """Which were used."""
        return tuple(card for card, button in self.buttons.items() if button.isChecked())

    def take(self, value: Any) -> None:
        """Tick these."""
        for card, button in self.buttons.items():
            button.setChecked(card in (value or ()))


class JournalDialog(FormDialog):
    """Writes a journal, or writes it anew. Content and method suffice."""

    def __init__(self, desk: Desk, journal: JournalRow | None = None, visits: tuple[RecordId, ...] = ()) -> None:
        super().__init__(desk, _("Write journal") if journal is None else _("Edit journal"), said=_("Journal saved"))
        self._journal, self._visits = journal, visits
        self.setMinimumWidth(640)
        form = self.form
        self.people = ClientsField(desk)
        form.add("clients", _("Clients"), self.people)
        methods = [(code, name.said) for code, name in rules.methods().items()]
        form.add("method", _("Method"), choices(*methods), needed=True)
        form.add("on", _("Day"), DayField(clock.today(), latest=clock.today()), needed=True)
        form.side_by_side("method", "on")
        form.add("content", _("Content"), _lines(72), needed=True)
        form.add("insight", _("Insight"), _lines(48))
        form.add("reflection", _("Reflection"), _lines(48), note=_("May wait for the week's close."))
        form.side_by_side("insight", "reflection")
        purposes = [(purpose, _(name)) for purpose, name in words.PURPOSES.items()]
        form.add("purpose", _("Purpose"), choices(("", _("none")), *purposes))
        groups = [(code, f"{code} {words.group(code)}") for code in tables.GROUPS]
        form.add("group", _("Group"), choices(("", _("any")), *groups))
        form.side_by_side("purpose", "group")
        self.cards = CardsField()
        form.add("cards", _("Cards used"), self.cards)
        used = tuple(one.card for one in journal.cards) if journal else ()
        desk.tasks.line(self).fetch(queries.cards).done.connect(lambda cards: self.cards.show_cards(cards, used))
        if journal is not None:
            form.fill(
                clients=[(one.id, one.name) for one in journal.clients],
                method=journal.method,
                on=journal.on,
                content=journal.content,
                insight=journal.insight,
                reflection=journal.reflection,
                purpose=journal.purpose or "",
                group=journal.group or "",
            )
        form.fields["content"].editor.setFocus()

    def entry(self) -> Entry:
        """What is entered."""
        from rmdesk.services.journals.commands import Entry

        given = self.form.values()
        if given["on"] is None:
            raise Refused(N_("Enter a day."), field="on", code="no_day")
        return Entry(
            on=given["on"],
            content=given["content"],
            method=given["method"],
            insight=given["insight"],
            reflection=given["reflection"],
            purpose=Purpose(given["purpose"]) if given["purpose"] in set(Purpose) else None,
            group=given["group"] if given["group"] in tables.GROUPS else None,
            clients=given["clients"],
            visits=self._visits,
            cards=given["cards"],
        )

    def command(self) -> Command[Any]:
        from rmdesk.services.journals.commands import EditJournal, WriteJournal

        return WriteJournal(self.entry()) if self._journal is None else EditJournal(self._journal.id, self.entry())


class CloseDialog(FormDialog):
    """Adds insight and reflection to a journal of the week."""

    def __init__(self, desk: Desk, journal: JournalRow) -> None:
        super().__init__(desk, _("Insight and reflection"), said=_("Journal saved"))
        self._journal = journal
        self.setMinimumWidth(560)
        names = _(", ").join(one.name for one in journal.clients)
        told = " · ".join(part for part in (journal.on.isoformat(), names, journal.content) if part)
        self.extra.addWidget(label(told, "soft", wrap=True))
        self.form.add("insight", _("Insight"), _lines(72), note=_("What worked, and would work again?"))
        self.form.add("reflection", _("Reflection"), _lines(72), note=_("What should have been done differently?"))
        self.form.fill(insight=journal.insight, reflection=journal.reflection)
        self.form.fields["reflection" if journal.insight else "insight"].editor.setFocus()

    def command(self) -> Command[Any]:
        from rmdesk.services.journals.commands import CloseWeek

        return CloseWeek(self._journal.id, self.form.value("insight"), self.form.value("reflection"))


class CardDialog(FormDialog):
    """Makes a playbook card, or corrects one; what goes into it is shown as it will be kept."""

    def __init__(self, desk: Desk, journal: JournalRow | None = None, card: CardRow | None = None) -> None:
        title = _("Make playbook card") if card is None else _("Edit playbook card")
        super().__init__(desk, title, said=_("Playbook card saved"))
        self._journal, self._card = journal, card
        self.setMinimumWidth(560)
        self.form.add("title", _("Title"), QLineEdit(), needed=True)
        self.form.add("text", _("What to do, and why it works"), _lines(120), needed=True)
        self._facts = rules.FileFacts()
        note = _("Names, phones, numbers and amounts of the clients are taken out. The card will say:")
        self.kept = label("", "soft", wrap=True)
        self.extra.addWidget(label(note, "note", wrap=True))
        self.extra.addWidget(self.kept)
        if card is not None:
            self.form.fill(title=card.title, text=card.text)
        elif journal is not None:
            self.form.fill(text=journal.insight or journal.content)
            desk.tasks.line(self).fetch(facts.of_journal, journal.id).done.connect(self._know)
        editors = (self.form.fields[name].editor for name in ("title", "text"))
        for editor in editors:
            assert isinstance(editor, QLineEdit | QPlainTextEdit)
            editor.textChanged.connect(self._preview)
        self._preview()
        self.form.fields["title"].editor.setFocus()

    def _know(self, told: rules.FileFacts) -> None:
        self._facts = told
        self._preview()

    def _preview(self) -> None:
        text = f"{self.form.value('title')}\n{self.form.value('text')}"
        self.kept.setText(rules.stripped(text[:1000], self._facts).strip())

    def command(self) -> Command[Any]:
        from rmdesk.services.journals.cards import EditCard, MakeCard

        title, text = self.form.value("title"), self.form.value("text")
        if self._card is not None:
            return EditCard(self._card.id, title, text)
        assert self._journal is not None
        return MakeCard(self._journal.id, title, text)


def open_journal(
    desk: Desk, client: ClientId | None = None, visit: RecordId | None = None, journal: JournalRow | None = None
) -> None:
    """Write a journal, about a client or a visit where one is given, or write one anew."""
    if journal is not None:
        task = desk.tasks.fetch(queries.visits_of, journal.id)
        task.done.connect(lambda visits: show(JournalDialog(desk, journal, visits)))
        return
    if client is None and visit is None:
        show(JournalDialog(desk))
        return
    desk.tasks.fetch(queries.about, client, visit).done.connect(lambda told: _filled(desk, visit, *told))


def _filled(desk: Desk, visit: RecordId | None, client: ClientId | None, name: str, content: str) -> None:
    dialog = JournalDialog(desk, visits=(visit,) if visit else ())
    if client is not None:
        dialog.form.fill(clients=[(client, name)], content=content)
    show(dialog)


def show(dialog: QDialog) -> None:
    """Open a dialog, and let it go when it is closed."""
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()


def _lines(height: int) -> QPlainTextEdit:
    editor = QPlainTextEdit()
    editor.setFixedHeight(height)
    editor.setTabChangesFocus(True)
    return editor
