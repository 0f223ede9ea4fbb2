"""The bank's files come in once for all: given out to books, numbered where they differ, gone on with when stopped."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from rmdesk.base.errors import Refused, Trouble
from rmdesk.base.progress import Progress
from rmdesk.hub.services.bank.books import POOL, mapping
from rmdesk.hub.services.bank.load import Loaded, Options, load
from rmdesk.services.store.store import Store
from rmdesk.wire import bank
from rmdesk.wire.ids import client_id, scope_id
from rmdesk.wire.merge import digest_of
from rmdesk.wire.messages import Row
from tests.services.imports.handovers import take_files
from tests.services.sync.feeds import apply, held, join
from tests.support.hub import HubUnderTest

DAY = date(2026, 11, 20)
CLIENTS = ("客户号", "姓名", "手机号", "客户经理")
ACCOUNTS = ("客户号", "账号", "币种", "余额")


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A first hand-over: two clients of one manager, one of another, one of a stranger, one of nobody."""
    folder = tmp_path / "files"
    folder.mkdir()
    table(
        folder / "clients_20261120.csv",
        CLIENTS,
        [
            ("0001", "周文敏", "13800000001", "RM-wang"),
            ("0002", "王小明", "13800000002", "RM-wang"),
            ("0003", "陈静", "13800000003", "李二"),
            ("0004", "郑芳", "13800000004", "Somebody"),
            ("0005", "孙丽", "13800000005", ""),
        ],
    )
    table(
        folder / "accounts_20261120.csv",
        ACCOUNTS,
        [(f"000{n}", f"622200000000000{n}", "CNY", f"{n}00.50") for n in range(1, 6)],
    )
    return folder


def table(path: Path, header: Sequence[str], rows: Sequence[Sequence[str]]) -> Path:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([header, *rows])
    return path


def paths(folder: Path) -> list[Path]:
    return sorted(folder.iterdir())


def take(made: HubUnderTest, *names: Path, **options: Any) -> Loaded:
    return load(made.core, names, replace(Options(as_of=DAY), **options))


def feed(made: HubUnderTest, book: str) -> list[Row]:
    """The bank's records of a book in the order of their numbers."""
    scope = scope_id("bank", book)
    with made.core.database.transaction([scope], reading=True) as connection:
        rows = connection.execute(
            "SELECT type, id, scope_id, rev, client_id, seq, deleted, fields, field_rev FROM record"
            " WHERE scope_id = %s ORDER BY seq",
            (scope,),
        ).fetchall()
    return [Row(*row) for row in rows]


def check_scope(made: HubUnderTest, book: str) -> None:
    """Head, count and digest agree with the records."""
    rows, scope = feed(made, book), scope_id("bank", book)
    with made.core.database.transaction([scope], reading=True) as connection:
        head, live, digest = connection.execute(
            "SELECT head, live, digest FROM scope WHERE id = %s", (scope,)
        ).fetchone()
    assert [row.seq for row in rows] == sorted({row.seq for row in rows})
    assert live == sum(not row.deleted for row in rows)
    assert int(digest) == sum(digest_of(row.id, row.rev) for row in rows if not row.deleted) % (1 << 64)
    assert head >= max((row.seq for row in rows), default=0)


def numbers_of(made: HubUnderTest, book: str) -> set[str]:
    return {bank.client_facts(row.fields["facts"]).number for row in feed(made, book) if row.type == bank.CLIENT}


def test_clients_go_to_the_books_of_their_managers_and_strangers_wait(hub: HubUnderTest, files: Path) -> None:
    people = hub.people
    loaded = take(hub, *paths(files))
    assert numbers_of(hub, people.wang.book) == {"0001", "0002"}
    assert numbers_of(hub, people.li.book) == {"0003"}
    assert numbers_of(hub, people.zhao.book) == set()
    assert numbers_of(hub, POOL) == {"0004", "0005"}
    assert loaded.unassigned == 2
    assert [(note.code, note.told) for note in loaded.notes if note.code == "unknown_manager"] == [
        ("unknown_manager", {"manager": "Somebody", "clients": 1})
    ]
    for book in (people.wang.book, people.li.book, POOL):
        check_scope(hub, book)
    assert feed(hub, people.wang.book)[-1].type == bank.DAY


def test_the_same_files_again_make_no_new_revision(hub: HubUnderTest, files: Path) -> None:
    take(hub, *paths(files))
    before = {book: feed(hub, book) for book in (hub.people.wang.book, hub.people.li.book, POOL)}
    again = take(hub, *paths(files))
    assert {book: feed(hub, book) for book in before} == before
    assert (again.totals["new"], again.totals["changed"]) == (0, 0)
    assert again.totals["unchanged"] == sum(map(len, before.values()))


def test_what_changed_is_numbered_and_nothing_else(hub: HubUnderTest, files: Path, tmp_path: Path) -> None:
    take(hub, *paths(files))
    before = {row.id: row for row in feed(hub, hub.people.wang.book)}
    newer = table(tmp_path / "a.csv", ACCOUNTS, [("0001", "6222000000000001", "CNY", "7.00")])
    loaded = take(hub, newer)
    after = {row.id: row for row in feed(hub, hub.people.wang.book)}
    changed = [row for key, row in after.items() if before[key].rev != row.rev]
    assert [(row.type, row.client, row.rev) for row in changed] == [(bank.MONEY, client_id("0001"), 2)]
    assert loaded.totals["changed"] == 1
    assert bank.money_facts(changed[0].fields["facts"]).accounts[0][9] == 700
    check_scope(hub, hub.people.wang.book)


def test_a_file_of_accounts_alone_finds_their_clients(hub: HubUnderTest, files: Path, tmp_path: Path) -> None:
    take(hub, *paths(files))
    take(hub, table(tmp_path / "a.csv", ("账号", "余额"), [("6222000000000003", "9.00")]))
    (money,) = [row for row in feed(hub, hub.people.li.book) if row.type == bank.MONEY]
    assert bank.money_facts(money.fields["facts"]).accounts[0][9] == 900


def test_a_check_tells_the_same_and_writes_nothing(hub: HubUnderTest, files: Path) -> None:
    told = take(hub, *paths(files), check=True)
    with hub.core.database.transaction() as connection:
        assert connection.execute("SELECT count(*) FROM bank_load").fetchone() == (0,)
        assert connection.execute("SELECT count(*) FROM hub_client").fetchone() == (0,)
    done = take(hub, *paths(files))
    assert told.totals == done.totals
    assert told.load == ""


def test_a_mapping_names_the_books_of_strangers_and_those_who_waited_come(hub: HubUnderTest, files: Path) -> None:
    take(hub, *paths(files))
    given = mapping(table(files.parent / "m.csv", ("manager", "book"), [("Somebody", "RM-zhao")]))
    take(hub, *paths(files), mapping=tuple(given), book="RM-li")
    assert numbers_of(hub, hub.people.zhao.book) == {"0004"}
    assert numbers_of(hub, hub.people.li.book) == {"0003", "0005"}
    assert numbers_of(hub, POOL) == set()
    for book in (hub.people.zhao.book, hub.people.li.book, POOL):
        check_scope(hub, book)
    with hub.core.database.transaction() as connection:
        books = dict(connection.execute("SELECT number, book FROM hub_client").fetchall())
    assert (books["0004"], books["0005"]) == (hub.people.zhao.book, hub.people.li.book)


def test_another_manager_in_the_file_proposes_a_hand_over_and_moves_nobody(
    hub: HubUnderTest,
    files: Path,
    tmp_path: Path,
) -> None:
    take(hub, *paths(files))
    other = table(tmp_path / "c.csv", CLIENTS, [("0001", "周文敏", "13800000001", "RM-li")])
    for _ in range(2):
        take(hub, other)
    assert numbers_of(hub, hub.people.wang.book) == {"0001", "0002"}
    with hub.core.database.transaction() as connection:
        rows = connection.execute("SELECT client_id, from_book, to_book, state, reason FROM handover").fetchall()
    assert rows == [(client_id("0001"), hub.people.wang.book, hub.people.li.book, "asked", "bank")]


def test_with_move_the_hand_over_is_confirmed_and_days_stay(hub: HubUnderTest, files: Path, tmp_path: Path) -> None:
    take(hub, *paths(files))
    other = table(tmp_path / "c.csv", CLIENTS, [("0001", "周文敏", "13800000001", "RM-li")])
    assert take(hub, other, move=True).moved == 1
    assert numbers_of(hub, hub.people.wang.book) == {"0002"}
    assert numbers_of(hub, hub.people.li.book) == {"0001", "0003"}
    for book in (hub.people.wang.book, hub.people.li.book):
        check_scope(hub, book)
    before = feed(hub, hub.people.li.book)
    again = take(hub, other, move=True)
    assert feed(hub, hub.people.li.book) == before
    assert again.moved == 0


class Stop(Exception):
    pass


class After(Progress):
    """Stops the load at its n-th step of writing."""

    def __init__(self, count: int) -> None:
        self.count = count

    def at(self, done: int, total: int, text: str = "") -> None:
        if text.startswith("Writing the books"):
            self.count -= 1
            if self.count < 0:
                raise Stop


class Meddling(Progress):
    """Somebody else writes into a book while the files are read."""

    def __init__(self, made: HubUnderTest, book: str) -> None:
        self.made, self.scope, self.done = made, scope_id("bank", book), False

    def at(self, done: int, total: int, text: str = "") -> None:
        if text.startswith("Writing the books") and not self.done:
            self.done = True
            with self.made.core.database.transaction([self.scope]) as connection:
                connection.execute("UPDATE scope SET head = head + 1 WHERE id = %s", (self.scope,))


def test_a_book_that_was_changed_meanwhile_is_not_overwritten(hub: HubUnderTest, files: Path) -> None:
    with pytest.raises(Trouble) as trouble:
        load(hub.core, paths(files), Options(as_of=DAY), Meddling(hub, hub.people.wang.book))
    assert trouble.value.code == "load_again"
    assert feed(hub, hub.people.wang.book) == []
    take(hub, *paths(files))
    assert numbers_of(hub, hub.people.wang.book) == {"0001", "0002"}
    assert numbers_of(hub, hub.people.li.book) == {"0003"}


@pytest.mark.parametrize("books", [0, 1, 2])
def test_a_load_that_was_stopped_goes_on_with_the_other_books(hub: HubUnderTest, files: Path, books: int) -> None:
    with pytest.raises(Stop):
        load(hub.core, paths(files), Options(as_of=DAY), After(books))
    begun = {book: feed(hub, book) for book in (hub.people.wang.book, hub.people.li.book, POOL)}
    assert sum(bool(rows) for rows in begun.values()) == books
    loaded = take(hub, *paths(files))
    assert loaded.before == books
    for book, rows in begun.items():
        assert feed(hub, book) == rows or not rows
        check_scope(hub, book)
    assert numbers_of(hub, hub.people.wang.book) == {"0001", "0002"}
    with hub.core.database.transaction() as connection:
        state, counts = connection.execute("SELECT state, counts FROM bank_load").fetchone()
    assert (state, counts["new"]) == ("done", 10 + 3)


def test_who_is_missing_from_complete_files_is_closed_and_many_are_asked_about(
    hub: HubUnderTest,
    files: Path,
    tmp_path: Path,
) -> None:
    take(hub, *paths(files))
    rest = table(tmp_path / "rest.csv", CLIENTS, [(f"000{n}", "", "", "") for n in (1, 2, 3)])
    with pytest.raises(Refused) as refused:
        take(hub, rest, complete=True)
    assert refused.value.code == "many_gone"
    take(hub, rest, complete=True, sure=True)
    closed = {
        facts.number: facts.values["status"]
        for row in feed(hub, POOL)
        if row.type == bank.CLIENT
        for facts in [bank.client_facts(row.fields["facts"])]
    }
    assert closed == {"0004": "closed", "0005": "closed"}


def test_joint_accounts_across_books_stay_whole_when_one_side_is_loaded(
    hub: HubUnderTest,
    files: Path,
    tmp_path: Path,
) -> None:
    take(hub, *paths(files))
    joint = ("客户号", "账号", "第二持有人客户号")
    take(hub, table(tmp_path / "joint.csv", joint, [("0001", "6222000000000001", "0003")]))

    def second() -> Any:
        rows = [row for row in feed(hub, hub.people.wang.book) if row.type == bank.MONEY]
        return {bank.money_facts(row.fields["facts"]).accounts[0][3] for row in rows}

    assert second() == {"0003", None}
    take(hub, table(tmp_path / "phone.csv", CLIENTS[:3], [("0002", "王小明", "13900000000")]))
    assert second() == {"0003", None}


def test_rows_the_importer_refuses_are_told_and_kept_without_values(hub: HubUnderTest, tmp_path: Path) -> None:
    bad = table(tmp_path / "bad.csv", ACCOUNTS, [("0001", "6222000000000001", "CNY", "lots"), ("", "", "", "1")])
    take(hub, table(tmp_path / "c.csv", CLIENTS, [("0001", "周文敏", "1", "")]))
    loaded = take(hub, bad)
    assert any(note.code == "row" for note in loaded.notes)
    with hub.core.database.transaction() as connection:
        kept = connection.execute("SELECT code, file, line, told::text FROM bank_finding ORDER BY no").fetchall()
    assert {(row[0], row[1]) for row in kept if row[0] == "row"} == {("row", "bad.csv")}
    assert not any("lots" in row[3] for row in kept)


def test_a_real_hand_over_through_the_hub_is_what_an_import_would_have_brought(
    hub: HubUnderTest,
    store: Store,
    tmp_path: Path,
    template: Path,
    shared_data: Path,
) -> None:
    from tests.support import build

    names = [shared_data / "berka" / "core_export_zh_gbk_19971231.csv"]
    (tmp_path / "alone").mkdir()
    alone = build.store_from(template, tmp_path / "alone")
    take_files(alone, *names)
    options = Options(currency="CZK", book="RM-wang")
    load(hub.core, names, options)
    rows = feed(hub, hub.people.wang.book)
    join(store)
    apply(store, rows, page=2000)
    mine, theirs = held(store), held(alone)
    alone.close()
    assert mine == theirs
    assert len(mine["account"]) == 4057
    assert sum(row[7] for row in mine["account"]) == 15_663_134_380
    again = load(hub.core, names, options)
    assert (again.totals["new"], again.totals["changed"]) == (0, 0)
