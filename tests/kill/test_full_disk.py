"""Case 31: the disk is full wherever something is written: a clear sentence, nothing lost, it works with room again.

On a small disk of its own where one may be mounted; for everybody else (and besides) by a limit on what a process may
write, which the system enforces the same way.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from rmdesk.base.errors import Trouble
from rmdesk.models.kinds import ClientId, new_id
from rmdesk.services.archive import reading, writing
from rmdesk.services.documents.writing import write as export
from rmdesk.services.files.commands import AddAttachment
from rmdesk.services.health import salvage
from rmdesk.services.settings.commands import SaveView
from rmdesk.services.store import backup, ballast, engine, key_file, migrate, passphrase, restoring
from rmdesk.services.visits.tasks import AddTask
from tests.services.imports.handovers import client, take_in
from tests.services.sync.small_hub import Desk as SyncDesk
from tests.services.sync.small_hub import SmallHub, joined
from tests.support import build, disks
from tests.support.build import KEY

PASSWORD = "purple lantern 七 window"
Writes = Callable[["Desk"], object]


class Desk:
    """A profile with a client, a backup and an archive; `write` is what is tried with a full disk and with room."""

    def __init__(self, template: Path, folder: Path, aside: Path) -> None:
        folder.mkdir()
        self.folder, self.aside, self.template = folder, aside, template
        self.joined: SyncDesk | None = None
        self.store = build.store_from(template, folder)
        key_file.write(folder, key_file.KeyFile("one", "x", key_file.check_of(KEY, "one"), demo_key=KEY))
        take_in(self.store, [client("C1", name="王小明")])
        self.store.perform(SaveView("clients", "kept", {"text": "长" * 200_000}))
        self.carried = backup.make(self.store, aside).path
        self.archive = writing.write(self.store, aside / "all.rmarchive", PASSWORD).path
        self.new = folder.parent / "new"
        self.new.mkdir()
        self.fresh = build.store_from(template, self.new)
        (self.new / "old.db").write_bytes((aside / "old.db").read_bytes())
        self.tidy()

    def tidy(self) -> None:
        """Empty the WAL: a long one that is there takes a lot in without asking the disk."""
        connection = engine.connect(self.store.path, KEY)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        connection.close()

    def rows(self) -> list[tuple[object, ...]]:
        found = self.store.read(lambda reads: reads.rows("SELECT name, length(spec) FROM saved_view ORDER BY name"))
        return found + self.store.read(lambda reads: reads.rows("SELECT number FROM client ORDER BY number"))


@pytest.fixture(autouse=True)
def quick_password(monkeypatch: pytest.MonkeyPatch) -> None:
    from rmdesk.base.record import replace

    rules = replace(passphrase.key_rules(), passes=1, memory_kib=64)
    monkeypatch.setattr(passphrase, "key_rules", lambda: rules)


def edit(desk: Desk) -> None:
    desk.store.perform(SaveView("clients", "more", {"text": "长" * 300_000}))


def imported(desk: Desk) -> None:
    take_in(desk.store, [client(f"D{number}", name="客户" * 30) for number in range(3000)])


def synchronised(desk: Desk) -> None:
    """What comes from the hub: more than there is room for."""
    if desk.joined is None:
        hub = SmallHub()
        person = hub.person("王一")
        desk.joined = joined(hub, person, desk.store)
        other = joined(hub, person, build.store_from(desk.template, desk.aside))
        for number in range(300):
            words = "".join(chr(0x4E00 + (number * 7919 + at * 31) % 20_000) for at in range(500))
            other.store.perform(AddTask(words, None, None))
        other.sync()
        other.store.close()
        desk.tidy()
    else:
        desk.joined.sync()


def restored(desk: Desk) -> None:
    restoring.restore(desk.carried, desk.folder / "again", lambda _keys: KEY)


def restored_over(desk: Desk) -> None:
    restoring.restore_over(desk.carried, desk.folder, KEY)


def upgraded(desk: Desk) -> None:
    migrate.bring_up(desk.new / "old.db", KEY)


def archived(desk: Desk) -> None:
    writing.write(desk.store, desk.folder / "all.rmarchive", PASSWORD)


def read_in(desk: Desk) -> None:
    if not desk.fresh.path.exists():  # removed by the one that failed: it held nothing
        desk.fresh = build.store_from(desk.template, desk.new)
    reading.read_into(desk.archive, PASSWORD, desk.fresh)


def attached(desk: Desk) -> None:
    found = desk.store.read(lambda reads: reads.value("SELECT id FROM client"))
    content = new_id().encode() * 20_000
    desk.store.perform(AddAttachment("client", str(found), ClientId(found), "long.txt", content))


def exported(desk: Desk) -> None:
    export(desk.folder / "list.csv", b"a row of a sheet\r\n" * 200_000)


def salvaged(desk: Desk) -> None:
    salvage.save(desk.folder, KEY)


PATHS: dict[str, Writes] = {
    "edit": edit,
    "import": imported,
    "sync": synchronised,
    "backup": lambda desk: backup.make(desk.store),
    "restore": restored,
    "restore over": restored_over,
    "upgrade": upgraded,
    "archive": archived,
    "archive back": read_in,
    "attachment": attached,
    "export": exported,
    "salvage": salvaged,
}


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data file of the first version."""
    path = tmp_path_factory.mktemp("old") / "old.db"
    engine.connect(path, KEY, create=True).close()
    migrate.bring_up(path, KEY, head="0001")
    engine.connect(path, KEY).close()
    return path


@pytest.fixture
def desk(template: Path, tmp_path: Path, old: Path) -> Iterator[Desk]:
    aside = tmp_path / "aside"
    aside.mkdir()
    (aside / "old.db").write_bytes(old.read_bytes())
    with disks.small_disk(tmp_path / "disk", "24m") as disk:
        made = Desk(template, disk / "p", aside)
        yield made
        made.store.close()


@pytest.mark.parametrize("path", PATHS)
def test_case_31_a_full_disk_is_said_and_costs_nothing(desk: Desk, path: str) -> None:
    if path == "sync":
        synchronised(desk)
    before = desk.rows()
    listed = {one.name for one in desk.folder.iterdir()}
    filled = disks.fill(desk.folder.parent, leave=(4 if path == "archive" else 96) << 10)
    with pytest.raises(Trouble) as trouble:
        PATHS[path](desk)
    assert trouble.value.code == "disk_full"
    assert desk.rows() == before
    left = {one.name for one in desk.folder.iterdir()} - listed - {"again", "rmdesk.db-wal"}
    assert left - {"rmdesk.db-shm", "backups", "audit.json", "audit.left", "sync.lock"} == set()
    filled.unlink()
    PATHS[path](desk)
    connection = engine.connect(desk.store.path, KEY)
    assert list(connection.execute("PRAGMA quick_check")) == [("ok",)]
    connection.close()


def test_a_full_disk_does_not_keep_one_from_deleting(desk: Desk) -> None:
    assert ballast.hold(desk.folder, demo=True)
    view = desk.store.read(lambda reads: reads.value("SELECT id FROM saved_view"))
    disks.fill(desk.folder.parent)
    fresh = {one.name for one in desk.folder.iterdir()}
    assert ballast.FILE in fresh
    build.perform(desk.store, lambda work: work.bulk("DELETE FROM saved_view WHERE id = ?", (view,), topics=()))
    assert not ballast.is_held(desk.folder)  # it was needed, and given up
    assert desk.rows() == [("C1",)]


LIMITED = """
import resource, signal, sys
from pathlib import Path
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
from rmdesk.base.errors import Trouble
from tests.kill import test_full_disk as full
from rmdesk.services.store import passphrase
from rmdesk.base.record import replace
rules = replace(passphrase.key_rules(), passes=1, memory_kib=64)
passphrase.key_rules = lambda: rules
top = Path(sys.argv[1])
(top / "aside").mkdir()
(top / "aside" / "old.db").write_bytes(Path(sys.argv[3]).read_bytes())
desk = full.Desk(Path(sys.argv[2]), top / "p", top / "aside")
desk.store.read(lambda reads: reads.value("PRAGMA wal_checkpoint(TRUNCATE)"))
before = desk.rows()
hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
for name in ("edit", "import", "backup", "restore", "restore over", "upgrade", "archive back", "attachment", "export"):
    resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, hard))
    try:
        full.PATHS[name](desk)
        print(name, "went through")
    except Trouble as trouble:
        print(name, trouble.code)
    resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
    assert desk.rows() == before, name
full.edit(desk)
desk.store.close()
store = full.build.Store(desk.store.path, full.KEY, "x")
print("after", len(store.read(lambda reads: reads.rows("SELECT 1 FROM saved_view"))))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on a process's files")
def test_a_limit_of_the_system_is_said_the_same_way(template: Path, tmp_path: Path, old: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(tmp_path), str(template), str(old)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        capture_output=True,
        text=True,
        check=False,
    )
    told = dict(line.rsplit(" ", 1) for line in done.stdout.splitlines())
    assert told.pop("after", "") == "2", done.stderr
    assert set(told.values()) <= {"disk_full", "disk_error"}, told
    assert len(told) == 9
