"""A robot lives a month at its desk: logs, lists, searches, imports, locks, syncs over a line that comes and goes.

It keeps a model beside: what it wrote and took back. At the end the file of the desk, and the hub, hold just that.
"""

from __future__ import annotations

import csv
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from rmdesk.base import clock
from rmdesk.base.errors import Known
from rmdesk.hub.services.bank.load import Options, load
from rmdesk.models.kinds import Channel, ClientId, RecordId
from rmdesk.services.clients.commands import SetNote
from rmdesk.services.store.reads import Reads
from rmdesk.services.visits.commands import LogVisit
from rmdesk.services.visits.entry import Entry
from rmdesk.ui.shell.routes import ROUTES
from rmdesk.ui.unlock.unlock import UnlockGate
from rmdesk.ui.visits.log_page import LogPage
from tests.soak.health import swept
from tests.walk.hands import CONTROL, Hands
from tests.walk.together import HEADER, Team

CLIENTS = 300
WORDS = ("汇率", "养老", "教育金", "到期", "黄金", "保险", "基金", "存单", "出国", "装修")
SIGNS = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"


@dataclass
class Model:
    """What must be there at the end."""

    visits: dict[RecordId, str] = field(default_factory=dict)
    notes: dict[ClientId, str] = field(default_factory=dict)
    typed: int = 0  # visits written by keyboard: their ids are not known beforehand
    clients: int = 0


def prepare(team: Team) -> None:
    """A book of clients at the hub, and the robot's desk with them."""
    loaded(team, CLIENTS)
    assert team.join("wang", team.hubs.people.wang) == CLIENTS


def loaded(team: Team, count: int) -> None:
    """The bank's file of the day, loaded at the hub."""
    path = team.folder / f"clients_{clock.today():%Y%m%d}_{count}.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        out = csv.writer(file)
        out.writerow(HEADER)
        for at in range(count):
            name = SIGNS[at % len(SIGNS)] + SIGNS[at // len(SIGNS) % len(SIGNS)] + SIGNS[at // 7 % len(SIGNS)]
            out.writerow((f"C{at:04}", name, f"138{at:08}", "王一"))
    load(team.hubs.hub.core, [path], Options(as_of=clock.today()))


class Robot:
    """One pair of hands, one model, one source of chance; `began` hears what is done next."""

    def __init__(
        self, team: Team, hands: Hands, rng: random.Random, model: Model, began: Callable[[str], None]
    ) -> None:
        self.team, self.hands, self.rng, self.model, self.began = team, hands, rng, model, began
        self.done: Counter[str] = Counter()

    def day(self, count: int = 24) -> None:
        """So many things in random order; the line to the hub is there on most of them."""
        self.team.line.lost = 1.0 if self.rng.random() < 0.3 else 0.0
        self.look()
        acts: tuple[tuple[int, Callable[[], None]], ...] = (
            (6, self.log_by_keys), (5, self.log), (3, self.note), (3, self.take_back), (5, self.search), (4, self.look),
            (2, self.sync), (1, self.lock), (1, self.bank),
        )  # fmt: skip
        for _ in range(count):
            act = self.rng.choices([one for _, one in acts], [weight for weight, _ in acts])[0]
            self.began(act.__name__)
            act()
            swept()
            self.done[act.__name__] += 1

    # What a manager does.

    def log_by_keys(self) -> None:
        """The visit form, as from a keyboard."""
        hands, text = self.hands, self._words()
        number = self._ask("SELECT number FROM client WHERE id = ?", self._client())
        hands.press(Qt.Key.Key_N, CONTROL)
        form = hands.page(LogPage).form
        hands.wait(form.client.hasFocus)
        hands.write(str(number))
        hands.wait(lambda: len(form.client.list.model_of_picks.picks) == 1)
        for key in (Qt.Key.Key_Return, Qt.Key.Key_1, Qt.Key.Key_Return):
            hands.press(key)
        hands.write(text)
        hands.press(Qt.Key.Key_Return, CONTROL)
        hands.wait(lambda: not isinstance(hands.app.window.page(), LogPage))
        hands.settle()
        self.model.typed += 1

    def log(self) -> None:
        """A call, noted through the desk."""
        text = self._words()
        told = Entry(self._client(), self.rng.choice((Channel.PHONE, Channel.BRANCH, Channel.AT_CLIENT)), text)
        self.model.visits[self.hands.do(LogVisit(told))] = text

    def note(self) -> None:
        """A remark on a client."""
        client, text = self._client(), self._words()
        self.hands.do(SetNote(client, text))
        self.model.notes[client] = text

    def take_back(self) -> None:
        """Log something and think better of it."""
        self.hands.do(LogVisit(Entry(self._client(), Channel.PHONE, self._words())))
        self.hands.app.window.setFocus()  # a field that is written in would take back its own letters
        self.hands.press(Qt.Key.Key_Z, CONTROL)
        self.hands.settle()

    def search(self) -> None:
        """Into the search field, a name or a word, and away again."""
        field = self.hands.app.window.topbar.search
        self.hands.press(Qt.Key.Key_K, CONTROL)
        self.hands.wait(field.hasFocus)
        self.hands.write(self.rng.choice((*WORDS, *SIGNS, "zw", "138000")))
        self.hands.settle()
        QTest.keyClick(field, Qt.Key.Key_Escape)
        field.clear()
        self.hands.settle()

    def look(self) -> None:
        """A page or two, or a client's file."""
        desk = self.hands.app.parts.desk
        for name in self.rng.sample([route.name for route in ROUTES if route.listed and not route.lead], 2):
            desk.go(name)
            self.hands.settle()
        desk.go("client", client=self._client())
        self.hands.settle()

    def lock(self) -> None:
        """A cup of tea."""
        self.began("lock")
        start = self.hands.app.parts.start
        self.hands.press(Qt.Key.Key_L, CONTROL)
        self.hands.wait(lambda: isinstance(start._gate, UnlockGate) and self.hands.app.window.gated)
        gate = start._gate
        assert isinstance(gate, UnlockGate)
        self.hands.wait(lambda: not self.hands.app.parts.tasks.running and gate.demo.isVisible())
        gate.demo.click()
        tasks = self.hands.app.parts.tasks
        self.hands.wait(lambda: tasks.store is not None and not self.hands.app.window.gated)
        self.hands.wait(lambda: self.hands.app.window.page() is not None)
        self.hands.settle()

    def rest(self) -> None:
        """The same place each time: Today, after the lock has dropped all other pages."""
        self.hands.app.parts.desk.go("today")
        self.hands.settle()
        self.lock()
        page = self.hands.app.window.page()
        self.hands.wait(lambda: page is not None and not page.building)

    def sync(self) -> None:
        """A round with the hub, or the try of one."""
        task = self.hands.app.parts.tasks.write(lambda _progress: self._round())
        self.hands.wait(lambda: task.over)
        self.hands.settle()

    def bank(self) -> None:
        """The bank's new file is loaded at the hub, with some clients more; a round brings them."""
        self.model.clients += self.rng.randrange(1, 5)
        task = self.hands.app.parts.tasks.write(lambda _progress: loaded(self.team, self.model.clients))
        self.hands.wait(lambda: task.over)
        self.sync()

    def _round(self) -> None:
        try:
            self.team.round("wang", self.hands.store)
        except Known:
            self.done["no hub"] += 1

    def _client(self) -> ClientId:
        return ClientId(self._ask("SELECT id FROM client ORDER BY id LIMIT 1 OFFSET ?", self.rng.randrange(CLIENTS)))

    def _ask(self, sql: str, *values: int) -> int:
        found: int = self.hands.read(lambda reads: reads.value(sql, values))
        return found

    def _words(self) -> str:
        return "，".join(self.rng.sample(WORDS, 3)) + f"。第{self.rng.randrange(10**6)}次"


def amiss(team: Team, robot: Robot) -> list[str]:
    """Where the desk, or the hub after a last round, holds something else than the model."""
    team.line.lost = 0.0
    robot.sync()
    here = robot.hands.read(_kept)
    model, found = robot.model, []
    if {one: here.visits.get(one) for one in model.visits} != model.visits:
        found.append("a visit is lost or changed")
    if len(here.visits) != len(model.visits) + model.typed:
        found.append(f"{len(here.visits)} visits, {len(model.visits) + model.typed} were logged")
    if any(here.notes.get(one) != text for one, text in model.notes.items()):
        found.append("a note is lost or changed")
    if here.clients != model.clients:
        found.append(f"{here.clients} clients, {model.clients} in the bank's file")
    if here.waiting:
        found.append(f"{here.waiting} records still wait")
    at_hub = [row for row in team.hubs.rows().values() if row["type"] == "visit"]
    if len(at_hub) != len(here.visits):
        found.append(f"{len(at_hub)} visits at the hub, {len(here.visits)} at the desk")
    return found


@dataclass(frozen=True, slots=True)
class Kept:
    """What the desk's file holds."""

    visits: dict[RecordId, str]
    notes: dict[ClientId, str]
    clients: int
    waiting: int


def _kept(reads: Reads) -> Kept:
    from rmdesk.services.sync.queries import sync_line

    visits = {RecordId(one): text for one, text in reads.rows("SELECT id, content FROM visit LIMIT 100000")}
    notes = {ClientId(one): text for one, text in reads.rows("SELECT id, note FROM client LIMIT 100000")}
    return Kept(visits, notes, len(notes), sync_line(reads).waiting)


def files(folder: Path) -> int:
    """How many files lie in a profile."""
    return sum(1 for path in folder.rglob("*") if path.is_file())


def tomorrow() -> None:
    """The next working day's morning."""
    day = clock.today() + timedelta(days=1)
    while day.weekday() > 4:
        day += timedelta(days=1)
    clock.fix(day)
