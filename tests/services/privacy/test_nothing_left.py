"""Words planted in every text of every table of one client: after erasing, only what the law keeps is left."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import LargeBinary, Text

from rmdesk.base import clock
from rmdesk.models.all import Model
from rmdesk.models.base import Day, Flag, Instant, Json
from rmdesk.models.files import Draft
from rmdesk.models.kinds import ClientId
from rmdesk.services.exports.door import give_out
from rmdesk.services.exports.rules import Wish
from rmdesk.services.privacy.erasing import EraseClient
from rmdesk.services.profile import privacy
from rmdesk.services.search.texts import IndexTexts
from rmdesk.services.store import backup, copying, restoring
from rmdesk.services.store.engine import connect
from rmdesk.services.store.store import Store
from rmdesk.services.sync import traces
from tests.services.profile.arrange import ZHOU
from tests.services.sync.test_traces import plain_pages
from tests.support.build import perform

WORD = re.compile(rb"zqx\d{4}planted")
NAME = "周文敏"
NUMBER = 77_001  # in each number: of no row that is there already
# Codes that decide what becomes of the row, or which checks hold: they are no texts.
CODES = {("client", "origin"), ("client", "status"), ("client", "kind"), ("client", "currency"), ("client", "name")}


# Where a row says itself whose it is, or where it could be of two kinds.
FIXED: dict[str, dict[str, Any]] = {
    "audit_entry": {"seq": 1, "entity": "client", "entity_id": str(int(ZHOU)), "facts": "{}"},
    "batch_before": {"kind": "client", "row_id": int(ZHOU)},
    "relationship": {"from_person_id": None, "to_client_id": None},
    "household_member": {"person_id": None},
    "gift": {"to_person_id": None},
}


class Planted:
    """The words by table and column."""

    def __init__(self) -> None:
        self.words: dict[bytes, tuple[str, str]] = {}

    def word(self, table: str, column: str) -> str:
        made = f"zqx{len(self.words):04}planted"
        self.words[made.encode()] = (table, column)
        return made

    def may_stay(self) -> set[bytes]:
        """Words in fields that the law keeps, and in the keys of rows that stay with them."""
        kept = {one.table: one for one in privacy.tables() if one.kept is not None}
        return {
            word for word, (table, column) in self.words.items() if table in kept and column not in kept[table].erasable
        }


def plant(store: Store) -> Planted:
    """One row in each table that holds something on clients, linked as the table wants it, with a word in each text."""
    planted = Planted()
    connection = connect(store.path, store.key)
    connection.execute("PRAGMA foreign_keys=OFF")  # a batch, a product: not the client's own
    made = {one.table: Model.metadata.tables[one.table] for one in privacy.personal()}
    keys: dict[str, Any] = {
        name: _value(planted, name, "id", table.columns["id"].type)
        for name, table in made.items()
        if "id" in table.columns
    }
    keys["client"] = int(ZHOU)
    for name, table in made.items():
        values = {
            column.name: _linked(planted, name, column, keys) for column in table.columns if column.name != "id"
        } | FIXED.get(name, {})
        if name == "client":
            told = {column: value for column, value in values.items() if (name, column) not in CODES}
            sets = ", ".join(f'"{column}" = ?' for column in told)
            connection.execute(f"UPDATE client SET {sets} WHERE id = ?", (*told.values(), int(ZHOU)))
            continue
        values |= {"id": keys[name]} if name in keys else {}
        names, marks = ", ".join(f'"{column}"' for column in values), ", ".join("?" * len(values))
        connection.execute(f"INSERT INTO {name} ({names}) VALUES ({marks})", tuple(values.values()))
    connection.close()
    return planted


def _linked(planted: Planted, table: str, column: Any, keys: dict[str, Any]) -> Any:
    if column.name == "client_id":
        return int(ZHOU)
    links = [link.column.table.name for link in column.foreign_keys]
    return keys.get(links[0], 1) if links else _value(planted, table, column.name, column.type)


def _value(planted: Planted, table: str, column: str, kind: Any) -> Any:
    if isinstance(kind, Day):
        return "2026-01-02"
    if isinstance(kind, Instant):
        return "2026-01-02T08:00:00.000+00:00"
    if isinstance(kind, Json):
        word = planted.word(table, column)
        return json.dumps([{"text": word, "value": word}])
    if isinstance(kind, LargeBinary):
        return planted.word(table, column).encode() * 500
    if isinstance(kind, Text):
        return planted.word(table, column)
    return 0 if isinstance(kind, Flag) else NUMBER


def everywhere(store: Store) -> set[bytes]:
    """The planted words in the decrypted pages and in every other file of the profile; the WAL must be empty."""
    content = plain_pages(store.path, store.key)
    assert b"CREATE TABLE" in content
    found = set(WORD.findall(content))
    wal = store.path.with_name("rmdesk.db-wal")
    assert not wal.exists() or wal.stat().st_size == 0
    for path in store.folder.rglob("*"):
        if path.is_file() and path.suffix not in (".db-wal", ".db-shm") and path != store.path:
            found |= set(WORD.findall(path.read_bytes()))
            if path.suffix == ".db":
                found |= set(WORD.findall(plain_pages(path, store.key)))
    return found


def _emptied(store: Store) -> None:
    connection = connect(store.path, store.key)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    connection.close()


@pytest.fixture
def planted(store: Store) -> Planted:
    from tests.services.privacy.test_copying import arrange

    arrange(store)
    made = plant(store)
    while store.perform(IndexTexts()).result:
        pass
    return made


def test_only_what_the_law_keeps_is_left_of_an_erased_client(store: Store, planted: Planted, tmp_path: Path) -> None:
    name = str(store.read(lambda reads: reads.value("SELECT name FROM client WHERE id = ?", (int(ZHOU),))))
    aside = store.folder / restoring.ASIDE / "20260101-000000" / "rmdesk.db"
    aside.parent.mkdir(parents=True)
    copying.copy(store.path, store.key, aside)
    made = backup.make(store)
    loose = "zqx9000planted"
    draft = Draft(form="visit", subject="9", payload={"text": f"{name} {loose}"}, saved_at=clock.now())
    perform(store, lambda work: work.add(draft))
    _emptied(store)
    before = everywhere(store)
    assert len(before) > 150  # it was read rightly
    assert loose.encode() in before
    store.perform(EraseClient(ClientId(int(ZHOU)), name))
    assert store.read(traces.is_due)
    assert traces.sweep(store)
    left = everywhere(store)
    unwanted = {planted.words.get(word, ("draft", "loose")) for word in left - planted.may_stay()}
    assert unwanted == set()
    assert not made.path.exists()
    assert len(backup.backups_of(store.folder)) == 1


def test_the_reason_of_an_export_about_the_client_goes_and_its_record_stays(store: Store, planted: Planted) -> None:
    wish = Wish("copy", "json", "zqx9001planted asked", client=int(ZHOU))
    give_out(store, wish, store.folder.parent / "copy.json", lambda _reads, _mark, _progress: (b"x", 1))
    store.perform(EraseClient(ClientId(int(ZHOU)), NAME))
    rows = store.read(lambda reads: reads.rows("SELECT reason, form FROM export_record WHERE form = 'json'"))
    assert rows == [("", "json")]
    facts = store.read(lambda reads: reads.rows("SELECT facts FROM audit_entry WHERE act IN ('export', 'erase')"))
    assert len(facts) == 2
    assert "zqx" not in str(facts)
