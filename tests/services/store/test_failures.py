"""What can be wrong with a data file is said in a clear sentence, and the file is left as it is."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rmdesk.base.errors import Cancelled, Known, Refused, Trouble
from rmdesk.services.settings.commands import ChangeSetting, SaveView
from rmdesk.services.store import engine, key_file, profile
from rmdesk.services.store.copying import findings_of_cipher
from rmdesk.services.store.store import Store
from tests.support import disks
from tests.support.build import perform
from tests.support.profiles import PASSPHRASE


def opened(folder: Path) -> Store:
    return profile.open_with_passphrase(folder, PASSPHRASE)


def filled(folder: Path, rows: int = 300) -> None:
    """Give the data file some hundred pages."""
    store = opened(folder)
    store.perform(SaveView("clients", "x" * 40, ["滨江" * 40] * 4 * rows))
    store.close()


def fails(folder: Path) -> Known:
    with pytest.raises(Known) as known:
        opened(folder)
    assert known.value.said
    assert known.value.advice
    return known.value


def test_a_wrong_key_is_told_from_a_damaged_file(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "other.key").write_text("00" * 32, "utf-8")
    with pytest.raises(Refused, match="another profile") as refused:
        profile.open_with_key_file(folder, tmp_path / "other.key")
    assert refused.value.code == "wrong_key"
    for name in (key_file.FILE, key_file.SPARE):
        (folder / name).unlink()
    with pytest.raises(Trouble, match="key does not open this data file, or the file is damaged"):
        profile.open_with_key_file(folder, tmp_path / "other.key")


@pytest.mark.parametrize("size", [0, 1, 100, 4096, 5000, 40_000])
def test_a_truncated_file_is_damaged_and_not_touched(folder: Path, size: int) -> None:
    data = folder / profile.DATA
    content = data.read_bytes()[:size]
    data.write_bytes(content)
    assert fails(folder).code == "damaged"
    assert data.read_bytes() == content
    assert sorted(path.name for path in folder.iterdir()) == [key_file.FILE, key_file.SPARE, profile.DATA]


@pytest.mark.parametrize("content", [b"SQLite format 3\0" + bytes(8176), b"not a database" * 1000, bytes(8192)])
def test_a_file_that_is_something_else_is_damaged_not_a_wrong_passphrase(folder: Path, content: bytes) -> None:
    (folder / profile.DATA).write_bytes(content)
    assert fails(folder).code == "damaged"
    assert (folder / profile.DATA).read_bytes() == content


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
def test_every_flipped_bit_is_noticed(folder: Path, place: float, bit: int) -> None:
    data = folder / profile.DATA
    whole = data.read_bytes()
    key = _key(folder)
    bent = bytearray(whole)
    bent[int(place * len(bent))] ^= 1 << bit
    data.write_bytes(bent)
    try:
        try:
            connection = engine.connect(data, key)
        except Trouble:
            return
        assert findings_of_cipher(connection)
        connection.close()
    finally:
        data.write_bytes(whole)


@cache
def _key(folder: Path) -> bytes:
    """Found out once: the passphrase is slow to stretch on purpose."""
    file, _spare = key_file.read(folder)
    return profile.keys.open_with_passphrase(file, PASSPHRASE)


def test_damage_found_while_reading_is_said(folder: Path) -> None:
    filled(folder)
    data = folder / profile.DATA
    sound = opened(folder)
    page = sound.read(lambda reads: reads.value("SELECT rootpage FROM sqlite_schema WHERE name = 'saved_view'"))
    size = sound.read(lambda reads: int(reads.value("PRAGMA page_size")))  # a text, in SQLCipher
    sound.close()
    bent = bytearray(data.read_bytes())
    bent[(page - 1) * size + size // 2] ^= 1
    data.write_bytes(bent)
    store = opened(folder)
    with pytest.raises(Trouble, match="damaged") as trouble:
        store.read(lambda reads: reads.rows("SELECT spec FROM saved_view"))
    assert trouble.value.code == "damaged"
    store.close()


def test_a_missing_key_file_is_said_before_anything_is_asked(folder: Path) -> None:
    (folder / key_file.FILE).unlink()
    opened(folder).close()  # the spare serves
    assert profile.describe(folder).from_spare
    (folder / key_file.SPARE).unlink()
    assert fails(folder).code == "no_key_file"
    problem = profile.describe(folder).problem
    assert problem is not None
    assert problem.code == "no_key_file"


def test_a_missing_data_file_is_said(folder: Path) -> None:
    (folder / profile.DATA).unlink()
    assert fails(folder).code == "no_data_file"
    assert not (folder / profile.DATA).exists()


def test_a_key_file_of_another_profile_does_not_look_like_a_wrong_passphrase(folder: Path, tmp_path: Path) -> None:
    profile.create(tmp_path / "other", who="x", passphrase=PASSPHRASE).close()
    (folder / key_file.FILE).write_bytes((tmp_path / "other" / key_file.FILE).read_bytes())
    assert fails(folder).code == "damaged"


def test_an_sqlite_that_can_lose_data_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine.dbapi2, "sqlite_version_info", (3, 51, 2))
    monkeypatch.setattr(engine.dbapi2, "sqlite_version", "3.51.2")
    assert fails(folder).said == "This SQLite (3.51.2) is too old to keep data safe."


def test_a_folder_in_place_of_the_file_and_a_file_in_place_of_the_folder(tmp_path: Path, folder: Path) -> None:
    (folder / profile.DATA).unlink()
    (folder / profile.DATA).mkdir()
    assert fails(folder).code == "not_writable"
    (tmp_path / "file").write_text("x", "utf-8")
    with pytest.raises(Trouble, match="cannot be written"):
        profile.create(tmp_path / "file", who="x", demo=True)
    with pytest.raises(Trouble, match="cannot be written"):
        profile.create(tmp_path / "file" / "below", who="x", demo=True)


def test_a_read_only_disk_is_said_when_opening_not_when_saving(tmp_path: Path, made_profile: Path) -> None:
    with disks.small_disk(tmp_path / "disk", "20m") as disk:
        profile.create(disk / "p", who="x", passphrase=PASSPHRASE).close()
        with disks.read_only(disk):
            assert fails(disk / "p").code == "not_writable"
            with pytest.raises(Trouble, match="cannot be written"):
                profile.create(disk / "q", who="x", demo=True)
        opened(disk / "p").close()


AS_NOBODY = """
import ctypes, os, resource, sys  # all before the rights go: the library may lie where only root reads
from pathlib import Path
from rmdesk.base.errors import Known
from rmdesk.services.store import profile
if os.geteuid() == 0:  # root may write everywhere
    os.setgid(65534)
    os.setuid(65534)
try:
    profile.open_demo(Path(sys.argv[1]))
except Known as error:
    print(error.code)
else:
    print("opened")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no permission bits")
@pytest.mark.parametrize("what", ["the folder", "the file"])
def test_what_may_only_be_read_is_said(what: str) -> None:
    with tempfile.TemporaryDirectory() as made:  # the folders of pytest are closed to other users
        folder = Path(made)
        profile.create(folder / "p", who="x", demo=True).close()
        folder.chmod(0o755)
        for file in (folder / "p").iterdir():
            file.chmod(0o444 if what == "the file" else 0o666)
        (folder / "p").chmod(0o777 if what == "the file" else 0o555)
        done = subprocess.run(
            [sys.executable, "-c", AS_NOBODY, str(folder / "p")],
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "HOME": made},
            capture_output=True,
            text=True,
            check=False,
        )
        (folder / "p").chmod(0o755)
        assert done.stdout.strip() == "not_writable", done.stderr


DESCRIBED = (
    AS_NOBODY.split("try:")[0]
    + """
info = profile.describe(Path(sys.argv[1]))
print(info.problem.code, "|", info.problem.said)
"""
)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no permission bits")
def test_a_folder_of_another_user_is_said() -> None:
    with tempfile.TemporaryDirectory() as made:
        profile.create(Path(made) / "p", who="x", demo=True).close()
        Path(made).chmod(0o755)
        (Path(made) / "p").chmod(0o700 if os.geteuid() == 0 else 0o000)
        done = subprocess.run(
            [sys.executable, "-c", DESCRIBED, str(Path(made) / "p")],
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "HOME": made},
            capture_output=True,
            text=True,
            check=False,
        )
        (Path(made) / "p").chmod(0o700)
        assert done.stdout.strip() == "no_permission | You have no permission for p.", done.stderr


def _views(store: Store) -> int:
    return int(store.read(lambda reads: reads.value("SELECT count(*) FROM saved_view")))


def test_a_full_disk_loses_nothing_and_work_goes_on_when_there_is_room(tmp_path: Path) -> None:
    with disks.small_disk(tmp_path / "disk", "8m") as disk:
        store = profile.create(disk / "p", who="x", passphrase=PASSPHRASE)
        store.perform(SaveView("clients", "kept", {"x": 1}))
        ballast = disks.fill(disk, leave=64 << 10)
        with pytest.raises(Trouble) as trouble:
            store.perform(SaveView("clients", "too much", "长" * (1 << 20)))
        assert trouble.value.code == "disk_full"
        assert _views(store) == 1
        ballast.unlink()
        store.perform(SaveView("clients", "after", {"x": 2}))
        assert _views(store) == 2
        store.close()
        again = opened(disk / "p")
        assert _views(again) == 2
        again.close()


def test_a_profile_is_not_made_on_a_full_disk(tmp_path: Path) -> None:
    with disks.small_disk(tmp_path / "disk", "1m") as disk:
        disks.fill(disk, leave=100 << 10)
        with pytest.raises(Trouble) as trouble:
            profile.create(disk / "p", who="x", demo=True)
        assert trouble.value.code == "disk_full"
        assert not profile.describe(disk / "p").exists
        assert not (disk / "p").exists()


LIMITED = """
import resource, sys
from pathlib import Path
from rmdesk.base.errors import Trouble
from rmdesk.services.settings.commands import SaveView
from rmdesk.services.store import profile
store = profile.open_demo(Path(sys.argv[1]))
store.perform(SaveView("clients", "before", {}))
resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))
try:
    store.perform(SaveView("clients", "too much", "x" * 1_000_000))
except Trouble as error:
    print(error.code)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on a process's files")
def test_a_disk_that_refuses_a_write_is_said_and_nothing_is_lost(tmp_path: Path) -> None:
    profile.create(tmp_path, who="x", demo=True).close()
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(tmp_path)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.strip() in ("disk_error", "disk_full"), done.stderr
    store = profile.open_demo(tmp_path)
    assert store.read(lambda reads: reads.rows("SELECT name FROM saved_view")) == [("before",)]
    store.close()


def test_a_file_that_may_not_grow_is_a_full_disk(store: Store) -> None:
    perform(store, lambda work: None)
    pages = engine.connect(store.path, store.key).execute("PRAGMA page_count").fetchone()[0]

    def limit(work: object) -> None:
        work.value(f"PRAGMA max_page_count={pages}")  # type: ignore[attr-defined]

    perform(store, limit)
    with pytest.raises(Trouble) as trouble:
        store.perform(SaveView("clients", "too much", "长" * (1 << 20)))
    assert trouble.value.code == "disk_full"
    assert _views(store) == 0
    assert store.read(lambda reads: reads.value("SELECT count(*) FROM change")) == 0


def test_a_file_that_another_program_writes_is_busy(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "PRAGMAS", tuple("busy_timeout=50" if "busy" in one else one for one in engine.PRAGMAS))
    store = opened(folder)
    other = engine.connect(store.path, store.key)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(Trouble, match="in use by another program"):
        store.perform(ChangeSetting("general.team", "x"))
    other.execute("ROLLBACK")
    store.perform(ChangeSetting("general.team", "x"))
    other.close()
    store.close()


def test_an_interrupted_query_is_cancelled_work(store: Store) -> None:
    import threading

    reader = store.reader()
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
    started = threading.Event()

    def stop() -> None:
        started.wait()
        while not ended.is_set():
            reader.interrupt()

    ended = threading.Event()
    stopper = threading.Thread(target=stop)
    stopper.start()
    started.set()
    with pytest.raises(Cancelled):
        reader.value(endless)
    ended.set()
    stopper.join()
    assert reader.value("SELECT 1") == 1
    reader.close()


@pytest.mark.parametrize(
    "bug", [lambda reads: reads.rows("SELECT nothing FROM nowhere"), lambda reads: reads.rows("SELEC")]
)
def test_a_wrong_statement_is_a_bug_not_trouble(store: Store, bug: Callable[..., object]) -> None:
    with pytest.raises(engine.dbapi2.OperationalError):
        store.read(bug)


def test_a_broken_constraint_is_a_bug_not_trouble(store: Store) -> None:
    def break_it(work: object) -> None:
        work.bulk("INSERT INTO saved_view (id, page) VALUES ('x', 'y')", topics=())  # type: ignore[attr-defined]

    with pytest.raises(engine.dbapi2.IntegrityError):
        perform(store, break_it)
