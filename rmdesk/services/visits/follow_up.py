"""What follows from a visit: its next step as a task, its promises and files, and what becomes of them."""

from __future__ import annotations

from datetime import timedelta

from rmdesk.base import clock
from rmdesk.models.campaigns import CampaignTouch
from rmdesk.models.clients import Client
from rmdesk.models.files import Attachment
from rmdesk.models.kinds import PromiseState, RecordId, TaskState, new_id
from rmdesk.models.specialists import SpecialistRequest
from rmdesk.models.visits import Promise, Task, Visit
from rmdesk.services.store.inverse import Kept
from rmdesk.services.store.work import UnitOfWork
from rmdesk.services.visits import rules
from rmdesk.services.visits.entry import Entry


def follow_up(work: UnitOfWork, kept: Kept, visit: Visit, entry: Entry) -> None:
    """The promises of a visit, and the task that its next step is."""
    for owed in entry.promises:
        promise = Promise(
            id=new_id(), client_id=visit.client_id, visit_id=visit.id, text=owed.text, made_on=visit.on,
            due_on=owed.due, state=PromiseState.OPEN.value,
        )  # fmt: skip
        work.add(promise)
        kept.made(promise)
    key = work.value("SELECT id FROM task WHERE visit_id = ? AND state = 'open' ORDER BY id LIMIT 1", (visit.id,))
    if key is not None:
        task = work.get(Task, key)
        kept.before(task)
        if entry.next_step:
            task.text, task.due_on = entry.next_step, entry.next_on
        else:
            work.delete(task)
    elif entry.next_step and not work.value("SELECT 1 FROM task WHERE visit_id = ?", (visit.id,)):
        task = Task(
            id=new_id(), client_id=visit.client_id, visit_id=visit.id, text=entry.next_step, made_on=visit.on,
            due_on=entry.next_on or visit.on + timedelta(days=rules.limit("ahead", "soon_days")),
            state=TaskState.OPEN.value,
        )  # fmt: skip
        work.add(task)
        kept.made(task)
    work.flush()


def hand_on(work: UnitOfWork, kept: Kept, visit: Visit, client: int) -> None:
    """The visit was with somebody else: what came of it, and its files, go along."""
    if visit.client_id == client:
        return
    work.get(Client, client)
    visit.client_id = client
    promises = work.rows("SELECT id FROM promise WHERE visit_id = ?", (visit.id,))
    tasks = work.rows("SELECT id FROM task WHERE visit_id = ?", (visit.id,))
    files = work.rows("SELECT id FROM attachment WHERE entity = 'visit' AND entity_id = ?", (visit.id,))
    things: list[Promise | Task | Attachment] = [work.get(Promise, key) for (key,) in promises]
    things += [work.get(Task, key) for (key,) in tasks]
    things += [work.get(Attachment, key) for (key,) in files]
    for thing in things:
        kept.before(thing)
        thing.client_id = client


def loosen(work: UnitOfWork, kept: Kept, visit: RecordId) -> None:
    """Open promises and tasks of a visit go with it; those that were settled stay, without it, and so does what a
    campaign or a specialist has to do with it."""
    _unlink(work, kept, "campaign_touch", CampaignTouch, "visit_id", visit)
    _unlink(work, kept, "specialist_request", SpecialistRequest, "visit_id", visit)
    for (key,) in work.rows("SELECT id FROM task WHERE visit_id = ? AND state = 'open'", (visit,)):
        _unlink(work, kept, "specialist_request", SpecialistRequest, "task_id", key)
    _let_go(work, kept, Promise, PromiseState.OPEN, visit)
    _let_go(work, kept, Task, TaskState.OPEN, visit)


def _let_go(work: UnitOfWork, kept: Kept, model: type[Promise | Task], still_open: str, visit: RecordId) -> None:
    for (key,) in work.rows(f"SELECT id FROM {model.__tablename__} WHERE visit_id = ?", (visit,)):
        thing = work.get(model, key)
        kept.before(thing)
        if thing.state == still_open:
            work.delete(thing)
        else:
            thing.visit_id = None


def _unlink(
    work: UnitOfWork, kept: Kept, table: str, model: type[CampaignTouch | SpecialistRequest], link: str, key: str
) -> None:
    for (one,) in work.rows(f"SELECT id FROM {table} WHERE {link} = ?", (key,)):
        thing = work.get(model, one)
        kept.before(thing)
        setattr(thing, link, None)
    work.flush()


def do_task(work: UnitOfWork, kept: Kept, key: RecordId | None) -> None:
    """The task that led to the visit is done with it."""
    if key is None:
        return
    task = work.find(Task, key)
    if task is not None and task.state == TaskState.OPEN:
        kept.before(task)
        task.state, task.closed_on = TaskState.DONE.value, clock.today()
