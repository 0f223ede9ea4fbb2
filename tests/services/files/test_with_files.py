"""A visit and the files added while it was typed are one step, forwards and back."""

from __future__ import annotations

import pytest

from rmdesk.models.clients import Client
from rmdesk.models.kinds import Channel, ClientId
from rmdesk.services.files import queries
from rmdesk.services.files.commands import KeepPending
from rmdesk.services.files.with_files import WithFiles
from rmdesk.services.store.store import Store
from rmdesk.services.visits.commands import LogVisit
from rmdesk.services.visits.entry import Entry
from tests.support.build import perform

DRAFT = "log:1"


@pytest.fixture
def client(store: Store) -> ClientId:
    def add(work: object) -> int:
        made = Client(name="周文敏")
        work.add(made)  # type: ignore[attr-defined]
        work.flush()  # type: ignore[attr-defined]
        return made.id

    return ClientId(perform(store, add))


def step(client: ClientId) -> WithFiles:
    return WithFiles(LogVisit(Entry(client=client, channel=Channel.PHONE, content="x")), DRAFT, "visit", client)


def counts(store: Store) -> tuple[int, int, int]:
    pending = len(store.read(queries.files_of, queries.DRAFT, DRAFT))
    return (
        store.read(lambda reads: reads.value("SELECT count(*) FROM visit")),
        store.read(lambda reads: reads.value("SELECT count(*) FROM attachment WHERE entity = 'visit'")),
        pending,
    )


def test_the_record_gets_the_files_of_its_draft(store: Store, client: ClientId) -> None:
    store.perform(KeepPending(DRAFT, client, "note.txt", b"asked about dollars"))
    assert counts(store) == (0, 0, 1)
    outcome = store.perform(step(client))
    assert counts(store) == (1, 1, 0)
    (file,) = store.read(queries.files_of, "visit", str(outcome.result))
    assert file.name == "note.txt"
    assert outcome.inverse is not None
    back = store.perform(outcome.inverse)
    assert counts(store) == (0, 0, 0)
    assert back.inverse is not None
    store.perform(back.inverse)
    assert counts(store) == (1, 1, 0)


def test_without_files_it_is_the_step_alone(store: Store, client: ClientId) -> None:
    outcome = store.perform(step(client))
    assert counts(store) == (1, 0, 0)
    assert outcome.inverse is not None
    store.perform(outcome.inverse)
    assert counts(store) == (0, 0, 0)
