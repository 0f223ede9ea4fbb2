"""Files are kept in the encrypted file, come back whole, and every step can be taken back."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest

from rmdesk.base.errors import Refused
from rmdesk.models.kinds import ClientId, RecordId, Topic
from rmdesk.services.clients.commands import AddProspect
from rmdesk.services.clients.rules import Details
from rmdesk.services.files import queries
from rmdesk.services.files.commands import (
    AddAttachment,
    AttachPending,
    DropPending,
    KeepPending,
    RemoveAttachment,
    rows_of,
)
from rmdesk.services.files.kinds import Kind
from rmdesk.services.health import examining
from rmdesk.services.store import doctor
from rmdesk.services.store.inverse import TakeAway
from rmdesk.services.store.store import Store
from rmdesk.services.store.work import UnitOfWork
from tests.services.files import camera

NOTE = "谈女儿留学费用 unmistakable-words".encode()


@pytest.fixture
def client(store: Store) -> ClientId:
    return store.perform(AddProspect(Details("周文敏"))).result


def add(client: ClientId, name: str = "note.txt", content: bytes = NOTE) -> AddAttachment:
    """The command that keeps a file with the client."""
    return AddAttachment("client", str(client), client, name, content)


def state(store: Store) -> Any:
    """All that is kept of files."""
    return store.read(
        lambda reads: (
            reads.rows("SELECT * FROM attachment ORDER BY id"),
            reads.rows("SELECT * FROM attachment_content ORDER BY attachment_id"),
        )
    )


def test_a_file_comes_back_as_it_was(store: Store, client: ClientId) -> None:
    outcome = store.perform(add(client))
    assert outcome.topics >= {Topic.VISITS}
    kept = store.read(queries.content_of, outcome.result)
    assert (kept.name, kept.kind, kept.content) == ("note.txt", Kind.TEXT, NOTE)
    (row,) = store.read(queries.files_of, "client", client)
    assert (row.id, row.size, row.client) == (outcome.result, len(NOTE), client)
    assert store.read(queries.files_of_client, client) == (row,)


def test_nothing_of_a_file_stands_in_clear_in_the_data(store: Store, client: ClientId) -> None:
    store.perform(add(client))
    store.perform(add(client, "合影.jpg", camera.jpeg()))
    left = store.read(queries.content_of, store.read(queries.files_of, "client", client)[1].id).content
    on_disk = b"".join(path.read_bytes() for path in store.folder.iterdir() if path.is_file())
    assert len(on_disk) > len(left)
    for told in (b"unmistakable-words", b"note.txt", "合影".encode(), left[:16], left[-64:-32], b"JFIF"):
        assert told not in on_disk


def test_a_photo_is_kept_without_its_place(store: Store, client: ClientId) -> None:
    file = store.perform(add(client, "合影.jpg", camera.jpeg())).result
    kept = store.read(queries.content_of, file)
    assert camera.told(kept.content) == {0x0112: 6}
    assert not any(secret in kept.content for secret in camera.SECRETS)


def test_the_checksum_is_that_of_what_is_kept(store: Store, client: ClientId) -> None:
    file = store.perform(add(client, "合影.jpg", camera.jpeg())).result
    told = store.read(lambda reads: reads.value("SELECT sha256 FROM attachment"))
    assert told == hashlib.sha256(store.read(queries.content_of, file).content).hexdigest()


def test_adding_and_removing_are_each_others_undo(store: Store, client: ClientId) -> None:
    before = state(store)
    added = store.perform(add(client))
    after = state(store)
    assert added.inverse is not None
    taken = store.perform(added.inverse)
    assert state(store) == before
    assert taken.inverse is not None
    store.perform(taken.inverse)
    assert state(store) == after
    removed = store.perform(RemoveAttachment(added.result))
    assert state(store) == before
    assert removed.inverse is not None
    store.perform(removed.inverse)
    assert state(store) == after


def test_the_same_file_is_not_kept_twice_with_one_record(store: Store, client: ClientId) -> None:
    store.perform(add(client))
    with pytest.raises(Refused) as caught:
        store.perform(add(client, "again.txt"))
    assert caught.value.code == "same_file"


def test_a_record_that_is_gone_gets_no_files(store: Store, client: ClientId) -> None:
    with pytest.raises(Refused) as caught:
        store.perform(AddAttachment("visit", "nosuch", client, "a.txt", NOTE))
    assert caught.value.code == "gone"
    with pytest.raises(Refused):
        store.perform(AddAttachment("client", "99", ClientId(99), "a.txt", NOTE))


def test_an_unknown_kind_of_record_is_a_bug(store: Store, client: ClientId) -> None:
    with pytest.raises(ValueError, match="nothing is attached"):
        store.perform(AddAttachment("change", "1", client, "a.txt", NOTE))


def test_the_bytes_stand_in_no_change_record(store: Store, client: ClientId) -> None:
    file = store.perform(add(client)).result
    store.perform(RemoveAttachment(file))
    rows = store.read(
        lambda reads: reads.rows("SELECT entity, coalesce(before, '') || coalesce(after, '') FROM change")
    )
    assert {entity for entity, _told in rows} == {"client", "attachment"}
    assert not any(NOTE.hex() in told or "unmistakable" in told for _entity, told in rows)


def test_files_of_a_form_survive_and_become_those_of_the_record(store: Store, client: ClientId) -> None:
    assert store.perform(KeepPending("visit", client, "note.txt", NOTE)).inverse is None
    assert store.read(queries.files_of_client, client) == ()
    assert [row.name for row in store.read(queries.files_of, queries.DRAFT, "visit")] == ["note.txt"]
    outcome = store.perform(AttachPending("visit", "client", str(client), client))
    assert outcome.result == 1
    assert store.read(queries.files_of, queries.DRAFT, "visit") == ()
    after = state(store)
    assert outcome.inverse is not None
    undone = store.perform(outcome.inverse)
    assert state(store) == ([], [])
    assert undone.inverse is not None
    store.perform(undone.inverse)
    assert state(store) == after


def test_a_form_without_files_attaches_none(store: Store, client: ClientId) -> None:
    outcome = store.perform(AttachPending("visit", "client", str(client), client))
    assert (outcome.result, outcome.inverse) == (0, None)


def test_leaving_a_form_drops_its_files_or_one_of_them(store: Store, client: ClientId) -> None:
    one = store.perform(KeepPending("visit", client, "a.txt", b"one")).result
    store.perform(KeepPending("visit", client, "b.txt", b"two"))
    store.perform(KeepPending("gift", client, "c.txt", b"three"))
    assert store.perform(DropPending("visit", one)).result == 1
    assert store.perform(DropPending("visit")).result == 1
    assert [row[4] for row in state(store)[0]] == ["c.txt"]


def test_who_takes_a_record_away_takes_its_files_too(store: Store, client: ClientId) -> None:
    from dataclasses import dataclass
    from typing import ClassVar

    from rmdesk.services.store.command import Done

    @dataclass(frozen=True)
    class TakeFiles:
        label: ClassVar[str] = "take"

        def apply(self, work: UnitOfWork) -> Done[None]:
            return TakeAway(rows_of(work, "client", client)).apply(work)

    store.perform(add(client))
    store.perform(add(client, "b.txt", b"two"))
    before = state(store)
    outcome = store.perform(TakeFiles())
    assert state(store) == ([], [])
    assert outcome.inverse is not None
    store.perform(outcome.inverse)
    assert state(store) == before


def test_a_file_that_is_gone_is_refused(store: Store) -> None:
    with pytest.raises(Refused) as caught:
        store.read(queries.content_of, RecordId("nosuch"))
    assert caught.value.code == "gone"


def test_the_doctor_finds_a_file_that_is_not_what_it_was(store: Store, client: ClientId) -> None:
    file = store.perform(add(client)).result

    def found() -> tuple[Any, ...]:
        (row,) = [row for row in examining.examine(store.folder, store) if row.check == "files"]
        return row.state, row.value

    assert found() == (doctor.State.OK, 0)
    _spoil(store, file)
    assert found() == (doctor.State.BAD, 1)


def _spoil(store: Store, file: RecordId) -> None:
    from dataclasses import dataclass
    from typing import ClassVar

    from rmdesk.services.store.command import Done

    @dataclass(frozen=True)
    class Spoil:
        label: ClassVar[str] = "spoil"

        def apply(self, work: UnitOfWork) -> Done[None]:
            work.bulk("UPDATE attachment_content SET content = x'00'", topics=())
            return Done(None)

    store.perform(Spoil())
