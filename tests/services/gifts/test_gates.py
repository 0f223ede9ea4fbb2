"""The three gates: tables of cases at the boundaries, and properties that always hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rmdesk.models.kinds import ClientId, TiedTo
from rmdesk.services.gifts import gates
from rmdesk.services.gifts.gates import Facts, Past
from rmdesk.services.gifts.rules import Counted, Draft, Room, Verdict

DAY = date(2026, 11, 21)
GIFT = Draft(client=ClientId(1), title="青瓷茶则", cost_minor=10_000, currency="CNY")


def facts(left: int = 100_000, **more: object) -> Facts:
    """Facts with so much left of each limit."""
    rooms = tuple(Room(name, name, 100_000, Counted(100_000 - left)) for name in ("recipient", "client", "budget"))
    return replace(Facts(DAY, "CNY", rooms), **more)  # type: ignore[arg-type]


def verdict(draft: Draft, known: Facts) -> Verdict:
    return gates.limit(draft, known).verdict


@pytest.mark.parametrize(
    ("cost", "said"), [(9_999, Verdict.OK), (10_000, Verdict.OK), (10_001, Verdict.APPROVAL), (0, Verdict.OK)]
)
def test_at_the_limit_is_allowed_and_one_cent_over_needs_approval(cost: int, said: Verdict) -> None:
    assert verdict(replace(GIFT, cost_minor=cost), facts(10_000)) is said


@pytest.mark.parametrize("name", ["recipient", "client", "budget"])
def test_each_limit_stops_on_its_own(name: str) -> None:
    known = facts()
    tight = tuple(replace(room, limit=9_999) if room.name == name else room for room in known.rooms)
    gate = gates.limit(GIFT, replace(known, rooms=tight))
    assert gate.verdict is Verdict.APPROVAL
    assert gate.rule.en
    assert gate.rule.zh
    assert gate.rule.source
    assert "0.01" in gate.said[0].said


def test_an_approval_holds_up_to_its_cost() -> None:
    over = facts(0)
    assert verdict(GIFT, replace(over, approved=10_000)) is Verdict.OK
    dearer = gates.limit(replace(GIFT, cost_minor=10_001), replace(over, approved=10_000))
    assert dearer.verdict is Verdict.APPROVAL
    assert "100" in dearer.said[0].said


def test_an_unknown_cost_is_not_zero() -> None:
    assert verdict(replace(GIFT, cost_minor=None), facts(0)) is Verdict.WARN
    rooms = (Room("recipient", "recipient", 100_000, Counted(0, 0, unknown=1)), *facts().rooms[1:])
    assert verdict(GIFT, facts(rooms=rooms)) is Verdict.APPROVAL


def test_another_currency_counts_at_its_rate_or_not_at_all() -> None:
    dollars = replace(GIFT, cost_minor=1_000, currency="USD")
    rate = {"USD": Decimal("7.2")}
    assert gates.cost_of(dollars, facts(rates=rate)) == 7_200
    assert verdict(dollars, facts(7_200, rates=rate)) is Verdict.OK
    assert verdict(dollars, facts(7_199, rates=rate)) is Verdict.APPROVAL
    assert verdict(dollars, facts()) is Verdict.BLOCKED
    yen = replace(GIFT, cost_minor=1_000, currency="JPY")
    assert gates.cost_of(yen, facts(rates={"JPY": Decimal("0.05")})) == 5_000


@given(
    costs=st.lists(st.integers(0, 200_000), max_size=6),
    more=st.integers(0, 100_000),
    approved=st.none() | st.integers(0, 300_000),
)
def test_the_gate_never_opens_when_cost_or_spending_grows(costs: list[int], more: int, approved: int | None) -> None:
    def known(spent: int) -> Facts:
        rooms = tuple(Room(name, name, 150_000, Counted(spent)) for name in ("recipient", "client", "budget"))
        return Facts(DAY, "CNY", rooms, approved=approved)

    spent = sum(costs)
    before = verdict(GIFT, known(spent))
    assert verdict(GIFT, known(spent + more)) >= before
    assert verdict(replace(GIFT, cost_minor=10_000 + more), known(spent)) >= before


@given(spent=st.integers(0, 10**9), limit=st.integers(0, 10**9), cost=st.integers(0, 10**9))
def test_left_and_over_tell_the_same_story(spent: int, limit: int, cost: int) -> None:
    room = Room("client", "client", limit, Counted(spent))
    assert room.left >= 0
    assert (room.over(cost) == 0) == (cost <= limit - spent or spent + cost <= limit)
    if cost <= room.left and spent <= limit:
        assert room.over(cost) == 0


@pytest.mark.parametrize("tie", list(TiedTo))
def test_the_law_blocks_what_is_tied_to_business(tie: TiedTo) -> None:
    gate = gates.law(replace(GIFT, tied_to=tie.value))
    assert gate.verdict is Verdict.BLOCKED
    assert gate.field == "tied_to"
    assert gate.rule.source


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": "超市购物卡"}, "title"),
        ({"category": "cash"}, "category"),
        ({"category": "card"}, "category"),
        ({"why": "买理财送礼"}, "why"),
        ({"title": "开户送水杯"}, "title"),
    ],
)
def test_the_law_blocks_cash_by_kind_and_by_words(change: dict[str, str], field: str) -> None:
    gate = gates.law(replace(GIFT, **change))  # type: ignore[arg-type]
    assert (gate.verdict, gate.field) == (Verdict.BLOCKED, field)


def test_no_repeat_within_24_months_to_the_day() -> None:
    def past(on: date) -> Verdict:
        return gates.taste(GIFT, facts(past=(Past("青瓷 茶则", None, on),))).verdict

    assert past(date(2024, 11, 22)) is Verdict.BLOCKED
    assert past(date(2024, 11, 21)) is Verdict.OK
    assert past(date(2026, 12, 1)) is Verdict.BLOCKED  # planned for later


def test_a_taboo_blocks_and_names_itself() -> None:
    gate = gates.taste(replace(GIFT, title="红酒礼盒"), facts(taboos=("不谈股票", "不喝酒")))
    assert gate.verdict is Verdict.BLOCKED
    assert "不喝酒" in gate.said[0].said


def test_cake_is_impersonal_for_key_clients_only() -> None:
    cake = replace(GIFT, title="生日蛋糕")
    assert gates.taste(cake, facts(key_client=True)).verdict is Verdict.WARN
    assert gates.taste(cake, facts()).verdict is Verdict.OK


def test_each_gate_shows_its_rule_in_both_languages() -> None:
    for gate in gates.gates(GIFT, facts()):
        assert gate.rule.en
        assert gate.rule.zh
        assert gate.rule.source
        assert "{" not in gate.rule_said


def test_the_worst_verdict_counts() -> None:
    said = gates.gates(replace(GIFT, title="购物卡"), facts(0, key_client=True))
    assert gates.worst(said) is Verdict.BLOCKED
    assert gates.worst(()) is Verdict.OK
