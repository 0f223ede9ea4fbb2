"""The world of one seed: a hub, a bad line, five desks, and what happens to them; and the reckoning at the end."""

from __future__ import annotations

import random
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from rmdesk.hub.embedded import Postgres
from rmdesk.hub.services.handing import handover
from rmdesk.services.clients.commands import AddProspect
from rmdesk.services.clients.rules import Details
from rmdesk.wire import ids
from rmdesk.wire.handing import HandoverAsk
from rmdesk.wire.registry import BY_NAME
from tests.fuzz.desks import Desk, tokens_in
from tests.fuzz.hubs import Hubs
from tests.fuzz.oracle import Oracle, Word
from tests.fuzz.person import WORDS, Habits
from tests.fuzz.proxy import GOOD, Line, Proxy
from tests.support import build

QUIET_ROUNDS = 8
FALL = 0.012


@dataclass(frozen=True)
class Course:
    """How often what happens, each a share of the steps; the rest goes by quietly. `clients`: of each book."""

    people: float = 0.62
    rounds: float = 0.31
    hand_overs: float = 0.025
    copies: float = 0.02  # of a desk's file
    desks_back: float = 0.01
    hub_copies: float = 0.005
    hub_back: float = 0.005
    clients: int = 3
    members: tuple[str, ...] = ("wang", "wang", "li", "li", "chen")
    habits: Habits = field(default_factory=Habits)
    line: Line = field(default_factory=Line)
    falls: float = FALL  # before and after each commit of a round
    busy: float = 0.0  # how often somebody works on in the middle of a round
    own: bool = False  # nobody may differ from himself: where no file goes back and no deletion is taken back


EVERYDAY = Course(busy=0.1, habits=Habits(empty=0.08))


@dataclass
class Wrong:
    """What must not be: words lost, records that differ, what stayed where it must not, desks that cannot finish."""

    lost: list[Any] = field(default_factory=list)
    diverged: list[Any] = field(default_factory=list)
    leaked: list[Any] = field(default_factory=list)
    stuck: list[Any] = field(default_factory=list)

    def line(self) -> str:
        """The verdict."""
        return f"lost {len(self.lost)} diverged {len(self.diverged)} leaked {len(self.leaked)} stuck {len(self.stuck)}"

    def any(self) -> bool:
        """Whether anything is wrong."""
        return bool(self.lost or self.diverged or self.leaked or self.stuck)


class World:
    """Everything of one seed. `desks`: those of the course's members, by default five, then more."""

    def __init__(self, seed: int, desks: int, folder: Path, hubs: Hubs, course: Course, *, hub_goes_back: bool) -> None:
        self.rng = random.Random(seed)
        self.course = course
        self.hubs, self.hub_goes_back = hubs, hub_goes_back
        self.oracle = Oracle()
        self.line = replace(course.line)
        self.proxy = Proxy(hubs.hub.url, self.rng, GOOD)
        self.count: dict[str, int] = {}
        self.desks: list[Desk] = []
        template = build.template(folder)
        members = [getattr(hubs.people, name) for name in course.members]
        members += [self.rng.choice(members) for _ in range(desks - len(members))]
        for at, member in enumerate(members):
            own = random.Random(seed * 1000 + at)
            desk = Desk(
                f"desk{at}", member, folder / f"desk{at}", own, self.oracle, course.falls, course.habits, course.busy
            )
            desk.start(template)
            desk.join(hubs.hub, self.proxy.url, hubs.another_device(member, desk.name))
            self.desks.append(desk)
        keeping: dict[str, Desk] = {}
        for desk in self.desks:
            keeping.setdefault(desk.member.book, desk)
        for desk in (desk for book, desk in keeping.items() if book):
            for at in range(course.clients):
                desk.store.perform(AddProspect(Details(name=f"客户{desk.member.login}{at}")))
        for _ in range(2):
            for desk in self.desks:
                desk.sync(hubs.hub, self.proxy.url)
        self.proxy.line = self.line

    def tally(self, what: str) -> None:
        self.count[what] = self.count.get(what, 0) + 1

    def step(self) -> None:
        """One thing that happens."""
        dice, course = self.rng.random(), self.course
        desk = self.rng.choice(self.desks)
        for share, what in (
            (course.people, self._act),
            (course.rounds, self._round),
            (course.hand_overs, self._hand_over),
            (course.copies, Desk.keep_copy),
            (course.desks_back, self._desk_back),
            (course.hub_copies, self._hub_copy),
            (course.hub_back, self._hub_back),
        ):
            if dice < share:
                what(desk)
                return
            dice -= share

    def _act(self, desk: Desk) -> None:
        if desk.member.role == "manager":
            desk.person.act()
            self.tally("things people did")

    def _round(self, desk: Desk) -> None:
        self.tally("rounds" if desk.sync(self.hubs.hub, self.proxy.url) else "rounds cut off")

    def _hand_over(self, _desk: Desk) -> None:
        if hand_over(self.hubs, self.rng):
            self.tally("hand-overs")

    def _desk_back(self, desk: Desk) -> None:
        with self._back_in_time():
            if desk.throw_back():
                self.tally("desks thrown back")

    def swap(self, desk: Desk) -> None:
        """Exchange a desk's file with the copy that was made of it."""
        with self._back_in_time():
            if desk.throw_back(swap=True):
                self.tally("files swapped")
        self.oracle.gone -= self._tokens()  # what was put aside came back

    def _hub_copy(self, _desk: Desk) -> None:
        if self.hub_goes_back:
            self.hubs.keep()

    def _hub_back(self, _desk: Desk) -> None:
        if self.hub_goes_back and not self.hubs.kept:
            self.hubs.keep()
        elif self.hub_goes_back:
            with self._back_in_time():
                self.hubs.throw_back()
            self.proxy.upstream = self.hubs.hub.url
            self.tally("hub thrown back")

    @contextmanager
    def _back_in_time(self) -> Iterator[None]:
        """What is nowhere any more after this is gone: nobody can bring it back."""
        before = self._tokens()
        yield
        self.oracle.gone |= before - self._tokens()

    def _tokens(self) -> set[str]:
        here = tokens_in([(row["fields"], row["conflicts"]) for row in self.hubs.rows().values()])
        return here.union(tokens_in(self.hubs.aside()), *(desk.tokens() for desk in self.desks))

    def finish(self) -> Wrong:
        """The line is mended and everybody syncs until all is quiet; then the reckoning."""
        self.line.mend()
        for desk in self.desks:
            desk.fall = desk.busy = 0.0
        through: dict[str, bool] = {}
        for _ in range(QUIET_ROUNDS):
            for desk in self.desks:
                through[desk.name] = desk.sync(self.hubs.hub, self.proxy.url)
            if all(through.values()) and all(desk.quiet for desk in self.desks):
                break
        return self._reckon({name for name, done in through.items() if not done})

    def _reckon(self, cut_off: set[str]) -> Wrong:
        wrong = Wrong()
        rows = self.hubs.rows()
        for desk in self.desks:
            reach = self.hubs.reachable(desk.member)
            want = {key: row for key, row in rows.items() if row["scope_id"] in reach and not row["deleted"]}
            # A hub that was thrown back may have forgotten a hand-over: what it refuses from then on waits for a word.
            excused = desk.refused_clients() if self.hubs.thrown_back else set()
            have = desk.wire_rows()
            have = {key: row for key, row in have.items() if key in want or row.get("client_id") not in excused}
            for key in sorted(set(want) | set(have)):
                if not _alike(want.get(key), have.get(key), key[0]):
                    told = {"hub": want.get(key), "desk": have.get(key), "hub's parent": _parent(rows, want.get(key))}
                    told["history"] = self.hubs.history(key[1])
                    wrong.diverged.append((desk.name, key, told, desk.held(key[1])))
            wrong.leaked += [
                (desk.name, one, self.hubs.clients().get(one), self.hubs.history(one), desk.held(one))
                for one in foreign(desk, {row["client_id"] for row in want.values()})
                if one not in excused
            ]
            if desk.waiting() or desk.name in cut_off:
                wrong.stuck.append((desk.name, desk.name in cut_off, desk.unsent()))
        if self.course.own:
            wrong.diverged += self.hubs.own_differences()
        kept = _kept(self.hubs, rows)
        for desk in self.desks:
            kept |= desk.refused_tokens()
        for word in self.oracle.lost(_current(rows), kept):
            wire = wire_of(word)
            record = rows.get((word.type, wire)), self.hubs.history(wire)
            held = [(desk.name, desk.held(wire)) for desk in self.desks]
            wrong.lost.append((word, record, held))
        return wrong

    def close(self) -> None:
        """Stop everything."""
        self.proxy.close()
        for desk in self.desks:
            desk.close()


def wire_of(word: Word) -> str:
    """The wire id of the record a word was written in."""
    if word.type != "kyc_block":
        return word.record
    values = dict(zip(BY_NAME["kyc_block"].natural, word.record.split("/"), strict=True))
    return str(ids.natural_id(BY_NAME["kyc_block"], values, ""))


def _parent(rows: dict[tuple[str, str], dict[str, Any]], row: dict[str, Any] | None) -> Any:
    return None if row is None else [one for one in rows.values() if one["id"] == row["parent_id"]]


def _alike(want: dict[str, Any] | None, have: dict[str, Any] | None, kind: str) -> bool:
    if want is None or have is None:
        return want is None and have is None
    names = want["fields"] if BY_NAME[kind].sparse else [one.name for one in BY_NAME[kind].fields]
    return all(want["fields"].get(name) == have.get(name) for name in names)


def _current(rows: dict[tuple[str, str], dict[str, Any]]) -> set[Word]:
    found = set()
    for (kind, wire), row in rows.items():
        if kind in WORDS and not row["deleted"]:
            fields = row["fields"]
            name = (
                "/".join([str(fields["client_id"]), fields["area"], fields["tense"]]) if kind == "kyc_block" else wire
            )
            found |= {Word(kind, name, one, fields[one]) for one in WORDS[kind] if fields.get(one)}
    return found


def _kept(hubs: Hubs, rows: dict[tuple[str, str], dict[str, Any]]) -> set[str]:
    """Tokens in open differences, in the history of states, and in what is kept aside."""
    told = [row["conflicts"] for row in rows.values()]
    told += [row["fields"].get("item") for (kind, _), row in rows.items() if kind == "late_edit"]
    return tokens_in([*told, hubs.aside()])


def foreign(desk: Desk, clients: set[str]) -> list[str]:
    """Clients on a desk that are in none of its books."""
    rows = desk.person.ask(lambda reads: reads.rows("SELECT s.wire_id FROM sync_client s"))
    return [row[0] for row in rows if row[0] not in clients]


def hand_over(hubs: Hubs, rng: random.Random) -> bool:
    """A client goes from one manager to the other, asked for by their lead and confirmed by an administrator."""
    people, clients = hubs.people, sorted(hubs.clients().items())
    if not clients:
        return False
    client, book = rng.choice(clients)
    move_client(hubs, client, people.li.book if book == people.wang.book else people.wang.book)
    return True


def move_client(hubs: Hubs, client: str, book: str) -> None:
    """A client (wire id) goes to another book, asked for by the lead and confirmed by an administrator."""
    lead, administrator = hubs.caller(hubs.people.chen), hubs.caller(hubs.people.admin)
    asked = handover.ask(hubs.hub.core, lead, HandoverAsk([client], book, "moves"))
    handover.confirm(hubs.hub.core, administrator, asked.handovers[0].batch)


@contextmanager
def world(
    seed: int,
    desks: int = 5,
    *,
    hub_goes_back: bool = True,
    course: Course | None = None,
    server: Postgres | None = None,
) -> Iterator[World]:
    """A world with a PostgreSQL of its own, or in a database on `server`; everything is gone afterwards."""
    with ExitStack() as stack:
        folder = Path(tempfile.mkdtemp(prefix="rmfuzz"))
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        hubs = Hubs(server or stack.enter_context(Postgres()), f"fuzz{seed}_{folder.name[6:].lower()}")
        stack.callback(hubs.close)
        made = World(seed, desks, folder, hubs, course or EVERYDAY, hub_goes_back=hub_goes_back)
        stack.callback(made.close)
        yield made
