"""What a process does until it is killed: each job works in a profile's folder and says what it has committed.

A word is said only after its commit returned; so whatever was said must be there after the kill.
"""

from __future__ import annotations

from collections.abc import Callable
from multiprocessing.connection import Client
from pathlib import Path

import httpx

from rmdesk.models.clients import Client as _Client
from rmdesk.services.settings.commands import SaveView
from rmdesk.services.store import backup, migrate, profile, restoring
from rmdesk.services.store.store import Store
from rmdesk.services.sync.engine import sync_round
from rmdesk.services.sync.hub_client import HubClient
from rmdesk.services.visits.tasks import AddTask
from tests.services.imports.handovers import client, take_in
from tests.services.sync.small_hub import Shown
from tests.support.build import KEY

assert _Client  # the models are loaded before processes split off

Say = Callable[[str], None]
MANY = 40  # clients of one import
SOCKET, DEVICE = "hub.socket", "device"


def edit(folder: Path, turn: int, say: Say) -> None:
    store = _opened(folder)
    for number in range(10_000):
        word = f"{turn}/{number}"
        store.perform(AddTask(word, None, None))
        say(word)


def imports(folder: Path, turn: int, say: Say) -> None:
    store = _opened(folder)
    for number in range(10_000):
        file = f"{turn}x{number}"
        take_in(store, [client(f"{file}x{one}", name=f"客户{one}") for one in range(MANY)])
        say(file)


def backups(folder: Path, turn: int, say: Say) -> None:
    store = _opened(folder)
    for number in range(10_000):
        store.perform(SaveView("clients", f"{turn}/{number}", {}))
        say(backup.make(store).path.name)


def migrating(folder: Path, turn: int, say: Say) -> None:
    migrate.bring_up(folder / profile.DATA, KEY)
    say("done")
    while True:  # until it is killed
        migrate.version_of(folder / profile.DATA, KEY)


def restoring_over(folder: Path, turn: int, say: Say) -> None:
    path = backup.backups_of(folder)[-1].path
    for number in range(10_000):
        restoring.restore_over(path, folder, KEY)
        say(str(number))


def syncing(folder: Path, turn: int, say: Say) -> None:
    store, device = _opened(folder), (folder / DEVICE).read_text("utf-8")
    for number in range(10_000):
        word = f"{turn}/{number}"
        store.perform(AddTask(word, None, None))
        say(word)
        with HubClient("https://hub.example", Shown(device), Piped(folder / SOCKET)) as hub:
            sync_round(store, hub)


class Piped(httpx.BaseTransport):
    """Asks the hub of the parent process, through a socket."""

    def __init__(self, path: Path) -> None:
        self._line = Client(str(path), "AF_UNIX")

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self._line.send((request.method, str(request.url), list(request.headers.raw), request.read()))
        status, headers, content = self._line.recv()
        return httpx.Response(status, headers=headers, stream=httpx.ByteStream(content))

    def close(self) -> None:
        self._line.close()


JOBS: dict[str, Callable[[Path, int, Say], None]] = {
    "edit": edit,
    "import": imports,
    "backup": backups,
    "migrate": migrating,
    "restore": restoring_over,
    "sync": syncing,
}


def _opened(folder: Path) -> Store:
    return Store(folder / profile.DATA, KEY, "killed")
