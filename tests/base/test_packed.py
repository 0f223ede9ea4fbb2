"""Records as text and back."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rmdesk.base.packed import pack, unpack
from rmdesk.base.record import record
from rmdesk.base.text import Phrase, phrase


class Colour(StrEnum):
    RED = "red"


@record
class Thing:
    name: str | None
    parts: tuple[Any, ...] = ()


leaves = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text() | st.dates()
values = st.recursive(
    leaves | st.just(Colour.RED),
    lambda inner: st.builds(tuple, st.lists(inner)) | st.dictionaries(st.text() | st.just(Colour.RED), inner)
    | st.builds(Thing, st.text(), st.builds(tuple, st.lists(inner))),
    max_leaves=12,
)  # fmt: skip


@given(values)
def test_a_value_comes_back_the_same(value: object) -> None:
    again = unpack(pack(value), (Thing, Colour))
    assert again == value
    assert type(again) is type(value)


def test_a_phrase_keeps_its_parameters() -> None:
    said = phrase("{title} on {day}", title=phrase("Birthday"), day=date(2026, 11, 23))
    assert unpack(pack(said), (Phrase,)) == said


@pytest.mark.parametrize("value", [[1], {1}, object(), b"x", (1, [2])])
def test_anything_else_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        pack(value)


def test_only_the_kinds_named_are_read() -> None:
    with pytest.raises(KeyError):
        unpack(pack(Thing("x")), ())
