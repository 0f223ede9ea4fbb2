"""The Visits page: what is planned, the log, the ledger of promises, the tasks, and coverage."""

from __future__ import annotations

from functools import cached_property, partial
from typing import Any, ClassVar, TypeVar

from PySide6.QtWidgets import QCheckBox, QWidget

from rmdesk.base.text import N_, _
from rmdesk.models.kinds import Topic
from rmdesk.services.visits import coverage, ledger, queries
from rmdesk.services.visits.rows import Coverage, PromiseRow, TaskRow, VisitRow, Waiting
from rmdesk.ui.kit.actions import Action
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.page import Page
from rmdesk.ui.kit.tab_buttons import tab_buttons, tab_head
from rmdesk.ui.kit.widgets import Button, Card
from rmdesk.ui.visits import dialogs
from rmdesk.ui.visits.board import Board
from rmdesk.ui.visits.boards import promises_board, tasks_board, visits_board
from rmdesk.ui.visits.coverage_view import CoverageView
from rmdesk.ui.visits.log_board import LogBoard

R = TypeVar("R")
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
        self.closed_promises = QCheckBox(_("Settled ones too"))
        self.closed_tasks = QCheckBox(_("Settled ones too"))
        self._at = 0
        self._cards: dict[int, Card] = {}
        self.stack = self.new_stack()
        for at in range(len(SEGMENTS)):
            self.stack.add_place(partial(self._part, at))
        self.segments, line = tab_buttons(self, (_(text) for _name, text in SEGMENTS))
        self.segments.idClicked.connect(self.show_segment)
        self.body.addWidget(tab_head(line))
        self.body.addWidget(self.stack, 1)
        self.stack.fill(0)

    # The segments, each made when it is first asked for.

    @cached_property
    def planned(self) -> Board[VisitRow]:
        """What is planned."""
        return visits_board(self.desk, "planned")

    @cached_property
    def log(self) -> LogBoard:
        """The log."""
        return LogBoard(self.desk)

    @cached_property
    def promises(self) -> Board[PromiseRow]:
        """The ledger of promises."""
        add = Button(_("Add promise"), lambda: dialogs.open_promise(self.desk), kind="small", icon="plus")
        return self._with_top(promises_board(self.desk), add, self.closed_promises)

    @cached_property
    def tasks_board(self) -> Board[TaskRow]:
        """The tasks."""
        add = Button(_("Add task"), lambda: dialogs.open_task(self.desk), kind="small", icon="plus")
        return self._with_top(tasks_board(self.desk), add, self.closed_tasks)

    @cached_property
    def coverage(self) -> CoverageView:
        """Coverage by tier."""
        return CoverageView(self.desk)

    def _with_top(self, board: Board[R], add: Button, closed: QCheckBox) -> Board[R]:
        board.top.addWidget(add)
        board.top.addStretch(1)
        board.top.addWidget(closed)
        closed.toggled.connect(lambda _on: self._load())
        return board

    def _part(self, at: int) -> QWidget:
        made = (lambda: self.planned, lambda: self.log, lambda: self.promises, lambda: self.tasks_board)
        if at == len(made):
            return self.coverage
        if at not in self._cards:
            self._cards[at] = Card()
            self._cards[at].add(made[at]())
        return self._cards[at]

    def title(self) -> str:
        return _("Visits")

    def open(self, **what: Any) -> None:
        if "tab" in what:
            self.show_segment(NAMES.index(str(what["tab"])))
        if what.get("do") == "log":
            dialogs.open_log(self.desk, client=what.get("client"))
        elif what.get("do") == "plan":
            dialogs.open_plan(self.desk, what.get("client"))

    def place(self) -> dict[str, Any]:
        return {"tab": self.segment}

    def show_segment(self, at: int) -> None:
        """Show one of the segments."""
        self._at = at
        self.segments.button(at).setChecked(True)
        self.stack.bring_at(at)
        if self.isVisible() and NAMES[at] in self._old:
            self._load()

    @property
    def segment(self) -> str:
        """The name of the segment that is shown."""
        return NAMES[self._at]

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
            self.fetch(queries.planned).done.connect(lambda rows: self.planned.show_rows(rows))
        elif name == "log":
            self.show_content()
            self.then_in_slices(lambda: self.log.ask())
        elif name == "promises":
            task = self.fetch(ledger.promises, closed=self.closed_promises.isChecked())
            task.done.connect(lambda rows: self.promises.show_rows(rows))
        elif name == "tasks":
            done = self.fetch(ledger.tasks, closed=self.closed_tasks.isChecked()).done
            done.connect(lambda rows: self.tasks_board.show_rows(rows))
        else:
            self.fetch(coverage.coverage).done.connect(self._show_coverage)

    def _show_coverage(self, told: Coverage) -> None:
        self.in_slices(self.coverage.steps(told))

    def _show_waiting(self, told: Waiting) -> None:
        self.desk.badge("visits", told.all or None)
        for at, count in ((0, told.visits), (2, told.promises), (3, told.tasks)):
            text = _(SEGMENTS[at][1])
            self.segments.button(at).setText(f"{text} {count}" if count else text)
