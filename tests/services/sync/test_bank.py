"""What the bank told comes to a desk through the hub exactly as its own import would have brought it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from rmdesk.base.errors import Refused
from rmdesk.models.clients import Client
from rmdesk.models.holdings import Account
from rmdesk.services.care.queries import care_day
from rmdesk.services.imports.commands import UndoImport
from rmdesk.services.imports.queries import batches, may_import
from rmdesk.services.store.store import Store
from rmdesk.services.sync import repair
from rmdesk.services.sync.purge import purge_client
from rmdesk.wire import bank, ids
from rmdesk.wire.messages import Row
from tests.services.imports.handovers import account, client, holding, month, take_files, take_in
from tests.services.sync.feeds import BOOK, apply, held, join, told
from tests.support import build

OTHER_BOOK = "9" * 32


@pytest.fixture
def source(template: Path, tmp_path: Path) -> Iterator[Store]:
    """The desk whose imports stand for the hub's."""
    folder = tmp_path / "source"
    folder.mkdir()
    made = build.store_from(template, folder)
    yield made
    made.close()


def fill(store: Store, day: date = date(2026, 10, 31)) -> None:
    """Three clients with something of everything."""
    take_in(
        store,
        [
            client("1", name="周文敏", phone="13800000001", manager="李雷", branch_code="B1", extra={"x": "1"}),
            client("2", name="王小明", branch_code="B1", marketing_consent=1),
            client("3", name="陈静"),
            account("6222", "1", balance_minor=100_00, second_client_number="2", branch_code="B1"),
            account("6223", "2", balance_minor=200_00),
            holding(key="D1", client_number="1", account_number="6222", kind="time", amount_minor=5, product_code="P1"),
            holding(key="C1", client_number="2", account_number="6222", kind="card", name="card"),
            month(account_number="6222", month=24321, end_minor=100_00, average_minor=90_00),
            month(client_number="3", month=24321, end_minor=7),
        ],
        as_of=day,
    )


def test_a_joined_desk_holds_what_an_import_would_have_brought(store: Store, source: Store) -> None:
    fill(source)
    take_in(source, [client("1", phone="13800000009"), account("6223", balance_minor=1)], as_of=date(2026, 11, 1))
    join(store)
    apply(store, told(source))
    assert held(store) == held(source)
    assert store.read(lambda reads: reads.rows("SELECT DISTINCT book FROM sync_client")) == [(BOOK,)]


@pytest.mark.parametrize("seed", range(4))
def test_pages_may_come_in_any_order_and_any_size(store: Store, source: Store, seed: int) -> None:
    fill(source)
    rows = told(source)
    random.Random(seed).shuffle(rows)
    join(store)
    apply(store, rows, page=1 + seed)
    assert held(store) == held(source)
    assert store.read(lambda reads: reads.value("SELECT count(*) FROM sync_waiting")) == 0


def test_every_record_is_held_with_its_revision_and_an_older_row_does_nothing(store: Store, source: Store) -> None:
    fill(source)
    old = told(source, rev=1)
    take_in(source, [client("1", name="周文")], as_of=date(2026, 11, 2))
    new = told(source, rev=2)
    join(store)
    apply(store, new)
    apply(store, old)
    assert held(store) == held(source)
    known = store.read(
        lambda reads: reads.rows("SELECT wire_id, rev, scope FROM sync_record WHERE entity LIKE 'bank_%'")
    )
    assert sorted(known) == sorted((row.id, 2, row.scope) for row in new)


def test_a_row_without_facts_holds_up_nobody(store: Store, source: Store) -> None:
    fill(source)
    rows = told(source)
    poison = Row(bank.CLIENT, bank.client_record("66"), f"bank:{BOOK}", 5, ids.client_id("66"))
    join(store)
    apply(store, [poison, *rows])
    assert held(store) == held(source)


def test_a_night_that_confirms_the_book_moves_its_day_alone(store: Store, source: Store) -> None:
    fill(source)
    fill(source, date(2026, 11, 1))
    first = told(source)
    fill(source, date(2026, 11, 2))
    second = told(source, rev=2)
    texts = {row.id: row.fields for row in first}
    changed = [row for row in second if texts[row.id] != row.fields]
    assert [row.type for row in changed] == [bank.DAY]
    join(store)
    apply(store, first)
    apply(store, changed)
    assert held(store) == held(source)


def test_clients_imported_here_before_are_the_same_ones_and_keep_what_the_desk_set(store: Store, source: Store) -> None:
    take_in(
        store,
        [
            client("1", name="旧名", wechat="wx"),
            account("6222", "1", balance_minor=1),
            account("old", "1", balance_minor=9_00),
            month(account_number="6222", month=24300, end_minor=3),
        ],
        as_of=date(2026, 1, 1),
    )

    def set_at_desk(work) -> None:
        one = work.get(Client, 1)
        one.marketing_consent, one.kept = False, {"marketing_consent": "2026-02-01"}

    build.perform(store, set_at_desk)
    fill(source)
    take_in(source, [client("1", marketing_consent=1)], as_of=date(2026, 11, 1))
    join(store)
    apply(store, told(source))
    one = store.read(lambda r: r.one("SELECT id, name, wechat, marketing_consent FROM client WHERE number = '1'"))
    assert one == (1, "周文敏", "wx", 0)
    accounts = dict(store.read(lambda r: r.rows("SELECT number, closed_on FROM account")))
    assert accounts == {"6222": None, "6223": None, "old": "2026-11-21"}
    months = store.read(lambda r: r.rows("SELECT month FROM month_fact ORDER BY month, id"))
    assert months == [(24300,), (24321,), (24321,)]
    figure = store.read(lambda r: r.value("SELECT aum_minor FROM client_figures WHERE client_id = 1"))
    assert figure == 100_00 + 5


def test_an_account_that_goes_to_another_client_goes_along_in_either_order(store: Store, source: Store) -> None:
    fill(source)
    join(store)
    apply(store, told(source))
    take_in(source, [account("6222", "3")], as_of=date(2026, 11, 3))
    apply(store, list(reversed(told(source, rev=2))), page=1)
    assert held(store) == held(source)


def test_what_the_hub_takes_back_is_taken_away(store: Store, source: Store) -> None:
    fill(source)
    join(store)
    apply(store, told(source))
    build.perform(source, lambda work: work.bulk("DELETE FROM account WHERE number = '6223'", topics=()))
    build.perform(source, lambda work: work.bulk("DELETE FROM month_fact WHERE account_id IS NULL", topics=()))
    apply(store, told(source, rev=2))
    assert store.read(lambda r: r.rows("SELECT number FROM account")) == [("6222",)]
    assert store.read(lambda r: r.value("SELECT count(*) FROM month_fact")) == 1


def test_a_lead_follows_two_books_and_a_client_keeps_their_account_of_the_other(store: Store, source: Store) -> None:
    fill(source)
    join(store)
    apply(store, told(source, book=OTHER_BOOK, only=["2", "3"]))
    assert store.read(lambda r: r.value("SELECT account_id FROM holding WHERE key = 'C1'")) is None
    apply(store, told(source, only=["1"]))
    assert held(store) == held(source)
    books = dict(store.read(lambda r: r.rows("SELECT wire_id, book FROM sync_client")))
    assert books == {
        ids.client_id("1"): BOOK,
        ids.client_id("2"): OTHER_BOOK,
        ids.client_id("3"): OTHER_BOOK,
    }


def test_when_a_client_goes_what_others_hold_on_their_accounts_stays_and_comes_back_whole(
    store: Store, source: Store
) -> None:
    fill(source)
    join(store)
    others, first = told(source, book=OTHER_BOOK, only=["2", "3"]), told(source, only=["1"])
    apply(store, [*others, *first])
    build.perform(store, lambda work: purge_client(work, ids.client_id("1"), f"bank:{BOOK}"))
    assert store.read(lambda r: r.rows("SELECT key, account_id FROM holding")) == [("C1", None)]
    missing = set(store.read(repair.revisions, f"bank:{OTHER_BOOK}")) ^ {row.id for row in others}
    assert missing == {bank.money_record("2")}
    apply(store, [row for row in others if row.id in missing])
    assert store.read(repair.revisions, f"bank:{OTHER_BOOK}") == {row.id: row.rev for row in others}
    apply(store, first)
    assert held(store) == held(source)


def test_a_client_the_hub_no_longer_has_is_closed_and_nothing_is_deleted(store: Store, source: Store) -> None:
    fill(source)
    join(store)
    rows = told(source)
    apply(store, rows)
    gone = [row for row in told(source, rev=2) if row.client == ids.client_id("1")]
    for row in gone:
        row.deleted, row.fields = True, {}
    apply(store, gone)
    assert dict(store.read(lambda r: r.rows("SELECT number, status FROM client"))) == {
        "1": "closed",
        "2": "active",
        "3": "active",
    }
    assert store.read(lambda r: r.value("SELECT count(*) FROM account")) == 2


def test_nobody_at_the_desk_writes_what_the_bank_told(store: Store, source: Store) -> None:
    fill(source)
    join(store)
    apply(store, told(source))
    before = held(store)

    def by_orm(work) -> None:
        work.get(Account, 1).balance_minor = 1

    def by_core(work) -> None:
        from sqlalchemy import update

        work._session.execute(update(Account).values(balance_minor=1))

    def by_orm_new(work) -> None:
        work.add(Client(number="99", name="forged"))

    def by_sql(work) -> None:
        work.bulk("DELETE FROM holding", topics=())

    for write in (by_orm, by_core, by_orm_new, by_sql):
        with pytest.raises(Refused) as refused:
            build.perform(store, write)
        assert refused.value.code == "bank_only"
    assert held(store) == before


def test_files_are_refused_while_the_desk_follows_a_hub(store: Store, source: Store) -> None:
    first = take_in(store, [client("7", name="a")])
    join(store)
    for try_ in (lambda: take_in(store, [client("8", name="b")]), lambda: store.read(may_import)):
        with pytest.raises(Refused) as refused:
            try_()
        assert refused.value.code == "hub_imports"
    with pytest.raises(Refused):
        store.perform(UndoImport(first.result.batch))
    fill(source)
    apply(store, told(source))
    assert [(row.state, row.files) for row in store.read(batches)] == [("told", ()), ("applied", ("0.csv",))]


def test_the_demo_portfolio_arrives_whole(store: Store, demo_store: Store) -> None:
    join(store)
    apply(store, told(demo_store))
    mine, theirs = held(store), held(demo_store)
    numbered = {row[0] for row in theirs["client"]}
    theirs["client_figures"] = [row for row in theirs["client_figures"] if row[0] in numbered]
    assert mine == theirs
    assert min(len(mine[table]) for table in ("client", "account", "holding", "month_fact")) > 0


BERKA = ("clients.csv", "accounts.csv", "snapshot_1997-12-31.csv", "standing_orders.csv", "loans_to_1997-12-31.csv")


def test_a_real_hand_over_arrives_whole(store: Store, source: Store, shared_data: Path) -> None:
    take_files(source, *(shared_data / "berka" / name for name in BERKA))
    take_files(source, shared_data / "berka" / "transactions_1993.csv.gz")
    join(store)
    apply(store, told(source), page=2000)
    theirs, mine = held(source), held(store)
    assert {name: len(rows) for name, rows in mine.items()} == {name: len(rows) for name, rows in theirs.items()}
    assert mine == theirs
    assert sum(row[7] for row in mine["account"] if row[7] is not None) == 15_663_134_380
    assert store.read(_list_of) == source.read(_list_of)


def _list_of(reads) -> list[object]:
    names = dict(reads.rows("SELECT id, number FROM client"))
    return [(names[item.client], item.lane, item.score) for item in care_day(reads, day=date(1998, 1, 5)).items]
