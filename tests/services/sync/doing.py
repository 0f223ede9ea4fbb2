"""What tests do at desks and look at there."""

from __future__ import annotations

from rmdesk.models.kinds import RecordId
from rmdesk.services.visits.tasks import AddTask, EditTask
from tests.services.sync.small_hub import Desk
from tests.support import build


def add(desk: Desk, text: str, client: int | None = 1) -> RecordId:
    return desk.store.perform(AddTask(text, None, None if client is None else desk.at(client))).result


def edit(desk: Desk, task: str, text: str) -> None:
    desk.store.perform(EditTask(RecordId(task), text, None))


def drop(desk: Desk, task: str) -> None:
    build.perform(desk.store, lambda work: work.bulk("DELETE FROM task WHERE id = ?", (task,), topics=()))


def texts(desk: Desk) -> list[str]:
    return sorted(row[0] for row in desk.rows("SELECT text FROM task"))


def unsent(desk: Desk) -> int:
    return desk.value("SELECT count(*) FROM sync_record WHERE state <> 'clean'")


def differences(desk: Desk) -> list[str]:
    sql = "SELECT json_extract(d.value, '$.value') FROM sync_record, json_each(conflicts) d"
    return sorted(row[0] for row in desk.rows(sql))


def meet(*desks: Desk) -> None:
    for _turn in range(2):
        for desk in desks:
            desk.sync()
