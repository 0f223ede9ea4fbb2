"""Several desks and a hub: what one notes reaches the others, whatever happens on the way."""

from __future__ import annotations

import csv
import random
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt

from rmdesk.base import clock
from rmdesk.base.errors import Known, Refused
from rmdesk.base.text import plural
from rmdesk.hub.embedded import Postgres
from rmdesk.hub.services.bank.load import Options, load
from rmdesk.models.kinds import Channel, ClientId
from rmdesk.services.care import queries as care
from rmdesk.services.store import profile
from rmdesk.services.store.store import Store
from rmdesk.services.sync import queries, state
from rmdesk.services.sync.engine import Report, sync_round
from rmdesk.services.sync.hub_client import HubClient
from rmdesk.services.sync.joining import JoinHub
from rmdesk.services.sync.settling import Settle
from rmdesk.services.team import queries as reviews
from rmdesk.services.team.commands import AddAddendum
from rmdesk.services.visits.commands import EditVisit, LogVisit
from rmdesk.services.visits.entry import Entry
from rmdesk.services.visits.rules import Owed
from rmdesk.ui.sync.page import SyncPage
from rmdesk.ui.team.page import TeamPage
from rmdesk.wire.ids import client_id
from rmdesk.wire.messages import SCHEMA, Hello
from tests.fuzz.desks import Always
from tests.fuzz.hubs import Hubs
from tests.fuzz.proxy import Line, Proxy
from tests.fuzz.world import move_client
from tests.support.build import perform
from tests.support.hub import Person
from tests.walk.hands import CONTROL, Hands
from tests.walk.telling import bound

STEPS: dict[str, Callable[[Any], Iterator[object]]] = {}
HEADER = ("客户号", "姓名", "手机号", "客户经理")
CLIENTS = (
    ("C001", "周文敏", "13800000001", "王一"),
    ("C002", "吴思远", "13800000002", "王一"),
    ("C003", "郑晓岚", "13800000003", "李二"),
)
NOTE, MORE, LATE = "谈到孩子明年出国，要换汇", "已约周五带外汇同事同去", "移交前一晚通话：仍想提前还贷"


step = partial(bound, STEPS)  # binds a function to a sentence of the story


@dataclass
class Team:
    """A hub behind a line that can be cut, and the desks of three people; one window at a time is open."""

    folder: Path
    language: str
    hubs: Hubs
    line: Line
    proxy: Proxy
    kept: dict[str, Any] = field(default_factory=dict)

    def store(self, name: str) -> Store:
        """Somebody's file, open without a window."""
        return profile.open_demo(self.folder / name)

    @contextmanager
    def window(self, name: str) -> Iterator[Hands]:
        """Somebody's window."""
        hands = Hands(self.folder / name, self.language)
        try:
            yield hands
        except BaseException:
            hands.stop(at_once=True)  # what went wrong is what is to be told
            raise
        hands.stop()

    def join(self, name: str, member: Person) -> int:
        """A new desk of somebody, that follows the hub from now on; gives how many clients it shows."""
        device = self.hubs.another_device(member, name)
        store = profile.create(self.folder / name, who=member.name, demo=True)
        try:
            with HubClient(self.proxy.url, Always(self.hubs.hub.token(member.id, device))) as client:
                store.perform(JoinHub(self.proxy.url, device, client.hello(Hello(device, SCHEMA, SCHEMA, "walk", ""))))
            self.kept[name] = member
            self.round(name, store)
            return int(store.read(lambda reads: reads.value("SELECT count(*) FROM client")))
        finally:
            store.close()

    def round(self, name: str, store: Store) -> Report:
        """One round of a desk."""
        member: Person = self.kept[name]
        device = str(store.read(lambda reads: state.get(reads, "device")))
        with HubClient(self.proxy.url, Always(self.hubs.hub.token(member.id, device))) as client:
            return sync_round(store, client)

    def synced(self, *names: str) -> None:
        """A round of each of these desks."""
        for name in names:
            with opened(self.store(name)) as store:
                self.round(name, store)


@contextmanager
def opened(store: Store) -> Iterator[Store]:
    try:
        yield store
    finally:
        store.close()


@contextmanager
def lived(folder: Path, language: str) -> Iterator[Team]:
    """A hub with its PostgreSQL, nobody at it yet."""
    with ExitStack() as stack:
        hubs = Hubs(stack.enter_context(Postgres()), "walk")
        stack.callback(hubs.close)
        line = Line()
        line.mend()
        proxy = Proxy(hubs.hub.url, random.Random(1), line)
        stack.callback(proxy.close)
        yield Team(folder, language, hubs, line, proxy)


def number(store: Store, told: str) -> ClientId:
    """A client by the bank's number."""
    return ClientId(store.read(lambda reads: reads.value("SELECT id FROM client WHERE number = ?", (told,))))


def again(store: Store) -> Entry:
    """The visit of the story, with more in it."""
    return Entry(number(store, "C001"), Channel.AT_CLIENT, f"{NOTE}。{MORE}")


@step("The bank's file is loaded at the hub and given out to the managers' books")
def bank_load(team: Team) -> Iterator[object]:
    path = team.folder / "clients_20261120.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([HEADER, *CLIENTS])
    done = load(team.hubs.hub.core, [path], Options(as_of=clock.today() - timedelta(days=3)))
    books = team.hubs.clients()
    people = team.hubs.people
    assert [books[client_id(one[0])] for one in CLIENTS] == [people.wang.book, people.wang.book, people.li.book]
    yield f"{done.totals}"


@step("Two managers and their lead follow the hub; each manager sees the own clients, the lead sees both books")
def join(team: Team) -> Iterator[object]:
    people = team.hubs.people
    seen = {
        name: team.join(name, one) for name, one in (("wang", people.wang), ("li", people.li), ("chen", people.chen))
    }
    assert seen == {"wang": 2, "li": 1, "chen": 3}
    yield from (f"{name}: {count}" for name, count in seen.items())


@step("What the bank told can't be changed at a desk")
def guarded(team: Team) -> Iterator[object]:
    with opened(team.store("wang")) as store:
        try:
            perform(store, lambda work: work.bulk("UPDATE client SET phone = '1'", topics=()))
        except Refused as error:
            yield str(error)


@step("I log a visit with a promise while the hub is down; it is kept, and the status line says what waits")
def log_offline(team: Team) -> Iterator[object]:
    team.line.lost = 1.0
    with team.window("wang") as hands:
        client = number(hands.store, "C001")
        promise = Owed(MORE, clock.today() + timedelta(days=3))
        told = Entry(client, Channel.AT_CLIENT, NOTE, promises=(promise,))
        team.kept["visit"] = hands.do(LogVisit(told))
        line = hands.read(queries.sync_line)
        assert line.waiting == 2
        waiting = plural("{count} record to upload", "{count} records to upload", 2)
        hands.wait(lambda: waiting in hands.app.window.status.sync.toolTip())  # a round that failed has the line itself
        yield waiting


@step("Half a day of trying loses nothing and sends nothing twice")
def trying(team: Team) -> Iterator[object]:
    with opened(team.store("wang")) as store:
        for _ in range(3):
            try:
                team.round("wang", store)
            except Known as error:
                code = error.code
        assert store.read(queries.sync_line).waiting == 2
        yield code
    assert not [row for row in team.hubs.rows().values() if row["type"] == "visit"]


@step("The answer to my batch is lost on the way, and the same batch goes again")
def lost_answer(team: Team) -> Iterator[object]:
    team.line.lost = 0.0
    with opened(team.store("wang")) as store:
        team.proxy.lose_answers("/push", 1)
        try:
            team.round("wang", store)
        except Known as error:
            yield error.code
        assert store.read(queries.sync_line).waiting == 2
        assert len([row for row in team.hubs.rows().values() if row["type"] == "visit"]) == 1
        team.round("wang", store)
        assert store.read(queries.sync_line).waiting == 0
    assert len([row for row in team.hubs.rows().values() if row["type"] == "visit"]) == 1


@step("My lead has the visit, once, and sees it in the review queue")
def reaches(team: Team) -> Iterator[object]:
    team.synced("chen")
    with team.window("chen") as hands:
        hands.app.parts.desk.go("team")
        page = hands.page(TeamPage)
        page.review.everything.setChecked(True)
        hands.settle()
        rows = [row for row in hands.read(reviews.queue, everything=True) if row.id == team.kept["visit"]]
        assert len(rows) == 1
        assert hands.read(lambda reads: reads.value("SELECT count(*) FROM visit")) == 1
        yield f"{rows[0].client_name}: {rows[0].text}"


@step("My lead gives it back with a comment; it stands in my Today")
def returned(team: Team) -> Iterator[object]:
    from rmdesk.models.kinds import Word
    from rmdesk.services.team.commands import ReviewRecord

    with team.window("chen") as hands:
        hands.do(ReviewRecord("visit", team.kept["visit"], Word.RETURNED, comment="下一步是什么？"))
    team.synced("chen", "wang")
    with team.window("wang") as hands:
        (row,) = [row for row in hands.read(care.agenda) if row.kind == "returned"]
        assert row.entity == "visit"
        yield f"{row.name}: {row.text}"


@step("I write more; my lead sees that it was changed and passes it")
def passes(team: Team) -> Iterator[object]:
    from rmdesk.services.team.rules import Why

    with team.window("wang") as hands:
        hands.do(EditVisit(team.kept["visit"], again(hands.store)))
    team.synced("wang", "chen")
    with team.window("chen") as hands:
        (row,) = [row for row in hands.read(reviews.queue) if row.id == team.kept["visit"]]
        assert row.why is Why.CHANGED
        hands.app.parts.desk.go("team")
        review = hands.page(TeamPage).review
        hands.wait(lambda: review.log is not None)
        hands.press(Qt.Key.Key_Return, CONTROL)
        hands.settle()
        hands.wait(lambda: not [one for one in hands.read(reviews.queue) if one.id == team.kept["visit"]])
        yield row.why
    team.synced("chen", "wang")


@step("What was passed is sealed: an edit is refused and an addendum goes through")
def sealed(team: Team) -> Iterator[object]:
    with team.window("wang") as hands:
        refusal = hands.refused(EditVisit(team.kept["visit"], Entry(None, Channel.AT_CLIENT, "…")))
        hands.do(AddAddendum("visit", team.kept["visit"], "周五已同去"))
        yield str(refusal)
    team.synced("wang", "chen")
    with opened(team.store("chen")) as store:
        assert store.read(lambda reads: reads.value("SELECT text FROM addendum")) == "周五已同去"


@step("I write the same field at two desks offline: both versions are kept, and I say which one holds")
def both(team: Team) -> Iterator[object]:
    from rmdesk.services.clients.commands import SetNote

    team.join("wang2", team.hubs.people.wang)
    for name, text in (("wang", "喜欢龙井"), ("wang2", "喜欢普洱")):
        with opened(team.store(name)) as store:
            store.perform(SetNote(number(store, "C002"), text))
    team.synced("wang", "wang2")
    with team.window("wang2") as hands:
        hands.app.parts.desk.go("sync")
        hands.page(SyncPage)
        (one,) = hands.read(queries.differences)
        assert {version.text for version in one.versions} == {"喜欢龙井", "喜欢普洱"}
        hands.do(Settle(*one.key, text="喜欢龙井，也喝普洱"))
        yield from (f"{version.by}: {version.text}" for version in one.versions)
    team.synced("wang2", "wang")
    with opened(team.store("wang")) as store:
        assert store.read(queries.sync_line).differences == 0
        assert (
            store.read(lambda reads: reads.value("SELECT note FROM client WHERE number = 'C002'"))
            == "喜欢龙井，也喝普洱"
        )


@step("A client moves to my colleague: my desk keeps nothing of it, what I wrote too late reaches my colleague")
def moves(team: Team) -> Iterator[object]:
    with opened(team.store("wang")) as store:
        store.perform(LogVisit(Entry(number(store, "C002"), Channel.PHONE, LATE)))
    people = team.hubs.people
    move_client(team.hubs, client_id("C002"), people.li.book)
    team.synced("wang", "wang2", "li", "chen")
    for name in ("wang", "wang2"):
        with opened(team.store(name)) as store:
            assert store.read(lambda reads: reads.value("SELECT count(*) FROM client WHERE number = 'C002'")) == 0
    with team.window("li") as hands:
        (late,) = hands.read(queries.late_edits)
        hands.app.parts.desk.go("sync")
        hands.page(SyncPage)
        yield f"{late.by}: {LATE}"
