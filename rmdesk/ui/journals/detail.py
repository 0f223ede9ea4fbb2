"""One journal, or one playbook card, in full, with what can be done with it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from rmdesk.base.text import N_, _
from rmdesk.models.kinds import CardOutcome
from rmdesk.services.journals import rules
from rmdesk.services.journals.queries import CardRow, Cited, JournalRow
from rmdesk.ui.care import words
from rmdesk.ui.journals import dialogs
from rmdesk.ui.kit import format
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.flow import Flow
from rmdesk.ui.kit.scroller import scroller
from rmdesk.ui.kit.widgets import Button, Card, Chip, clear, column, label, row

OUTCOMES: dict[CardOutcome, str] = {
    CardOutcome.WORKED: N_("Worked"),
    CardOutcome.PARTLY: N_("Partly"),
    CardOutcome.NOT: N_("Did not work"),
}


def method_name(code: str | None) -> str:
    """The name of a method; empty for none."""
    return "" if not code else str(rules.methods().get(code, code))


class Detail(Card):
    """Shows a journal or a card; empty until one is chosen."""

    done = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("Journal"), "")
        self.desk = desk
        inside = QWidget()
        self._parts = column(gap=10)
        inside.setLayout(column(self._parts, None))
        self.add(scroller(inside, "card"))
        self.show_journal(None)

    def show_journal(self, one: JournalRow | None) -> None:
        """Show a journal; None asks to choose one."""
        clear(self._parts)
        clear(self.corner)
        if one is None:
            self.title(_("Journal"))
            self._parts.addWidget(label(_("Choose a journal at the left."), "note", wrap=True))
            return
        self.title(method_name(one.method), format.day(one.on))
        acts = [Button(_("Edit"), partial(dialogs.open_journal, self.desk, journal=one), kind="link")]
        if one.insight:
            acts.append(Button(_("Make card"), lambda: dialogs.show(dialogs.CardDialog(self.desk, one)), kind="link"))
        acts.append(Button(_("Remove"), partial(self._remove, one), kind="link"))
        for act in acts:
            self.corner.addWidget(act)
        if one.clients:
            people = QWidget()
            flow = Flow(6)
            people.setLayout(flow)
            for client in one.clients:
                flow.addWidget(
                    Button(
                        client.name, partial(self.desk.go, "client", client=client.id, tab="journals"), kind="filter"
                    )
                )
            self._parts.addWidget(people)
        if one.group or one.purpose:
            chips = [Chip(words.group(one.group), "plain")] if one.group else []
            chips += [Chip(_(words.PURPOSES[one.purpose]), "plain")] if one.purpose else []
            self._parts.addLayout(row(*chips, None, gap=6))
        for title, text in (
            (_("Content"), one.content),
            (_("Insight"), one.insight),
            (_("Reflection"), one.reflection),
        ):
            self._section(title, text)
        for cited in one.cards:
            self._cited(one, cited)

    def show_card(self, one: CardRow | None) -> None:
        """Show a playbook card; None asks to choose one."""
        clear(self._parts)
        clear(self.corner)
        if one is None:
            self.title(_("Playbook card"))
            self._parts.addWidget(label(_("Choose a card at the left."), "note", wrap=True))
            return
        self.title(one.title)
        self.corner.addWidget(
            Button(_("Edit"), lambda: dialogs.show(dialogs.CardDialog(self.desk, card=one)), kind="link")
        )
        again = _("Bring back") if one.retired else _("Retire")
        self.corner.addWidget(Button(again, partial(self._retire, one), kind="link"))
        self._parts.addWidget(label(one.text, wrap=True, select=True))
        facts = [method_name(one.method), words.group(one.group), format.day(one.made_on)]
        self._parts.addWidget(label(" · ".join(part for part in facts if part), "note", wrap=True))
        used = _("Used {uses} times: worked {worked}, partly {partly}, did not {failed}")
        told = used.format(uses=one.uses, worked=one.worked, partly=one.partly, failed=one.failed)
        self._parts.addWidget(label(told, "soft", wrap=True))

    def _section(self, title: str, text: str) -> None:
        self._parts.addWidget(label(title, "field"))
        self._parts.addWidget(label(text or _("Not written yet"), "" if text else "note", wrap=True, select=bool(text)))

    def _cited(self, journal: JournalRow, cited: Cited) -> None:
        self._parts.addWidget(label(_("Card used: {title}").format(title=cited.title), "field", wrap=True))
        line = row(gap=6)
        for outcome, name in OUTCOMES.items():
            button = Button(_(name), partial(self._outcome, journal, cited, outcome), kind="filter")
            button.setCheckable(True)
            button.setChecked(cited.outcome is outcome)
            line.addWidget(button)
        line.addStretch(1)
        self._parts.addLayout(line)

    def _remove(self, one: JournalRow) -> None:
        from rmdesk.services.journals.commands import RemoveJournal

        self.desk.perform(RemoveJournal(one.id), _("Journal removed"))

    def _retire(self, one: CardRow) -> None:
        from rmdesk.services.journals.cards import RetireCard

        self.desk.perform(RetireCard(one.id, not one.retired))

    def _outcome(self, journal: JournalRow, cited: Cited, outcome: CardOutcome) -> None:
        from rmdesk.services.journals.cards import NoteOutcome

        chosen = None if cited.outcome is outcome else outcome
        self.desk.perform(NoteOutcome(journal.id, cited.card, chosen), _("Outcome noted"))
