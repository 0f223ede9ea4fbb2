"""What can befall a laptop, each to its good end: an empty keyring, a full disk, a damaged file, a theft."""

from __future__ import annotations

import csv
import os
import resource
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from rmdesk.base import clock
from rmdesk.base.errors import Known
from rmdesk.hub.embedded import Postgres
from rmdesk.hub.services import passwords
from rmdesk.hub.services.bank.load import Options, load
from rmdesk.services.health import examining, keeping, salvage
from rmdesk.services.store import access, backup, profile, recovery_code
from rmdesk.services.store.doctor import State
from rmdesk.services.store.engine import Damaged
from rmdesk.services.store.store import Store
from rmdesk.services.sync import lease, login, rejoining, state
from rmdesk.services.sync.engine import Report, sync_round
from rmdesk.services.sync.hub_client import HubClient
from rmdesk.services.sync.session import Session
from rmdesk.services.sync.wiping import WipedHere
from rmdesk.services.visits.tasks import AddTask
from tests.fuzz.hubs import Hubs
from tests.support import disks, pages, profiles
from tests.support.profiles import PIN, MemoryKeyring
from tests.walk.telling import bound

STEPS: dict[str, Callable[[Any], Iterator[object]]] = {}
URL, PASSWORD, NEW = "http://hub", "梧桐 wind 七 lantern", "280461"
CLIENTS = (("客户号", "姓名", "客户经理"), ("C001", "周文敏", "王一"), ("C002", "吴思远", "王一"))
KEPT, FULL = "周文敏问外汇理财", "吴思远下周来签字"
LONG = "".join(chr(0x4E00 + at * 31) for at in range(400))


step = partial(bound, STEPS)  # binds a function to a sentence of the story


@dataclass
class Laptop:
    """A manager's computer: a folder, a keyring, and the hub it talks to; what is noted is counted here too."""

    folder: Path
    hubs: Hubs
    code: str = field(default_factory=recovery_code.make)
    keyring: MemoryKeyring = field(default_factory=MemoryKeyring)
    noted: list[str] = field(default_factory=list)
    damaged: bytes = b""

    @property
    def place(self) -> Path:
        return self.folder / "disk" / "profile"

    @contextmanager
    def open(self, way: Callable[[Path], Store]) -> Iterator[Store]:
        """The desk, opened in some way with the keyring of this computer."""
        with profiles.using(self.keyring):
            store = way(self.place)
            try:
                yield store
            finally:
                store.close()

    def mine(self) -> Any:
        """The desk, opened by its owner."""
        return self.open(lambda place: profile.open_with_pin(place, NEW))

    def note(self, store: Store, *texts: str) -> None:
        """Note tasks."""
        for text in texts:
            store.perform(AddTask(text))
            self.noted.append(text)

    def round(self, store: Store) -> Report:
        """One round with the hub."""
        transport = self.hubs.hub.transport
        with HubClient(URL, Session(store, transport), transport) as client:
            return sync_round(store, client)

    def join(self, store: Store) -> None:
        """Sign in, ask to be let in, be approved by the lead, join, and load everything."""
        transport = self.hubs.hub.transport
        login.register(store, URL, login.with_password(URL, "wang", PASSWORD, transport), "laptop", transport)
        self.order(store.read(lambda reads: state.get(reads, "enrolment"))["device"], "approve")
        login.join(store, transport)
        for _turn in range(2):
            self.round(store)

    def rejoin(self, store: Store) -> None:
        """Sign in again, be approved by the lead, and go on with what waits."""
        transport = self.hubs.hub.transport
        rejoining.sign_in(store, login.with_password(URL, "wang", PASSWORD, transport), "laptop", transport)
        self.order(store.read(lambda reads: state.get(reads, "rejoin"))["device"], "approve")
        rejoining.finish(store, transport)
        self.round(store)

    def order(self, device: str, what: str) -> None:
        """What the lead does with a desk at the hub."""
        answer = self.hubs.hub.client(self.hubs.people.chen).post(f"/v1/devices/{device}/{what}")
        assert answer.status_code == 200, answer.text

    def at_hub(self) -> list[str]:
        """The tasks that the hub has."""
        rows = self.hubs.rows().values()
        return sorted(row["fields"]["text"] for row in rows if row["type"] == "task" and not row["deleted"])


def texts(store: Store) -> list[str]:
    """The tasks at a desk."""
    return sorted(str(row[0]) for row in store.read(lambda reads: reads.rows("SELECT text FROM task")))


def refused(way: Callable[[], object]) -> Known:
    """What is said when this does not work."""
    try:
        way()
    except Known as error:
        return error
    raise AssertionError("nothing was said")


@contextmanager
def small_disk(folder: Path) -> Iterator[None]:
    """A disk of its own for a laptop, where one may be mounted; else a folder."""
    with ExitStack() as stack:
        with suppress(pytest.skip.Exception):
            stack.enter_context(disks.small_disk(folder / "disk", "48m"))
        (folder / "disk").mkdir(exist_ok=True)
        yield


@contextmanager
def no_room(disk: Path) -> Iterator[None]:
    """The disk is full; on one that is not our own no file may grow, by a limit of the system."""
    if os.path.ismount(disk):
        filled = disks.fill(disk)
        yield
        filled.unlink()
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@contextmanager
def lived(folder: Path, language: str = "") -> Iterator[Laptop]:
    """A hub with the bank's file loaded, and a laptop with nothing on it."""
    assert sys.platform != "win32", "the full disk is played by a limit that Windows does not have"
    with ExitStack() as stack:
        stack.enter_context(profiles.cheap())
        stack.enter_context(small_disk(folder))
        hubs = Hubs(stack.enter_context(Postgres()), "drill")
        stack.callback(hubs.close)
        path = folder / "clients_20261120.csv"
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows(CLIENTS)
        load(hubs.hub.core, [path], Options(as_of=clock.today() - timedelta(days=3)))
        with hubs.hub.core.database.transaction() as connection:
            connection.execute(
                "UPDATE hub_user SET password_hash = %s WHERE id = %s",
                (passwords.hash_of(PASSWORD), hubs.people.wang.id),
            )
        yield Laptop(folder, hubs)


@step("I set up my desk with a PIN and a recovery code, and it follows the hub")
def set_up(laptop: Laptop) -> Iterator[object]:
    with laptop.open(lambda place: profile.create(place, who="王一", pin=PIN, code=laptop.code)) as store:
        laptop.join(store)
        yield f"{store.read(lambda reads: reads.value('SELECT count(*) FROM client'))} clients"


@step("I note something that the hub has not heard yet")
def note(laptop: Laptop) -> Iterator[object]:
    with laptop.open(lambda place: profile.open_with_pin(place, PIN)) as store:
        laptop.note(store, KEPT)
        assert laptop.at_hub() == []
        yield KEPT


@step("The computer is set up anew and its keyring is empty: the desk says so, and nothing weaker opens it")
def emptied(laptop: Laptop) -> Iterator[object]:
    laptop.keyring = MemoryKeyring()
    with profiles.using(laptop.keyring):
        said = refused(lambda: profile.open_with_pin(laptop.place, PIN))
        assert said.code == "keyring_entry_gone"
        refused(lambda: profile.open_with_keyring(laptop.place))
        refused(lambda: profile.open_with_passphrase(laptop.place, PIN))
        wrong = recovery_code.make()
        refused(lambda: profile.open_with_code(laptop.place, wrong))
        assert laptop.keyring.kept == {}
        yield f"{said.said} {said.advice}"


@step("The recovery code opens the desk, I choose a new PIN, and the hub hears what I had noted")
def recovered(laptop: Laptop) -> Iterator[object]:
    with laptop.open(lambda place: profile.open_with_code(place, laptop.code)) as store:
        access.set_pin(store, NEW)
    with laptop.mine() as store:
        assert texts(store) == laptop.noted
        try:
            laptop.round(store)
        except Known as error:  # the key this desk spoke to the hub with was in the keyring too: it joins anew
            yield error.said
            laptop.rejoin(store)
        assert laptop.at_hub() == texts(store) == [KEPT]
        yield from laptop.at_hub()


@step("On a full disk a note is refused in words, and nothing written before is lost")
def full(laptop: Laptop) -> Iterator[object]:
    with laptop.mine() as store:
        with no_room(laptop.folder / "disk"):
            said = refused(lambda: store.perform(AddTask(FULL)))
        assert said.code in ("disk_full", "disk_error")
        assert texts(store) == laptop.noted
        yield f"{said.said} {said.advice}"


@step("With room again the same note is taken, and the hub hears it")
def room(laptop: Laptop) -> Iterator[object]:
    with laptop.mine() as store:
        laptop.note(store, FULL)
        laptop.round(store)
        assert laptop.at_hub() == sorted(laptop.noted)
        yield FULL


@step("A backup is made and checked; what I note afterwards the hub hears")
def backed_up(laptop: Laptop) -> Iterator[object]:
    with laptop.mine() as store:
        laptop.note(store, *(f"{at:02} {LONG}" for at in range(20)))
        made = backup.make(store)
        laptop.note(store, *(f"{at:02} {LONG}" for at in range(20, 40)))
        laptop.round(store)
        assert made.checked is not None
        yield f"{made.path.name}: {made.checked}"
    assert laptop.at_hub() == sorted(laptop.noted)


@step("Bits flip in the file: it is noticed, and nothing is overwritten")
def flipped(laptop: Laptop) -> Iterator[object]:
    with laptop.mine() as store:
        path, key = store.path, store.key
    found = pages.leaves(path, key, "task")
    pages.bend(path, found[len(found) // 4], found[-3])
    laptop.damaged = path.read_bytes()
    with laptop.mine() as store:
        said = refused(lambda: keeping.quick_look(store))
    assert isinstance(said, Damaged)
    assert path.read_bytes() == laptop.damaged
    yield f"{said.said} {said.advice}"


@step("What can be read is saved, the newest backup fills in, and the damaged file is kept")
def saved(laptop: Laptop) -> Iterator[object]:
    with laptop.mine() as store:
        key = store.key
    done = salvage.save(laptop.place, key)
    assert done.aside is not None
    assert done.aside.read_bytes() == laptop.damaged
    assert set(done.broken) == {"task"}
    assert done.filled > 0
    yield from (one.said for one in salvage.said_of(done))


@step("The hub fills in the rest: all I noted is there once, and the desk is sound")
def filled(laptop: Laptop) -> Iterator[object]:
    with laptop.mine() as store:
        before = len(texts(store))
        assert before < len(laptop.noted)
        for _turn in range(2):
            laptop.round(store)
        assert texts(store) == sorted(laptop.noted) == laptop.at_hub()
        rows = {row.check: row.state for row in examining.examine(laptop.place, store)}
        assert {rows[name] for name in ("seals", "structure", "links", "search")} == {State.OK}
        yield f"{before} + {len(laptop.noted) - before} = {len(laptop.noted)}"


@step("Whoever has it guesses ten PINs: from then on no PIN opens it, not even mine")
def guessed(laptop: Laptop) -> Iterator[object]:
    with profiles.using(laptop.keyring):
        said = [refused(lambda: profile.open_with_pin(laptop.place, "000000")) for _turn in range(10)]
        assert [one.code for one in said] == ["wrong_pin"] * 9 + ["pin_worn"]
        assert refused(lambda: profile.open_with_pin(laptop.place, NEW)).code == "pin_worn"
        yield said[-1].said


@step("A copy of its disk opens nowhere else")
def copied(laptop: Laptop) -> Iterator[object]:
    shutil.copytree(laptop.place, laptop.folder / "copy")
    with profiles.using(MemoryKeyring()):
        said = refused(lambda: profile.open_with_pin(laptop.folder / "copy", NEW))
    for word in (KEPT, FULL, "周文敏", LONG[:40]):
        for path in (path for path in (laptop.folder / "copy").rglob("*") if path.is_file()):
            assert word.encode() not in path.read_bytes()
    yield said.said


@step("Were it open, it would close with the lease after seven days without the hub")
def leased(laptop: Laptop) -> Iterator[object]:
    with laptop.open(lambda place: profile.open_with_code(place, laptop.code)) as store:
        assert store.read(lease.closed) is None
        later = clock.now() + timedelta(days=8)
        said = store.read(lambda reads: lease.closed(reads, later))
        assert said is not None
        yield said


@step("My lead orders it wiped; at its next contact the keys go first, then all else, and the hub has the receipt")
def wiped(laptop: Laptop) -> Iterator[object]:
    with laptop.open(lambda place: profile.open_with_code(place, laptop.code)) as store:
        device = str(store.read(lambda reads: state.get(reads, "device")))
        laptop.order(device, "wipe")
        said = refused(lambda: laptop.round(store))
    assert isinstance(said, WipedHere)
    assert [path.name for path in laptop.place.rglob("*") if path.is_file() and path.suffix != ".lock"] == []
    assert laptop.keyring.kept == {}
    with laptop.hubs.hub.core.database.transaction() as connection:
        row = connection.execute("SELECT status FROM device WHERE id = %s", (device,)).fetchone()
    assert row == ("wiped",)
    yield said.said


@step("On a new laptop I join the hub, and all I noted is there")
def anew(laptop: Laptop) -> Iterator[object]:
    new = Laptop(laptop.folder / "new", laptop.hubs, noted=laptop.noted)
    (new.folder / "disk").mkdir(parents=True)
    with new.open(lambda place: profile.create(place, who="王一", pin=PIN, code=new.code)) as store:
        new.join(store)
        assert texts(store) == sorted(laptop.noted)
        clients = store.read(lambda reads: reads.value("SELECT count(*) FROM client"))
        assert clients == len(CLIENTS) - 1
        yield f"{clients} clients, {len(laptop.noted)} notes"
