"""Charts: round axes, a cursor for keys and mouse, words for who cannot see them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from rmdesk.services.charts import scale
from rmdesk.ui.kit import format
from rmdesk.ui.kit.chart import LineChart, Series
from rmdesk.ui.kit.score_bar import ScoreBar
from rmdesk.ui.kit.sparkline import Sparkline
from rmdesk.ui.kit.theme import theme

DAYS = [date(2026, month, 28) for month in range(1, 11)]
VALUES: list[float | None] = [8.0, 8.5, None, 9.0, 9.5, 9.0, 8.0, 7.0, 6.5, 6.0]
AMOUNT = st.floats(-1e12, 1e12, allow_nan=False)


@given(AMOUNT, AMOUNT)
def test_an_axis_holds_its_values_between_round_ticks(one: float, other: float) -> None:
    low, high = sorted((one, other))
    ticks = scale.ticks(low, high)
    assert 2 <= len(ticks) <= 12
    slack = (ticks[1] - ticks[0]) * 1e-6
    assert ticks[0] <= low + slack
    assert ticks[-1] >= high - slack
    assert ticks == sorted(ticks)


@pytest.mark.parametrize(("low", "high", "expected"), [(0, 9.5, [0, 2.5, 5, 7.5, 10]), (0, 0, [0, 0.25, 0.5, 0.75, 1])])
def test_ticks_are_round(low: float, high: float, expected: list[float]) -> None:
    assert scale.ticks(low, high) == expected


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(0, 9000), st.integers(2, 12))
def test_month_marks_lie_inside_and_are_few(first: date, days: int, most: int) -> None:
    last = first + timedelta(days)
    marks = scale.months(first, last, most)
    assert all(first <= mark <= last and mark.day == 1 for mark in marks)
    assert len(marks) <= most + 1


def chart_of(qtbot: QtBot) -> LineChart:
    made = LineChart("AUM", lambda value: f"{value:.1f} M")
    qtbot.addWidget(made)
    made.resize(600, 300)
    made.show_series(Series("AUM", list(zip(DAYS, VALUES, strict=True)), area=True))
    made.show()
    return made


def test_arrows_move_the_cursor_over_the_known_days(qtbot: QtBot) -> None:
    chart = chart_of(qtbot)
    for key, at in (
        (Qt.Key.Key_Left, DAYS[-1]),
        (Qt.Key.Key_Left, DAYS[-2]),
        (Qt.Key.Key_Home, DAYS[0]),
        (Qt.Key.Key_Right, DAYS[1]),
        (Qt.Key.Key_Right, DAYS[3]),
        (Qt.Key.Key_End, DAYS[-1]),
    ):
        qtbot.keyClick(chart, key)
        assert chart.at == at
    assert chart.accessibleName() == f"AUM {format.day(DAYS[-1])}: AUM 6.0 M"
    chart.grab()


def test_the_mouse_finds_the_nearest_day(qtbot: QtBot) -> None:
    chart = chart_of(qtbot)
    qtbot.mouseMove(chart, QPoint(chart.width() - 15, 100))
    qtbot.waitUntil(lambda: chart.at == DAYS[-1])


def test_the_chart_is_told_in_words(qtbot: QtBot) -> None:
    chart = chart_of(qtbot)
    said, *each = chart.accessibleDescription().splitlines()
    assert said == "AUM: from 8.0 M on 2026-01-28 to 6.0 M on 2026-10-28; lowest 6.0 M, highest 9.5 M"
    assert each == chart.facts()
    assert len(each) == sum(value is not None for value in VALUES)


def test_a_chart_without_figures_says_so(qtbot: QtBot) -> None:
    chart = LineChart("AUM")
    qtbot.addWidget(chart)
    chart.show_series(Series("AUM", []))
    chart.grab()
    qtbot.keyClick(chart, Qt.Key.Key_Left)
    assert chart.at is None
    assert "No figures yet" in chart.accessibleDescription()


def test_the_line_is_drawn_in_its_colour(qtbot: QtBot) -> None:
    image = chart_of(qtbot).grab().toImage()
    colours = {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}
    assert theme.colour("accent").name() in colours


@given(st.lists(st.one_of(st.none(), AMOUNT), max_size=30))
def test_a_sparkline_stays_inside(values: list[float | None]) -> None:
    line = Sparkline(values)
    line.resize(200, 40)
    points = line.points()
    assert len(points) in (0, sum(value is not None for value in values))
    assert all(0 <= point.x() <= 200 and 0 <= point.y() <= 40 for point in points)


def test_a_score_bar_says_its_parts(qtbot: QtBot) -> None:
    bar = ScoreBar((("value", 28), ("risk", 21.5), ("occasion", 0)))
    qtbot.addWidget(bar)
    assert bar.accessibleName() == "Value 28.0, Churn risk 21.5"
    bar.resize(100, 8)
    image = bar.grab().toImage()
    assert image.pixelColor(10, 4) == theme.colour("value")
    assert image.pixelColor(40, 4) == theme.colour("risk")
    assert image.pixelColor(80, 4) == theme.colour("track")
