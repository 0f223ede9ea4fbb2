"""The ranking on a day knows what the bank had told by that day, and nothing later."""

from __future__ import annotations

from datetime import date
from typing import Any

from rmdesk.services.churn import queries
from rmdesk.services.store.store import Store
from tests.services.imports.handovers import Told, account, client, holding, month, take_in

THEN, LATER = date(2025, 12, 31), date(2026, 6, 30)
EXTRA = {"std_balance": "4,000.00", "avg_trans_amount": "900", "trans_count": "100", "debit_count": "40"}
QUIET = {"Std Balance": "100", "tx_amount_mean": "100", "trans_count": 100, "debit_count": 70}


def portfolio(count: int = 30) -> list[Told]:
    """Quiet accounts, and one (number 1) that moves a lot."""
    told: list[Told] = []
    for number in range(1, count + 1):
        told += [client(f"C{number}", name="张三")]
        told += [
            account(
                str(number), f"C{number}", balance_minor=(3_000_000 if number == 1 else 1_000_000), currency="CNY",
                average_minor=1_000_000, extra=EXTRA if number == 1 else QUIET, opened_on="2024-01-05",
            )
        ]  # fmt: skip
    return told


def ranked(store: Store, day: date | None) -> dict[str, Any]:
    return store.read(queries.ranking, day).plain()


def of(data: dict[str, Any], number: str) -> dict[str, Any]:
    return next(row for row in data["clients"] if row["account"] == number)


def test_accounts_come_by_risk_each_with_its_receipt(store: Store) -> None:
    take_in(store, portfolio(), as_of=THEN)
    data = ranked(store, THEN)
    assert data["as_of"] == "2025-12-31"
    assert len(data["clients"]) == 30
    first = data["clients"][0]
    assert (first["client"], first["account"]) == ("C1", "1")
    assert {line["signal"] for line in first["lines"]} == {"free", "swing", "moves", "above", "seldom"}
    assert round(sum(line["points"] for line in first["lines"]), 2) == round(100 * first["risk"], 2)
    risks = [row["risk"] for row in data["clients"]]
    assert risks == sorted(risks, reverse=True)
    assert [row["account"] for row in data["clients"][1:4]] == ["2", "3", "4"]  # ties by number


def test_nothing_told_later_changes_what_was_known(store: Store) -> None:
    months = [month(account_number="2", month=2025 * 12 + m, end_minor=900_000 + 10_000 * m) for m in range(12)]
    take_in(store, [*portfolio(), *months], as_of=THEN)
    before = ranked(store, THEN)
    later = [
        *[account(str(n), f"C{n}", balance_minor=50_000, average_minor=90_000, currency="CNY",
                  extra={"std_balance": "9000", "trans_count": "1", "新列": "x"}) for n in range(1, 20)],
        *[month(account_number="2", month=2026 * 12 + m, end_minor=10_000, tx_count=1) for m in range(6)],
        client("C99"), account("99", "C99", balance_minor=1, currency="CNY", opened_on="2026-02-01"),
        holding(key="S1", client_number="C1", account_number="1", kind="standing_order"),
        account("3", "C3", closed_on="2026-03-01"),
    ]  # fmt: skip
    take_in(store, later, as_of=LATER)
    assert ranked(store, THEN) == before
    now = ranked(store, LATER)
    assert now != before
    assert of(now, "99")
    assert all(row["account"] != "3" for row in now["clients"])


def test_a_hand_over_that_only_confirms_moves_no_day(store: Store) -> None:
    take_in(store, portfolio(), as_of=THEN)
    before = ranked(store, THEN)
    take_in(store, portfolio(), as_of=LATER)
    assert ranked(store, THEN) == before


def test_figures_told_first_later_are_unknown_before(store: Store) -> None:
    bare = [told for n in range(1, 31) for told in (client(f"C{n}"), account(str(n), f"C{n}", opened_on="2024-01-05"))]
    take_in(store, bare, as_of=THEN)
    take_in(store, portfolio(), as_of=LATER)
    assert [row["risk"] for row in ranked(store, THEN)["clients"]] == [0.0] * 30
    assert of(ranked(store, LATER), "1")["risk"] > 0.5


def test_an_account_nobody_had_told_of_is_not_listed(store: Store) -> None:
    take_in(store, portfolio(3), as_of=LATER)
    assert ranked(store, THEN)["clients"] == []  # opened by then, but that was told later
    assert ranked(store, date(2023, 12, 31))["clients"] == []


def test_a_hand_over_of_an_earlier_day_counts_whenever_it_comes_in(store: Store) -> None:
    bare = [told for n in range(1, 31) for told in (client(f"C{n}"), account(str(n), f"C{n}", opened_on="2024-01-05"))]
    take_in(store, bare, as_of=LATER)
    take_in(store, portfolio(), as_of=THEN)
    assert of(ranked(store, THEN), "1")["risk"] > 0.5


def test_only_months_that_had_ended_count(store: Store) -> None:
    told = [client("C1"), account("1", "C1", opened_on="2020-01-01")]
    series = [month(account_number="1", month=2025 * 12 + m, end_minor=1_000_000) for m in range(11)]
    take_in(store, [*told, *series, month(account_number="1", month=2025 * 12 + 11, end_minor=200_000)], as_of=THEN)
    assert of(ranked(store, date(2025, 12, 30)), "1")["lines"] == []
    lines = of(ranked(store, THEN), "1")["lines"]
    assert {line["signal"] for line in lines} == {"fall"} | {
        line["signal"] for line in lines if line["signal"] == "swing"
    }


def test_standing_orders_bind_where_the_bank_tells_them(store: Store) -> None:
    take_in(store, portfolio(), as_of=THEN)
    assert all(line["signal"] != "unbound" for line in of(ranked(store, THEN), "2")["lines"])
    order = holding(key="S1", client_number="C1", account_number="1", kind="standing_order")
    take_in(store, [order], as_of=LATER)
    now = ranked(store, LATER)
    assert "unbound" in {line["signal"] for line in of(now, "2")["lines"]}
    assert "unbound" not in {line["signal"] for line in of(now, "1")["lines"]}


def test_a_client_told_as_a_whole_stands_for_an_account(store: Store) -> None:
    whole = [client("W", aum_minor=500_000, currency="CNY", opened_on="2020-01-01")]
    whole += [
        month(client_number="W", month=2025 * 12 + m, end_minor=800_000, last_own_on="2025-03-01") for m in range(12)
    ]
    take_in(store, whole, as_of=THEN)
    [row] = ranked(store, THEN)["clients"]
    assert (row["client"], row["account"]) == ("W", None)
    assert {line["signal"] for line in row["lines"]} >= {"fall", "dormant"}


def test_loans_are_no_money_that_leaves(store: Store) -> None:
    take_in(store, [client("C1"), account("L", "C1", kind="loan", balance_minor=900, currency="CNY")], as_of=THEN)
    assert ranked(store, THEN)["clients"] == []


def test_an_empty_portfolio_ranks_nothing(store: Store) -> None:
    assert ranked(store, THEN)["clients"] == []
