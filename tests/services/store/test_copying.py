"""What a copy is compared with: one bit that is not as it was written, on whatever page, is noticed."""

from __future__ import annotations

from pathlib import Path

import pytest

from rmdesk.base.progress import Silent
from rmdesk.services.store import copying
from rmdesk.services.store.engine import connect
from rmdesk.services.store.store import Store
from tests.support import build

PAGE = 4096
TRIED = 40  # pages, spread over the file


@pytest.fixture
def copied(store: Store, tmp_path: Path) -> Path:
    target = tmp_path / "copy.db"
    copying.copy(store.path, store.key, target)
    return target


def whole(path: Path) -> bool:
    return copying.is_whole(path, build.KEY, None, Silent())


def test_one_bit_of_any_page_makes_a_copy_no_whole_one(copied: Path) -> None:
    content = copied.read_bytes()
    count = len(content) // PAGE
    assert whole(copied)
    for page in range(0, count, max(1, count // TRIED)):
        bent = bytearray(content)
        bent[page * PAGE + page * 97 % PAGE] ^= 1 << page % 8
        copied.write_bytes(bent)
        assert not whole(copied), f"page {page + 1}"


def test_pages_out_of_use_are_looked_at_by_their_seals(copied: Path) -> None:
    used = copied.stat().st_size // PAGE
    with_room = connect(copied, build.KEY)
    with_room.execute("CREATE TABLE aside (text)")
    with_room.executemany("INSERT INTO aside VALUES (?)", [("x" * 900,)] * 40)
    with_room.execute("DROP TABLE aside")
    assert with_room.execute("PRAGMA freelist_count").fetchone()[0]
    with_room.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    with_room.close()
    assert whole(copied)
    content = bytearray(copied.read_bytes())
    assert len(content) > used * PAGE
    content[-PAGE // 2] ^= 1
    copied.write_bytes(content)
    assert not whole(copied)
