"""Every figure that is painted says the same in words, to a screen reader and as a table that the keyboard reaches."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

import rmdesk.ui
from rmdesk.services.clients.filters import GROUPS
from rmdesk.services.groups.facts import Line, Standing
from rmdesk.services.groups.rules import Amount, Light
from rmdesk.services.groups.tables import table
from rmdesk.services.holdings.queries import Rung
from rmdesk.services.loyalty.queries import TierTime
from rmdesk.services.products.maturities import Ladder as Ladders
from rmdesk.services.products.maturity_rows import Rung as Month
from rmdesk.ui.clients.group_map import GroupMap
from rmdesk.ui.gifts.cards import BudgetBar
from rmdesk.ui.groups.limit_bars import LimitBars
from rmdesk.ui.kit import faces
from rmdesk.ui.kit.chart import LineChart, Series
from rmdesk.ui.kit.score_bar import ScoreBar
from rmdesk.ui.kit.sparkline import Sparkline
from rmdesk.ui.kit.told_dialog import Asked, ToldDialog
from rmdesk.ui.loyalty.bars import ParetoChart, TierBars
from rmdesk.ui.loyalty.marks import LoyaltyMap, RfmGrid
from rmdesk.ui.products.holdings_tab import Ladder
from rmdesk.ui.products.ladder_chart import LadderChart
from tests.support.access import inked

# What paints itself and is no figure: why nothing has to be told of it as a table.
NO_FIGURE = {
    "calendar.month_view.DayGrid": "days, told one by one, and a list of each beside it",
    "calendar.page.KindButton": "a button",
    "campaigns.gates_view.GateBar": "the gate and its count stand before and after it",
    "care.receipt_line.LineView": "a line of a list, told whole",
    "clients.file_header.Avatar": "the first letter of the name beside it",
    "clients.group_map.Cell": "a button of the map of nine groups",
    "files.tile.Tile": "a button",
    "files.viewer.Picture": "a photo",
    "groups.limit_bars.LimitBar": "a part of the limits",
    "imports.drop.DropZone": "an edge",
    "insights.figure_line._Tile": "a button with its figure in its name",
    "kit.chip_line.ChipLine": "texts",
    "kit.client_field.ClientField": "a field",
    "kit.coach_mark.Ring": "a ring",
    "kit.day_picker.MonthGrid": "days, told one by one",
    "kit.dot.Dot": "a light, with its word beside it",
    "kit.elided.Elided": "a text",
    "kit.swatch.Swatch": "a colour, with its word beside it",
    "kit.table.RowTable": "a table",
    "kit.tile.Tile": "a button of a map",
    "kit.told_dialog._Ring": "a ring",
    "relations.net_panel.Sample": "a sample of a line, with its word beside it",
    "relations.net_panel.Shape": "a sample of a shape, with its word beside it",
    "shell.nav.NavItem": "a button",
    "shell.watermark.Watermark": "a mark over everything",
    "shell.window.Window": "the window",
    "sync.marked.MarkedText": "a text",
    "today.cards.EntryLine": "a line of a list, told whole",
    "today.head.CareHead": "a part of a row, which is told whole",
}
# Which tests of their own: those that need more than figures.
ELSEWHERE = {
    "insights.chart_view.ChartView": "tests/ui/insights/test_page.py",
    "relations.net_view.NetView": "tests/ui/relations/test_net_view.py",
}
DAYS = [date(2026, month, 28) for month in (8, 9, 10)]
NUMBER = re.compile(r"\d")


def _line() -> LineChart:
    made = LineChart("Assets", lambda value: f"{value:g} M")
    made.show_series(Series("End", list(zip(DAYS, (81.5, None, 97.25), strict=True)), area=True))
    return made


def _sparkline() -> Sparkline:
    made = Sparkline()
    made.show_values((1.0, None, 3.0), "AUM", told=("2 months before: 1", "0 months before: 3"))
    return made


def _score() -> ScoreBar:
    return ScoreBar((("value", 28.0), ("risk", 21.5), ("occasion", 0.0)))


def _budget() -> BudgetBar:
    made = BudgetBar()
    made.show_shares(53.0, 12.0, ("14,120 left",))
    return made


def _pareto() -> ParetoChart:
    made = ParetoChart()
    made.show_tenths((0.52, 0.23, 0.15, 0.1))
    return made


def _tiers() -> TierBars:
    made = TierBars()
    made.show_tiers((TierTime(5, 15, 0.48, 0.13), TierTime(4, 54, 0.38, 0.27)))
    return made


def _ladder_of_client() -> Ladder:
    made = Ladder()
    made.show_rungs((Rung(2026 * 12 + 10, "CNY", 16_800_000, 1), Rung(2026 * 12 + 11, "CNY", 67_100_000, 2)))
    return made


def _ladder() -> LadderChart:
    made = LadderChart()
    parts = {"renew": 30_000_00, "pay_out": 20_000_00}
    made.show_ladder(Ladders("CNY", (Month(2026 * 12 + 9, sum(parts.values()), 3, 0, parts),)))
    return made


def _groups() -> GroupMap:
    made = GroupMap()
    made.show_counts(range(11, 11 + len(GROUPS)), ())
    return made


def _loyalty() -> LoyaltyMap:
    made = LoyaltyMap()
    made.show_corners({name: at for at, name in enumerate(made.tiles, start=21)})
    return made


def _rfm() -> RfmGrid:
    made = RfmGrid()
    made.show_cells(np.arange(31, 56, dtype=np.int64).reshape(5, 5))
    return made


def _limits() -> LimitBars:
    made = LimitBars()
    limit = table().limits[0]
    used = Line(limit, "", Amount(62_00), 100_00, Light.GREEN)
    made.show_standing(Standing(Light.GREEN, Amount(62_00), (used,), ()), "CNY")
    return made


# Each with figures that must be told, and what is painted of an axis, which says nothing of its own.
FIGURES: dict[str, tuple[Callable[[], Any], tuple[str, ...], str]] = {
    "kit.chart.LineChart": (_line, ("81.5 M", "97.25 M"), r"[\d.]+ M|20\d\d-\d\d|\d\d"),
    "kit.sparkline.Sparkline": (_sparkline, ("2 months before: 1", "0 months before: 3"), ""),
    "kit.score_bar.ScoreBar": (_score, ("Value 28.0", "21.5"), ""),
    "gifts.cards.BudgetBar": (_budget, ("53%", "12%", "14,120 left"), ""),
    "loyalty.bars.ParetoChart": (_pareto, ("52%", "23%", "15%", "10%", "75%", "90%", "100%"), r"(a fifth holds )?\d+%"),
    "loyalty.bars.TierBars": (_tiers, ("48%", "13%", "38%", "27%"), ""),
    "products.holdings_tab.Ladder": (_ladder_of_client, ("168\xa0K", "671\xa0K"), r"20\d\d-\d\d"),
    "products.ladder_chart.LadderChart": (_ladder, ("50", "30", "20"), r"20\d\d-\d\d"),
    "clients.group_map.GroupMap": (_groups, tuple(str(at) for at in range(11, 20)), ""),
    "loyalty.marks.LoyaltyMap": (_loyalty, tuple(str(at) for at in range(21, 26)), ""),
    "loyalty.marks.RfmGrid": (_rfm, tuple(str(at) for at in range(31, 56)), r"[RF]\d"),
    "groups.limit_bars.LimitBars": (_limits, ("62", "38"), ""),
}


def _painted_classes() -> Iterator[str]:
    for found in pkgutil.walk_packages(rmdesk.ui.__path__, "rmdesk.ui."):
        module = importlib.import_module(found.name)
        for name, kind in vars(module).items():
            own = isinstance(kind, type) and issubclass(kind, QWidget) and kind.__module__ == found.name
            if own and ("paintEvent" in vars(kind) or getattr(kind, "told_as", None) == faces.CHART):
                yield f"{found.name.removeprefix('rmdesk.ui.')}.{name}"


def test_whatever_paints_itself_is_told_as_a_table_or_is_no_figure() -> None:
    """A new chart fails here until it is among the figures below, with what it must tell."""
    painted = {*_painted_classes()}
    assert painted <= {*FIGURES, *NO_FIGURE, *ELSEWHERE}
    assert {*NO_FIGURE, *ELSEWHERE} <= painted
    assert not {*NO_FIGURE} & {*FIGURES}


@pytest.mark.parametrize("name", FIGURES)
def test_words_and_table_say_what_is_painted(name: str, qtbot: QtBot) -> None:
    make, figures, axis = FIGURES[name]
    figure = make()
    holder = QWidget()
    qtbot.addWidget(holder)
    figure.setParent(holder)
    figure.resize(460, 300)
    holder.resize(500, 340)
    figure.show()
    holder.show()
    facts = figure.facts()
    said = figure.accessibleDescription().splitlines()
    assert figure.accessibleName()
    assert [line for line in said if line in facts] == facts
    assert all(any(one in fact for fact in facts) for one in figures), facts
    with inked.watched() as seen:
        holder.grab()
    texts = {text for one in seen.by.values() for _box, text in one.texts if NUMBER.search(text)}
    told = " ".join(facts)
    assert [text for text in texts if text not in told and not (axis and re.fullmatch(axis, text))] == []


@pytest.mark.parametrize("name", FIGURES)
def test_its_table_is_reached_by_the_keyboard(name: str, qtbot: QtBot) -> None:
    figure = FIGURES[name][0]()
    facts = figure.facts()
    holder = QWidget()
    qtbot.addWidget(holder)
    figure.setParent(holder)
    Asked(figure, figure.facts, "Told")
    holder.show()
    holder.activateWindow()
    qtbot.waitUntil(holder.isActiveWindow)
    qtbot.keyClick(figure, Qt.Key.Key_Return)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ToldDialog)
    rows = dialog.table.model()
    assert [rows.index(at, 0).data() for at in range(rows.rowCount())] == facts
    assert dialog.table.accessibleName() == "Told"
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)
