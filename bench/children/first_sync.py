"""A full book comes to a new desk through the hub: the bank's facts as pages of a first load, applied as the engine
does. The floor: the very rows that this left, ready in memory, by executemany into a new encrypted file.
"""

from __future__ import annotations

import gc
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import msgspec

from bench.children.floor import written
from bench.told import DAY, tell
from rmdesk.base import clock
from rmdesk.cli.main import RARELY
from rmdesk.services.imports import telling
from rmdesk.services.store import profile
from rmdesk.services.store.reads import Reads
from rmdesk.services.store.store import Store
from rmdesk.services.sync.engine import FIRST
from rmdesk.services.sync.joining import JoinHub
from rmdesk.services.sync.pulling import TakeFirst
from rmdesk.wire import bank, ids
from rmdesk.wire.messages import Colleague, FirstPage, Row, Scope, Welcome

MONTHS = 40
BOOK, USER, TEAM, DEVICE, HUB = (sign * 32 for sign in "bacdf")
SCOPE = f"bank:{BOOK}"
TABLES = ("batch", "branch", "product", "client", "account", "holding", "month_fact", "client_figures", "sync_client",
          "sync_record")  # fmt: skip


def main(source: Path) -> None:
    """Measure and tell."""
    clock.fix(DAY)
    gc.set_threshold(*RARELY)
    store = profile.open_demo(source)
    pages = [msgspec.json.encode(page) for page in store.read(_pages)]
    store.close()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        taken, cpu, rows = _ours(Path(folder), pages)
        floor, floor_cpu = _floor(Path(folder), rows)
    told = sum(len(held) for held in rows.values())
    tell(taken=taken, cpu=cpu, floor=floor, floor_cpu=floor_cpu, rows=told, bytes=sum(map(len, pages)))


def _pages(reads: Reads) -> list[FirstPage]:
    """What the hub would send: newest first."""
    rows = told_rows(reads, BOOK)
    pages = [rows[at : at + FIRST] for at in range(0, len(rows), FIRST)]
    return [FirstPage(page, page[-1].seq if page is not pages[-1] else 0, len(rows), len(rows)) for page in pages]


def told_rows(reads: Reads, book: str) -> list[Row]:
    """The bank's facts of all clients as rows of a book's scope, the newest first."""
    clients = [row[0] for row in reads.rows("SELECT id FROM client WHERE number IS NOT NULL ORDER BY id")]
    facts = [(client, _with_months(money)) for client, money in telling.told(reads, clients)]
    day = bank.day_of(one.as_of for one, _ in facts)
    told: list[tuple[str, str, str | None, str]] = [(bank.DAY, bank.day_record(book), None, bank.told_part((day,)))]
    told += [(bank.CLIENT, bank.client_record(c.number), c.number, bank.told_client(c, day)) for c, _ in facts]
    told += [
        (bank.PRODUCT, bank.product_record(book, row[0]), None, bank.told_part(row))
        for row in telling.products(reads, clients)
    ]
    told += [(bank.MONEY, bank.money_record(m.number), m.number, bank.told_money(m, day)) for _, m in facts]
    return [_row(f"bank:{book}", len(told) - at, *one) for at, one in enumerate(told)]


def _with_months(money: bank.MoneyFacts) -> bank.MoneyFacts:
    """So many months that a book of 500 clients has 25,000 rows."""
    first = DAY.year * 12 + DAY.month - MONTHS
    months: list[bank.Part] = [
        (first + at, DAY.isoformat(), account[0], "CNY", 100_00 * at, 90_00 * at, 5_00, 3_00, at % 7, None, None, 0)
        for account in money.accounts
        for at in range(MONTHS)
    ]
    return money._replace(months=months)


def _row(scope: str, seq: int, kind: str, record: str, number: str | None, text: str) -> Row:
    client = None if number is None else ids.client_id(number)
    return Row(kind, record, scope, 1, client, seq, fields={bank.FACTS: text}, field_rev={bank.FACTS: 1})


def _ours(folder: Path, pages: list[bytes]) -> tuple[float, float, dict[str, list[Any]]]:
    store = profile.create(folder / "ours", who="bench", demo=True)
    me = Colleague(USER, "bench", "manager", BOOK, TEAM)
    store.perform(
        JoinHub("https://hub.example", DEVICE, Welcome(HUB, 0, 1, 1, "", me, [Scope(SCOPE, "bank")], [], 0, ""))
    )
    began, processor = time.perf_counter(), time.process_time()
    for page in pages:
        store.perform(TakeFirst(SCOPE, msgspec.json.decode(page, type=FirstPage)))
    taken, cpu = time.perf_counter() - began, time.process_time() - processor
    rows = {table: held for table in TABLES if (held := store.read(_all, table))}
    store.close()
    return taken * 1000, cpu * 1000, rows


def _floor(folder: Path, rows: dict[str, list[Any]]) -> tuple[float, float]:
    store: Store = profile.create(folder / "floor", who="bench", demo=True)
    found = written(store, rows)
    store.close()
    return found


def _all(reads: Reads, table: str) -> list[Any]:
    return [row for page in reads.pages(f"SELECT * FROM {table}") for row in page]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
