"""The Sync page: what waits for the manager's word, and how far this desk is in step with the team hub."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QWidget

from rmdesk.base import clock
from rmdesk.base.text import N_, _, phrase
from rmdesk.models.kinds import Topic
from rmdesk.services.events import Event, EventKind
from rmdesk.services.store.reads import Reads
from rmdesk.services.sync import queries, standing
from rmdesk.services.sync.rows import DifferenceRow, LateRow, RefusedRow, Where
from rmdesk.ui.kit.actions import Action
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.empty import Notice
from rmdesk.ui.kit.event_list import EventList
from rmdesk.ui.kit.page import Page
from rmdesk.ui.kit.panes import Panes
from rmdesk.ui.kit.widgets import Button, Card, column, row
from rmdesk.ui.sync.detail import Detail, Shown
from rmdesk.ui.sync.hub_view import HubView
from rmdesk.ui.sync.state_bar import StateBar

DIFFERENCES, REFUSED, LATE, HUB = "differences", "refused", "late", "hub"
# What each part is called, and what it says when there is nothing in it.
PARTS: dict[str, tuple[str, str, str]] = {
    DIFFERENCES: (
        N_("Differences"),
        N_("No differences"),
        N_("When you and a colleague write the same thing without knowing of each other, both versions are kept. "
           "They wait here until you say which one holds."),
    ),
    REFUSED: (
        N_("Not taken"),
        N_("Everything was taken"),
        N_("A record that the team hub can't take stays on this desk and appears here with the reason. "
           "Nothing is thrown away."),
    ),
    LATE: (
        N_("After a hand-over"),
        N_("No late entries"),
        N_("What a former manager wrote offline about a client who has moved to you appears here: "
           "you accept it, or set it aside."),
    ),
}  # fmt: skip
KEYS = ("1", "2", "3", "4", "5", "6", "7", "8", "9", "E")
EVENTS = {
    "visit": EventKind.CONTACT, "promise": EventKind.PROMISE, "task": EventKind.TASK, "gift": EventKind.GIFT,
    "complaint": EventKind.COMPLAINT, "feedback": EventKind.FEEDBACK, "journal": EventKind.JOURNAL,
    "occasion": EventKind.GREETING, "greeting": EventKind.GREETING,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Inbox:
    """What the page shows; `where` None: no hub is followed."""

    where: Where | None
    differences: tuple[DifferenceRow, ...] = ()
    refused: tuple[RefusedRow, ...] = ()
    late: tuple[LateRow, ...] = ()

    def part(self, name: str) -> Sequence[Shown]:
        """The rows of a part."""
        parts: dict[str, Sequence[Shown]] = {DIFFERENCES: self.differences, REFUSED: self.refused, LATE: self.late}
        return parts.get(name, ())


class SyncPage(Page):
    """A list at the left, what is chosen at the right; `go("sync", part="late")`, `go("sync", entity=…, key=…)`."""

    watches: ClassVar[frozenset[Topic]] = frozenset(set(Topic) - {Topic.DRAFTS, Topic.IMPORTS})
    keys: ClassVar[tuple[tuple[str, str], ...]] = (
        (N_("Choose a version"), "1 … 9"),
        (N_("Write one's own text"), "E"),
        (N_("Save the text"), "Ctrl+Enter"),
    )
    offers: ClassVar[tuple[Action, ...]] = (
        Action("open_record", N_("Open record"), lambda page: page.detail.open_record(), "F2", "edit"),
        Action("join_hub", N_("Join or leave the hub"), lambda page: page.join_or_leave(), icon="company"),
        Action(
            "sync_now", N_("Sync now"), lambda page: page.sync_now(), "Ctrl+Shift+S", "refresh", primary=True
        ),
    )  # fmt: skip

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.inbox = Inbox(None)
        self.part = DIFFERENCES
        self._asked: tuple[str, str] | None = None
        self._at: dict[str, int] = {}
        self.state = StateBar(desk)
        self.list = EventList()
        self.list.setAccessibleName(_("What to settle"))
        self.list.selectionModel().currentChanged.connect(lambda _now, _old: self._show_current())
        self.nothing = Notice(icon="check")
        self.detail = Detail(desk)
        self.detail.settled.connect(self.refresh_if_stale)
        self.list.opened.connect(lambda _entity, _key: self.detail.open_record())
        self.hub = HubView(desk)
        self.hub.leave_wanted.connect(self.join_or_leave)
        self._build()
        for key in KEYS:
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(partial(self.detail.press, key))

    def title(self) -> str:
        return _("Sync")

    @property
    def joined(self) -> bool:
        """Whether a hub is followed."""
        return self.inbox.where is not None

    @property
    def editing(self) -> bool:
        return self.detail.editing

    def open(self, **what: Any) -> None:
        if what.get("part") in (*PARTS, HUB):
            self.show_part(str(what["part"]))
        if "entity" in what:
            entity, key = str(what["entity"]), str(what["key"])
            if entity == "sync_record":  # found by the search: client, entity and key in one
                _client, entity, key = key.split("/", 2)
            self._asked = (entity, key)

    def place(self) -> dict[str, Any]:
        shown = self.detail.shown
        record = {"entity": shown.entity, "key": shown.entity_id} if shown is not None else {}
        return {"part": self.part, **record}

    def half_written(self) -> dict[str, Any] | None:
        return self.detail.half_written()

    def write_on(self, typed: dict[str, Any]) -> None:
        self.detail.write_on(typed)

    def reload(self) -> None:
        self.fetch(_inbox).done.connect(self.show_inbox)

    def show_inbox(self, inbox: Inbox) -> None:
        """Show what waits; without a hub how to join one."""
        self.inbox = inbox
        self.renamed.emit()
        if inbox.where is None:
            self.desk.badge("sync", None)
            self.show_empty(
                _("This desk follows no team hub"),
                _("Everything stays on this computer. With a hub your records are in step with your team's: "
                  "clients are handed over whole, your lead sees your visits, and what was synced survives a lost "
                  "laptop."),
                icon="company", button=_("Join a team hub…"), press=self.join_or_leave,
            )  # fmt: skip
            return
        self.desk.badge("sync", inbox.where.line.to_settle or None)
        self.state.show_where(inbox.where)
        self.hub.show_where(inbox.where)
        for name, button in self.tabs.items():
            count = len(inbox.part(name))
            text = _(PARTS[name][0]) if name in PARTS else _("Hub and devices")
            button.setText(f"{text} {count}" if count else text)
        self._lead()
        self._fill()

    def show_part(self, name: str) -> None:
        """Show one of the lists, or the hub."""
        self.part = name
        self.tabs[name].setChecked(True)
        self._fill()

    def sync_now(self) -> None:
        """Begin a round; without a hub ask for one."""
        if self.joined:
            self.desk.sync_now()
        else:
            self.join_or_leave()

    def join_or_leave(self) -> None:
        """Ask for the hub to join, or whether to leave it."""
        from rmdesk.ui.sync import dialogs

        if self.inbox.where is None:
            dialogs.open_join(self.desk)
        else:
            dialogs.open_leave(self.desk, self.inbox.where.line)

    # Inside.

    def _lead(self) -> None:
        """To what was asked for, or to the first part that has something."""
        if self._asked is not None:
            for name in PARTS:
                rows = self.inbox.part(name)
                at = next((i for i, one in enumerate(rows) if (one.entity, one.entity_id) == self._asked), -1)
                if at >= 0:
                    self._asked, self._at[name] = None, at
                    self.show_part(name)
                    return
        if self.part in PARTS and not self.inbox.part(self.part):
            filled = next((name for name in PARTS if self.inbox.part(name)), None)
            if filled is not None and not self._at:
                self.show_part(filled)

    def _fill(self) -> None:
        rows = self.inbox.part(self.part)
        at = min(self._at.get(self.part, 0), len(rows) - 1)
        self.list.show_events([_event(one) for one in rows])
        self._parts.setCurrentWidget(self._hub_place if self.part == HUB else self.panes if rows else self._empty)
        if self.part in PARTS:
            self.nothing.say(_(PARTS[self.part][1]), _(PARTS[self.part][2]), icon="check")
        if rows:
            self.list.setCurrentIndex(self.list.model().index(max(0, at), 0))
        self._show_current()

    def _show_current(self) -> None:
        rows, at = self.inbox.part(self.part), self.list.currentIndex().row()
        if 0 <= at < len(rows):
            self._at[self.part] = at
        self.detail.show_row(rows[at] if 0 <= at < len(rows) else None)

    def _build(self) -> None:
        self.tabs: dict[str, Button] = {}
        group = QButtonGroup(self)
        line = row(gap=20)
        for name in (*PARTS, HUB):
            button = Button(_(PARTS[name][0]) if name in PARTS else _("Hub and devices"), kind="tab")
            button.setCheckable(True)
            button.setChecked(name == self.part)
            button.clicked.connect(partial(self.show_part, name))
            group.addButton(button)
            self.tabs[name] = button
            line.addWidget(button)
        line.addStretch(1)
        listed, self._empty = Card(), Card()
        listed.add(self.list)
        self._empty.add(self.nothing)
        self.panes = Panes(listed, self.detail, (_("What waits"), _("What to settle")), shares=(2, 3))
        self._hub_place = QWidget()
        self._hub_place.setLayout(column(self.hub))
        self._parts = self.new_stack()
        self._parts.addWidget(self.panes)
        self._parts.addWidget(self._empty)
        self._parts.addWidget(self._hub_place)
        self.body.addWidget(self.state)
        self.body.addLayout(line)
        self.body.addWidget(self._parts, 1)


def _event(one: Shown) -> Event:
    if isinstance(one, DifferenceRow):
        newest = max((version.at for version in one.versions if version.at is not None), default=None)
        text = _("{field}: {count} versions").format(field=one.label, count=len(one.versions))
    elif isinstance(one, RefusedRow):
        newest, text = one.at, one.why.said
    else:
        newest, text = one.at, one.by
    on = newest.astimezone().date() if newest is not None else clock.today()
    head = " · ".join(part for part in (one.name, one.about) if part)
    return Event(
        on, EVENTS.get(one.entity, EventKind.CARE), phrase("{title}", title=one.record), f"{head}\n{text}".strip(),
        isinstance(one, RefusedRow), one.entity, f"{one.entity_id}/{getattr(one, 'field', one.number)}",
    )  # fmt: skip


def _inbox(reads: Reads) -> Inbox:
    where = standing.where(reads)
    if where is None:
        return Inbox(None)
    return Inbox(where, queries.differences(reads), queries.refused(reads), queries.late_edits(reads))
