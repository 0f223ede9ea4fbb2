"""A unit of work notes topics and change records by itself, and leaves no trace when it fails."""

from __future__ import annotations

import pytest

from rmdesk.base.errors import Refused
from rmdesk.models.clients import Client
from rmdesk.models.kinds import Topic
from rmdesk.services.store.store import Store
from rmdesk.services.store.work import UnitOfWork
from tests.support.build import Do, perform


def add(work: UnitOfWork, name: str = "王小明") -> int:
    client = Client(name=name)
    work.add(client)
    work.flush()
    return client.id


def test_a_new_row_is_committed_with_its_topic_and_change_record(store: Store) -> None:
    outcome = store.perform(Do(add))
    assert outcome.topics == {Topic.CLIENTS}
    assert store.read(lambda reads: reads.rows("SELECT name FROM client")) == [("王小明",)]
    changes = store.read(lambda reads: reads.rows("SELECT who, entity, entity_id, client_id, before FROM change"))
    assert changes == [("tester", "client", str(outcome.result), outcome.result, None)]


def test_an_edit_records_only_what_changed(store: Store) -> None:
    client = perform(store, add)

    def edit(work: UnitOfWork) -> None:
        work.get(Client, client).phone = "13800000000"

    perform(store, edit)
    rows = store.read(lambda reads: reads.rows("SELECT before, after FROM change ORDER BY id DESC LIMIT 1"))
    assert rows == [('{"phone": null}', '{"phone": "13800000000"}')]


def test_a_refused_command_leaves_no_trace(store: Store) -> None:
    def refuse(work: UnitOfWork) -> None:
        add(work)
        raise Refused("No.")

    with pytest.raises(Refused):
        perform(store, refuse)
    assert store.read(lambda reads: reads.value("SELECT count(*) FROM client")) == 0
    assert store.read(lambda reads: reads.value("SELECT count(*) FROM change")) == 0
