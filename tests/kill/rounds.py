"""Rounds of one job: start it, kill it at a random moment, look at what is left, go on from there."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Listener
from pathlib import Path
from queue import Queue
from typing import Any

import httpx

from rmdesk.services.store import backup, copying, engine, key_file, migrate, profile, restoring
from rmdesk.services.store.store import Store
from rmdesk.services.visits.tasks import AddTask
from tests.kill.work import DEVICE, JOBS, MANY, SOCKET
from tests.services.sync.small_hub import Desk, SmallHub, joined
from tests.support import build
from tests.support.build import KEY

ROOT = Path(__file__).parents[2]
LONGEST_S = 30  # a job that says nothing for so long hangs
# How long after its last word a job may go on, in seconds: about what one commit, or one migration, takes.
AFTER_S = {"migrate": 0.6, "import": 0.05, "backup": 0.08, "restore": 0.06, "sync": 0.05}


@dataclass
class Wrong:
    """What must not be; empty when all is well."""

    found: list[str] = field(default_factory=list)

    def unless(self, good: bool, what: str) -> None:
        if not good:
            self.found.append(what)


class Warm:
    """The warm process, its children and what they say."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.kill.warm"],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, [str(ROOT), *sys.path]))},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._lines: Queue[str] = Queue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        self._wait_for("ready")

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._lines.put(line.rstrip("\n"))

    def _tell(self, line: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{line}\n")
        self._process.stdin.flush()

    def _wait_for(self, word: str, said: list[str] | None = None) -> str:
        while True:
            what, _, rest = self._lines.get(timeout=LONGEST_S).partition(" ")
            if what == word:
                return rest
            if what == "failed":
                raise AssertionError(f"the job itself failed: {rest}")
            if what == "said" and said is not None:
                said.append(rest)

    def killed(self, job: str, turn: int, folder: Path, dice: random.Random) -> list[str]:
        """Run a job and kill it; gives what it said it had committed."""
        self._tell(f"start {job} {turn} {folder}")
        said: list[str] = []
        child = int(self._wait_for("child", said))
        for _word in range(0 if job == "migrate" else dice.randrange(5)):
            said.append(self._wait_for("said", said))
        time.sleep(dice.random() * AFTER_S.get(job, 0.02))
        os.kill(child, signal.SIGKILL)
        self._tell("wait")
        ended = self._wait_for("ended", said)
        assert ended == "killed", ended
        return said

    def close(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(LONGEST_S)
        self._reader.join(LONGEST_S)
        assert self._process.stdout is not None
        self._process.stdout.close()


def played(job: str, rounds: int, seed: int, folder: Path, template: Path) -> list[str]:
    """Play rounds of one job in a folder of its own; gives what is wrong, in words."""
    wrong, dice = Wrong(), random.Random(f"{job}/{seed}")
    game = GAMES.get(job, Game)(folder, template)
    warm = Warm()
    try:
        with game.around():
            for turn in range(rounds):
                game.before(turn)
                said = warm.killed(job, turn, folder, dice)
                game.said += said
                _whole(folder, wrong, f"{job} {turn}")
                game.look(wrong, said, f"{job} {turn}")
            game.end(wrong)
    finally:
        warm.close()
    return wrong.found


def _whole(folder: Path, wrong: Wrong, when: str) -> None:
    """The file opens, every page and every link of it is sound."""
    path = folder / profile.DATA
    opened = profile.open_demo(folder) if migrate.version_of(path, KEY) == migrate.HEAD else None
    wrong.unless(copying.is_whole(path, KEY, None, copying.Silent()), f"{when}: not whole")
    connection = engine.connect(path, KEY)
    wrong.unless(not list(connection.execute("PRAGMA foreign_key_check")), f"{when}: broken links")
    connection.close()
    if opened is not None:
        opened.close()


class Game:
    """Editing: what was said is there."""

    def __init__(self, folder: Path, template: Path) -> None:
        self.folder, self.template, self.said = folder, template, list[str]()
        folder.mkdir(parents=True, exist_ok=True)
        self.store = build.store_from(template, folder)
        key_file.write(folder, key_file.KeyFile("one", "x", key_file.check_of(KEY, "one"), demo_key=KEY))
        self.prepare()
        self.store.close()

    def prepare(self) -> None: ...

    @contextmanager
    def around(self) -> Iterator[None]:
        yield

    def before(self, turn: int) -> None: ...

    def look(self, wrong: Wrong, said: list[str], when: str) -> None:
        missing = set(self.said) - self.words()
        wrong.unless(not missing, f"{when}: lost {missing}")

    def words(self) -> set[str]:
        return {row[0] for row in self.rows("SELECT text FROM task")}

    def rows(self, sql: str) -> list[Any]:
        connection = engine.connect(self.folder / profile.DATA, KEY)
        found = list(connection.execute(sql))
        connection.close()
        return found

    def end(self, wrong: Wrong) -> None:
        wrong.unless(bool(self.said), "nothing was ever committed")


class Imports(Game):
    """Importing: all clients of a file, or none."""

    def look(self, wrong: Wrong, said: list[str], when: str) -> None:
        counts = dict(self.rows("SELECT substr(number, 1, instr(number, 'x') + instr(substr(number, instr(number, 'x')"
                                " + 1), 'x') - 1), count(*) FROM client GROUP BY 1"))  # fmt: skip
        wrong.unless(set(counts.values()) <= {MANY}, f"{when}: part of a file")
        wrong.unless(set(self.said) <= counts.keys(), f"{when}: lost an import")
        batches = self.rows("SELECT count(*) FROM batch")[0][0]
        wrong.unless(batches == len(counts), f"{when}: {batches} imports on record of {len(counts)}")


class Backups(Game):
    """Backing up: every backup that is shown is whole, and the last that was told of is there.

    The oldest may be on its way out: of one that is too many the key goes first, so that none is left readable.
    """

    def look(self, wrong: Wrong, said: list[str], when: str) -> None:
        found = backup.backups_of(self.folder)
        names = {row.path.name for row in found}
        wrong.unless(all(row.readable for row in found[:-1]), f"{when}: a backup without its key")
        wrong.unless(not said or said[-1] in names, f"{when}: lost {said[-1:]}")
        for row in found[:1]:
            backup.check(row.path, KEY, self.folder)

    def end(self, wrong: Wrong) -> None:
        super().end(wrong)
        store = Store(self.folder / profile.DATA, KEY, "x")
        backup.make(store)
        store.close()
        left = {path.name for path in (self.folder / backup.FOLDER).iterdir() if path.name.endswith(".partial")}
        wrong.unless(not left, f"left over: {left}")
        for row in backup.backups_of(self.folder):
            backup.check(row.path, KEY, self.folder)


class Migrations(Game):
    """Upgrading: the old schema or the new one, the rows in both; and it can be done again."""

    def prepare(self) -> None:
        self.old = self.folder.with_name(f"{self.folder.name}-old.db")
        engine.connect(self.old, KEY, create=True).close()
        migrate.bring_up(self.old, KEY, head="0001")
        connection = engine.connect(self.old, KEY)
        connection.execute("INSERT INTO client (id, number, origin, kind, status, name, pinyin, initials) "
                           "VALUES (1, '1', 'bank', 'person', 'active', '测试甲', '', '')")  # fmt: skip
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        connection.close()
        self.versions: set[str | None] = set()

    def before(self, turn: int) -> None:
        for path in self.folder.glob("rmdesk.db*"):
            path.unlink()
        shutil.rmtree(self.folder / backup.FOLDER, ignore_errors=True)
        shutil.copyfile(self.old, self.folder / profile.DATA)

    def look(self, wrong: Wrong, said: list[str], when: str) -> None:
        path = self.folder / profile.DATA
        version = migrate.version_of(path, KEY)
        self.versions.add(version)
        wrong.unless(version in (("0001", migrate.HEAD) if not said else (migrate.HEAD,)), f"{when}: at {version}")
        wrong.unless(self.rows("SELECT id, name FROM client") == [(1, "测试甲")], f"{when}: rows are gone")
        if version == "0001" and hash(when) % 5 == 0:
            migrate.bring_up(path, KEY)
            wrong.unless(migrate.version_of(path, KEY) == migrate.HEAD, f"{when}: not upgraded afterwards")

    def end(self, wrong: Wrong) -> None:
        wrong.unless(bool(self.versions), "no file was looked at")


class Restores(Game):
    """Restoring: the data of before or the backup's, and the former is kept aside."""

    def prepare(self) -> None:
        self.store.perform(AddTask("yesterday", None, None))
        backup.make(self.store)
        self.store.perform(AddTask("today", None, None))

    def look(self, wrong: Wrong, said: list[str], when: str) -> None:
        there = self.words()
        wrong.unless(there in ({"yesterday"}, {"yesterday", "today"}), f"{when}: {there}")
        asides = restoring.set_asides(self.folder)
        wrong.unless(there != {"yesterday"} or bool(asides), f"{when}: nothing kept aside")
        for kept in asides[5:]:
            shutil.rmtree(kept.parent)


class Syncs(Game):
    """Synchronising: what was said is here and, in the end, at the hub and at the other desk; nothing twice."""

    def prepare(self) -> None:
        self.hub = SmallHub()
        person = self.hub.person("王一")
        self.desk = joined(self.hub, person, self.store)
        (self.folder / DEVICE).write_text(self.desk.device, "utf-8")
        other = self.folder / "other"
        other.mkdir()
        shutil.copyfile(self.template, other / profile.DATA)
        self.other = joined(self.hub, person, Store(other / profile.DATA, KEY, "other"))

    @contextmanager
    def around(self) -> Iterator[None]:
        with serving(self.hub, self.folder / SOCKET):
            yield

    def before(self, turn: int) -> None:
        if turn % 5 == 0:
            word = f"other/{turn}"
            self.other.store.perform(AddTask(word, None, None))
            self.other.sync()

    def end(self, wrong: Wrong) -> None:
        super().end(wrong)
        store = Store(self.folder / profile.DATA, KEY, "x")
        here = Desk(self.hub, store, self.desk.device)
        for _turn in range(2):
            here.sync()
            self.other.sync()
        told = sorted(row[0] for row in here.rows("SELECT text FROM task"))
        wrong.unless(told == sorted(row[0] for row in self.other.rows("SELECT text FROM task")), "the desks differ")
        wrong.unless(len(told) == len(set(told)), "something came twice")
        wrong.unless(set(self.said) <= set(told), "the hub has not heard all")
        wrong.unless(here.value("SELECT count(*) FROM sync_record WHERE state <> 'clean'") == 0, "something waits")
        store.close()
        self.other.store.close()


GAMES: dict[str, type[Game]] = {
    "import": Imports,
    "backup": Backups,
    "migrate": Migrations,
    "restore": Restores,
    "sync": Syncs,
}
assert GAMES.keys() | {"edit"} == JOBS.keys()


@contextmanager
def serving(hub: SmallHub, path: Path) -> Iterator[None]:
    """Let processes ask the hub, one after another; one that is killed in the middle is no matter."""
    listener, ends = Listener(str(path), "AF_UNIX"), threading.Event()

    def answer(line: Any) -> None:
        with suppress(EOFError, OSError), line:
            while True:
                method, url, headers, content = line.recv()
                told = hub._handle(httpx.Request(method, url, headers=headers, content=content))
                line.send((told.status_code, list(told.headers.raw), b"".join(told.stream)))  # type: ignore[arg-type]

    def serve() -> None:
        while not ends.is_set():
            with suppress(OSError, EOFError):
                answer(listener.accept())

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ends.set()
        with suppress(OSError):
            from multiprocessing.connection import Client

            Client(str(path), "AF_UNIX").close()
        thread.join(5)
        listener.close()
