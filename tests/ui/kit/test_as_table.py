"""Charts as tables: each tells the figures it draws, and the keyboard comes to them."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from rmdesk.services.products.maturities import Ladder
from rmdesk.services.products.maturity_rows import Rung
from rmdesk.ui.kit import format
from rmdesk.ui.kit.as_table import AsTable
from rmdesk.ui.kit.chart import LineChart, Series
from rmdesk.ui.loyalty.bars import ParetoChart
from rmdesk.ui.products.ladder_chart import LadderChart

DAYS = [date(2026, month, 28) for month in (8, 9, 10)]


def _told(qtbot: QtBot, drawing: QWidget, told: AsTable) -> list[str]:
    """The lines of the table, reached by Tab and Space from the drawing."""
    holder = QWidget()
    qtbot.addWidget(holder)
    told.toggle.setParent(holder)
    told.setParent(holder)
    told.resize(400, 200)
    holder.show()
    holder.activateWindow()
    qtbot.waitUntil(holder.isActiveWindow)
    told.toggle.setFocus()
    qtbot.keyClick(told.toggle, Qt.Key.Key_Space)
    assert told.table is not None
    assert told.currentWidget() is told.table
    assert told.table.accessibleName() == drawing.accessibleName() != ""
    assert told.table.focusPolicy() & Qt.FocusPolicy.TabFocus
    rows = told.table.model()
    lines = [str(rows.index(at, 0).data()) for at in range(rows.rowCount())]
    qtbot.keyClick(told.toggle, Qt.Key.Key_Space)
    assert told.currentWidget() is drawing
    return lines


def test_a_line_over_time_tells_each_of_its_points(qtbot: QtBot) -> None:
    chart = LineChart("Assets", lambda value: f"{value:g}")
    chart.show_series(Series("End", list(zip(DAYS, (8.0, None, 9.5), strict=True))), Series("Mean", [(DAYS[1], 7.0)]))
    lines = _told(qtbot, chart, AsTable(chart, chart.facts))
    drawn = [("End", DAYS[0], "8"), ("End", DAYS[2], "9.5"), ("Mean", DAYS[1], "7")]
    assert len(lines) == len(drawn)
    assert all(name in line and format.day(day) in line and line.endswith(value)
               for line, (name, day, value) in zip(lines, drawn, strict=True))  # fmt: skip


def test_the_tenths_tell_their_bars_and_the_curve(qtbot: QtBot) -> None:
    chart, tenths = ParetoChart(), (0.5, 0.25, 0.15, 0.1)
    chart.show_tenths(tenths)
    assert chart.accessibleDescription().splitlines() == chart.facts()
    lines = _told(qtbot, chart, AsTable(chart, chart.facts))
    assert len(lines) == len(tenths)
    for at, (line, share) in enumerate(zip(lines, tenths, strict=True), start=1):
        assert format.percent(share) in line
        assert line.endswith(format.percent(sum(tenths[:at])))


def test_what_matures_tells_each_month_with_the_parts_of_its_bar(qtbot: QtBot) -> None:
    chart = LadderChart()
    parts = {"renew": 30_000_00, "pay_out": 20_000_00, "open": 10_000_00}
    chart.show_ladder(Ladder("CNY", (Rung(2026 * 12 + 9, sum(parts.values()), 3, 0, parts),)))
    (line,) = _told(qtbot, chart, AsTable(chart, chart.facts))
    for minor in (sum(parts.values()), *parts.values()):
        assert format.short_amount(minor, "CNY", sign=True) in line
