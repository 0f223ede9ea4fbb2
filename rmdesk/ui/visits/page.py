"""The Visits page: what is planned, the log, the ledger of promises, the tasks, and coverage."""

from __future__ import annotations

from typing import Any, ClassVar

from PySide6.QtWidgets import QButtonGroup, QCheckBox, QSizePolicy, QWidget

from rmdesk.base.text import N_, _
from rmdesk.models.kinds import Topic
from rmdesk.services.visits import coverage, ledger, queries
from rmdesk.services.visits.rows import Coverage, Waiting
from rmdesk.ui.kit.actions import Action
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.page import Page
from rmdesk.ui.kit.stack import Stack
from rmdesk.ui.kit.widgets import Button, Card, column, row, rule
from rmdesk.ui.visits import dialogs
from rmdesk.ui.visits.boards import promises_board, tasks_board, visits_board
from rmdesk.ui.visits.coverage_view import CoverageView
from rmdesk.ui.visits.log_board import LogBoard

SEGMENTS: tuple[tuple[str, str], ...] = (
    ("planned", N_("Planned")),
    ("log", N_("Log")),
    ("promises", N_("Promises")),
    ("tasks", N_("Tasks")),
    ("coverage", N_("Coverage")),
)
NAMES = tuple(name for name, _title in SEGMENTS)


class VisitsPage(Page):
    """`go("visits", tab="promises")`; `do="log"` or `do="plan"` opens that form, for `client` when given."""

    watches: ClassVar[frozenset[Topic]] = frozenset({Topic.VISITS, Topic.CLIENTS, Topic.SEGMENTS, Topic.PROFILE})
    offers: ClassVar[tuple[Action, ...]] = (
        Action("plan_visit", N_("Plan visit"), lambda page: page.plan(), icon="calendar", button=True),
        Action("new_task", N_("Add task"), lambda page: dialogs.open_task(page.desk), icon="check"),
        Action("new_promise", N_("Add promise"), lambda page: dialogs.open_promise(page.desk), icon="star"),
        Action("new_visit", N_("Log a visit"), lambda page: dialogs.open_log(page.desk), icon="plus", primary=True),
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._seen = self.tasks.line(self)
        self._old = set(NAMES)
        self.planned = visits_board(desk, "planned")
        self.log = LogBoard(desk)
        self.promises, self.tasks_board = promises_board(desk), tasks_board(desk)
        self.coverage = CoverageView(desk)
        self.closed_promises = QCheckBox(_("Settled ones too"))
        self.closed_tasks = QCheckBox(_("Settled ones too"))
        self.promises.top.addWidget(
            Button(_("Add promise"), lambda: dialogs.open_promise(desk), kind="small", icon="plus")
        )
        self.tasks_board.top.addWidget(
            Button(_("Add task"), lambda: dialogs.open_task(desk), kind="small", icon="plus")
        )
        for board, tick in ((self.promises, self.closed_promises), (self.tasks_board, self.closed_tasks)):
            board.top.addStretch(1)
            board.top.addWidget(tick)
            tick.toggled.connect(lambda _on: self._load())
        self.stack = Stack()
        for part in (self.planned, self.log, self.promises, self.tasks_board):
            card = Card()
            card.add(part)
            self.stack.addWidget(card)
        self.stack.addWidget(self.coverage)
        self.segments = QButtonGroup(self)
        line = row(gap=20)
        for at, (_name, text) in enumerate(SEGMENTS):
            button = Button(_(text), kind="tab")
            button.setCheckable(True)
            button.setChecked(at == 0)
            button.clicked.connect(lambda _on=False, at=at: self.show_segment(at))
            self.segments.addButton(button, at)
            line.addWidget(button)
        line.addStretch(1)
        head = QWidget()
        head.setLayout(column(line, rule(), gap=0))
        head.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.body.addWidget(head)
        self.body.addWidget(self.stack, 1)

    def title(self) -> str:
        return _("Visits")

    def open(self, **what: Any) -> None:
        if "tab" in what:
            self.show_segment(NAMES.index(str(what["tab"])))
        if what.get("do") == "log":
            dialogs.open_log(self.desk, client=what.get("client"))
        elif what.get("do") == "plan":
            dialogs.open_plan(self.desk, what.get("client"))

    def show_segment(self, at: int) -> None:
        """Show one of the segments."""
        self.segments.button(at).setChecked(True)
        self.stack.setCurrentIndex(at)
        if self.isVisible() and NAMES[at] in self._old:
            self._load()

    @property
    def segment(self) -> str:
        """The name of the segment that is shown."""
        return NAMES[self.stack.currentIndex()]

    def plan(self) -> None:
        """Plan a visit."""
        dialogs.open_plan(self.desk)

    def reload(self) -> None:
        self._old = set(NAMES)
        self._seen.fetch(queries.waiting).done.connect(self._show_waiting)
        self._load()

    def _load(self) -> None:
        name = self.segment
        self._old.discard(name)
        if name == "planned":
            self.fetch(queries.planned).done.connect(self.planned.show_rows)
        elif name == "log":
            self.show_content()
            self.log.ask()
        elif name == "promises":
            task = self.fetch(ledger.promises, closed=self.closed_promises.isChecked())
            task.done.connect(self.promises.show_rows)
        elif name == "tasks":
            self.fetch(ledger.tasks, closed=self.closed_tasks.isChecked()).done.connect(self.tasks_board.show_rows)
        else:
            self.fetch(coverage.coverage).done.connect(self._show_coverage)

    def _show_coverage(self, told: Coverage) -> None:
        self.coverage.show_coverage(told)

    def _show_waiting(self, told: Waiting) -> None:
        self.desk.badge("visits", told.all or None)
        for at, count in ((0, told.visits), (2, told.promises), (3, told.tasks)):
            text = _(SEGMENTS[at][1])
            self.segments.button(at).setText(f"{text} {count}" if count else text)
