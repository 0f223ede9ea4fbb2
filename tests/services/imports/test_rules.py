"""How a hand-over is laid over what is known: never erasing, never going back in time, every value with its teller."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rmdesk.services.imports.rules import laid_over, laid_plainly

COLUMNS = ("name", "phone", "extra")
DAYS = {1: "2026-01-31", 2: "2026-02-28", 3: "2026-03-31", None: ""}


def day_of(batch: int | None) -> str:
    return DAYS[batch]


def lay(old: tuple[Any, ...], header: tuple[Any, ...], day: str, new: tuple[Any, ...], batch: int) -> Any:
    return laid_over(COLUMNS, old, header, [(day, new)], batch, day_of)


def test_a_newer_value_takes_the_place_of_an_older_one() -> None:
    told = lay(("A", "1", None), (DAYS[1], 1, None), DAYS[2], ("A", "2", None), 2)
    assert (told.values, told.header, told.changed) == (("A", "2", None), (DAYS[2], 2, None), (1,))


def test_an_empty_cell_erases_nothing_and_the_value_keeps_its_teller() -> None:
    told = lay(("A", "1", None), (DAYS[1], 1, None), DAYS[2], ("B", None, None), 2)
    assert told.values == ("B", "1", None)
    assert told.header == (DAYS[2], 2, json.dumps({"phone": 1}))


def test_an_older_hand_over_fills_gaps_and_overwrites_nothing() -> None:
    told = lay(("B", None, None), (DAYS[2], 2, None), DAYS[1], ("A", "1", None), 1)
    assert told.values == ("B", "1", None)
    assert told.header == (DAYS[2], 2, json.dumps({"phone": 1}))
    assert (told.changed, told.outdated) == ((1,), (0,))


def test_a_value_kept_from_an_older_hand_over_gives_way_to_one_in_between() -> None:
    header = (DAYS[3], 3, json.dumps({"phone": 1}))
    told = lay(("B", "1", None), header, DAYS[2], ("A", "2", None), 2)
    assert told.values == ("B", "2", None)
    assert json.loads(told.header[2]) == {"phone": 2}
    assert told.outdated == (0,)


def test_the_same_values_on_a_later_day_are_confirmed() -> None:
    told = lay(("A", "1", None), (DAYS[1], 1, None), DAYS[2], ("A", "1", None), 2)
    assert (told.changed, told.header) == ((), (DAYS[2], 2, None))


def test_the_same_values_of_the_same_day_leave_no_mark() -> None:
    header = (DAYS[1], 1, None)
    assert lay(("A", "1", None), header, DAYS[1], ("A", None, None), 2).header == header


def test_what_the_desk_noted_is_known_as_told_by_nobody() -> None:
    told = lay(("A", "1", None), (None, None, None), DAYS[1], ("A", None, None), 1)
    assert told.header == (DAYS[1], 1, json.dumps({"phone": None}))


def test_extra_columns_of_two_files_stand_side_by_side() -> None:
    told = lay(("A", None, '{"a": "1"}'), (DAYS[1], 1, None), DAYS[1], (None, None, '{"b": "2"}'), 2)
    assert told.values[2] == '{"a": "1", "b": "2"}'


@pytest.mark.parametrize(("day", "expected"), [(DAYS[1], (1, "x")), (DAYS[3], (2, "y"))])
def test_rows_without_a_day_of_their_own_go_by_the_day_of_their_batch(day: str, expected: tuple[Any, ...]) -> None:
    told = laid_plainly((1, "x"), (2,), [(day, (2, "y"))], 3, day_of)
    assert told.values == expected


values = st.tuples(*[st.sampled_from([None, "1", "2", "3"])] * 2, st.none())
tellings = st.lists(st.tuples(st.sampled_from([1, 2, 3]), values), min_size=1, max_size=6)


@given(tellings)
def test_what_is_known_in_the_end_is_the_newest_telling_of_each_field(tellings: list[tuple[int, Any]]) -> None:
    """Whatever the order in which hand-overs of different days come in."""
    state: tuple[tuple[Any, ...], tuple[Any, ...]] = ((None, None, None), (None, None, None))
    for batch, new in tellings:
        told = lay(state[0], state[1], DAYS[batch], new, batch)
        again = lay(told.values, told.header, DAYS[batch], new, batch)
        assert (again.values, again.header, again.changed) == (told.values, told.header, ())
        state = (told.values, told.header)
    for place in range(2):
        told_by = [(batch, at, new[place]) for at, (batch, new) in enumerate(tellings) if new[place] is not None]
        assert state[0][place] == (max(told_by)[2] if told_by else None)
