"""What a client file shows of accounts, holdings and balances."""

from __future__ import annotations

from datetime import date, timedelta
from struct import pack

from hypothesis import given
from hypothesis import strategies as st

from rmdesk.models.clients import Client
from rmdesk.models.holdings import Account, ClientFigures, Holding
from rmdesk.models.kinds import AssetKind, ClientId
from rmdesk.services.holdings import queries
from rmdesk.services.store.store import Store
from rmdesk.services.store.work import UnitOfWork
from tests.conftest import TODAY
from tests.support.build import perform


def client(work: UnitOfWork, name: str = "周文敏") -> ClientId:
    made = Client(name=name)
    work.add(made)
    work.flush()
    return ClientId(made.id)


def test_accounts_show_own_and_shared_ones_and_say_when_they_are_out_of_date(store: Store) -> None:
    def arrange(work: UnitOfWork) -> ClientId:
        one, other = client(work), client(work, "陈国栋")
        old = TODAY - timedelta(days=36)
        work.add(Account(number="1", client_id=one, currency="CNY", balance_minor=500, as_of=TODAY - timedelta(35)))
        work.add(Account(number="2", client_id=one, currency="CNY", balance_minor=900, as_of=old))
        work.add(Account(number="3", client_id=other, second_client_id=one, currency="CNY", balance_minor=None))
        work.add(Account(number="4", client_id=other, currency="CNY", balance_minor=1))
        return one

    one = perform(store, arrange)
    rows = store.read(queries.accounts_of, one)
    assert [(row.number, row.balance_minor, row.second, row.stale) for row in rows] == [
        ("2", 900, False, True),
        ("1", 500, False, False),
        ("3", None, True, False),
    ]


def test_holdings_come_by_maturity_and_hide_what_is_over(store: Store) -> None:
    def arrange(work: UnitOfWork) -> ClientId:
        one = client(work)
        for key, matures, ended in (
            ("far", TODAY + timedelta(90), None),
            ("soon", TODAY + timedelta(3), None),
            ("never", None, None),
            ("over", TODAY - timedelta(9), TODAY - timedelta(9)),
        ):
            work.add(
                Holding(
                    key=key,
                    client_id=one,
                    name=key,
                    kind="wealth",
                    amount_minor=100,
                    currency="CNY",
                    matures_on=matures,
                    ended_on=ended,
                )
            )
        return one

    one = perform(store, arrange)
    rows = store.read(queries.holdings_of, one)
    assert [(row.name, row.days_left) for row in rows] == [("soon", 3), ("far", 90), ("never", None)]
    assert [row.name for row in store.read(queries.holdings_of, one, ended=True)] == ["soon", "far", "never", "over"]


def holding(days: int | None, amount: int | None, currency: str) -> queries.HoldingRow:
    matures = None if days is None else TODAY + timedelta(days)
    return queries.HoldingRow(
        1, "x", AssetKind.TIME, "", amount, currency, None, None, matures, days, None, None, None, None, False
    )


@given(
    st.lists(
        st.builds(
            holding,
            st.none() | st.integers(-400, 800),
            st.none() | st.integers(0, 10**9),
            st.sampled_from(["CNY", "USD"]),
        )
    )
)
def test_the_ladder_holds_every_maturity_within_its_months_once(held: list[queries.HoldingRow]) -> None:
    rungs = queries.ladder(tuple(held), TODAY, 12)
    end = date(TODAY.year + 1, TODAY.month, 1)
    inside = [row for row in held if row.matures_on and TODAY <= row.matures_on < end and row.amount_minor is not None]
    assert sum(rung.amount_minor for rung in rungs) == sum(row.amount_minor or 0 for row in inside)
    assert sum(rung.count for rung in rungs) == len(inside)
    assert [(rung.month, rung.currency) for rung in rungs] == sorted({(r.month, r.currency) for r in rungs})


def test_balances_keep_unknown_months_unknown(store: Store) -> None:
    def arrange(work: UnitOfWork) -> ClientId:
        one = client(work)
        ends = [queries.UNTOLD] * 22 + [0, 700]
        averages = [queries.UNTOLD] * 23 + [650]
        last = queries.month_of(date(2026, 10, 31))
        work.add(
            ClientFigures(
                client_id=one,
                currency="CNY",
                last_month=last,
                ends=pack("<24q", *ends),
                averages=pack("<24q", *averages),
                aum_on=date(2026, 10, 31),
            )
        )
        return one

    one = perform(store, arrange)
    balances = store.read(queries.balances_of, one)
    assert balances.months[-1] == 2026 * 12 + 9
    assert balances.ends == (*(None,) * 22, 0, 700)
    assert balances.averages == (*(None,) * 23, 650)
    assert balances.known
    assert not balances.stale
    assert store.read(queries.balances_of, one, date(2026, 12, 6)).stale


def test_a_client_without_figures_has_no_known_balance(store: Store) -> None:
    one = perform(store, client)
    assert not store.read(queries.balances_of, one).known
