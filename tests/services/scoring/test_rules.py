"""The points: the worked examples to their decimals, and what always holds."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rmdesk.models.kinds import Purpose
from rmdesk.services.scoring import rules, tables

TABLE = tables.table()
OCCASIONS = tables.occasions()
WEIGHTS = tables.presets()[Purpose.MAINTAIN]
Floats = rules.Floats


def column(*values: float) -> Floats:
    return np.array(values, dtype=np.float64)


def signals(**given: float) -> dict[str, Floats]:
    return {name: column(given.get(name, 0.0)) for name in tables.SIGNALS}


def scored(aum: float, loyalty: float, **inputs: Floats) -> rules.Scores:
    lines = {line: inputs.get(line, column(0.0)) for line in tables.LINES}
    return rules.points(lines, rules.value(column(aum), column(0), TABLE), column(loyalty), WEIGHTS, TABLE)


def shown(scores: rules.Scores) -> tuple[float, ...]:
    return (*(round(float(scores.lines[line][0]), 2) for line in tables.LINES), float(scores.score[0]))


def test_a_private_client_unknown_to_us_who_takes_money_out() -> None:
    scores = scored(
        12_400_000,
        0.28,
        C=rules.contact_gap(column(33), column(10), TABLE),
        F=rules.familiarity_gap(np.array([5]), np.array([0]), TABLE),
        M=rules.maturity(2_000_000 * rules.urgency(column(3), TABLE), column(12_400_000), TABLE),
        R=rules.churn(signals(fall=float(rules.ramp(column(0.38), TABLE.signals["fall"])[0]), silence=1.0), TABLE),
    )
    assert shown(scores) == (26.05, 10.42, 0, 5.04, 13.96, 0, 55.5)


def test_a_loyal_client_with_a_birthday_and_a_maturity_ahead() -> None:
    scores = scored(
        3_200_000,
        0.95,
        C=rules.contact_gap(column(58), column(30), TABLE),
        F=rules.familiarity_gap(np.array([4]), np.array([2]), TABLE),
        O=rules.occasion(column(5), column(1), column(14), OCCASIONS),
        M=rules.maturity(800_000 * rules.urgency(column(9), TABLE), column(3_200_000), TABLE),
    )
    assert shown(scores) == (24.76, 0, 13.48, 7.52, 0, 0, 45.8)


@pytest.mark.parametrize("complaints", [1, 6])
def test_six_open_complaints_count_as_one(complaints: int) -> None:
    one = float(rules.debt(column(0.3), column(6), column(15))[0])
    scores = scored(
        1_100_000,
        0.22,
        C=rules.contact_gap(column(12), column(21), TABLE),
        F=rules.familiarity_gap(np.array([4]), np.array([1]), TABLE),
        R=rules.churn(signals(complaint=1.0), TABLE),
        S=column(max([one] * complaints)),
    )
    assert shown(scores) == (0, 3.52, 0, 0, 5.02, 1.20, 9.7)


@pytest.mark.parametrize(
    ("aum", "referrals", "expected"),
    [(0, 0, 0.0), (-5000, 0, 0.0), (90_000, 0, 1 / 3), (9_990_000, 0, 1.0), (1e12, 3, 1.0), (0, 2, 0.1), (0, 9, 0.15)],
)
def test_value_grows_by_the_logarithm_and_by_referrals(aum: float, referrals: float, expected: float) -> None:
    assert rules.value(column(aum), column(referrals), TABLE)[0] == pytest.approx(expected)


@pytest.mark.parametrize(
    ("gap", "cadence", "expected"),
    [(0, 30, 0), (24, 30, 0), (60, 30, 1), (600, 30, 1), (42, 30, 0.5), (np.nan, 30, np.nan), (60, np.nan, np.nan)],
)
def test_the_contact_gap_starts_at_four_fifths_and_is_full_at_twice(
    gap: float, cadence: float, expected: float
) -> None:
    assert rules.contact_gap(column(gap), column(cadence), TABLE)[0] == pytest.approx(expected, nan_ok=True)


@pytest.mark.parametrize(
    ("tier", "known", "expected"),
    [(5, 0, 1), (4, 1, 0.5), (4, 2, 0), (3, 0, 0.5), (2, 1, 0), (3, 2, 0), (1, 0, 0), (0, 0, np.nan)],
)
def test_the_familiarity_gap_holds_the_class_against_the_tiers_target(tier: int, known: int, expected: float) -> None:
    found = rules.familiarity_gap(np.array([tier]), np.array([known]), TABLE)[0]
    assert found == pytest.approx(expected, nan_ok=True)


@pytest.mark.parametrize(
    ("days", "expected"),
    [(-4, 0), (-3, 0.6), (-1, 0.6), (0, 1), (3, 1), (4, 1 - 0.7 / 11), (14, 0.3), (15, 0)],
)
def test_an_occasion_counts_most_in_the_last_three_days(days: float, expected: float) -> None:
    assert rules.occasion(column(days), column(1), column(14), OCCASIONS)[0] == pytest.approx(expected)


@pytest.mark.parametrize(("days", "expected"), [(-8, 0), (-7, 1), (7, 1), (8, 1 - 0.5 / 23), (30, 0.5), (31, 0)])
def test_a_maturity_counts_whole_in_its_week_and_half_in_a_month(days: float, expected: float) -> None:
    assert rules.urgency(column(days), TABLE)[0] == pytest.approx(expected)


def test_a_share_of_nothing_is_whole_and_of_the_unknown_unknown() -> None:
    found = rules.share(column(5, 0, 5, np.nan), column(0, 0, np.nan, 10))
    assert found.tolist()[:2] == [1.0, 0.0]
    assert np.isnan(found[2:]).all()


@pytest.mark.parametrize(("fall", "expected"), [(0.05, 0), (0.1, 0), (0.3, 0.5), (0.5, 1), (0.9, 1)])
def test_a_fall_counts_from_a_tenth_to_a_half(fall: float, expected: float) -> None:
    assert rules.ramp(column(fall), TABLE.signals["fall"])[0] == pytest.approx(expected)


def test_churn_signals_combine_as_chances_do() -> None:
    assert rules.churn(signals(decline=1, watch=1), TABLE)[0] == pytest.approx(1 - 0.65 * 0.65)
    assert rules.churn(signals(), TABLE)[0] == 0


def test_a_hundred_is_the_most_and_the_cap_is_a_line_of_its_own() -> None:
    full = {line: column(1.0) for line in tables.LINES}
    scores = rules.points(full, column(1.0), column(1.0), WEIGHTS, TABLE)
    assert scores.score[0] == 100
    assert scores.cap[0] == pytest.approx(100 - (90 * 1.15 + 10))


def test_unknown_inputs_earn_nothing() -> None:
    unknown = {line: column(np.nan) for line in tables.LINES}
    assert rules.points(unknown, column(np.nan), column(np.nan), WEIGHTS, TABLE).score[0] == 0


@pytest.mark.parametrize(("exact", "expected"), [(0.05, 0.1), (0.25, 0.3), (55.4499, 55.4), (55.45, 55.5)])
def test_scores_are_rounded_half_up(exact: float, expected: float) -> None:
    assert rules.rounded(column(exact), 1)[0] == expected


def test_ties_go_to_the_higher_risk_then_the_longer_gap_then_the_lower_number() -> None:
    order = rules.ordered(
        column(10, 20, 10, 10, 10),
        column(0.1, 0, 0.2, 0.1, 0.1),
        column(5, 0, 0, 9, 9),
        np.array([1, 2, 3, 5, 4]),
    )
    assert order.tolist() == [1, 2, 4, 3, 0]


# What always holds.

part = st.floats(0, 1)
columns = st.fixed_dictionaries(dict.fromkeys(tables.LINES, part))
amount = st.floats(0, 1e9)


def total(inputs: dict[str, float], aum: float, loyalty: float) -> rules.Scores:
    return scored(aum, loyalty, **{line: column(value) for line, value in inputs.items()})


@given(columns, amount, part)
def test_lines_add_up_to_the_score_before_rounding(inputs: dict[str, float], aum: float, loyalty: float) -> None:
    scores = total(inputs, aum, loyalty)
    added = sum(float(scores.lines[line][0]) for line in tables.LINES) + float(scores.cap[0])
    assert added == pytest.approx(float(scores.exact[0]))
    assert abs(added - float(scores.score[0])) <= 0.05 + 1e-9
    assert 0 <= scores.score[0] <= 100


@given(columns, amount, part, st.sampled_from(tables.LINES), part)
def test_the_score_never_falls_when_an_input_grows(
    inputs: dict[str, float], aum: float, loyalty: float, line: str, more: float
) -> None:
    grown = inputs | {line: max(inputs[line], more)}
    assert total(grown, aum, loyalty).exact[0] >= total(inputs, aum, loyalty).exact[0] - 1e-9


@given(columns, amount, part, part)
def test_the_score_never_falls_when_loyalty_grows(
    inputs: dict[str, float], aum: float, loyalty: float, more: float
) -> None:
    low, high = sorted((loyalty, more))
    assert total(inputs, aum, high).exact[0] >= total(inputs, aum, low).exact[0] - 1e-9


@given(st.floats(0, 2000), st.floats(0, 2000), st.integers(1, 365))
def test_the_contact_gap_never_falls_with_the_days(one: float, other: float, cadence: int) -> None:
    low, high = rules.contact_gap(column(*sorted((one, other))), column(cadence, cadence), TABLE)
    assert high >= low


@given(st.lists(part, min_size=len(tables.SIGNALS), max_size=len(tables.SIGNALS)), st.integers(0, 10), part)
def test_churn_never_falls_when_a_signal_grows(values: list[float], which: int, more: float) -> None:
    given_ = dict(zip(tables.SIGNALS, values, strict=True))
    name = tables.SIGNALS[which]
    grown = given_ | {name: max(given_[name], more)}
    low, high = rules.churn(signals(**given_), TABLE)[0], rules.churn(signals(**grown), TABLE)[0]
    assert 0 <= low <= high + 1e-12 <= 1 + 1e-12


@given(st.integers(1, 30), part, st.integers(0, 60), st.integers(1, 60))
def test_equal_complaints_count_as_one(count: int, severity: float, elapsed: int, allowed: int) -> None:
    each = rules.debt(column(severity), column(elapsed), column(allowed))
    assert np.max(np.repeat(each, count)) == each[0]
    assert 0 <= each[0] <= 1


@given(st.lists(st.tuples(st.floats(0, 100), part, st.floats(0, 400)), min_size=1, max_size=40), st.randoms())
def test_the_order_of_the_input_does_not_matter(
    clients: list[tuple[float, float, float]], random: st.DataObject
) -> None:
    numbered = [(number, *client) for number, client in enumerate(clients)]
    shuffled = list(numbered)
    random.shuffle(shuffled)  # type: ignore[attr-defined]

    def ranked(rows: list[tuple[int, float, float, float]]) -> list[int]:
        ids = np.array([row[0] for row in rows])
        order = rules.ordered(*(np.array([row[at] for row in rows]) for at in (1, 2, 3)), ids)
        return [int(ids[at]) for at in order]

    assert ranked(shuffled) == ranked(numbered)
