"""The four boards of visits: what is planned, the log, the ledger of promises, the tasks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from rmdesk.base import clock
from rmdesk.base.text import N_, _
from rmdesk.models.kinds import PromiseState, TaskState, VisitState
from rmdesk.services.visits.rows import PromiseRow, TaskRow, VisitRow
from rmdesk.ui.kit import format
from rmdesk.ui.kit.columns import CHIP, STRONG, TINTED, Cell, Column
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.form import confirm
from rmdesk.ui.visits import dialogs, settle_dialogs, words
from rmdesk.ui.visits.board import Board, RowAction
from rmdesk.ui.visits.postpone_dialog import open_postpone

R = TypeVar("R")


def _about(visit: VisitRow) -> str:
    said = visit.content or visit.purpose
    if visit.reason:
        said = f"{visit.reason} · {said}" if said else visit.reason
    return " ".join(said.split())


def _when(visit: VisitRow) -> Cell:
    return Cell(f"{format.short_day(visit.on)} {format.weekday(visit.on)}", after=visit.at)


def _marks(visit: VisitRow) -> Cell:
    if visit.state != VisitState.HELD:
        text, kind = words.STATES[visit.state]
        return Cell(_(text), kind)
    if visit.word in words.REVIEWS:
        text, kind = words.REVIEWS[visit.word]
        return Cell(_(text), kind)
    if visit.late:
        return Cell(_("Late entry"), "occasion")
    return Cell("" if visit.two_way else _("No answer"), "plain")


def _due(day: date | None, days: int | None, *, open_: bool) -> Cell:
    if day is None:
        return Cell(_("no day"), "")
    kind = ("risk" if days is not None and days < 0 else "occasion" if days == 0 else "") if open_ else ""
    return Cell(f"{format.short_day(day)} {format.days_ahead(day)}" if open_ else format.short_day(day), kind)


def _planned(visit: VisitRow) -> Cell:
    days = (visit.on - clock.today()).days
    return Cell(_("Not logged"), "risk") if days < 0 else Cell(_("Today"), "occasion") if days == 0 else Cell("")


PLANNED: tuple[Column[VisitRow], ...] = (
    Column("on", N_("Day"), _when, 150, STRONG, sorts=False, fixed=True),
    Column("name", N_("Client"), lambda visit: visit.name, 120, STRONG, sorts=False),
    Column("channel", N_("Channel"), lambda visit: words.channel(visit.channel), 90, sorts=False),
    Column("marks", N_("State"), _planned, 100, CHIP, sorts=False),
    Column("purpose", N_("Purpose"), lambda visit: visit.purpose, 220, sorts=False),
    Column("place", N_("Place"), lambda visit: visit.place or visit.district, 140, sorts=False),
)
LOG: tuple[Column[VisitRow], ...] = (
    Column("on", N_("Day"), _when, 150, STRONG, sorts=False, fixed=True),
    Column("name", N_("Client"), lambda visit: visit.name, 120, STRONG, sorts=False),
    Column("channel", N_("Channel"), lambda visit: words.channel(visit.channel), 90, sorts=False),
    Column("marks", N_("State"), _marks, 100, CHIP, sorts=False),
    Column("about", N_("Content"), _about, 360, sorts=False),
    Column(
        "mood", N_("Mood"), lambda v: Cell(words.mood(v.mood), words.MOOD_KINDS.get(v.mood, "")), 90, CHIP, sorts=False
    ),
    Column("next", N_("Next step"), lambda visit: visit.next_step, 160, sorts=False),
)
PROMISES: tuple[Column[PromiseRow], ...] = (
    Column("due", N_("Due"), lambda p: _due(p.due_on, p.days, open_=p.state == "open"), 160, TINTED, sorts=False),
    Column("name", N_("Client"), lambda promise: promise.name, 120, STRONG, sorts=False, fixed=True),
    Column("text", N_("Promise"), lambda promise: promise.text, 300, sorts=False),
    Column("state", N_("State"), lambda promise: _promise_state(promise), 100, CHIP, sorts=False),
    Column("made", N_("Made"), lambda promise: format.short_day(promise.made_on), 90, sorts=False),
    Column("outcome", N_("Outcome"), lambda promise: promise.outcome, 160, sorts=False),
)
TASKS: tuple[Column[TaskRow], ...] = (
    Column("due", N_("Until"), lambda t: _due(t.due_on, t.days, open_=t.state == "open"), 160, TINTED, sorts=False),
    Column("text", N_("Task"), lambda task: task.text, 320, STRONG, sorts=False, fixed=True),
    Column("name", N_("Client"), lambda task: task.name or _("my own"), 120, sorts=False),
    Column("state", N_("State"), lambda task: _task_state(task), 100, CHIP, sorts=False),
    Column("made", N_("Made"), lambda task: format.short_day(task.made_on), 90, sorts=False),
)
# In a client's file everybody is the client, and there is less room.
NARROW: dict[str, dict[str, Any]] = {
    "on": {"cell": lambda visit: Cell(format.short_day(visit.on), after=visit.at), "width": 142},
    "about": {"width": 200},
    "text": {"width": 200},
}
OF_CLIENT = frozenset({"name", "made", "outcome", "place", "next"})


def _of_client(columns: tuple[Column[R], ...]) -> list[Column[R]]:
    return [replace(one, **NARROW.get(one.key, {})) for one in columns if one.key not in OF_CLIENT]


def _promise_state(promise: PromiseRow) -> Cell:
    text, kind = words.PROMISES[promise.state]
    return Cell(_("Overdue"), "risk") if promise.overdue else Cell(_(text), kind)


def _task_state(task: TaskRow) -> Cell:
    text, kind = words.TASKS[task.state]
    return Cell(_("Overdue"), "risk") if task.overdue else Cell(_(text), kind)


def visits_board(desk: Desk, kind: str, *, whole: bool = True) -> Board[VisitRow]:
    """Planned visits (`kind` planned) or the log (`log`), or all of one client (`file`)."""
    planned = kind == "planned"
    columns = list(PLANNED if planned else LOG) if whole else _of_client(LOG)
    empty = (
        (_("Nothing is planned."), _("Plan a visit, or let a promise or task remind you."))
        if planned
        else (_("Nothing is logged here."), _("Log a visit with Ctrl+N: client, channel and one line suffice."))
    )
    title = {"planned": _("Planned visits"), "log": _("Log of visits")}.get(kind, _("Visits"))
    board: Board[VisitRow] = Board(
        desk, columns, lambda visit: visit.number, _visit_actions(desk, whole=whole), name=f"visits_{kind}",
        title=title, empty=empty,
    )  # fmt: skip
    return board


def promises_board(desk: Desk, *, whole: bool = True) -> Board[PromiseRow]:
    """The ledger of promises."""

    def is_open(promise: PromiseRow) -> bool:
        return promise.state == PromiseState.OPEN

    actions = [
        RowAction(N_("Kept"), "K", lambda promise: keep(desk, promise), is_open),
        RowAction(N_("Withdraw"), "W", lambda promise: settle_dialogs.open_withdraw(desk, promise), is_open),
        RowAction(N_("Hand over"), "H", lambda promise: settle_dialogs.open_hand_over(desk, promise), is_open),
        RowAction(N_("Edit"), "E", lambda p: dialogs.open_promise(desk, promise=p), is_open, main=True),
    ]
    if whole:
        actions.append(RowAction(N_("Client file"), "O", lambda promise: desk.go("client", client=promise.client)))
    columns = list(PROMISES) if whole else _of_client(PROMISES)
    board: Board[PromiseRow] = Board(
        desk, columns, lambda promise: promise.number, actions, name="promises" if whole else "promises_file",
        title=_("Promises"), empty=(_("No promise is open."), _("What is promised in a visit is kept here.")),
    )  # fmt: skip
    return board


def tasks_board(desk: Desk, *, whole: bool = True) -> Board[TaskRow]:
    """The tasks."""

    def is_open(task: TaskRow) -> bool:
        return task.state == TaskState.OPEN

    actions = [
        RowAction(N_("Done"), "D", lambda task: done(desk, task), is_open),
        RowAction(N_("Log a visit"), "L", lambda task: log_for(desk, task), lambda t: is_open(t) and bool(t.client)),
        RowAction(N_("Drop"), "X", lambda task: drop(desk, task), is_open),
        RowAction(N_("Edit"), "E", lambda task: dialogs.open_task(desk, task=task), is_open, main=True),
    ]
    if whole:
        actions.append(
            RowAction(
                N_("Client file"), "O", lambda task: desk.go("client", client=task.client), lambda t: bool(t.client)
            )
        )
    columns = list(TASKS) if whole else _of_client(TASKS)
    board: Board[TaskRow] = Board(
        desk, columns, lambda task: task.number, actions, name="tasks" if whole else "tasks_file",
        title=_("Tasks"), empty=(_("No task is open."), _("The next step of a visit becomes a task.")),
    )  # fmt: skip
    return board


def keep(desk: Desk, promise: PromiseRow) -> None:
    """The promise was kept."""
    from rmdesk.services.visits.promises import KeepPromise

    desk.perform(KeepPromise(promise.id), _("{name}: promise kept").format(name=promise.name))


def done(desk: Desk, task: TaskRow) -> None:
    """The task is done."""
    from rmdesk.services.visits.tasks import DoneTask

    desk.perform(DoneTask(task.id), _("Task done"))


def drop(desk: Desk, task: TaskRow) -> None:
    """The task need not be done."""
    from rmdesk.services.visits.tasks import DropTask

    desk.perform(DropTask(task.id), _("Task dropped"))


def log_for(desk: Desk, task: TaskRow) -> None:
    """Log the visit that did a task."""
    dialogs.open_log(desk, client=task.client, purpose=task.text[:500], task=task.id)


def remove(desk: Desk, visit: VisitRow) -> None:
    """Ask, and take a visit away with what hangs on it."""
    from rmdesk.services.visits.commands import RemoveVisit

    confirm(
        _("Remove this visit?"),
        _("Its open promises, its task and its files go with it. It can be undone."),
        _("Remove"),
        lambda: desk.perform(RemoveVisit(visit.id), _("{name}: visit removed").format(name=visit.name)),
        danger=True,
    )


def _visit_actions(desk: Desk, *, whole: bool) -> list[RowAction[VisitRow]]:
    def planned(visit: VisitRow) -> bool:
        return visit.state == VisitState.PLANNED

    def held(visit: VisitRow) -> bool:
        return visit.state == VisitState.HELD

    actions = [
        RowAction(N_("Log"), "L", lambda visit: dialogs.open_log(desk, visit=visit.id), planned),
        RowAction(N_("Edit"), "E", lambda visit: edit(desk, visit), lambda v: planned(v) or held(v), main=True),
        RowAction(N_("Postpone"), "P", lambda visit: open_postpone(desk, visit), planned),
        RowAction(N_("Cancel visit"), "C", lambda visit: settle_dialogs.open_cancel(desk, visit), planned),
        RowAction(
            N_("Write as journal"), "J", lambda visit: desk.ask("journal", client=visit.client, visit=visit.id), held
        ),
        RowAction(N_("Remove"), "Del", lambda visit: remove(desk, visit)),
    ]
    if whole:
        actions.append(RowAction(N_("Client file"), "O", lambda visit: desk.go("client", client=visit.client)))
    return actions


def edit(desk: Desk, visit: VisitRow) -> None:
    """Correct a visit: a planned one in the dialog of plans, a held one in the form; a reviewed one is looked at."""
    if visit.word and desk.can_ask("record"):
        desk.ask("record", entity="visit", key=visit.id)
    elif visit.state == VisitState.PLANNED:
        dialogs.open_plan(desk, visit=visit)
    else:
        dialogs.open_log(desk, visit=visit.id)
