"""One desk and a real hub: the first sync of a full book, and the rounds of a working day. ROUNDS CLIENTS.

Processor time of the first sync is that of desk, hub and PostgreSQL together. Its floor, in the same run: PostgreSQL's
bare `COPY` of the very rows, and `executemany` of what they became at the desk into a new encrypted file.
"""

from __future__ import annotations

import gc
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import msgspec
import psycopg

from bench import portfolio
from bench.children import records
from bench.children.first_sync import TABLES, told_rows
from bench.children.hub import DURABLE, SECRET, Served
from bench.children.hub_filled import COPY
from bench.told import DAY, tell
from rmdesk.base import clock
from rmdesk.cli.main import RARELY
from rmdesk.hub import core, migrate
from rmdesk.hub.embedded import OWNER, Postgres
from rmdesk.hub.gate.tokens import ACCESS
from rmdesk.hub.services import founding
from rmdesk.hub.settings import Settings
from rmdesk.services.store import profile
from rmdesk.services.store.engine import connect
from rmdesk.services.store.store import Store
from rmdesk.services.sync.engine import sync_round
from rmdesk.services.sync.hub_client import HubClient
from rmdesk.services.sync.joining import JoinHub
from rmdesk.wire.merge import digest_of
from rmdesk.wire.messages import SCHEMA, Hello, Row
from tests.fuzz.desks import Always
from tests.support.build import perform

LINE_BYTES_S = 10_000_000 / 8  # 10 Mbit/s
OURS = (*TABLES, *records.EACH)


class Counting(HubClient):
    """Counts its requests."""

    asked = 0

    def ask(self, *told: Any, **more: Any) -> Any:
        """One more."""
        self.asked += 1
        return super().ask(*told, **more)


def main() -> None:
    """Fill, measure, tell."""
    rounds, clients = int(sys.argv[1]), int(sys.argv[2])
    gc.set_threshold(*RARELY)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name, Postgres(settings=DURABLE) as server:
        folder = Path(name)
        settings = Settings(server.url(), SECRET, log="off", rate_device=10**6, rate_address=10**6)
        migrate.bring_up(server.url(OWNER), settings.key("signing key"))
        device, token, scopes = _filled(server, settings, portfolio.made(folder / "bank", clients))
        with Served(server, settings) as hub:
            client = Counting(hub.url, Always(token))
            store = profile.create(folder / "desk", who="bench", demo=True)
            welcome = client.hello(Hello(device, SCHEMA, SCHEMA, "bench", ""))
            store.perform(JoinHub(hub.url, device, welcome))
            found = _first(hub, store, client) | _floor(hub, server, store, folder, scopes)
            if rounds:
                found |= _rounds(store, client, rounds)
            store.close()
            tell(**found)


def _filled(server: Postgres, settings: Settings, bank: Path) -> tuple[str, str, list[str]]:
    """A hub with one manager's full book; a desk of theirs, its token, and the scopes of the book."""
    hub = core.opened(settings)
    team = founding.add_team(hub.database, "team")
    user = founding.add_user(hub.database, "bench", "经理", "manager", team)
    book = founding.add_book(hub.database, team, user, "book")
    device = founding.add_device(hub.database, user, "desk")
    token = hub.gate.mint.word("access", clock.now() + ACCESS * 30, user=user, device=device)
    hub.close()
    store = profile.open_demo(bank)
    told = store.read(told_rows, book)
    store.close()
    clients = sorted({row.client for row in told if row.client})
    scopes = [f"bank:{book}", f"book:{book}"]
    with psycopg.connect(server.url("postgres")) as admin:
        with admin.cursor() as cursor, cursor.copy("COPY hub_client (id, book) FROM STDIN") as into:
            for client in clients:
                into.write_row((client, book))
        for scope, rows in zip(scopes, (told, records.written(clients, scopes[1], user)), strict=True):
            _put(admin, scope, rows)
        admin.commit()
        admin.autocommit = True
        admin.execute("VACUUM ANALYZE")
    return device, token, scopes


def _put(admin: psycopg.Connection[Any], scope: str, rows: list[Row]) -> None:
    now = clock.now()
    with admin.cursor() as cursor:
        with cursor.copy(COPY) as into:
            for row in rows:
                fields, revs = (msgspec.json.encode(part).decode() for part in (row.fields, row.field_rev))
                told = (scope, row.id, row.type, row.client, row.rev, row.seq, False, fields, revs, "{}", row.by, "")
                into.write_row((*told, row.at, now))
        with cursor.copy("COPY record_dir FROM STDIN") as into:
            for row in rows:
                into.write_row((row.id, scope))
    digest = sum(digest_of(row.id, row.rev) for row in rows) % (1 << 64)
    admin.execute(
        "UPDATE scope SET head = %s, live = %s, digest = %s::text::numeric WHERE id = %s",
        (len(rows), len(rows), str(digest), scope),
    )


def _first(hub: Served, store: Store, client: Counting) -> dict[str, Any]:
    client.received = client.sent = 0
    began, processor, at_hub = time.perf_counter(), time.process_time(), hub.cpu_ms()
    report = sync_round(store, client)
    taken = (time.perf_counter() - began) * 1000
    desk = (time.process_time() - processor) * 1000
    line = (client.received + client.sent) / LINE_BYTES_S * 1000
    return {
        "records": report.pulled, "first": taken, "first_line": taken + line, "packed": client.received / 1e6,
        "desk_cpu": desk, "hub_cpu": hub.cpu_ms() - at_hub, "mended": report.mended,
    }  # fmt: skip


def _floor(hub: Served, server: Postgres, store: Store, folder: Path, scopes: list[str]) -> dict[str, float]:
    rows = {table: held for table in OURS if (held := _all(store, table))}
    bare = profile.create(folder / "floor", who="bench", demo=True)
    connection = connect(bare.path, bare.key)
    with psycopg.connect(server.url("postgres")) as admin:
        began, processor, at_hub = time.perf_counter(), time.process_time(), hub.cpu_ms()
        with (
            admin.cursor() as cursor,
            cursor.copy(
                "COPY (SELECT * FROM record WHERE scope_id = ANY(%s) ORDER BY seq DESC) TO STDOUT", (scopes,)
            ) as out,
        ):
            for _row in out:
                pass
    connection.execute("BEGIN IMMEDIATE")
    for table, held in rows.items():
        connection.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(held[0]))})", held)
    connection.execute("COMMIT")
    taken, cpu = time.perf_counter() - began, time.process_time() - processor
    copied = hub.cpu_ms() - at_hub
    connection.close()
    bare.close()
    return {"floor": taken * 1000, "floor_cpu": cpu * 1000 + copied}


def _all(store: Store, table: str) -> list[Any]:
    return store.read(lambda reads: [tuple(row) for page in reads.pages(f"SELECT * FROM {table}") for row in page])


def _rounds(store: Store, client: Counting, times: int) -> dict[str, Any]:
    def edit(count: int) -> Callable[[], None]:
        told = f"UPDATE task SET text = text || '改' WHERE id IN (SELECT id FROM task ORDER BY random() LIMIT {count})"
        return lambda: perform(store, lambda work: work.bulk(told, topics=()))

    def rounds(before: Callable[[], None], many: int) -> tuple[list[float], list[float], float, float]:
        walls, cpus = [], []
        client.sent = client.received = client.asked = 0
        for _ in range(many):
            before()
            began, processor = time.perf_counter(), time.process_time()
            sync_round(store, client)
            walls.append((time.perf_counter() - began) * 1000)
            cpus.append((time.process_time() - processor) * 1000)
        return sorted(walls), sorted(cpus), (client.sent + client.received) / many, client.asked / many

    ten, ten_cpu, _bytes, _asked = rounds(edit(10), times)
    none, none_cpu, quiet, asked = rounds(lambda: None, times)
    client.sent = 0
    many, many_cpu, _both, _asked = rounds(edit(1000), max(1, times // 5))
    return {
        "ten": median(ten), "ten_95": ten[int(len(ten) * 0.95)], "ten_cpu": median(ten_cpu),
        "none": median(none), "none_cpu": median(none_cpu), "none_bytes": quiet, "none_asked": asked,
        "many": median(many), "many_cpu": median(many_cpu), "many_bytes": client.sent / len(many) / 1000,
    }  # fmt: skip


if __name__ == "__main__":
    clock.fix(None)
    assert DAY
    main()
