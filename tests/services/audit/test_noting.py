"""What is noted when the desk is opened: what happened while it was shut, how the log ended, where the clock stands."""

from __future__ import annotations

import json
import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from rmdesk.base import clock
from rmdesk.services.audit import noting, queries
from rmdesk.services.audit.acts import Act
from rmdesk.services.audit.chain import Broken, Fault
from rmdesk.services.store import witness
from rmdesk.services.store.store import Store
from tests.conftest import TODAY


def acts(store: Store) -> list[str]:
    return [one.act for one in store.read(lambda reads: list(queries.entries(reads)))]


def facts(store: Store, act: Act) -> dict[str, object]:
    """The facts of the last entry of an act."""
    found = [one for one in store.read(lambda reads: list(queries.entries(reads))) if one.act == act]
    return dict(json.loads(found[-1].facts))


def broken(store: Store) -> Broken | None:
    return store.read(queries.verify, queries.end_of(store.folder, store.key)).broken


def test_opening_takes_in_what_waited(store: Store) -> None:
    witness.leave(store.folder, Act.UNLOCK_FAILED, tries=1)
    witness.leave(store.folder, Act.UNLOCK_FAILED, tries=2)
    noting.opened(store, "passphrase")
    assert acts(store) == ["unlock_failed", "unlock_failed", "unlock"]
    assert facts(store, Act.UNLOCK) == {"way": "passphrase"}
    assert witness.left(store.folder) == []
    noting.opened(store, "keyring")
    assert acts(store)[3:] == ["unlock"]
    assert broken(store) is None


def test_what_waits_may_be_forged_but_does_no_harm(store: Store) -> None:
    (store.folder / witness.LEFT).write_text('{"at": "x", "act": "unlock_failed", "facts": {}}\n{"act"\nnull\n[]\n')
    witness.leave(store.folder, "no such act")
    witness.leave(store.folder, Act.UNLOCK_FAILED, name="王小明")
    noting.opened(store, "passphrase")
    assert acts(store) == ["unlock"]


def test_what_waits_fills_no_disk(store: Store) -> None:
    for _turn in range(1200):
        witness.leave(store.folder, Act.UNLOCK_FAILED, tries=1)
    assert (store.folder / witness.LEFT).stat().st_size < witness.MOST + 200


def older_copy(store: Store, tmp_path: Path) -> Path:
    """The file as it is now, for putting it back later."""
    copy = tmp_path / "older.db"
    connection = noting.connect(store.path, store.key)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    connection.close()
    shutil.copyfile(store.path, copy)
    return copy


@pytest.mark.parametrize("restored", [False, True])
def test_case_43_an_older_file_put_back_is_noticed_at_opening(store: Store, tmp_path: Path, restored: bool) -> None:
    """A restore is one, too, and is told as what it was."""
    noting.opened(store, "passphrase")
    copy = older_copy(store, tmp_path)
    noting.noted(store, Act.EXPORT)
    shutil.copyfile(copy, store.path)
    for name in ("rmdesk.db-wal", "rmdesk.db-shm"):
        (store.folder / name).unlink(missing_ok=True)
    if restored:
        witness.leave(store.folder, Act.RESTORE)
    noting.opened(store, "passphrase")
    assert acts(store) == ["unlock", "restore" if restored else "break", "unlock"]
    assert broken(store) == (None if restored else Broken(2, Fault.NOTED))


def test_the_end_that_is_gone_is_noticed_at_opening(store: Store) -> None:
    noting.opened(store, "passphrase")
    (store.folder / witness.FILE).unlink()
    noting.opened(store, "passphrase")
    assert acts(store) == ["unlock", "break", "unlock"]
    assert facts(store, Act.BREAK) == {"last": 1, "kept": 0}


def test_a_clock_set_back_is_noted_a_small_correction_is_not(store: Store) -> None:
    noting.noted(store, Act.LOCK)
    noting.clock_looked_at(store)
    assert acts(store) == ["lock"]
    clock.fix(TODAY - timedelta(days=365))
    noting.clock_looked_at(store)
    assert acts(store) == ["lock", "clock"]
    minutes = facts(store, Act.CLOCK)["back_minutes"]
    assert isinstance(minutes, int)
    assert abs(minutes - 365 * 24 * 60) <= 1


def test_a_clock_that_jumped_ahead_is_noted(store: Store) -> None:
    noting.clock_looked_at(store, timedelta(days=2))
    assert facts(store, Act.CLOCK) == {"ahead_minutes": 2 * 24 * 60}


def test_a_disk_that_takes_no_note_of_the_end_stops_nothing(store: Store) -> None:
    (store.folder / f"{witness.FILE}.new").mkdir()
    noting.noted(store, Act.LOCK)
    assert acts(store) == ["lock"]
