"""One transaction per command: whatever stops it leaves no trace; readers and the writer do not disturb each other."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from rmdesk.base.errors import Cancelled, Refused, Trouble
from rmdesk.base.progress import Stoppable
from rmdesk.models.clients import Client
from rmdesk.models.kinds import Topic
from rmdesk.models.settings import Setting
from rmdesk.services.store import engine
from rmdesk.services.store.copying import findings_of_cipher
from rmdesk.services.store.reads import Reads
from rmdesk.services.store.store import Store
from rmdesk.services.store.work import UnitOfWork
from tests.support.build import KEY, Do, perform, store_from

INSERT = "INSERT INTO setting (key, value) VALUES (?, ?)"


def names(reads: Reads) -> list[str]:
    return [row[0] for row in reads.rows("SELECT name FROM client ORDER BY id")]


def traces(store: Store) -> int:
    tables = ("client", "setting", "change")
    return sum(int(store.read(lambda reads, t=t: reads.value(f"SELECT count(*) FROM {t}"))) for t in tables)


class Crash(BaseException):
    pass


@pytest.mark.parametrize("error", [Refused("no"), Trouble("no"), Cancelled(), ValueError("bug"), Crash()])
@pytest.mark.parametrize("flushed", [True, False])
def test_a_failing_command_leaves_no_trace_and_the_store_goes_on(
    store: Store, error: BaseException, flushed: bool
) -> None:
    def fail(work: UnitOfWork) -> None:
        work.add(Client(name="王"))
        if flushed:
            work.bulk(INSERT, [("a", "1"), ("b", "2")], topics={Topic.SETTINGS})
        raise error

    with pytest.raises(type(error)):
        perform(store, fail)
    assert traces(store) == 0
    perform(store, lambda work: work.add(Client(name="孙")))
    assert store.read(names) == ["孙"]


def test_a_command_whose_last_flush_fails_leaves_no_trace(store: Store) -> None:
    def fail(work: UnitOfWork) -> None:
        work.add(Client(name="王"))
        work.bulk(INSERT, ("same", "1"), topics={Topic.SETTINGS})
        work.add(Setting(key="same", value=2))

    with pytest.raises(engine.dbapi2.IntegrityError):
        perform(store, fail)
    assert traces(store) == 0


def test_stopping_rolls_back(store: Store) -> None:
    class StopsAtThree(Stoppable):
        def show(self, done: int, total: int, text: str) -> None:
            if done == 3:
                self.stop()

    steps: list[int] = []

    def long_work(work: UnitOfWork) -> None:
        for number in range(10):
            work.progress.at(number, 10)
            steps.append(number)
            work.add(Client(name=str(number)))
            work.flush()

    with pytest.raises(Cancelled):
        store.perform(Do(long_work), StopsAtThree())
    assert steps == [0, 1, 2, 3]
    assert traces(store) == 0


def test_a_command_reads_what_it_wrote_and_others_do_not_yet(store: Store) -> None:
    reader = store.reader()

    def look(work: UnitOfWork) -> tuple[list[str], list[str]]:
        work.add(Client(name="王"))
        return names(work), names(reader)

    assert perform(store, look) == (["王"], [])
    assert names(reader) == ["王"]
    reader.close()


def test_a_snapshot_sees_one_state_while_others_write(store: Store) -> None:
    perform(store, lambda work: work.add(Client(name="王")))
    reader = store.reader()
    with reader.snapshot() as reads:
        assert names(reads) == ["王"]
        perform(store, lambda work: work.add(Client(name="李")))
        assert names(reads) == ["王"]
    assert names(reader) == ["王", "李"]
    reader.close()


def test_a_reader_cannot_write(store: Store) -> None:
    with pytest.raises((engine.dbapi2.OperationalError, Trouble)):
        store.read(lambda reads: reads.rows("DELETE FROM client"))


def test_pages_give_every_row_once_in_bounded_pieces(store: Store) -> None:
    perform(store, lambda work: work.bulk(INSERT, [(f"{n:02}", "1") for n in range(57)], topics=()))
    reader = store.reader()
    pages = list(reader.pages("SELECT key FROM setting ORDER BY key", size=10))
    assert [len(page) for page in pages] == [10, 10, 10, 10, 10, 7]
    assert [row[0] for page in pages for row in page] == [f"{n:02}" for n in range(57)]
    reader.close()


def test_writers_take_turns_and_readers_never_see_half_a_command(store: Store) -> None:
    errors: list[BaseException] = []
    writing = threading.Event()
    writing.set()

    def write(writer: int) -> None:
        for number in range(15):
            pair = [(f"{writer}/{number}/{half}", "1") for half in "ab"]
            perform(store, lambda work, pair=pair: work.bulk(INSERT, pair, topics=()))

    def read() -> None:
        reader = store.reader()
        while writing.is_set():
            if reader.value("SELECT count(*) FROM setting") % 2:
                raise AssertionError("half a command was seen")
        reader.close()

    def caught(work: Callable[[], None]) -> Callable[[], None]:
        def run() -> None:
            try:
                work()
            except BaseException as error:
                errors.append(error)

        return run

    writers = [threading.Thread(target=caught(partial(write, number))) for number in range(3)]
    readers = [threading.Thread(target=caught(read)) for _ in range(2)]
    for thread in writers + readers:
        thread.start()
    for thread in writers:
        thread.join()
    writing.clear()
    for thread in readers:
        thread.join()
    assert errors == []
    assert store.read(lambda reads: reads.value("SELECT count(*) FROM setting")) == 90


WRITE = """
import sys
from pathlib import Path
from tests.support.build import KEY, perform
from rmdesk.models.clients import Client
from rmdesk.services.store.store import Store
store = Store(Path(sys.argv[1]), KEY, who="x")
number = store.read(lambda reads: reads.value("SELECT count(*) FROM client"))
while True:
    perform(store, lambda work: [work.add(Client(name=f"{number}-{part}")) for part in range(5)])
    number += 5
    print(number, flush=True)
"""


def test_a_killed_writer_loses_nothing_that_was_acknowledged(store: Store) -> None:
    acknowledged = 0
    for kill_after in (1, 2, 4, 7, 11):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITE, str(store.path)],
            env=_environment(),
            stdout=subprocess.PIPE,
            text=True,
        )
        assert writer.stdout is not None
        for _ in range(kill_after):
            acknowledged = int(writer.stdout.readline())
        writer.send_signal(signal.SIGKILL if sys.platform != "win32" else signal.SIGTERM)
        rest = writer.communicate()[0].split()
        acknowledged = int(rest[-1]) if rest else acknowledged
        connection = engine.connect(store.path, KEY)
        assert findings_of_cipher(connection) == []
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        connection.close()
        there = store.read(lambda reads: reads.value("SELECT count(*) FROM client"))
        assert there >= acknowledged
        assert there % 5 == 0


def _environment() -> dict[str, str]:
    import os

    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}


@pytest.mark.parametrize("harm", ["flip", "cut", "gone"])
def test_a_damaged_wal_costs_at_most_what_it_held(store: Store, tmp_path: Path, harm: str) -> None:
    perform(store, lambda work: work.add(Client(name="kept")))
    connection = engine.connect(store.path, KEY)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    perform(store, lambda work: work.add(Client(name="tail")))
    copy = tmp_path / "copy.db"
    wal = bytearray(store.path.with_name("rmdesk.db-wal").read_bytes())
    copy.write_bytes(store.path.read_bytes())
    if harm == "flip":
        wal[len(wal) // 2] ^= 1
    if harm != "gone":
        copy.with_name("copy.db-wal").write_bytes(wal[: len(wal) // 2] if harm == "cut" else wal)
    connection.close()
    other = Store(copy, KEY, who="x")
    assert other.read(names)[0] == "kept"
    perform(other, lambda work: work.add(Client(name="new")))
    other.close()


def test_a_reader_gives_back_its_pages_and_reads_on(store: Store) -> None:
    reader = store.reader()
    before = reader.rows("SELECT name FROM sqlite_schema ORDER BY name")
    reader.shrink()
    assert reader.rows("SELECT name FROM sqlite_schema ORDER BY name") == before != []
    reader.close()


def test_a_reader_that_shrinks_reads_on_as_before(store: Store) -> None:
    reader = store.reader()
    before, limit = reader.rows("SELECT * FROM setting"), reader.value("PRAGMA cache_size")
    for keep in (0, 512):
        reader.shrink(keep)
        assert reader.value("PRAGMA cache_size") == limit < 0
        assert reader.rows("SELECT * FROM setting") == before
    reader.close()


def test_opened_again_and_again_it_keeps_no_more_compiled_statements(template: Path, tmp_path: Path) -> None:
    """As after locking and unlocking many times a day; the file's path and key are in no statement and no dialect."""
    kept = []
    for at in range(3):
        folder = tmp_path / str(at)
        folder.mkdir()
        opened = store_from(template, folder)
        for _twice in range(2):
            perform(opened, lambda work: work.add(Client(name="王")))
        opened.close()
        kept.append(len(Client.__mapper__._compiled_cache))
    assert kept[0] == kept[1] == kept[2]
