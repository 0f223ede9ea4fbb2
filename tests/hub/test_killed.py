"""Desks and hubs that are killed (kill -9) in the middle of what they do: nothing is lost, nothing stays stuck."""

from __future__ import annotations

import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

import httpx
import pytest

from rmdesk.base import clock
from rmdesk.base.errors import Known, Trouble
from rmdesk.hub import inspecting
from rmdesk.hub.settings import PREFIX
from rmdesk.models.clients import Client
from rmdesk.models.kinds import ClientId
from rmdesk.services.store import profile
from rmdesk.services.store.store import Store
from rmdesk.services.sync import address, login, state
from rmdesk.services.sync.engine import Report, sync_round
from rmdesk.services.visits.tasks import AddTask
from tests.support import build
from tests.support.hub import SECRET, HubUnderTest, Person
from tests.support.real_desks import entered

ROOT = Path(__file__).parents[2]
DEATHS = (
    ("/v1/auth/refresh", True),
    ("/v1/sync/push", False),
    ("/v1/sync/push", True),
    ("/v1/sync/first", True),
    ("/v1/sync/pull", True),
)


@pytest.fixture(autouse=True)
def real_time() -> None:
    """Processes of their own know no other."""
    clock.fix(None)


def prospect(work: Any) -> None:
    work.add(Client(id=5, origin="desk", name="新客户", phone="13900000000"))


def joined(hub: HubUnderTest, url: str, person: Person, store: Store) -> None:
    """The desk follows the hub at this address."""
    login.register(store, url, entered(hub, person), "laptop")
    device = store.read(lambda reads: state.get(reads, "enrolment"))["device"]
    assert hub.client(hub.people.admin).post(f"/v1/devices/{device}/approve").status_code == 200
    login.join(store)


def sync(store: Store) -> Report:
    with address.connect(store) as client:
        return sync_round(store, client)


def texts(store: Store) -> list[str]:
    return sorted(row[0] for row in store.read(lambda reads: reads.rows("SELECT text FROM task")))


def unsent(store: Store) -> int:
    return int(
        store.read(
            lambda reads: reads.value(
                "SELECT (SELECT count(*) FROM sync_batch) + (SELECT count(*) FROM sync_record WHERE state <> 'clean')"
            )
        )
    )


def caught_up(store: Store) -> bool:
    """Whether all is sent, after one more try."""
    with suppress(Trouble):
        sync(store)
    return unsent(store) == 0


class Deadly:
    """A hub at which whoever asks for a path is killed: before it hears, or after it answered."""

    def __init__(self, app: Any) -> None:
        self.app = app
        self.victim: subprocess.Popen[bytes] | None = None
        self.path, self.late = "", False

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        ends = self.victim is not None and scope.get("path") == self.path
        if ends and not self.late:
            self._kill()
        await self.app(scope, receive, send)
        if ends and self.late:
            time.sleep(random.uniform(0, 0.03))  # anywhere in what the desk does with the answer
            self._kill()

    def _kill(self) -> None:
        assert self.victim is not None
        self.victim.kill()


@pytest.mark.timeout(180)
def test_a_desk_killed_in_its_rounds_loses_nothing(hub: HubUnderTest, tmp_path: Path) -> None:
    deadly = Deadly(hub.app)
    hub.app = deadly  # type: ignore[assignment]
    folders = tmp_path / "one", tmp_path / "two"
    words: list[str] = []
    with closing(profile.create(folders[0], who="王一", demo=True)) as store:
        build.perform(store, prospect)
        joined(hub, hub.url, hub.people.wang, store)
    for path, late in DEATHS:
        with closing(profile.open_demo(folders[0])) as store:
            for _turn in range(3):
                words.append(f"事项{len(words)}")
                store.perform(AddTask(words[-1], None, ClientId(5)))
        deadly.path, deadly.late = path, late
        deadly.victim = desk(folders[0])
        assert deadly.victim.wait(60) == -signal.SIGKILL, path
    deadly.victim = None
    with (
        closing(profile.open_demo(folders[0])) as one,
        closing(profile.create(folders[1], who="王一", demo=True)) as two,
    ):
        sync(one)
        joined(hub, hub.url, hub.people.wang, two)
        sync(two)
        for store in (one, two):
            assert texts(store) == sorted(words)
            assert sync(store).mended == 0
            assert unsent(store) == 0


def desk(folder: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "rmdesk", "--profile", str(folder), "sync"]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


class Served:
    """A hub in processes of its own."""

    def __init__(self, hub: HubUnderTest) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        told = {"database_url": hub.app_dsn, "secret": SECRET, "port": self.port, "partitions": 4, "log": "off"}
        told |= {"first_syncs": 100}
        self._env = os.environ | {PREFIX + name.upper(): str(value) for name, value in told.items()}
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self, workers: int) -> None:
        env = self._env | {f"{PREFIX}WORKERS": str(workers)}
        command = [sys.executable, "-m", "rmdesk", "hub", "serve"]
        self._process = subprocess.Popen(
            command, cwd=ROOT, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        wait_until(self._answers)

    def kill_worker(self) -> None:
        """One of them, whichever answers."""
        assert self._process is not None
        workers = children(self._process.pid)
        os.kill(random.choice(workers), signal.SIGKILL)

    def kill(self) -> None:
        """All of it at once, as when the machine loses its power."""
        if self._process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait(30)

    def _answers(self) -> bool:
        try:
            return httpx.get(f"{self.url}/readyz", timeout=2).status_code == 200
        except httpx.TransportError:
            return False


def children(pid: int) -> list[int]:
    """The workers of a served hub: not the process that only looks after what they share."""
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(one) for one in found if "spawn_main" in Path(f"/proc/{one}/cmdline").read_text()]


def wait_until(ready: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not ready():
        assert time.monotonic() < end
        time.sleep(0.05)


@contextmanager
def pushing(stores: list[Store], words: dict[str, set[str]]) -> Iterator[None]:
    """Every desk writes and syncs, over and over, whatever happens to the hub."""
    stop = threading.Event()
    wrong: list[BaseException] = []

    def work(store: Store, name: str) -> None:
        while not stop.is_set():
            word = f"{name}{len(words[name])}"
            store.perform(AddTask(word, None, ClientId(5)))
            words[name].add(word)
            try:
                sync(store)
            except Trouble as trouble:
                if trouble.code not in ("hub_unreachable", "hub_busy", "hub_failed"):
                    wrong.append(trouble)
                    return
                stop.wait(0.1)
            except Known as known:
                wrong.append(known)
                return

    threads = [threading.Thread(target=work, args=(store, f"d{at}")) for at, store in enumerate(stores)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join(60)
    assert wrong == []


@pytest.mark.timeout(180)
def test_a_hub_killed_while_desks_push_loses_nothing(hub: HubUnderTest, template: Path, tmp_path: Path) -> None:
    served = Served(hub)
    stores: list[Store] = []
    words: dict[str, set[str]] = {"d0": set(), "d1": set()}
    try:
        served.start(workers=2)
        for at, person in enumerate((hub.people.wang, hub.people.li)):
            (tmp_path / f"{at}").mkdir()
            stores.append(build.store_from(template, tmp_path / f"{at}"))
            build.perform(stores[-1], prospect)
            joined(hub, served.url, person, stores[-1])
        with pushing(stores, words):
            for _turn in range(2):
                before = sum(map(len, words.values()))
                wait_until(lambda before=before: sum(map(len, words.values())) > before + 4)  # type: ignore[misc]
                served.kill_worker()
            served.kill()
            before = sum(map(len, words.values()))
            wait_until(lambda: sum(map(len, words.values())) > before + 2)  # written while there is no hub
            served.start(workers=1)
            before = sum(map(len, words.values()))
            wait_until(lambda: sum(map(len, words.values())) > before + 4)
        for at, store in enumerate(stores):
            wait_until(lambda store=store: caught_up(store))  # type: ignore[misc]
            report = sync(store)
            assert (report.mended, report.kept_both, unsent(store)) == (0, 0, 0)
            assert set(texts(store)) == words[f"d{at}"]
            assert len(texts(store)) == len(words[f"d{at}"])
        (tmp_path / "lead").mkdir()
        stores.append(build.store_from(template, tmp_path / "lead"))
        joined(hub, served.url, hub.people.chen, stores[-1])
        sync(stores[-1])
        assert set(texts(stores[-1])) == words["d0"] | words["d1"]
        assert inspecting.flaws(hub.core)[1] == []
    finally:
        served.kill()
        for store in stores:
            store.close()
