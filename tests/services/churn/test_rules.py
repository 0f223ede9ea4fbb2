"""The account risk never falls when a signal grows, and its lines add up to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rmdesk.services.churn import rules
from rmdesk.services.churn.rules import Known
from rmdesk.services.churn.tables import SIGNALS, table
from rmdesk.services.rulebook import book

RULE = table()
NAN = float("nan")
STRENGTH = st.one_of(st.just(NAN), st.floats(0, 1))
STRENGTHS = st.fixed_dictionaries(dict.fromkeys(SIGNALS, STRENGTH))


@dataclass
class Account:
    """One account as tests tell it."""

    last: float = 1000.0
    demand: float = 1.0
    average: float = NAN
    ends: list[float] = field(default_factory=lambda: [NAN] * 12)
    moved: list[float] = field(default_factory=lambda: [NAN] * 12)
    count: list[float] = field(default_factory=lambda: [NAN] * 12)
    settled: float = 100.0
    quiet_days: float = NAN
    unbound: float = NAN
    deviation: float = NAN
    movement: float = NAN
    spread: float = NAN
    told_count: float = NAN
    payments: float = NAN


def known(*accounts: Account) -> Known:
    return Known(**{name: np.array([getattr(one, name) for one in accounts]) for name in Known.__match_args__})


def measured(account: Account, name: str) -> float:
    return float(rules.measures(known(account), RULE)[name][0])


def columns(strengths: dict[str, float]) -> dict[str, Any]:
    return {name: np.array([x]) for name, x in strengths.items()}


@given(STRENGTHS, st.sampled_from(SIGNALS), st.floats(0, 1))
def test_the_risk_never_falls_when_a_signal_grows(strengths: dict[str, float], name: str, more: float) -> None:
    before = rules.risk(columns(strengths), RULE)[0]
    grown = {**strengths, name: max(np.nan_to_num(strengths[name]), more)}
    after = rules.risk(columns(grown), RULE)[0]
    assert 0 <= before <= after + 1e-12
    assert after < 1


@given(STRENGTHS)
def test_the_lines_add_up_to_the_risk_and_none_is_negative(strengths: dict[str, float]) -> None:
    points = rules.points(columns(strengths), RULE)
    assert sum(line[0] for line in points.values()) == pytest.approx(100 * rules.risk(columns(strengths), RULE)[0])
    assert all(line[0] >= 0 for line in points.values())
    assert all(points[name][0] == 0 for name, x in strengths.items() if not x > 0)


@given(st.lists(STRENGTHS, min_size=2, max_size=6), st.randoms())
def test_the_order_of_the_accounts_does_not_matter(rows: list[dict[str, float]], random: Any) -> None:
    def order(places: list[int]) -> list[int]:
        strengths = {name: np.array([rows[at][name] for at in places]) for name in SIGNALS}
        risks = rules.risk(strengths, RULE)
        last = np.ones(len(places))
        return [places[at] for at in rules.ordered(risks, last, np.array(places), RULE)]

    straight = list(range(len(rows)))
    turned = random.sample(straight, len(straight))
    assert order(straight) == order(turned)


def test_what_is_told_of_an_account_gives_the_measures_of_its_signals() -> None:
    account = Account(
        last=1500, average=1000, deviation=400, movement=150, told_count=200, payments=120, unbound=1.0, quiet_days=90
    )
    others = [Account(last=1000) for _ in range(RULE.least_accounts)]
    found = {name: column[0] for name, column in rules.measures(known(account, *others), RULE).items()}
    assert found == pytest.approx(
        {"free": 1.5, "swing": 0.4, "moves": 0.15, "above": 0.5, "seldom": 0.4, "unbound": 1, "fall": NAN,
         "dormant": 90}, nan_ok=True,
    )  # fmt: skip


def test_months_stand_in_for_what_nobody_told() -> None:
    ends = [1000.0, 1200.0] * 6
    account = Account(last=900, ends=ends, moved=[400.0] * 12, count=[4.0] * 12)
    assert measured(account, "swing") == pytest.approx(RULE.from_months * 200 / 1100)
    assert measured(account, "moves") == pytest.approx(100 / 1100)
    assert measured(account, "fall") == pytest.approx(1 - 900 / 1200)
    assert measured(account, "above") == pytest.approx(900 / 1100 - 1)


def test_the_months_in_which_an_account_fills_are_no_swing() -> None:
    ends = [NAN] * 6 + [10.0, 800.0, 1000.0, 1000.0, 1000.0, 1000.0]
    assert measured(Account(ends=ends, settled=-6), "swing") == 0
    assert measured(Account(ends=ends, settled=100), "swing") > 0.3


def test_too_few_months_say_nothing() -> None:
    assert np.isnan(measured(Account(ends=[NAN] * 10 + [500.0, 900.0]), "swing"))


def test_few_accounts_have_no_middle_and_deposits_are_not_held_against_it() -> None:
    few = [Account(last=1000) for _ in range(RULE.least_accounts - 1)]
    assert np.isnan(rules.measures(known(*few), RULE)["free"]).all()
    deposit = Account(last=9000, demand=0.0)
    many = [*few, Account(last=1000), deposit]
    free = rules.measures(known(*many), RULE)["free"]
    assert free[0] == 1
    assert np.isnan(free[-1])


@pytest.mark.parametrize("usual", [0.0, -50.0, NAN])
def test_without_a_usual_level_nothing_is_held_against_it(usual: float) -> None:
    account = Account(last=100, average=usual, deviation=40, movement=15)
    assert all(np.isnan(measured(account, name)) for name in ("swing", "moves", "above"))


def test_every_number_of_the_account_risk_has_a_source() -> None:
    data = book("churn")
    entries = [*data["signal"].values(), *data["measure"].values(), *data["show"].values()]
    assert all(entry["source"] for entry in entries)
    assert set(data["signal"]) == set(SIGNALS)
    assert all(0 < signal.weight < 1 and signal.span > 0 for signal in RULE.signals.values())
