"""The line of key figures: whatever room it gets, it finds an end."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from rmdesk.ui.insights.figure_line import FigureLine, KeyFigure


@pytest.mark.timeout(20)  # it once looked for room for ever, where two columns were too wide and no line helped
@pytest.mark.parametrize("count", range(1, 13))
def test_it_is_laid_out_at_any_width(qtbot: QtBot, count: int) -> None:
    line = FigureLine()
    qtbot.addWidget(line)
    line.show()
    line.show_figures([KeyFigure(f"f{at}", "Managed assets", "12,345", "more", "plain") for at in range(count)])
    for width in (10, 150, 260, 400, 800, 2000):
        line.resize(width, line.height())
        tiles = list(line.tiles.values())
        lefts = {tile.x() for tile in tiles}
        assert len(lefts) == 1 or max(tile.geometry().right() for tile in tiles) <= line.width()
