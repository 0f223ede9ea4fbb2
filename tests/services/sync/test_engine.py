"""Rounds between desks and a hub: every edit arrives once, nothing is lost, whatever breaks in between."""

from __future__ import annotations

from rmdesk.models.kinds import Answer, Taste
from rmdesk.services.profile.commands import SetPreferences
from rmdesk.services.segments.commands import AnswerMan, ConfirmKycBlock
from rmdesk.services.visits.tasks import AddTask
from tests.services.sync.conftest import Make
from tests.services.sync.small_hub import Desk, Person
from tests.support import build


def tasks(desk: Desk) -> set[tuple[str, ...]]:
    return set(desk.rows("SELECT t.id, text, state, c.number FROM task t LEFT JOIN client c ON c.id = client_id"))


def told(desk: Desk, table: str) -> list[tuple[object, ...]]:
    """A table with its clients by the bank's number."""
    names = [row[0] for row in desk.rows(f"SELECT name FROM pragma_table_info('{table}')")]
    columns = ", ".join("c.number" if name == "client_id" else f't."{name}"' for name in names)
    return sorted(desk.rows(f"SELECT {columns} FROM {table} t JOIN client c ON c.id = t.client_id"), key=str)


def meet(*desks: Desk) -> None:
    for _turn in range(2):
        for desk in desks:
            desk.sync()


def in_step(desk: Desk) -> bool:
    return desk.value("SELECT count(*) FROM sync_record WHERE state <> 'clean'") == 0


def test_what_is_noted_at_one_desk_stands_at_the_other(desk_of: Make, wang: Person) -> None:
    one, two = desk_of(wang), desk_of(wang)
    one.store.perform(AddTask("送资料", None, one.at(1)))
    one.store.perform(SetPreferences(one.at(2), Taste.LIKE, ("茶",)))
    one.store.perform(ConfirmKycBlock(one.at(1), "family", "present", "两个孩子"))
    one.store.perform(AnswerMan(one.at(1), "M", Answer.YES))
    one.sync()
    report = two.sync()
    assert report.pulled > 0
    assert tasks(one) == tasks(two) != set()
    for table in ("preference", "kyc_block", "man_answer"):
        assert told(one, table) == told(two, table) != []
    assert in_step(one)
    assert in_step(two)
    assert one.sync().pushed == 0


def test_bulk_and_raw_edits_travel(desk_of: Make, wang: Person) -> None:
    one, two = desk_of(wang), desk_of(wang)
    one.store.perform(AddTask("送资料", None, one.at(1)))
    meet(one, two)
    build.perform(two.store, lambda work: work.bulk("UPDATE task SET text = 'anders'", topics=()))
    meet(two, one)
    assert one.rows("SELECT text FROM task") == [("anders",)]
    build.perform(one.store, lambda work: work.bulk("DELETE FROM task", topics=()))
    meet(one, two)
    assert tasks(two) == set()
    assert two.rows("SELECT * FROM sync_record WHERE entity = 'task'") == []
