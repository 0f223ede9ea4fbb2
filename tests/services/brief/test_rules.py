"""What fits on the page: who gives way, and that nothing is left out in silence."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rmdesk.base.text import phrase
from rmdesk.services.brief import rules
from rmdesk.services.brief.rules import Section
from rmdesk.services.documents import Line
from rmdesk.services.rulebook import book

NAMES = tuple(book("brief")["sections"])
leads, tails = st.sampled_from(["", "11-20"]), st.sampled_from(["", "28.0"])
lines = st.builds(Line, st.text(max_size=130), leads, st.just("plain"), tails)
parts_of = st.tuples(st.sampled_from(NAMES), st.lists(lines, max_size=30))
columns = st.lists(parts_of, max_size=8, unique_by=lambda one: one[0])


def section(name: str, count: int, text: str = "x") -> Section:
    """A section of so many one-row lines."""
    return Section(name, phrase("Title"), tuple(Line(text) for _line in range(count)))


def test_what_fits_stays_whole() -> None:
    given_ = (section("promises", 3), section("family", 2))
    assert rules.fitted(given_, 40) == given_


def test_background_gives_way_before_promises() -> None:
    promises, family = rules.fitted((section("promises", 5), section("family", 5)), 12)
    assert (len(promises.items), promises.cut) == (5, 0)
    assert family.cut > 0
    assert len(family.items) >= rules.share("family").keep


def test_in_the_last_need_background_shrinks_to_its_count() -> None:
    promises, family = rules.fitted((section("promises", 3), section("family", 5)), 8)
    assert len(promises.items) == 3
    assert (family.items, family.cut) == ((), 5)


def test_nothing_stays_but_counts_when_there_is_no_room_at_all() -> None:
    (promises,) = rules.fitted((section("promises", 3),), 0)
    assert (promises.items, promises.cut) == ((), 3)


def test_a_section_has_never_more_than_its_most() -> None:
    most = rules.share("visits").most
    (visits,) = rules.fitted((section("visits", most + 7),), 100)
    assert (len(visits.items), visits.cut) == (most, 7)


def test_long_lines_take_more_rows() -> None:
    wide = rules.number("page", "columns")
    one = section("promises", 1, "谈" * (wide // 2))
    two = section("promises", 1, "谈" * (wide // 2 + 1))
    assert rules.height(two) == rules.height(one) + 1


def test_an_empty_section_without_a_word_takes_no_room() -> None:
    assert rules.height(section("likes", 0)) == 0
    assert rules.height(Section("visits", phrase("Title"), (), empty=phrase("Title"))) == rules.HEADING + 1


@given(columns, st.integers(0, 60))
def test_nothing_is_left_out_in_silence_and_the_order_stays(parts: list[tuple[str, list[Line]]], rows: int) -> None:
    given_ = tuple(Section(name, phrase("Title"), tuple(items)) for name, items in parts)
    made = rules.fitted(given_, rows)
    assert [one.name for one in made] == [one.name for one in given_]
    for before, after in zip(given_, made, strict=True):
        assert after.items == before.items[: len(after.items)]
        assert len(after.items) + after.cut == len(before.items)
    fits = sum(map(rules.height, made)) <= rows
    assert fits or not any(one.items for one in made)


@given(columns, st.integers(0, 60))
def test_more_room_never_shows_less(parts: list[tuple[str, list[Line]]], rows: int) -> None:
    given_ = tuple(Section(name, phrase("Title"), tuple(items)) for name, items in parts)
    small, large = rules.fitted(given_, rows), rules.fitted(given_, rows + 1)
    assert sum(len(one.items) for one in small) <= sum(len(one.items) for one in large)


@given(st.text(max_size=300), st.integers(2, 120))
def test_clipping_keeps_one_line_within_its_length(text: str, length: int) -> None:
    made = rules.clipped(text, length)
    assert len(made) <= length
    assert "\n" not in made
    assert made == " ".join(text.split()) or made.endswith(rules.MARK)
