"""Charts by their marks: what can be pressed lies where it is drawn, and says what it is; and Chinese is drawn."""

from __future__ import annotations

import sys

import numpy as np
import numpy.typing as npt
import pytest

from rmdesk.base.record import replace
from rmdesk.services.charts import (
    Bar,
    Bars,
    Cell,
    Chart,
    Curve,
    Drawn,
    Fields,
    Heat,
    Point,
    Series,
    Spot,
    Style,
    Trend,
    draw,
)
from rmdesk.services.charts.kinds import facts
from rmdesk.ui.kit.tokens import DARK, LIGHT, values

STYLE = Style(320, 240, values(LIGHT))
CURVE = Curve(
    "Pareto",
    tuple(Point(at / 10, 1 - (1 - at / 10) ** 3, f"tenth {at}", f"tenth:{at}") for at in range(1, 11)),
    "客户占比",
    Point(0.2, 0.488, "前 20% 客户 → 49% AUM", "top"),
)
FIELDS = Fields(
    "Groups",
    ("陌生", "半熟", "熟客"),
    ("低", "中", "高"),
    (Spot(0, 0, 0.5, 0.5, 1.0, "large", "spot:1"), Spot(0, 0, 0.5, 0.5, 0.02, "small", "spot:2", "risk")),
    tuple((f"field {at}", f"field:{at}") for at in range(9)),
)
TREND = Trend(
    "Tiers",
    ("1", "2", "3"),
    (Series("私行", (1.0, None, 3.0), "value", ("one", "", "three"), ("a:0", "a:1", "a:2")),),
    ((0.0, "0"), (4.0, "4")),
    "说明",
)
HEAT = Heat("Weeks", ("私行", "财富"), ("9 月", ""), tuple((Cell(0.5, "x", f"{r}:0"), Cell(None, "y")) for r in "ab"))
BARS = Bars("Lead", (Bar("到期未续", 41, "41 天", "41 days", "matured"), Bar("x", 0, "0 天", "0 days", "none")))
ALL: tuple[Chart, ...] = (CURVE, FIELDS, TREND, HEAT, BARS)


def pixels(drawn: Drawn) -> npt.NDArray[np.uint8]:
    """The picture as height x width x 4."""
    return np.frombuffer(drawn.data, np.uint8).reshape(drawn.height, drawn.width, 4)


@pytest.mark.parametrize("chart", ALL, ids=lambda chart: chart.title)
def test_every_mark_lies_on_the_picture_and_is_told_as_a_fact(chart: Chart) -> None:
    drawn = draw(chart, STYLE)
    said = {pick for _text, pick in facts(chart)} | {"top"}
    assert drawn.marks
    for mark in drawn.marks:
        assert mark.left >= -0.5
        assert mark.top >= -0.5
        assert mark.left + mark.width <= 320.5
        assert mark.top + mark.height <= 240.5
        assert mark.pick in said


@pytest.mark.parametrize("chart", ALL, ids=lambda chart: chart.title)
def test_a_picture_has_the_device_pixels_and_the_marks_stay_in_those_of_the_page(chart: Chart) -> None:
    drawn, fine = draw(chart, STYLE), draw(chart, replace(STYLE, ratio=1.5))
    assert (fine.width, fine.height) == (480, 360)
    assert len(fine.data) == 480 * 360 * 4
    for one, other in zip(drawn.marks, fine.marks, strict=True):
        assert one.left == pytest.approx(other.left, abs=2)
        assert one.top == pytest.approx(other.top, abs=2)


def test_the_small_dot_above_the_large_one_is_pressed_first_then_the_large_one_then_the_field() -> None:
    drawn = draw(FIELDS, STYLE)
    large = next(mark for mark in drawn.marks if mark.pick == "spot:1")
    x, y = large.left + large.width / 2, large.top + large.height / 2
    found = [drawn.at(x, y), drawn.at(x + large.width * 0.4, y), drawn.at(x + large.width, y)]
    assert [mark and mark.pick for mark in found] == ["spot:2", "spot:1", "field:0"]


def test_a_circle_is_not_pressed_in_the_corners_of_its_box() -> None:
    large = next(mark for mark in draw(FIELDS, STYLE).marks if mark.pick == "spot:1")
    assert large.holds(large.left + large.width / 2, large.top + 1)
    assert not large.holds(large.left + 1, large.top + 1)


def test_the_ink_of_a_dot_is_under_its_mark() -> None:
    lone = replace(FIELDS, spots=(Spot(2, 2, 0.5, 0.5, 1.0, "dot", "spot"),))
    drawn = draw(lone, STYLE)
    mark = next(mark for mark in drawn.marks if mark.pick == "spot")
    red, green, blue, clear = pixels(drawn)[round(mark.top + mark.height / 2), round(mark.left + mark.width / 2)]
    assert clear > 100
    assert green > red
    assert blue > red


def test_a_month_without_a_value_is_a_gap_and_no_mark() -> None:
    assert [mark.pick for mark in draw(TREND, STYLE).marks] == ["a:0", "a:2"]


def test_an_unknown_square_is_no_pale_square() -> None:
    drawn = draw(replace(HEAT, columns=("", "")), STYLE)
    marks = [mark for mark in drawn.marks if mark.pick == "a:0"]
    assert len(marks) == 1
    seen, step = pixels(drawn), round((320 - marks[0].left) / 2)
    y, x = round(marks[0].top + 10), round(marks[0].left + 10)
    assert tuple(seen[y, x][:3]) != tuple(seen[y, x + step][:3])


def test_chinese_is_drawn_and_not_as_boxes() -> None:
    """A font that lacks a character draws the same box for every one."""
    one, other = (
        pixels(draw(Bars("", (Bar(sign, 1, "", ""),)), STYLE))[:40, :16] for sign in ("私", "财")
    )  # fmt: skip
    assert one[..., 3].any()
    assert not np.array_equal(one, other)


def test_the_colours_are_those_of_the_theme() -> None:
    light, dark = draw(BARS, STYLE), draw(BARS, replace(STYLE, colours=values(DARK), ground=DARK.card))
    assert tuple(pixels(dark)[0, 0][:3]) == (0x1C, 0x22, 0x29)
    assert pixels(light)[0, 0][3] == 0
    assert light.marks == dark.marks


def test_larger_text_takes_its_room_from_the_drawing_and_not_from_the_edge() -> None:
    small, large = draw(HEAT, STYLE), draw(HEAT, replace(STYLE, percent=150))
    assert large.marks[0].left > small.marks[0].left
    assert large.marks[-1].left + large.marks[-1].width <= 320.5


@pytest.mark.parametrize(("form", "head"), [("png", b"\x89PNG"), ("svg", b"<?xml")])
def test_reports_get_files_that_are_the_same_each_time(form: str, head: bytes) -> None:
    one, other = (draw(CURVE, replace(STYLE, form=form, ground="#ffffff")) for _ in range(2))
    assert one.data.startswith(head)
    assert one.data == other.data


def test_nothing_is_drawn_through_pyplot() -> None:
    draw(BARS, STYLE)
    assert "matplotlib.pyplot" not in sys.modules
