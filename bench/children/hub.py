"""The hub under load: a real server over a real PostgreSQL with many records. RECORDS DESKS ROUNDS.

Processor time is that of the hub's process and of PostgreSQL's, not of the simulated desks.
"""

from __future__ import annotations

import asyncio
import os
import random
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median
from typing import Any
from uuid import uuid4

import httpx
import msgspec
import psycopg

from bench.children import hub_filled
from bench.children.hub_filled import Desk
from bench.told import tell
from rmdesk.hub import migrate
from rmdesk.hub.embedded import OWNER, Postgres
from rmdesk.hub.settings import PREFIX, Settings
from rmdesk.wire.messages import Cursor, Edit, Hello, Item, Pull, Push

SECRET = "bench-Q8vK2mZr7TyW4nLx9PdF3sHj6GcB"
DURABLE = ("fsync=on", "synchronous_commit=on", "full_page_writes=on", "autovacuum=on", "shared_buffers=512MB")
TICKS = os.sysconf("SC_CLK_TCK")
AT_ONCE = 8
STORM_S = 30.0


def main() -> None:
    """Fill, measure, tell."""
    records, desks, rounds = map(int, sys.argv[1:])
    with Postgres(settings=DURABLE) as server:
        settings = Settings(server.url(), SECRET, log="off", rate_device=10**6, rate_address=10**6)
        migrate.bring_up(server.url(OWNER), settings.key("signing key"))
        people = hub_filled.fill(server, settings, records, desks)
        with Served(server, settings) as hub:
            found = {**_one_by_one(hub, server, people, rounds), **_at_once(hub, people, rounds)}
            found |= asyncio.run(_storm(hub.url, people, STORM_S if desks > 50 else STORM_S / 6))
            tell(records=records, desks=desks, memory=hub.peak_mb(), **found)


class Served:
    """The hub in a process of its own."""

    def __init__(self, server: Postgres, settings: Settings) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port: int = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self._port}"
        told = {"DATABASE_URL": settings.database_url, "SECRET": SECRET, "PORT": str(self._port), "LOG": "off"}
        told |= {"RATE_DEVICE": "1000000", "RATE_ADDRESS": "1000000", "RATE_STRANGERS": "1000000"}
        self._environment = {**os.environ, **{PREFIX + name: value for name, value in told.items()}}
        with psycopg.connect(server.admin_url) as admin:
            folder = admin.execute("SHOW data_directory").fetchone()
        assert folder is not None
        self._postmaster = int(Path(folder[0], "postmaster.pid").read_text(encoding="utf-8").splitlines()[0])

    def __enter__(self) -> Served:
        command = [sys.executable, "-m", "rmdesk", "hub", "serve"]
        self._process = subprocess.Popen(command, env=self._environment, stdout=subprocess.DEVNULL)
        for _ in range(400):
            try:
                httpx.get(f"{self.url}/readyz")
            except httpx.TransportError:
                time.sleep(0.1)
            else:
                return self
        raise SystemExit("the hub did not start")

    def __exit__(self, *_told: object) -> None:
        self._process.terminate()
        self._process.wait(30)

    def cpu_ms(self) -> float:
        """Processor time of the hub and of PostgreSQL so far."""
        return sum(map(_cpu, [self._process.pid, self._postmaster, *_children(self._postmaster)])) * 1000

    def peak_mb(self) -> float:
        """The most memory that the hub's process held."""
        status = Path(f"/proc/{self._process.pid}/status").read_text(encoding="utf-8")
        return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) / 1024


def _cpu(pid: int) -> float:
    try:
        words = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:
        return 0
    return (int(words[11]) + int(words[12])) / TICKS


def _children(pid: int) -> list[int]:
    told = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="utf-8")
    return [int(one) for one in told.split()]


def _items(desk: Desk, count: int) -> list[Item]:
    words = {
        "content": "聊了到期的存款和孩子上学的打算，" * 6,
        "on": "2026-11-20",
        "place": "网点",
        "channel": "branch",
    }
    return [
        Item("visit", uuid4().hex, desk.client, {n: Edit(v) for n, v in {"client_id": desk.client, **words}.items()})
        for _ in range(count)
    ]


def _push(desk: Desk, count: int = 10) -> bytes:
    desk.push_no += 1
    return msgspec.json.encode(Push(desk.device, desk.push_no, 0, 1, _items(desk, count)))


def _pull(desk: Desk, back: int, *scopes: str) -> bytes:
    asked = {scope: Cursor(max(1, desk.heads[scope] - back)) for scope in scopes or (desk.book,)}
    return msgspec.json.encode(Pull(desk.device, 0, 1, desk.push_no, asked, max(back, 1)))


def _timed(hub: Served, work: Any, times: int) -> tuple[list[float], float]:
    """Each one's wall time in ms, and the processor time of one."""
    work()
    before, taken = hub.cpu_ms(), []
    for _ in range(times):
        begun = time.perf_counter()
        work()
        taken.append((time.perf_counter() - begun) * 1000)
    return sorted(taken), (hub.cpu_ms() - before) / times


def _one_by_one(hub: Served, server: Postgres, people: list[Desk], times: int) -> dict[str, Any]:
    with httpx.Client(base_url=hub.url) as http:

        def post(path: str, desk: Desk, body: bytes) -> None:
            http.post(path, content=body, headers=desk.headers).raise_for_status()

        def push() -> None:
            desk = random.choice(people)
            post("/v1/sync/push", desk, _push(desk))

        def pull() -> None:
            desk = random.choice(people)
            post("/v1/sync/pull", desk, _pull(desk, 300))

        def whole() -> None:
            desk = random.choice(people)
            post("/v1/hello", desk, msgspec.json.encode(Hello(desk.device, 1, 1, "bench", "")))
            post("/v1/sync/push", desk, _push(desk))
            post("/v1/sync/pull", desk, _pull(desk, 20, desk.book, desk.own))

        pushes, push_cpu = _timed(hub, push, times)
        pulls, pull_cpu = _timed(hub, pull, times)
        rounds, round_cpu = _timed(hub, whole, times)
    copy_cpu, select_cpu = _floors(hub, server, people, times)
    return {
        "push": median(pushes), "push_95": _late(pushes), "push_cpu": [push_cpu], "copy_cpu": [copy_cpu],
        "pull": median(pulls), "pull_cpu": [pull_cpu], "select_cpu": [select_cpu],
        "round_95": _late(rounds), "round_cpu": round_cpu,
    }  # fmt: skip


def _floors(hub: Served, server: Postgres, people: list[Desk], times: int) -> tuple[float, float]:
    """Processor time of PostgreSQL for the bare COPY of 10 records and the bare SELECT of 300."""
    with psycopg.connect(server.url("postgres")) as bare:

        def copy() -> None:
            with bare.cursor() as cursor, cursor.copy(hub_filled.COPY) as into:
                for row in hub_filled.rows(random.choice(people), 10, 1 << 40):
                    into.write_row(row)
            bare.commit()

        def select() -> None:
            desk = random.choice(people)
            told = (desk.book, max(1, desk.heads[desk.book] - 300), 300)
            bare.execute("SELECT * FROM record WHERE scope_id = %s AND seq > %s ORDER BY seq LIMIT %s", told).fetchall()
            bare.commit()

        return _timed(hub, copy, times)[1], _timed(hub, select, times)[1]


def _at_once(hub: Served, people: list[Desk], times: int) -> dict[str, Any]:
    """Eight threads, each with desks of its own."""

    def many(number: int, path: str, body: Any) -> None:
        mine = people[number::AT_ONCE]
        with httpx.Client(base_url=hub.url) as http:
            for turn in range(times // AT_ONCE):
                desk = mine[turn % len(mine)]
                http.post(path, content=body(desk), headers=desk.headers).raise_for_status()

    rates = []
    for path, body in (("/v1/sync/push", _push), ("/v1/sync/pull", lambda desk: _pull(desk, 300))):
        begun = time.perf_counter()
        with ThreadPoolExecutor(AT_ONCE) as threads:
            list(threads.map(lambda number, path=path, body=body: many(number, path, body), range(AT_ONCE)))
        rates.append(times // AT_ONCE * AT_ONCE / (time.perf_counter() - begun))
    return {"pushes_s": rates[0], "pulls_s": rates[1]}


async def _storm(url: str, people: list[Desk], within: float) -> dict[str, Any]:
    """Each desk does one round at its own moment within so many seconds; told to come again, it does."""
    taken, again = [], 0

    async def one(http: httpx.AsyncClient, desk: Desk) -> None:
        nonlocal again
        await asyncio.sleep(random.uniform(0, within))
        begun = time.perf_counter()
        steps = (
            ("/v1/hello", msgspec.json.encode(Hello(desk.device, 1, 1, "bench", ""))),
            ("/v1/sync/push", _push(desk)),
            ("/v1/sync/pull", _pull(desk, 20, desk.book, desk.own)),
        )
        for path, body in steps:
            answer = await http.post(path, content=body, headers=desk.headers)
            while answer.status_code == 503:
                again += 1
                await asyncio.sleep(float(answer.headers["retry-after"]) * random.uniform(0.5, 1))
                answer = await http.post(path, content=body, headers=desk.headers)
            answer.raise_for_status()
        taken.append((time.perf_counter() - begun) * 1000)

    begun = time.perf_counter()
    async with httpx.AsyncClient(base_url=url, timeout=60) as http:
        await asyncio.gather(*(one(http, desk) for desk in people))
    return {"storm_95": _late(sorted(taken)), "storm_s": time.perf_counter() - begun, "storm_again": again}


def _late(taken: list[float]) -> float:
    return taken[int(len(taken) * 0.95)]


if __name__ == "__main__":
    main()
