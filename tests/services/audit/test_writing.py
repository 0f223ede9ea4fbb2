"""Acts are put on record with the command that does them, in one chain, and nothing changes them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import pytest
from sqlcipher3 import dbapi2

from rmdesk.base.errors import Refused
from rmdesk.models.kinds import Topic
from rmdesk.services.audit import queries
from rmdesk.services.audit.acts import NAMES, Act
from rmdesk.services.audit.chain import Broken, Fault
from rmdesk.services.audit.noting import noted, viewed
from rmdesk.services.audit.writing import note
from rmdesk.services.store import kept, witness
from rmdesk.services.store.command import Done
from rmdesk.services.store.engine import connect
from rmdesk.services.store.store import Store
from rmdesk.services.store.work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Twice:
    """Two notes, and then perhaps a refusal."""

    label: ClassVar[str] = "twice"
    refused: bool = False

    def apply(self, work: UnitOfWork) -> Done[None]:
        note(work, Act.EXPORT, entity="client", facts={"rows": 3, "sha256": "ab12"})
        note(work, Act.PURGE, entity="client", entity_id=7)
        if self.refused:
            raise Refused("no")
        return Done(None)


def broken(store: Store) -> Broken | None:
    return store.read(queries.verify, queries.end_of(store.folder, store.key)).broken


def run(store: Store, sql: str) -> None:
    """Raw SQL by somebody who has the key."""
    connection = connect(store.path, store.key)
    connection.execute(sql)
    connection.close()


def test_notes_make_a_chain_and_go_with_the_command(store: Store) -> None:
    outcome = store.perform(Twice())
    assert outcome.topics == {Topic.AUDIT}
    with pytest.raises(Refused):
        store.perform(Twice(refused=True))
    noted(store, Act.LOCK)
    found = store.read(lambda reads: list(queries.entries(reads)))
    assert [(one.seq, one.act, one.entity_id) for one in found] == [
        (1, "export", ""),
        (2, "purge", "7"),
        (3, "lock", ""),
    ]
    assert found[0].facts == '{"rows": 3, "sha256": "ab12"}'
    assert [one.prev for one in found[1:]] == [one.hash for one in found[:-1]]
    assert broken(store) is None


def test_facts_are_codes_and_never_texts(store: Store) -> None:
    for text in ("王小明", "Wang Xiaoming", "a\nb", "x" * 161):
        with pytest.raises(ValueError, match="no codes: name"):
            noted(store, Act.VIEW, facts={"name": text})


@pytest.mark.parametrize("sql", ["UPDATE audit_entry SET who = 'x' WHERE seq = 2", "DELETE FROM audit_entry"])
def test_the_file_refuses_to_change_or_shorten_the_log(store: Store, sql: str) -> None:
    store.perform(Twice())
    with pytest.raises(dbapi2.IntegrityError, match="the audit log is never"):
        run(store, sql)


@pytest.mark.parametrize(
    ("sql", "found"),
    [
        ("UPDATE audit_entry SET at = '2020' WHERE seq = 2", Broken(2, Fault.EDITED)),
        ("DELETE FROM audit_entry WHERE seq = 1", Broken(1, Fault.GONE)),
        ("DELETE FROM audit_entry WHERE seq >= 3", Broken(3, Fault.CUT)),
        ("DELETE FROM audit_entry", Broken(1, Fault.CUT)),
    ],
)
def test_case_43_who_gets_round_the_triggers_is_found_out(store: Store, sql: str, found: Broken) -> None:
    store.perform(Twice())
    store.perform(Twice())
    run(store, "DROP TRIGGER audit_entry_stays")
    run(store, "DROP TRIGGER audit_entry_remains")
    run(store, sql)
    assert broken(store) == found


def test_the_end_is_kept_beside_the_file_and_signed(store: Store) -> None:
    store.perform(Twice())
    path = store.folder / witness.FILE
    assert witness.kept(store.folder, store.key) is not None
    assert witness.kept(store.folder, bytes(32)) is None  # signed with another key
    path.write_text(path.read_text().replace('"seq": 2', '"seq": 1'))
    assert broken(store) == Broken(2, Fault.UNWITNESSED)
    path.unlink()
    assert broken(store) == Broken(2, Fault.UNWITNESSED)


def test_a_look_is_noted_once_in_a_quarter_of_an_hour(store: Store) -> None:
    for client in (7, 8, 7, 7):
        viewed(store, client)
    assert store.read(lambda reads: [entry.entity_id for entry in queries.entries(reads)]) == ["7", "8"]


def test_a_note_leaves_what_was_made_of_the_data(store: Store) -> None:
    store.perform(Twice())
    made = store.read(kept.made_of)
    kept.keep(store.path, store.key, "day", made, "x")
    noted(store, Act.LOCK)
    viewed(store, 1)
    assert store.read(kept.recall, "day", made) == "x"


def test_every_act_has_a_name() -> None:
    assert set(NAMES) == set(Act)
