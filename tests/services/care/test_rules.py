"""Lanes and how a day is put together."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rmdesk.models.kinds import ClientStatus, Lane
from rmdesk.services.care import rules
from rmdesk.services.scoring import tables

RULE = tables.lanes()
NAN = float("nan")


def column(*values: float) -> rules.Floats:
    return np.array(values, dtype=np.float64)


def test_who_is_not_scored() -> None:
    statuses = tuple(ClientStatus)
    status = np.array([statuses.index(one) for one in ("active", "active", "active", "closed", "deceased")])
    found = rules.excluded(status, column(1, 0, NAN, 1, 0), statuses)
    assert found.tolist() == [0, rules.Excluded.NO_CONSENT, 0, rules.Excluded.CLOSED, rules.Excluded.DECEASED]


@pytest.mark.parametrize(
    ("amount", "share", "expected"),
    [
        (500_000, 0.01, True),
        (499_999, 0.49, False),
        (10, 0.5, True),
        (10, NAN, False),
        (600_000, NAN, True),
        (10, (0.1 + 0.2) / 0.6 - 1e-16, True),  # the last bit decides nothing
        (0, 0, False),
    ],
)
def test_a_maturity_is_big_by_itself_or_for_the_client(amount: float, share: float, expected: bool) -> None:
    assert rules.big_maturity(column(amount), column(share), RULE)[0] == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 11, 30), False),
        (date(2026, 12, 1), False),
        (date(2026, 12, 2), True),
        (date(2027, 1, 15), True),
        (date(2027, 2, 1), False),
        (date(2026, 6, 1), True),
        (date(2026, 7, 31), True),
    ],
)
def test_a_watch_is_urgent_before_the_reviews(day: date, expected: bool) -> None:
    assert rules.review_is_near(day, RULE) == expected


@pytest.mark.parametrize(
    ("loyalty", "gap", "inbound", "expected"),
    [
        (0.7, 31, NAN, True),
        (0.69, 31, NAN, False),
        (0.9, 30, NAN, False),  # not overdue
        (0.9, NAN, NAN, False),  # nobody knows whether overdue
        (0.9, 31, 89, False),  # came to us
        (0.9, 31, 90, True),
    ],
)
def test_the_silent_loyal(loyalty: float, gap: float, inbound: float, expected: bool) -> None:
    found = rules.silent_loyal(column(loyalty), column(gap), column(30), column(inbound), RULE)
    assert found[0] == expected


SHARES = rules.Shares(silent=0.3, chance=0.1)


def composed(
    must: str, silent: str, chance: str, length: int, shares: rules.Shares = SHARES, *, strict: bool = False
) -> dict[str, list[int]]:
    flags = [np.array([letter == "x" for letter in text]) for text in (must, silent, chance)]
    lanes = rules.compose(np.arange(len(must)), *flags, length, shares, strict=strict)
    return {lane.value: rows.tolist() for lane, rows in lanes.items() if len(rows)}


def test_the_day_is_filled_by_points_with_room_for_the_quiet_and_for_chances() -> None:
    found = composed("x.........", "....xxx...", ".......x.x", 6)
    assert found == {"must": [0], "priority": [1, 2], "silent_loyal": [4, 5], "opportunity": [7]}


def test_a_chance_or_a_loyal_client_that_points_alone_would_list_takes_no_extra_place() -> None:
    assert composed("......", "x.....", ".x....", 3) == {"priority": [1, 2], "silent_loyal": [0]}


def test_must_dos_are_all_listed_and_the_list_grows_for_the_quiet() -> None:
    found = composed("xxxxxxx....", ".......xxxx", "..........x", 5)
    assert found == {"must": [0, 1, 2, 3, 4, 5, 6], "silent_loyal": [7, 8, 9]}


def test_a_few_by_points_are_kept_even_when_must_dos_fill_the_day() -> None:
    shares = rules.Shares(silent=0.3, chance=0.1, least_by_points=2)
    assert composed("xxx....", ".......", ".......", 3, shares) == {"must": [0, 1, 2], "priority": [3, 4]}


def test_a_strict_length_is_kept() -> None:
    found = composed("xxxxxxx....", ".......xxxx", "...........", 5, strict=True)
    assert found == {"must": [0, 1, 2], "silent_loyal": [7, 8]}


flags = st.lists(st.tuples(st.booleans(), st.booleans(), st.booleans()), max_size=40)


@given(flags, st.integers(1, 20), st.integers(0, 4))
def test_what_holds_for_every_day(clients: list[tuple[bool, bool, bool]], length: int, least: int) -> None:
    must, silent, chance = (np.array([one[at] for one in clients], dtype=bool) for at in range(3))
    shares = rules.Shares(silent=0.3, chance=0.1, least_by_points=least)
    lanes = rules.compose(np.arange(len(clients)), must, silent, chance, length, shares)
    listed = np.concatenate([lanes[lane] for lane in lanes])
    assert len(set(listed.tolist())) == len(listed)
    assert lanes[Lane.MUST].tolist() == np.flatnonzero(must).tolist()
    quiet = len(lanes[Lane.SILENT_LOYAL])
    assert quiet >= 0.3 * len(listed) - 1e-9 or quiet == int((silent & ~must).sum())
    assert len(listed) >= min(length, len(clients))
    for rows in lanes.values():
        assert rows.tolist() == sorted(rows.tolist())  # rank order within a lane


@given(flags, st.integers(1, 20))
def test_a_strict_list_is_never_longer(clients: list[tuple[bool, bool, bool]], length: int) -> None:
    must, silent, chance = (np.array([one[at] for one in clients], dtype=bool) for at in range(3))
    lanes = rules.compose(np.arange(len(clients)), must, silent, chance, length, SHARES, strict=True)
    assert sum(len(rows) for rows in lanes.values()) == min(length, len(clients))
