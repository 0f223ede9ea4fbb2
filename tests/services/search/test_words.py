"""How texts are cut for the index, how what was typed is asked for, and where it stands in a text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rmdesk.services.search import words

chinese = st.text(alphabet="喝茶谈女儿留学费用Ａbc1 ，。", min_size=0, max_size=30)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("喝茶", ["喝", "茶", "喝茶"]),
        ("Ｌｅｇｏ 3号", ["lego", "3", "号"]),
        ("Zürich, 2026", ["zürich", "2026"]),
        ("，。", []),
    ],
)
def test_characters_and_pairs_are_words(text: str, found: list[str]) -> None:
    assert list(words.words(text)) == found


@pytest.mark.parametrize(
    ("typed", "question"),
    [
        ("茶", '"茶"'),
        ("留学", '"留学"'),
        ("留学费", '"留学" AND "学费"'),
        ("lego 茶", '"lego"* AND "茶"'),
        ('" OR *', '"or"*'),
        ("，", ""),
    ],
)
def test_what_is_typed_becomes_a_question(typed: str, question: str) -> None:
    assert " AND ".join(map(words.question, words.pieces(typed))) == question


@given(text=chinese, data=st.data())
def test_whatever_part_is_typed_is_found_where_it_stands(text: str, data: st.DataObject) -> None:
    parts = words.pieces(text)
    if parts:
        part = data.draw(st.sampled_from(parts))
        assert any(words.folded(text[first:last]) == part for first, last in words.places(text, part))


@given(text=st.text(max_size=200), parts=st.lists(st.sampled_from(["茶", "ab", "留学"]), max_size=3))
def test_marks_are_in_order_and_inside(text: str, parts: list[str]) -> None:
    line = words.one_line(text)
    places = words.in_order(place for part in parts for place in words.places(line, part))
    shown, marks = words.snippet(line, places, 20)
    ends = [0, *(end for pair in marks for end in pair), len(shown)]
    assert ends == sorted(ends)
    assert len(shown) <= 22
    assert "\n" not in shown


def test_a_latin_word_is_found_at_its_beginning_only() -> None:
    assert words.places("tea, steam, 茶tea", "tea") == [(0, 3), (13, 16)]


def test_of_places_that_overlap_the_longer_one_is_marked() -> None:
    assert words.in_order([(2, 3), (0, 1), (0, 2), (1, 3)]) == ((0, 2), (2, 3))
