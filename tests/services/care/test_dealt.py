"""What is done from the list and the mark on the row are one step, and tell how the score changed."""

from __future__ import annotations

from typing import Any

import pytest

from rmdesk.base.errors import Refused
from rmdesk.models.kinds import CareMarkKind, ClientId, RecordId
from rmdesk.services.care import queries
from rmdesk.services.care.dealt import DealWith, client_of
from rmdesk.services.care.rows import CareItem
from rmdesk.services.store.command import Outcome
from rmdesk.services.store.store import Store
from rmdesk.services.visits.commands import LogVisit
from rmdesk.services.visits.entry import Entry
from rmdesk.services.visits.promises import KeepPromise
from tests.services.care.arrange import WAN, Book, book


def arranged(made: Book) -> int:
    client = made.client("陈国栋", 412 * WAN)
    made.visit(client, 40)
    made.promise(client, -3)
    return client


@pytest.fixture
def client(store: Store) -> ClientId:
    return ClientId(book(store, arranged))


def listed(store: Store) -> list[CareItem]:
    return list(store.read(queries.care_day).items)


def logged(client: int, **given: Any) -> LogVisit:
    return LogVisit(Entry(client=ClientId(client), channel="phone", content="谈了近况", **given))


def test_a_visit_logged_from_the_list_marks_the_row_and_tells_the_score(store: Store, client: ClientId) -> None:
    (item,) = listed(store)
    outcome = store.perform(DealWith(client, logged(client)))
    assert outcome.label == LogVisit.label  # what the list of undo calls it
    told = outcome.result
    assert (told.marked, told.before) == (True, pytest.approx(item.score))
    assert told.after == pytest.approx(store.read(queries.receipt, client).score)
    assert told.after < told.before
    assert listed(store) == []
    (mark,) = store.read(queries.marks_of)
    assert (mark.client, mark.kind) == (client, CareMarkKind.DONE)


def test_one_undo_takes_both_back_and_redo_does_both_again(store: Store, client: ClientId) -> None:
    before = listed(store)
    done: Outcome[Any] = store.perform(DealWith(client, logged(client)))
    assert done.inverse is not None
    undone = store.perform(done.inverse)
    assert listed(store) == before
    assert store.read(queries.marks_of) == ()
    assert store.read(lambda reads: reads.value("SELECT count(*) FROM visit")) == 1
    assert undone.inverse is not None
    store.perform(undone.inverse)
    assert listed(store) == []
    assert store.read(lambda reads: reads.value("SELECT count(*) FROM visit")) == 2


def test_a_step_that_is_refused_leaves_no_mark(store: Store, client: ClientId) -> None:
    before = listed(store)
    with pytest.raises(Refused):
        store.perform(DealWith(client, LogVisit(Entry(client=client, channel="phone", content=""))))
    assert listed(store) == before
    assert store.read(queries.marks_of) == ()


def test_a_form_about_somebody_else_marks_nobody(store: Store, client: ClientId) -> None:
    other = book(store, lambda made: made.client("周文敏", 300 * WAN))
    outcome = store.perform(DealWith(client, logged(other)))
    assert (outcome.result.marked, outcome.result.before) == (False, None)
    assert store.read(queries.marks_of) == ()
    assert outcome.inverse is not None
    store.perform(outcome.inverse)
    assert store.read(lambda reads: reads.value("SELECT count(*) FROM visit")) == 1


def test_the_change_records_name_the_step_itself(store: Store, client: ClientId) -> None:
    promise = RecordId(store.read(lambda reads: reads.value("SELECT id FROM promise")))
    store.perform(DealWith(client, KeepPromise(promise)))
    commands = store.read(
        lambda reads: dict(reads.rows("SELECT entity, command FROM change WHERE entity IN ('promise', 'care_mark')"))
    )
    assert commands == {"promise": "KeepPromise", "care_mark": "DealWith"}


def test_whom_a_command_is_about(client: ClientId) -> None:
    assert client_of(logged(client)) == client
    assert client_of(KeepPromise(RecordId("1"))) is None
