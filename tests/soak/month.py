"""A robot lives a month at its desk: logs, lists, searches, locks, syncs over a line that comes and goes.

Its bank's files come through the hub; a desk of its own that imports them itself is in alone.py. The robot keeps a
model beside (model.py): what it wrote and took back. At the end the file of the desk, and the hub, hold just that.
"""

from __future__ import annotations

import csv
import random
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from rmdesk.base import clock
from rmdesk.base.errors import Known
from rmdesk.hub.services.bank.load import Options, load
from rmdesk.models.kinds import Channel, ClientId
from rmdesk.services.clients.commands import SetNote
from rmdesk.services.visits.commands import LogVisit
from rmdesk.services.visits.entry import Entry
from rmdesk.ui.shell.routes import ROUTES
from rmdesk.ui.unlock.unlock import UnlockGate
from rmdesk.ui.visits.log_page import LogPage
from tests.soak.health import swept
from tests.soak.model import Model, at_the_hub, differences, kept
from tests.walk.hands import CONTROL, Hands
from tests.walk.together import HEADER, Team

Act = Callable[[], None]
CLIENTS = 300
MOVED = 29  # one in so many clients has a new phone in the bank's next file
WORDS = ("汇率", "养老", "教育金", "到期", "黄金", "保险", "基金", "存单", "出国", "装修")
SIGNS = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"


def prepare(team: Team) -> Model:
    """A book of clients at the hub, and the robot's desk with them."""
    model = Model()
    loaded(team, model, CLIENTS)
    assert team.join("wang", team.hubs.people.wang) == CLIENTS
    return model


def loaded(team: Team, model: Model, count: int) -> None:
    """The bank's file of the day, loaded at the hub; the model learns of it."""
    path, rows = team.folder / f"clients_{clock.today():%Y%m%d}_{count}.csv", bank_rows(model, count)
    written(path, rows)
    load(team.hubs.hub.core, [path], Options(as_of=clock.today()))
    model.bank = {number: phone for number, _name, phone, _manager in rows}


def bank_rows(model: Model, count: int) -> list[tuple[str, str, str, str]]:
    """So many clients as the bank knows them; of those it told before, a few have a new phone by now."""
    rows = []
    for at in range(count):
        name = SIGNS[at % len(SIGNS)] + SIGNS[at // len(SIGNS) % len(SIGNS)] + SIGNS[at // 7 % len(SIGNS)]
        phone = model.bank.get(f"C{at:04}", f"138{at:08}")
        if at % MOVED == len(model.bank) % MOVED:
            phone = f"139{(int(phone[3:]) + 1) % 10**8:08}"
        rows.append((f"C{at:04}", name, phone, "王一"))
    return rows


def written(path: Path, rows: list[tuple[str, str, str, str]]) -> None:
    """A file of the bank."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([HEADER, *rows])


class Robot:
    """One pair of hands, one model, one source of chance; `began` hears what is done next."""

    syncs = True  # whether it follows the hub

    def __init__(
        self, team: Team, hands: Hands, rng: random.Random, model: Model, began: Callable[[str], None]
    ) -> None:
        self.team, self.hands, self.rng, self.model, self.began = team, hands, rng, model, began
        self.done: Counter[str] = Counter()
        self.days = 0

    def acts(self) -> tuple[tuple[int, Act], ...]:
        """What is done on each day, and how often."""
        return (*self.usual(), (2, self.sync), (1, self.bank))

    def usual(self) -> tuple[tuple[int, Act], ...]:
        """What every desk does."""
        return (
            (5, self.log_by_keys), (4, self.log), (3, self.note), (3, self.take_back), (4, self.search), (4, self.look),
            (1, self.lock),
        )  # fmt: skip

    def day(self) -> None:
        """All that belongs to a day, in random order; the line to the hub is down for a morning or an afternoon."""
        today = [act for count, act in self.acts() for _ in range(count)]
        self.rng.shuffle(today)
        half, self.days = len(today) // 2, self.days + 1
        for at, act in enumerate(today):
            self.team.line.lost = float((at < half) == self.days % 2)
            self.began(act.__name__)
            try:
                act()
            except Exception as error:
                error.add_note(f"on day {self.days}, at {act.__name__}, after {dict(self.done)}")
                raise
            swept()
            self.done[act.__name__] += 1
        self.team.line.lost = 0.0

    def settle_in(self) -> None:
        """Before the first day."""

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
        self.model.typed.append(text)

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
        """The same place each time: Today, after the lock has dropped all other pages, with everything imported."""
        self.hands.app.parts.desk.go("today")
        self.hands.settle()
        self.lock()
        page = self.hands.app.window.page()
        self.hands.wait(lambda: page is not None and not page.building)
        parts = self.hands.app.parts
        self.hands.wait(lambda: parts.ahead is not None and parts.ahead.done and parts.desk.index is not None)
        self.hands.settle()

    def sync(self) -> None:
        """A round with the hub, or the try of one."""
        task = self.hands.app.parts.tasks.write(lambda _progress: self._round())
        self.hands.wait(lambda: task.over)
        self.hands.settle()

    def bank(self) -> None:
        """The bank's new file is loaded at the hub, with some clients more; a round brings them."""
        count = len(self.model.bank) + self.rng.randrange(1, 5)
        task = self.hands.app.parts.tasks.write(lambda _progress: loaded(self.team, self.model, count))
        self.hands.wait(lambda: task.over)
        self.sync()

    def _round(self) -> None:
        try:
            self.team.round("wang", self.hands.store)
            self.done["rounds"] += 1
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
    """Where the desk, or the hub after a last round, holds something else than the model; and what was never done."""
    robot.sync()
    rows = team.hubs.rows().values()
    at_hub = {row["id"]: row["fields"] for row in rows if row["type"] == "visit" and not row["deleted"]}
    return [*differences(robot.model, robot.hands.read(kept)), *at_the_hub(robot.model, at_hub), *idle(robot)]


def idle(robot: Robot) -> list[str]:
    """What a month should have and this one had not."""
    due = [act.__name__ for _count, act in robot.acts()] + ["rounds", "no hub"] * robot.syncs
    return [f"never done: {name}" for name in due if not robot.done[name]]


def tomorrow() -> None:
    """The next working day's morning."""
    day = clock.today() + timedelta(days=1)
    while day.weekday() > 4:
        day += timedelta(days=1)
    clock.fix(day)
