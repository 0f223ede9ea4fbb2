"""The care list is built a few rows at a time, and the turns that lay out and paint a screenful build nothing."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from rmdesk.services.care.queries import care_day
from rmdesk.services.store.store import Store
from rmdesk.ui.today import care_list
from rmdesk.ui.today.care_list import SCREENFUL, CareList


def test_laying_out_and_painting_a_screenful_have_turns_in_which_nothing_is_built(
    qtbot: QtBot, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(care_list, "AT_ONCE_S", 1e-6)  # one row a turn
    day = store.read(care_day)
    made = CareList()
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.show()
    made.show_day(day)
    turns: list[tuple[int, bool]] = []
    while not made.settled:
        turns.append((len(made._rows), made.seen))
        QApplication.processEvents()
        assert len(turns) < 10 * len(day.items)
    first = next(at for at, (_rows, seen) in enumerate(turns) if seen)
    assert first >= SCREENFUL - 3  # lanes have a line, too; no half-made screen is ever painted
    assert turns[first - 1][0] == turns[first][0] == turns[first + 1][0]
    assert len(made.rows()) == len(day.items) > turns[first][0]
