"""The field for a day: typing, arrows, the month that opens below it, and refusals beside it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from rmdesk.base import text
from rmdesk.base.errors import Refused
from rmdesk.ui.kit.day_field import DayField
from rmdesk.ui.kit.day_picker import DayPicker
from rmdesk.ui.kit.form import Form
from tests.conftest import TODAY


@pytest.fixture
def field(qtbot: QtBot) -> DayField:
    made = DayField()
    qtbot.addWidget(made)
    made.show()
    return made


def opened(qtbot: QtBot) -> DayPicker:
    """The month that hangs below the field."""
    found: list[DayPicker] = []

    def seen() -> bool:
        found[:] = [one for one in QApplication.topLevelWidgets() if isinstance(one, DayPicker) and one.isVisible()]
        return bool(found)

    qtbot.waitUntil(seen)
    return found[0]


def test_what_is_typed_becomes_a_whole_date(qtbot: QtBot, field: DayField) -> None:
    qtbot.keyClicks(field, "+3")
    with qtbot.waitSignal(field.chosen) as told:
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert told.args == [TODAY + timedelta(days=3)]
    assert field.text() == "2026-11-24"
    assert field.day() == TODAY + timedelta(days=3)


def test_empty_is_allowed(field: DayField) -> None:
    assert field.day() is None
    field.set_day(TODAY)
    field.clear()
    assert field.day() is None


def test_arrows_step_by_days_and_page_keys_by_months(qtbot: QtBot, field: DayField) -> None:
    qtbot.keyClick(field, Qt.Key.Key_Up)
    assert field.day() == TODAY
    qtbot.keyClick(field, Qt.Key.Key_Up)
    qtbot.keyClick(field, Qt.Key.Key_Down)
    qtbot.keyClick(field, Qt.Key.Key_Down)
    assert field.day() == TODAY - timedelta(days=1)
    field.set_day(date(2027, 1, 31))
    qtbot.keyClick(field, Qt.Key.Key_PageUp)
    assert field.day() == date(2027, 2, 28)
    qtbot.keyClick(field, Qt.Key.Key_PageDown)
    assert field.day() == date(2027, 1, 28)


def test_thirty_february_is_refused_beside_the_field_and_kept(qtbot: QtBot) -> None:
    form = Form()
    qtbot.addWidget(form)
    editor = DayField()
    form.add("due", "Until", editor)
    form.show()
    qtbot.keyClicks(editor, "2027-02-30")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert form.fields["due"].error.text() == "2027-02 has 28 days, so there is no 30."
    assert editor.text() == "2027-02-30"
    with pytest.raises(Refused) as told:
        form.value("due")
    assert told.value.field == "due"
    editor.setText("2027-02-28")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert not form.fields["due"].error.isVisible()
    assert form.values() == {"due": date(2027, 2, 28)}


def test_limits_are_told_with_their_day(qtbot: QtBot) -> None:
    field = DayField(earliest=TODAY, latest=TODAY + timedelta(days=10))
    qtbot.addWidget(field)
    field.setText("yesterday")
    with pytest.raises(Refused, match="2026-11-21"):
        field.day()
    field.setText("+11")
    with pytest.raises(Refused, match="2026-12-01"):
        field.day()


def test_a_day_is_picked_from_the_month_by_keys(qtbot: QtBot, field: DayField) -> None:
    qtbot.keyClick(field, Qt.Key.Key_F4)
    grid = opened(qtbot).grid
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_PageDown):
        qtbot.keyClick(grid, key)
    with qtbot.waitSignal(field.chosen) as told:
        qtbot.keyClick(grid, Qt.Key.Key_Return)
    assert told.args == [date(2026, 12, 29)]
    assert field.text() == "2026-12-29"


def test_a_day_is_picked_from_the_month_by_click(qtbot: QtBot, field: DayField) -> None:
    text.use("zh_CN")
    field.set_day(date(2026, 11, 21))
    field.open_month()
    picker = opened(qtbot)
    picker.grab()
    across, down = picker.grid.width() / 7, (picker.grid.height() - 22) / 6
    QTest.mouseClick(
        picker.grid, Qt.MouseButton.LeftButton, pos=QPoint(round(2.5 * across), round(22 + 1.5 * down))
    )  # the second Wednesday shown: 4 November
    assert field.day() == date(2026, 11, 4)
