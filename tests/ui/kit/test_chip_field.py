"""Chips are typed, picked and removed by keys alone."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from rmdesk.ui.kit import answers
from rmdesk.ui.kit.chip_field import ChipField, Offer
from rmdesk.ui.kit.widgets import Button

OFFERS = (Offer("白茶", "bc", 12), Offer("龙泉青瓷", "lqqc", 3), Offer("青年旅行", "qnlx", 2))


def shown(qtbot: QtBot, *values: str) -> ChipField:
    made = ChipField(values)
    made.offer(OFFERS)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    made.setFocus()
    qtbot.waitUntil(made.line.hasFocus)
    return made


def test_enter_and_commas_make_chips(qtbot: QtBot) -> None:
    field = shown(qtbot)
    qtbot.keyClicks(field.line, "tea, golf,")
    qtbot.keyClicks(field.line, "jazz")
    with qtbot.waitSignal(field.changed):
        qtbot.keyClick(field.line, Qt.Key.Key_Return)
    qtbot.keyClicks(field.line, "golf")
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert field.values() == ("tea", "golf", "jazz")
    assert field.line.text() == ""


def test_what_is_typed_and_not_yet_a_chip_counts(qtbot: QtBot) -> None:
    field = shown(qtbot, "tea")
    qtbot.keyClicks(field.line, "jaz")
    assert field.values() == ("tea", "jaz")


def test_backspace_in_an_empty_line_takes_the_last_chip_away(qtbot: QtBot) -> None:
    field = shown(qtbot, "tea", "golf")
    qtbot.keyClicks(field.line, "x")
    qtbot.keyClick(field.line, Qt.Key.Key_Backspace)
    assert field.values() == ("tea", "golf")
    qtbot.keyClick(field.line, Qt.Key.Key_Backspace)
    assert field.values() == ("tea",)


def test_a_chip_has_a_button_that_removes_it(qtbot: QtBot) -> None:
    field = shown(qtbot, "tea", "golf")
    button = next(one for one in field.findChildren(Button) if one.accessibleName() == "Remove tea")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert field.values() == ("golf",)


def test_initials_find_what_was_used_before(qtbot: QtBot) -> None:
    field = shown(qtbot)
    qtbot.keyClicks(field.line, "q")
    assert [pick.title for pick in field.list.model_of_picks.picks] == ["青年旅行"]
    qtbot.keyClick(field.line, Qt.Key.Key_Backspace)
    qtbot.keyClicks(field.line, "lq")
    assert field.popup.isVisible()
    qtbot.keyClick(field.line, Qt.Key.Key_Down)
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert field.values() == ("龙泉青瓷",)
    assert not field.popup.isVisible()


def test_enter_takes_what_is_typed_unless_an_arrow_chose(qtbot: QtBot) -> None:
    field = shown(qtbot)
    qtbot.keyClicks(field.line, "b")
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert field.values() == ("b",)


def test_escape_closes_the_offers_and_keeps_what_is_typed(qtbot: QtBot) -> None:
    field = shown(qtbot)
    qtbot.keyClicks(field.line, "b")
    qtbot.keyClick(field.line, Qt.Key.Key_Escape)
    assert not field.popup.isVisible()
    assert field.line.text() == "b"


def test_what_is_a_chip_already_is_not_offered(qtbot: QtBot) -> None:
    field = shown(qtbot, "白茶")
    qtbot.keyClicks(field.line, "bc")
    assert not field.popup.isVisible()


def test_a_form_reads_and_fills_it(qtbot: QtBot) -> None:
    field = shown(qtbot)
    answers.fill(field, ("白茶", " 白茶 ", "golf"))
    assert answers.value_of(field) == ("白茶", "golf")
