"""From the bank's files through the hub to a desk, over the real protocol, page by page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from rmdesk.hub.services.bank.load import Options, load
from rmdesk.services.care.queries import care_day
from rmdesk.services.store.reads import Reads
from rmdesk.services.store.store import Store
from rmdesk.services.sync import repair
from rmdesk.services.sync.engine import Report, sync_round
from rmdesk.services.sync.hub_client import HubClient
from rmdesk.services.sync.joining import JoinHub
from rmdesk.wire import bank, messages
from rmdesk.wire.ids import client_id, scope_id
from rmdesk.wire.messages import Edit, Item
from tests.hub.desks import Desk as Pushing
from tests.hub.services.test_bank_load import ACCOUNTS, CLIENTS, files, paths, table, take  # noqa: F401
from tests.services.imports.handovers import take_files
from tests.services.sync.feeds import held
from tests.support import build
from tests.support.hub import HubUnderTest, Person

Open = Callable[[Person], Store]


class Known:
    """Shows the token of a person at their desk."""

    def __init__(self, made: HubUnderTest, person: Person) -> None:
        self.token = made.token(person.id, person.device)

    def access(self) -> str:
        return self.token

    def renewed(self, refused: str) -> str:
        return ""


@pytest.fixture
def desk(hub: HubUnderTest, template: Path, tmp_path: Path) -> Iterator[Open]:
    """Opens an empty desk that follows the hub as somebody."""
    opened: list[Store] = []

    def follow(person: Person) -> Store:
        folder = tmp_path / person.login
        folder.mkdir()
        made = build.store_from(template, folder)
        opened.append(made)
        with HubClient("https://hub", Known(hub, person), hub.transport) as client:
            hello = messages.Hello(person.device, messages.SCHEMA, 1, "test", "2026-11-21T08:00:00.000+00:00")
            made.perform(JoinHub("https://hub", person.device, client.hello(hello)))
        return made

    yield follow
    for one in opened:
        one.close()


def sync(hub: HubUnderTest, person: Person, store: Store) -> Report:
    with HubClient("https://hub", Known(hub, person), hub.transport) as client:
        return sync_round(store, client)


def agrees(hub: HubUnderTest, person: Person, store: Store) -> None:
    """The desk holds what the hub holds of the book."""
    scope = scope_id("bank", person.book)
    with hub.core.database.transaction([scope], reading=True) as connection:
        (digest,) = connection.execute("SELECT digest FROM scope WHERE id = %s", (scope,)).fetchone()
    assert store.read(repair.digest, scope) == str(int(digest))


@pytest.fixture
def store(hub: HubUnderTest, desk: Open, files: Path) -> Store:  # noqa: F811
    """Wang's, while the hub has the bank's files and no desk has synchronised."""
    take(hub, *paths(files))
    return desk(hub.people.wang)


def test_a_load_reaches_the_desks_of_the_books_and_nobody_else(
    hub: HubUnderTest,
    desk: Open,
    files: Path,  # noqa: F811
) -> None:
    take(hub, *paths(files))
    for person, numbers in ((hub.people.wang, {"0001", "0002"}), (hub.people.li, {"0003"}), (hub.people.zhao, set())):
        store = desk(person)
        sync(hub, person, store)
        assert {row[0] for row in store.read(lambda reads: reads.rows("SELECT number FROM client"))} == numbers
        agrees(hub, person, store)
    lead = desk(hub.people.chen)
    sync(hub, hub.people.chen, lead)
    assert {row[0] for row in lead.read(lambda reads: reads.rows("SELECT number FROM client"))} == {
        "0001",
        "0002",
        "0003",
    }


def test_the_next_nights_files_reach_a_desk_whose_own_records_stay(
    hub: HubUnderTest, store: Store, tmp_path: Path
) -> None:
    sync(hub, hub.people.wang, store)

    def note(work) -> None:
        work.bulk("UPDATE client SET note = 'likes tea' WHERE number = '0001'", topics=())

    build.perform(store, note)
    sync(hub, hub.people.wang, store)
    newer = [
        table(
            tmp_path / "c_20261121.csv", CLIENTS, [("0001", "周文敏", "13900000000", ""), ("0002", "王小明", "", "")]
        ),
        table(tmp_path / "a_20261121.csv", ACCOUNTS, [("0001", "6222000000000001", "CNY", "8.00")]),
    ]
    load(hub.core, newer, Options())
    sync(hub, hub.people.wang, store)
    agrees(hub, hub.people.wang, store)
    row = store.read(
        lambda reads: reads.one(
            "SELECT c.phone, c.note, c.as_of, a.balance_minor, f.aum_minor FROM client c JOIN account a"
            " ON a.client_id = c.id JOIN client_figures f ON f.client_id = c.id WHERE c.number = '0001'"
        )
    )
    assert row == ("13900000000", "likes tea", "2026-11-21", 800, 800)


def test_a_forged_push_of_the_banks_records_is_refused(hub: HubUnderTest, files: Path) -> None:  # noqa: F811
    take(hub, *paths(files))
    forger = Pushing(hub, hub.people.wang)
    for kind, record in (
        (bank.CLIENT, bank.client_record("0001")),
        (bank.MONEY, bank.money_record("0001")),
        (bank.DAY, bank.day_record(hub.people.wang.book)),
        (bank.PRODUCT, bank.product_record(hub.people.wang.book, "P1")),
        ("account", "f" * 32),
    ):
        item = Item(kind, record, client_id("0001"), {bank.FACTS: Edit('{"number":"0001"}', 99)})
        assert forger.one(item).status == "refused"
        assert forger.one(Item(kind, record, client_id("0001"), delete=99)).status == "refused"


def test_a_hub_that_went_back_is_taken_as_it_is(hub: HubUnderTest, store: Store, tmp_path: Path) -> None:
    import psycopg

    kept = ("scope", "record", "record_dir", "hub_client", "audit")
    with psycopg.connect(hub.owner_dsn) as owner:
        for name in kept:
            owner.execute(f"CREATE TABLE copy_{name} AS SELECT * FROM {name}")
    take(hub, table(tmp_path / "a.csv", ACCOUNTS, [("0001", "6222000000000001", "CNY", "7.00")]))
    take(hub, table(tmp_path / "b.csv", CLIENTS, [("0006", "新来", "1", "RM-wang")]))
    sync(hub, hub.people.wang, store)
    with psycopg.connect(hub.owner_dsn) as owner:
        for name in reversed(kept):
            owner.execute(f"DELETE FROM {name}")
        for name in kept:
            owner.execute(f"INSERT INTO {name} SELECT * FROM copy_{name}")
        owner.execute("UPDATE hub_state SET epoch = epoch + 1")
    sync(hub, hub.people.wang, store)
    agrees(hub, hub.people.wang, store)
    balance = "SELECT balance_minor FROM account WHERE number = '6222000000000001'"
    assert store.read(lambda reads: reads.value(balance)) == 10050
    assert store.read(lambda reads: reads.value("SELECT count(*) FROM client")) == 3
    take(hub, table(tmp_path / "a2.csv", ACCOUNTS, [("0001", "6222000000000001", "CNY", "5.00")]))
    sync(hub, hub.people.wang, store)
    agrees(hub, hub.people.wang, store)
    assert store.read(lambda reads: reads.value(balance)) == 500


def test_a_real_hand_over_arrives_as_an_import_would_have_brought_it(
    hub: HubUnderTest,
    desk: Open,
    template: Path,
    tmp_path: Path,
    shared_data: Path,
) -> None:
    names = [
        shared_data / "berka" / name
        for name in ("clients.csv", "accounts.csv", "snapshot_1997-12-31.csv", "standing_orders.csv")
    ]
    (tmp_path / "alone").mkdir()
    alone = build.store_from(template, tmp_path / "alone")
    take_files(alone, *names)
    take_files(alone, shared_data / "berka" / "transactions_1993.csv.gz")
    load(hub.core, names, Options(currency="CZK", book="RM-wang"))
    load(hub.core, [shared_data / "berka" / "transactions_1993.csv.gz"], Options(currency="CZK", book="RM-wang"))
    store = desk(hub.people.wang)
    sync(hub, hub.people.wang, store)
    agrees(hub, hub.people.wang, store)
    mine, theirs = held(store), held(alone)
    listed = alone.read(day_of), store.read(day_of)
    alone.close()
    assert {name: len(rows) for name, rows in mine.items()} == {name: len(rows) for name, rows in theirs.items()}
    assert mine == theirs
    assert listed[0] == listed[1]
    assert len(listed[0]) > 0


def day_of(reads: Reads) -> list[object]:
    """The list of a day by client number: segments, points and order."""
    items = care_day(reads, day=date(1998, 1, 5)).items
    return [(item.number, item.tier, item.familiarity, item.group, item.lane, item.score) for item in items]
