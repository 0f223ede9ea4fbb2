"""Where two texts differ: the marked parts are what makes them differ, and nothing between them is left out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rmdesk.services.sync.spans import Spans, differing

TEXTS = st.text(alphabet="ab 中文，。\n1", max_size=60)


def without(text: str, spans: Spans) -> str:
    at, left = 0, []
    for first, last in spans:
        left.append(text[at:first])
        at = last
    return "".join((*left, text[at:]))


@pytest.mark.parametrize(
    ("one", "other", "marked", "marked_other"),
    [
        ("换汇 80 万美元", "换汇 60 万美元", ["80"], ["60"]),
        ("likes tea", "likes green tea", [], ["green "]),
        ("", "新的", [], ["新的"]),
        ("一样", "一样", [], []),
        ("约下周三来", "约下周四来", ["三"], ["四"]),
    ],
)
def test_words_and_signs(one: str, other: str, marked: list[str], marked_other: list[str]) -> None:
    left, right = differing(one, other)
    assert [one[a:b] for a, b in left] == marked
    assert [other[a:b] for a, b in right] == marked_other


@given(TEXTS, TEXTS)
def test_spans_are_in_order_and_within(one: str, other: str) -> None:
    for text, spans in zip((one, other), differing(one, other), strict=True):
        places = [place for span in spans for place in span]
        assert places == sorted(set(places))
        assert not places or (places[0] >= 0 and places[-1] <= len(text))


@given(TEXTS, TEXTS)
def test_what_is_not_marked_stands_in_the_other_too(one: str, other: str) -> None:
    left, right = differing(one, other)
    for text, spans, there in ((one, left, other), (other, right, one)):
        signs = iter(there)
        assert all(sign in signs for sign in without(text, spans))


def test_very_long_texts_are_compared_by_lines() -> None:
    lines = [f"第 {number} 行，一些内容" for number in range(800)]
    other = [*lines[:400], "这一行是新的", *lines[400:]]
    left, right = differing("\n".join(lines), "\n".join(other))
    assert left == ()
    assert ["\n".join(other)[a:b] for a, b in right] == ["这一行是新的\n"]
