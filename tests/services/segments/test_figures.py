"""The figures that scoring rests on: which amounts count, what stays unknown, and the months."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from struct import unpack
from typing import Any

from rmdesk.models.clients import Client
from rmdesk.models.holdings import Account, Holding, MonthFact
from rmdesk.models.settings import Setting
from rmdesk.services.segments import figures
from rmdesk.services.store.store import Store
from rmdesk.services.store.work import UnitOfWork
from tests.support.build import perform

DAY = date(2026, 11, 20)
NOVEMBER = 2026 * 12 + 10
WAN = 1_000_000  # ten thousand yuan in fen


def one(store: Store, arrange: Callable[[UnitOfWork, int], None], **client: Any) -> dict[str, Any]:
    """The figures of one client arranged by a function."""

    def build(work: UnitOfWork) -> None:
        kept = Client(name="王小明", **client)
        work.add(kept)
        work.flush()
        arrange(work, kept.id)
        work.flush()
        figures.refresh(work)

    perform(store, build)
    names = [row[1] for row in store.read(lambda reads: reads.rows("PRAGMA table_info(client_figures)"))]
    rows = store.read(lambda reads: reads.rows("SELECT * FROM client_figures"))
    assert len(rows) == 1
    return dict(zip(names, rows[0], strict=True))


def account(client: int, number: str = "A1", **fields: Any) -> Account:
    return Account(**{"number": number, "client_id": client, "currency": "CNY", "as_of": DAY} | fields)


def holding(client: int, key: str = "H1", **fields: Any) -> Holding:
    given = {"key": key, "client_id": client, "name": "x", "kind": "wealth", "currency": "CNY", "as_of": DAY}
    return Holding(**given | fields)


def month(client: int, back: int, average: int | None, **fields: Any) -> MonthFact:
    """The month `back` months before November 2026; the month's end is its average unless told."""
    given = {"client_id": client, "month": NOVEMBER - back, "currency": "CNY", "average_minor": average}
    return MonthFact(**given | {"end_minor": average} | fields)


def series(blob: bytes) -> list[int | None]:
    return [None if value == -(2**63) else value for value in unpack("<24q", blob)]


def test_balances_and_holdings_of_asset_kinds_add_up_and_the_rest_is_left_out(store: Store) -> None:
    def arrange(work: UnitOfWork, client: int) -> None:
        work.add(account(client, balance_minor=2 * WAN, opened_on=date(2019, 3, 1)))
        work.add(account(client, "A2", kind="loan", balance_minor=90 * WAN))
        work.add(account(client, "A3", balance_minor=9 * WAN, closed_on=date(2026, 1, 1)))
        work.add(holding(client, amount_minor=30 * WAN))
        work.add(holding(client, "H2", kind="loan", amount_minor=50 * WAN))
        work.add(holding(client, "H3", amount_minor=7 * WAN, ended_on=date(2026, 2, 1)))

    found = one(store, arrange, opened_on=date(2020, 1, 1))
    assert (found["aum_minor"], found["aum_on"], found["demand_minor"]) == (32 * WAN, "2026-11-20", 2 * WAN)
    assert (found["product_kinds"], found["since"], found["currency"]) == (3, "2019-03-01", "CNY")


def test_a_holding_on_an_account_that_counts_it_is_not_counted_twice(store: Store) -> None:
    def arrange(work: UnitOfWork, client: int) -> None:
        counted = account(client, kind="time", balance_minor=20 * WAN)
        untold = account(client, "A2", kind="time", balance_minor=None)
        work.add(counted)
        work.add(untold)
        work.flush()
        work.add(holding(client, kind="time", amount_minor=20 * WAN, account_id=counted.id))
        work.add(holding(client, "H2", kind="time", amount_minor=5 * WAN, account_id=untold.id))

    assert one(store, arrange)["aum_minor"] == 25 * WAN


def test_a_holding_paid_from_a_demand_account_is_other_money_than_its_balance(store: Store) -> None:
    def arrange(work: UnitOfWork, client: int) -> None:
        paying = account(client, balance_minor=4 * WAN)
        work.add(paying)
        work.flush()
        work.add(holding(client, amount_minor=30 * WAN, account_id=paying.id))
        work.add(holding(client, "H2", kind="time", amount_minor=5 * WAN, account_id=paying.id))

    assert one(store, arrange)["aum_minor"] == 39 * WAN


def test_nothing_told_is_unknown_not_zero(store: Store) -> None:
    found = one(store, lambda work, client: work.add(account(client, balance_minor=None)))
    assert found["aum_minor"] is None
    assert found["aum_on"] is None


def test_an_account_of_which_only_months_were_told_has_its_last_month_end(store: Store) -> None:
    def arrange(work: UnitOfWork, client: int) -> None:
        kept = account(client, balance_minor=None)
        work.add(kept)
        work.flush()
        for back in (1, 2):
            work.add(month(client, back, 10 * back, account_id=kept.id))
        work.add(holding(client, kind="demand", account_id=kept.id, amount_minor=7))

    found = one(store, arrange)
    assert (found["aum_minor"], found["aum_on"], found["demand_minor"]) == (10, "2026-10-31", 10)
    assert series(found["averages"])[-2:] == [20, 10]


def test_a_client_of_whom_only_months_were_told_has_the_last_month_end(store: Store) -> None:
    def arrange(work: UnitOfWork, client: int) -> None:
        for back in (1, 2):
            work.add(month(client, back, 10 * back))

    found = one(store, arrange, as_of=DAY)
    assert (found["aum_minor"], found["aum_on"]) == (10, "2026-10-31")


def test_what_the_bank_tells_of_the_whole_client_counts_when_it_is_not_older(store: Store) -> None:
    found = one(store, lambda work, client: None, aum_minor=80 * WAN, currency="CNY", aum_on=DAY)
    assert found["aum_minor"] == 80 * WAN


def test_an_older_total_gives_way_to_newer_parts(store: Store) -> None:
    def arrange(work: UnitOfWork, client: int) -> None:
        work.add(account(client, balance_minor=3 * WAN))

    found = one(store, arrange, aum_minor=80 * WAN, currency="CNY", aum_on=date(2026, 8, 31))
    assert (found["aum_minor"], found["aum_on"]) == (3 * WAN, "2026-11-20")


def test_a_currency_counts_by_its_rate_or_is_named(store: Store) -> None:
    def arrange(work: UnitOfWork, client: int) -> None:
        work.add(Setting(key="general.fx_rates", value={"USD": "7.1", "JPY": "0.05"}))
        work.add(account(client, balance_minor=1000))
        work.add(account(client, "A2", balance_minor=100, currency="USD"))
        work.add(account(client, "A3", balance_minor=200, currency="JPY"))  # 200 yen are 10 yuan
        work.add(account(client, "A4", balance_minor=5, currency="EUR"))
        work.add(account(client, "A5", balance_minor=10, currency="CNY"))

    found = one(store, arrange)
    assert (found["aum_minor"], found["left_out"]) == (1000 + 710 + 1000 + 10, "EUR")


def test_the_currency_of_most_facts_is_the_portfolios_until_one_is_set(store: Store) -> None:
    found = one(store, lambda work, client: work.add(account(client, balance_minor=500, currency="CZK")))
    assert (found["aum_minor"], found["currency"]) == (500, "CZK")


def test_months_of_the_accounts_add_up_and_unknown_months_stay_unknown(store: Store) -> None:
    def arrange(work: UnitOfWork, client: int) -> None:
        one_, two = account(client, balance_minor=10), account(client, "A2", balance_minor=20)
        work.add(one_)
        work.add(two)
        work.flush()
        for back in (1, 2, 4):
            work.add(month(client, back, 10 + back, account_id=one_.id))
        for back in (1, 2, 3):  # told from the month back 3 on
            work.add(month(client, back, 20, account_id=two.id))
        work.add(month(client, 5, 99, account_id=one_.id, partial=True))

    found = one(store, arrange)
    averages = series(found["averages"])
    assert found["last_month"] == NOVEMBER - 1
    assert averages[-4:] == [14, None, 32, 31]  # in the month back 3 the first account is missing
    assert averages[:-4] == [None] * 20


def test_a_closed_account_leaves_the_later_months_known(store: Store) -> None:
    def arrange(work: UnitOfWork, client: int) -> None:
        closed = account(client, balance_minor=0, closed_on=date(2026, 9, 30))
        open_ = account(client, "A2", balance_minor=20)
        work.add(closed)
        work.add(open_)
        work.flush()
        for back in (2, 3):
            work.add(month(client, back, 10, account_id=closed.id))
        for back in (1, 2, 3):
            work.add(month(client, back, 20, account_id=open_.id))

    assert series(one(store, arrange)["averages"])[-3:] == [30, 30, 20]


def test_the_banks_month_of_the_client_wins_over_the_sum(store: Store) -> None:
    def arrange(work: UnitOfWork, client: int) -> None:
        kept = account(client, balance_minor=10)
        work.add(kept)
        work.flush()
        work.add(month(client, 1, 10, account_id=kept.id))
        work.add(month(client, 1, 70))

    assert series(one(store, arrange)["averages"])[-1] == 70


def test_holdings_that_no_month_covers_count_from_the_month_they_began(store: Store) -> None:
    def arrange(work: UnitOfWork, client: int) -> None:
        kept = account(client, balance_minor=10)
        work.add(kept)
        work.flush()
        for back in (1, 2, 3):
            work.add(month(client, back, 10, account_id=kept.id))
        work.add(holding(client, amount_minor=500, started_on=date(2026, 9, 5)))

    assert series(one(store, arrange)["averages"])[-3:] == [10, 510, 510]


def test_falls_activity_and_the_months_before_are_read_off_the_series(store: Store) -> None:
    def arrange(work: UnitOfWork, client: int) -> None:
        kept = account(client, balance_minor=600)
        work.add(kept)
        work.flush()
        for back, average in ((1, 700), (2, 800), (3, 900), (4, 1000), (5, 400)):
            work.add(
                month(
                    client,
                    back,
                    average,
                    account_id=kept.id,
                    out_minor=back * 100,
                    tx_count=2,
                    last_own_on=date(2026, 12 - back - 1, 3) if back != 2 else None,
                )
            )

    found = one(store, arrange)
    assert (found["month_before_minor"], found["quarter_before_minor"], found["peak_minor"]) == (700, 900, 900)
    assert (found["falling_months"], found["out_minor"], found["active_months"]) == (3, 100, 4)
    assert (found["last_own_on"], found["idle_minor"]) == ("2026-10-03", 600)


def test_only_the_named_clients_are_rebuilt(store: Store) -> None:
    def build(work: UnitOfWork) -> list[int]:
        clients = [Client(name="甲"), Client(name="乙")]
        for client in clients:
            work.add(client)
        work.flush()
        for client in clients:
            work.add(account(client.id, str(client.id), balance_minor=1))
        work.flush()
        figures.refresh(work)
        work.bulk("UPDATE account SET balance_minor = 2", topics=())
        figures.refresh(work, [clients[1].id])
        return [client.id for client in clients]

    first, second = perform(store, build)
    rows = store.read(lambda reads: reads.rows("SELECT client_id, aum_minor FROM client_figures ORDER BY 1"))
    assert rows == [(first, 1), (second, 2)]
