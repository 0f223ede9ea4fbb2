"""The encrypted SQLite underneath is one that keeps data safe."""

from __future__ import annotations

import pytest
from sqlcipher3 import dbapi2

from rmdesk.base.errors import Trouble
from rmdesk.services.store import engine
from rmdesk.services.store.store import Store

PLAIN = b"SQLite format 3\x00"


def test_sqlite_is_new_enough_for_wal() -> None:
    """Two connections that checkpoint at once can corrupt a WAL file before 3.51.3."""
    assert tuple(dbapi2.sqlite_version_info) >= engine.OLDEST_SQLITE >= (3, 51, 3)


def test_an_older_one_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dbapi2, "sqlite_version_info", (3, 51, 2))
    with pytest.raises(Trouble) as refused:
        engine.check_library()
    assert refused.value.code == "sqlite_too_old"


def test_it_is_sqlcipher_and_nothing_lies_open(store: Store) -> None:
    reader = store.reader()
    try:
        assert reader.value("PRAGMA cipher_version")
    finally:
        reader.close()
    assert not store.path.read_bytes().startswith(PLAIN)


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("cache_size", -engine.CACHE_KIB)],
)
def test_every_connection_has_what_everything_relies_on(store: Store, pragma: str, value: object) -> None:
    reader = store.reader()
    try:
        assert reader.value(f"PRAGMA {pragma}") == value
    finally:
        reader.close()
