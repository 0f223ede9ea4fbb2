"""The timeline of a client's file: everything that happened, narrowed to one kind of thing where wanted."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from rmdesk.base.text import N_, _
from rmdesk.services.events import Event, EventKind
from rmdesk.ui.kit.event_list import EventList
from rmdesk.ui.kit.widgets import Button, Card, label, row

ALL = "all"
PARTS: dict[str, tuple[str, frozenset[EventKind]]] = {
    ALL: (N_("All"), frozenset(EventKind)),
    "visits": (
        N_("Visits"),
        frozenset(
            {EventKind.CONTACT, EventKind.PLAN, EventKind.PROMISE, EventKind.TASK, EventKind.CARE, EventKind.REVIEW}
        ),
    ),
    "gifts": (N_("Gifts"), frozenset({EventKind.GIFT, EventKind.GREETING, EventKind.EVENT})),
    "journals": (N_("Journals"), frozenset({EventKind.JOURNAL})),
    "voices": (N_("Feedback"), frozenset({EventKind.COMPLAINT, EventKind.FEEDBACK, EventKind.CHURN})),
    "money": (N_("Money"), frozenset({EventKind.MONEY})),
}
# The tab of the client's file that shows what an entry tells of.
TABS = {
    "visit": "visits", "promise": "visits", "task": "visits", "gift": "gifts", "greeting": "occasions",
    "journal": "journals", "complaint": "complaints", "feedback": "complaints", "satisfaction": "complaints",
    "referral": "relations", "relationship": "relations", "holding": "holdings", "month": "holdings",
    "campaign": "strategy", "specialist_request": "strategy",
    "invitation": "club", "gathering": "club", "club_term": "club", "benefit_use": "club",
}  # fmt: skip


class Timeline(Card):
    """What happened, newest first; `view` is the list itself. `wanted(tab)` on Enter or double click."""

    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__(_("Timeline"), "")
        self._events: Sequence[Event] = ()
        self.part = ALL
        self.buttons: dict[str, Button] = {}
        line = row(gap=4)
        for name, (text, _kinds) in PARTS.items():
            button = Button(_(text), partial(self.narrow, name), kind="filter")
            button.setCheckable(True)
            button.setChecked(name == ALL)
            self.buttons[name] = button
            line.addWidget(button)
        filters = QWidget()
        filters.setLayout(line)
        self.corner.addWidget(filters)
        self.view = EventList()
        self.view.opened.connect(self._open)
        self._none = label(
            _("Nothing is on record yet. Contacts, promises and complaints appear here."), "note", wrap=True
        )
        self._none.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._none.hide()
        self.add(self.view, self._none)

    def show_events(self, events: Sequence[Event]) -> None:
        """Show these, those of the chosen kind only."""
        self._events = events
        there = {event.kind for event in events}
        for name, button in self.buttons.items():
            button.setEnabled(name in (ALL, self.part) or bool(there & PARTS[name][1]))
        self._fill()

    def narrow(self, part: str) -> None:
        """Show one kind of thing only, or all."""
        self.part = part
        for name, button in self.buttons.items():
            button.setChecked(name == part)
        self._fill()

    def _fill(self) -> None:
        kinds = PARTS[self.part][1]
        shown = [event for event in self._events if event.kind in kinds]
        self.note.setText(str(len(shown)) if shown else "")
        self.view.show_events(shown)
        self.view.setVisible(bool(shown))
        self._none.setVisible(not shown)

    def _open(self, entity: str, _key: str) -> None:
        if entity in TABS:
            self.wanted.emit(TABS[entity])
