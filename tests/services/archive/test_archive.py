"""What goes into an archive comes out of it, row for row; and nothing else than a whole one comes out."""

from __future__ import annotations

import hashlib
import json
import random
import shutil
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from rmdesk.base.errors import Cancelled, Refused, Trouble
from rmdesk.base.progress import Stoppable
from rmdesk.models.migrations import HEAD
from rmdesk.services.archive import reading, sealed, tables, writing
from rmdesk.services.exports.rules import Permit, Policy
from rmdesk.services.exports.settings import POLICY
from rmdesk.services.search import sources
from rmdesk.services.settings.commands import ChangeSetting
from rmdesk.services.store import engine, key_file, migrate, passphrase, profile
from rmdesk.services.store.reads import Reads
from rmdesk.services.store.store import Store
from tests.support import build, demo, disks

PASSWORD = "purple lantern 七 window"


@pytest.fixture(autouse=True)
def quick_password(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stretching is slow on purpose; what it costs is tested elsewhere."""
    from rmdesk.base.record import replace

    rules = replace(passphrase.key_rules(), passes=1, memory_kib=64)
    monkeypatch.setattr(passphrase, "key_rules", lambda: rules)


@pytest.fixture(scope="module")
def full(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return demo.template(template, tmp_path_factory.mktemp("full"), date(2026, 11, 21))


@pytest.fixture
def desk(full: Path, tmp_path: Path) -> Iterator[Store]:
    """The demo portfolio in a data file of its own."""
    made = build.store_from(full, tmp_path)
    yield made
    made.close()


def fresh(template: Path, folder: Path) -> Store:
    """A profile that was just made."""
    folder.mkdir()
    key_file.write(folder, key_file.KeyFile("one", "x", key_file.check_of(build.KEY, "one"), demo_key=build.KEY))
    return build.store_from(template, folder)


def rows(path: Path, key: bytes) -> dict[str, list[Any]]:
    """Every row of every table that counts."""
    connection = engine.connect(path, key)
    found = {
        table: connection.execute(f'SELECT * FROM "{table}" ORDER BY rowid').fetchall()
        for table in tables.names(connection)
    }
    connection.close()
    return found


def schema(path: Path, key: bytes) -> list[Any]:
    connection = engine.connect(path, key)
    found = connection.execute("SELECT type, name, sql FROM sqlite_schema ORDER BY type, name").fetchall()
    connection.close()
    return list(found)


def taken_in(file: Path, store: Store, password: str = PASSWORD) -> tuple[Path, bytes]:
    key = store.key
    reading.read_into(file, password, store)
    return store.path, key


def test_the_demo_comes_back_row_for_row(desk: Store, template: Path, tmp_path: Path) -> None:
    before = rows(desk.path, desk.key)
    done = writing.write(desk, tmp_path / "desk.rmarchive", PASSWORD)
    before = rows(desk.path, desk.key) | {"audit_entry": before["audit_entry"]}
    assert done.rows == sum(map(len, before.values())) > 1000
    assert reading.describe(done.path).schema == HEAD
    path, key = taken_in(done.path, fresh(template, tmp_path / "new"))
    assert rows(path, key) == before
    assert schema(path, key) == schema(desk.path, desk.key)
    assert sorted(one.name for one in path.parent.iterdir()) == [key_file.FILE, key_file.SPARE, profile.DATA]
    again = profile.open_demo(path.parent)
    noted = "SELECT entity, entity_id FROM search_change"
    here, there = (set(store.read(lambda reads: reads.rows(noted))) for store in (again, desk))
    for source in sources.SOURCES:  # all texts are to be indexed; what has none, or is gone, is not
        held = " OR ".join(f"coalesce({part}, '') <> ''" for part in source.texts)
        sql = f"SELECT CAST({source.key} AS TEXT) FROM {source.entity} t WHERE {held}"
        found = {(source.entity, row[0]) for row in desk.read(_rows, sql)}
        assert {one for one in here if one[0] == source.entity} == found
    assert len(here) > 20
    assert here <= there
    again.close()


VALUES = {
    "INTEGER": st.integers(-(2**63), 2**63 - 1),
    "TEXT": st.text(),
    "REAL": st.floats(allow_nan=False, allow_infinity=False),
    "BLOB": st.binary(max_size=300),
}


def _columns(path: Path) -> dict[str, list[tuple[str, str]]]:
    connection = engine.connect(path, build.KEY)
    found = {
        table: [(row[1], row[2]) for row in connection.execute(f'PRAGMA table_info("{table}")').fetchall()]
        for table in tables.names(connection)
    }
    connection.close()
    return found


# Without shrinking: an example takes a second, and what fails is named.
@settings(
    max_examples=8,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_any_rows_come_back(template: Path, tmp_path: Path, data: st.DataObject) -> None:
    folder = Path(tempfile.mkdtemp(dir=tmp_path))
    store = build.store_from(template, folder)
    connection = engine.connect(store.path, store.key)
    connection.execute("PRAGMA foreign_keys=OFF").fetchall()
    for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
        connection.execute(f'DROP TRIGGER "{name}"')  # some forbid, some compute; the rows are what counts
    known = _columns(store.path)
    del known["sync_control"]  # its only row is there already, and no second one may be
    for table in data.draw(st.lists(st.sampled_from(sorted(known)), min_size=1, max_size=8)):
        kept = known[table]
        row = [data.draw(st.none() | VALUES[kind]) for _name, kind in kept]
        listed = ", ".join(f'"{name}"' for name, _kind in kept)
        connection.execute(f'INSERT OR IGNORE INTO "{table}" ({listed}) VALUES ({", ".join("?" * len(kept))})', row)
    connection.execute("UPDATE sync_control SET joined = 0, applying = 0")
    connection.close()
    before = rows(store.path, store.key)
    writing.write(store, folder / "any.rmarchive", PASSWORD)
    store.close()
    path, key = taken_in(folder / "any.rmarchive", fresh(template, folder / "new"))
    assert rows(path, key) == before
    shutil.rmtree(folder)


def test_every_flipped_bit_is_noticed(store: Store, template: Path, tmp_path: Path, flips: int) -> None:
    done = writing.write(store, tmp_path / "a.rmarchive", PASSWORD)
    content = done.path.read_bytes()
    dice = random.Random(7)
    for _turn in range(flips):
        bent = bytearray(content)
        bent[dice.randrange(len(bent))] ^= 1 << dice.randrange(8)
        done.path.write_bytes(bent)
        with pytest.raises((Refused, Trouble)):
            for _piece in sealed.pieces(done.path, PASSWORD):
                pass


@pytest.mark.parametrize(
    "harm",
    [
        lambda whole: b"",
        lambda whole: whole[:-1],
        lambda whole: whole[: len(whole) // 2],
        lambda whole: whole + b"x",
        lambda whole: b"PK" + whole,
        lambda whole: whole.replace(b'"passes": 1', b'"passes": 99999', 1),
        lambda whole: whole.replace(b'"piece": 1048576', b'"piece": 1048577', 1),
    ],
)
def test_what_is_no_whole_archive_makes_nothing(
    store: Store, template: Path, tmp_path: Path, harm: Callable[[bytes], bytes]
) -> None:
    done = writing.write(store, tmp_path / "a.rmarchive", PASSWORD)
    done.path.write_bytes(harm(done.path.read_bytes()))
    new = fresh(template, tmp_path / "new")
    with pytest.raises((Refused, Trouble)) as known:
        reading.read_into(done.path, PASSWORD, new)
    assert known.value.code in ("bad_archive", "wrong_password")
    assert list((tmp_path / "new").iterdir()) == []


def test_pieces_cannot_be_moved_doubled_or_left_out(store: Store, tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(sealed, "PIECE", 64)
    done = writing.write(store, tmp_path / "a.rmarchive", PASSWORD)
    whole = done.path.read_bytes()
    start = whole.index(b"\n", len(sealed.MARK)) + 1
    size = sealed.PIECE + 16
    parts = [whole[start:][at : at + size] for at in range(0, len(whole) - start, size)]
    assert len(parts) > 4
    for other in (
        parts[:1] + parts[2:],
        parts[:-1],
        [parts[0], parts[0], *parts[1:]],
        [parts[1], parts[0], *parts[2:]],
    ):
        done.path.write_bytes(whole[:start] + b"".join(other))
        with pytest.raises((Refused, Trouble)):
            list(sealed.pieces(done.path, PASSWORD))
    done.path.write_bytes(whole)
    assert list(sealed.pieces(done.path, PASSWORD))


def test_a_wrong_password_is_said(store: Store, template: Path, tmp_path: Path) -> None:
    done = writing.write(store, tmp_path / "a.rmarchive", PASSWORD)
    with pytest.raises(Refused, match="password does not open") as refused:
        reading.read_into(done.path, "another one, long", fresh(template, tmp_path / "new"))
    assert refused.value.field == "password"


def test_nothing_readable_is_in_it(desk: Store, tmp_path: Path) -> None:
    name = desk.read(lambda reads: reads.value("SELECT name FROM client"))
    content = writing.write(desk, tmp_path / "a.rmarchive", PASSWORD).path.read_bytes()
    assert name.encode() not in content
    assert PASSWORD.encode() not in content
    assert desk.key not in content


def test_a_newer_archive_is_refused_in_words(store: Store, tmp_path: Path) -> None:
    content = writing.write(store, tmp_path / "a.rmarchive", PASSWORD).path.read_bytes()
    newer = tmp_path / "newer.rmarchive"
    for changed in (
        content.replace(b"archive 1", b"archive 2", 1),
        content.replace(json.dumps(HEAD).encode(), b'"9999"', 1),
    ):
        newer.write_bytes(changed)
        with pytest.raises(Refused, match="newer"):
            reading.describe(newer)


def test_an_older_archive_is_brought_to_this_version(template: Path, tmp_path: Path, monkeypatch: Any) -> None:
    path = tmp_path / "old" / profile.DATA
    path.parent.mkdir()
    engine.connect(path, build.KEY, create=True).close()
    migrate.bring_up(path, build.KEY, head="0001")
    connection = engine.connect(path, build.KEY)
    connection.execute(
        "INSERT INTO client (id, number, origin, kind, status, name, pinyin, initials) "
        "VALUES (1, '1', 'bank', 'person', 'active', '测试甲', '', '')"
    )
    connection.close()
    monkeypatch.setattr(writing, "HEAD", "0001")
    # That version knew neither a hub's word on exports nor the audit log.
    monkeypatch.setattr(writing, "permit_of", lambda _reads: Permit(Policy.FREE, 0, by_hub=False))
    monkeypatch.setattr(writing, "noted", lambda *_about, **_facts: 0)
    done = writing.write(Store(path, build.KEY, "x"), tmp_path / "a.rmarchive", PASSWORD)
    new, key = taken_in(done.path, fresh(template, tmp_path / "new"))
    assert migrate.version_of(new, key) == HEAD
    assert [row[0] for row in rows(new, key)["client"]] == [1]


def test_weak_passwords_and_files_that_are_there_are_refused(store: Store, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="at least"):
        writing.write(store, tmp_path / "a.rmarchive", "123")
    (tmp_path / "a.rmarchive").write_text("mine", "utf-8")
    with pytest.raises(Refused, match="there already"):
        writing.write(store, tmp_path / "a.rmarchive", PASSWORD)
    assert (tmp_path / "a.rmarchive").read_text("utf-8") == "mine"


def test_it_goes_out_only_where_exports_may_and_is_put_on_record(store: Store, tmp_path: Path) -> None:
    done = writing.write(store, tmp_path / "a.rmarchive", PASSWORD)
    act, facts = store.read(lambda reads: reads.one("SELECT act, facts FROM audit_entry ORDER BY seq DESC")) or ("", "")
    assert act == "export"
    assert json.loads(facts)["sha256"] == hashlib.sha256(done.path.read_bytes()).hexdigest()
    store.perform(ChangeSetting(POLICY.key, "none"))
    with pytest.raises(Refused, match="Nothing may be exported"):
        writing.write(store, tmp_path / "b.rmarchive", PASSWORD)
    assert not (tmp_path / "b.rmarchive").exists()


def test_stopping_and_a_full_disk_leave_nothing(desk: Store, tmp_path: Path) -> None:
    stopped = Stoppable()
    stopped.stop()
    with pytest.raises(Cancelled):
        writing.write(desk, tmp_path / "a.rmarchive", PASSWORD, stopped)
    assert not list(tmp_path.glob("*.rmarchive*"))
    with disks.small_disk(tmp_path / "disk", "1m") as disk:
        disks.fill(disk, leave=16 << 10)
        with pytest.raises(Trouble) as trouble:
            writing.write(desk, disk / "a.rmarchive", PASSWORD)
        assert trouble.value.code == "disk_full"
        assert [path.name for path in disk.iterdir()] == ["ballast"]


def _rows(reads: Reads, sql: str) -> list[tuple[Any, ...]]:
    return list(reads.rows(sql))
