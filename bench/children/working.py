"""What a manager does all day, each against its floor: sort, filter, look ahead, save a visit, back up, report.

The floors: for lists the bare cursor over the rows that they are made of; for a visit one INSERT of such a row in a
transaction of its own, on a bare connection to the same file; for a backup SQLCipher's own export; for a report the
bare reading of the figures of all clients.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from bench.children.ranking import bare_read
from bench.told import DAY, spent, tell, timed
from rmdesk.base import clock
from rmdesk.models.kinds import ClientId, new_id
from rmdesk.services.care.standing import standing
from rmdesk.services.clients import table
from rmdesk.services.clients.filters import ClientFilter, Order
from rmdesk.services.occasions import due
from rmdesk.services.reports.making import report
from rmdesk.services.reports.parts import Kind
from rmdesk.services.store import backup, profile
from rmdesk.services.store.engine import connect
from rmdesk.services.store.reads import Reader
from rmdesk.services.store.store import Store
from rmdesk.services.visits.commands import LogVisit
from rmdesk.services.visits.entry import Entry

SAVES = 20
LARGE = 50_000  # clients from which on what takes seconds is done once
CONTENT = "聊了到期的存款和孩子上学的打算，约好下周带材料来网点。"
FIGURES = "SELECT client_id FROM client_figures ORDER BY aum_minor DESC"
LIKE = "SELECT id FROM client WHERE name LIKE ?1 OR initials LIKE ?1 OR number LIKE ?1 OR phone LIKE ?1"
AHEAD = "SELECT client_id, kind, calendar, year, month, day, leap, once FROM occasion"
VISIT = 'INSERT INTO visit (id, client_id, state, channel, "on", two_way, inbound, marketing, entered_at, content) ' \
        "VALUES (?, ?, 'held', 'phone', ?, 1, 0, 0, ?, ?)"  # fmt: skip
Pairs = list[tuple[float, float]]


def main(source: Path, runs: int) -> None:
    """Measure and tell, on a copy."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        copy = Path(folder) / "profile"
        shutil.copytree(source, copy)
        clock.fix(DAY)
        store = profile.open_demo(copy)
        reader = store.reader()
        size = int(reader.value("SELECT count(*) FROM client"))
        found = _lists(reader, runs)
        found["report"] = [(spent(lambda: _report(reader)), spent(lambda: bare_read(reader, DAY)))]
        reader.close()
        found["visit"], found["visit_cpu"] = _saves(store)
        found["backup"] = [_backup(store, Path(folder)) for _ in range(1 if size > LARGE else runs)]
        store.close()
        tell(**found)


def _lists(reader: Reader, runs: int) -> dict[str, Pairs]:
    stand = standing(reader)

    def find(chosen: ClientFilter, order: Order) -> Callable[[], object]:
        return lambda: table.find(reader, stand, chosen, order)

    def bare(sql: str, *params: Any) -> Callable[[], object]:
        return lambda: [None for _page in reader.pages(sql, params)]

    pairs = {
        "sort": (find(ClientFilter(), Order("aum")), bare(FIGURES)),
        "filter": (find(ClientFilter(text="1391"), Order()), bare(LIKE, "%1391%")),
        "ahead": (lambda: due.due(reader, DAY, DAY + timedelta(30)), bare(AHEAD)),
    }
    for mine, floor in pairs.values():  # what is measured is what comes again and again
        mine()
        floor()
    return {name: [(spent(mine), spent(floor)) for _ in range(runs)] for name, (mine, floor) in pairs.items()}


def _report(reader: Reader) -> None:
    last = DAY.replace(day=1) - timedelta(1)
    report(reader, Kind.MONTHLY, last.replace(day=1), last)


def _saves(store: Store) -> tuple[Pairs, Pairs]:
    clients = store.read(lambda reads: reads.rows("SELECT id FROM client WHERE status = 'active' LIMIT ?", (SAVES,)))
    bare = connect(store.path, store.key)
    walls, cpus = [], []
    for (client,) in clients:
        entry = Entry(ClientId(client), "phone", CONTENT, on=DAY - timedelta(1))
        row = (new_id(), client, _day(entry.on), f"{DAY}T09:00:00.000+00:00", CONTENT)
        mine = _both(partial(store.perform, LogVisit(entry)))
        floor = _both(partial(_insert, bare, row))
        walls.append((mine[0], floor[0]))
        cpus.append((mine[1], floor[1]))
    bare.close()
    return walls[1:], cpus[1:]  # the first one loads the library that writes


def _both(act: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds by the clock and of the processor."""
    took: list[float] = []
    cpu = spent(lambda: took.append(timed(act)))
    return took[0], cpu


def _day(on: date | None) -> str:
    assert on is not None
    return on.isoformat()


def _insert(bare: Any, row: tuple[Any, ...]) -> None:
    bare.execute("BEGIN IMMEDIATE")
    bare.execute(VISIT, row)
    bare.execute("COMMIT")


def _backup(store: Store, folder: Path) -> tuple[float, float]:
    mine = spent(lambda: backup.make(store, keep=1))
    aside = folder / "aside.db"
    floor = spent(lambda: _export(store, aside))
    aside.unlink()
    return mine, floor


def _export(store: Store, aside: Path) -> None:
    connection = connect(store.path, store.key)
    connection.execute(f"ATTACH DATABASE ? AS aside KEY \"x'{store.key.hex()}'\"", (str(aside),))
    connection.execute("SELECT sqlcipher_export('aside')").fetchall()
    connection.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
