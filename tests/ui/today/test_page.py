"""Today: ranks and lanes, receipts that add up, done and put off with undo, everything by keyboard."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from rmdesk.models.kinds import CareMarkKind, Lane, Purpose
from rmdesk.services.care.queries import marks_of
from rmdesk.services.guide import topics
from rmdesk.services.store.store import Store
from rmdesk.ui.kit import helped
from rmdesk.ui.kit.widgets import Button
from rmdesk.ui.shell.desk import WindowDesk
from rmdesk.ui.today.cards import EntryLine
from tests.conftest import TODAY
from tests.ui.today.robot import TodayRobot


@pytest.fixture
def today(qtbot: QtBot, desk: WindowDesk) -> TodayRobot:
    return TodayRobot(qtbot, desk)


def test_rows_stand_in_the_order_of_rank_and_lane(today: TodayRobot) -> None:
    items = today.items()
    assert [item.rank for item in items] == list(range(1, len(items) + 1))
    lanes = [item.lane for item in items]
    assert lanes[0] is Lane.MUST
    assert [one for one, other in pairwise(lanes) if list(Lane).index(one) > list(Lane).index(other)] == []


def test_each_row_says_its_rank_reasons_and_next_action(today: TodayRobot) -> None:
    for row in today.page.list.rows():
        said = row.accessibleName()
        assert said.startswith(f"{row.item.rank}. {row.item.name}")
        assert all(reason.text.said in said for reason in row.item.reasons)
        assert row.item.action.text.said in said


def test_enter_shows_a_receipt_whose_lines_add_up_to_the_score(today: TodayRobot) -> None:
    row = today.focus(0)
    today.press(Qt.Key.Key_Return)
    today.qtbot.waitUntil(lambda: row.expanded)
    points = today.receipt_points(0)
    assert len(points) >= 6
    assert sum(points) == pytest.approx(row.item.score, abs=0.06)
    assert f"{row.item.score:.1f}" in today.receipt_texts(0)
    today.press(Qt.Key.Key_Escape)
    assert not row.expanded


def test_a_click_on_the_row_opens_and_closes_the_receipt(today: TodayRobot) -> None:
    today.click(1, "row")
    today.qtbot.waitUntil(lambda: today.row(1).expanded)
    today.click(1, "row")
    assert not today.row(1).expanded


def test_what_if_i_call_says_the_score_after_it(today: TodayRobot) -> None:
    today.click(0, "row")
    today.qtbot.waitUntil(lambda: today.row(0).expanded)
    panel = today.row(0).panel
    assert panel is not None
    ask = next(button for button in panel.findChildren(QPushButton) if button.text() == "What if I call today?")
    today.qtbot.mouseClick(ask, Qt.MouseButton.LeftButton)
    today.qtbot.waitUntil(lambda: any(text.startswith("After a call today: ") for text in today.receipt_texts(0)))


def test_arrows_home_and_end_walk_the_list(today: TodayRobot) -> None:
    names = today.names()
    today.focus(0)
    today.press(Qt.Key.Key_Down)
    assert today.focused() == names[1]
    today.press(Qt.Key.Key_Up)
    today.press(Qt.Key.Key_Up)
    assert today.focused() == names[0]
    today.press(Qt.Key.Key_End)
    assert today.focused() == names[-1]
    today.press(Qt.Key.Key_Home)
    assert today.focused() == names[0]


def test_done_without_a_record_moves_on_and_can_be_undone(today: TodayRobot, store: Store) -> None:
    first, second = today.names()[:2]
    today.focus(0)
    today.press(Qt.Key.Key_D, Qt.KeyboardModifier.ShiftModifier)
    today.qtbot.waitUntil(lambda: first not in today.names())
    today.settle()
    assert [(mark.name, mark.kind) for mark in store.read(marks_of, TODAY)] == [(first, CareMarkKind.DONE)]
    assert today.focused() == second
    today.desk.undo()
    today.qtbot.waitUntil(lambda: first in today.names())
    today.settle()
    assert store.read(marks_of, TODAY) == ()
    assert today.names()[0] == first


def test_who_was_dealt_with_is_shown_below_and_can_be_put_back(today: TodayRobot) -> None:
    first = today.names()[0]
    today.focus(0)
    today.press(Qt.Key.Key_D, Qt.KeyboardModifier.ShiftModifier)
    today.qtbot.waitUntil(lambda: first not in today.names())
    today.settle()
    name = f"Put {first} back on the list"

    def backs() -> list[Button]:
        buttons = today.page.list.findChildren(Button)
        return [button for button in buttons if button.accessibleName() == name and button.isVisible()]

    today.qtbot.waitUntil(lambda: bool(backs()))
    today.qtbot.mouseClick(backs()[0], Qt.MouseButton.LeftButton)
    today.qtbot.waitUntil(lambda: first in today.names())


def test_s_asks_until_when_and_puts_off_with_a_reason(today: TodayRobot, store: Store) -> None:
    first = today.names()[0]
    today.focus(0)
    today.press(Qt.Key.Key_S)
    dialog = today.dialog()
    today.qtbot.keyClick(dialog, Qt.Key.Key_Return)
    today.qtbot.waitUntil(lambda: first not in today.names())
    today.settle()
    (mark,) = store.read(marks_of, TODAY)
    assert (mark.name, mark.kind, mark.reason) == (first, CareMarkKind.SNOOZED, "Could not be reached")
    assert mark.until is not None
    assert (mark.until - TODAY).days == 3


def test_leaving_the_question_changes_nothing(today: TodayRobot, store: Store) -> None:
    names = today.names()
    today.click(0, "later")
    today.qtbot.keyClick(today.dialog(), Qt.Key.Key_Escape)
    today.settle()
    assert today.names() == names
    assert store.read(marks_of, TODAY) == ()


@pytest.mark.parametrize("way", ["key", "name"])
def test_the_file_opens_by_key_or_name(today: TodayRobot, way: str) -> None:
    client = today.items()[0].client
    if way == "key":
        today.focus(0)
        today.press(Qt.Key.Key_O)
    else:
        today.click(0, way)
    today.qtbot.waitUntil(lambda: getattr(today.desk.window.page(), "client", None) == client)
    today.qtbot.waitUntil(lambda: not today.desk.tasks.running)


def test_another_purpose_ranks_anew_and_is_remembered(today: TodayRobot, desk: WindowDesk) -> None:
    button = next(button for button in today.page.findChildren(Button) if button.text() == "Wake sleepers")
    today.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    today.qtbot.waitUntil(lambda: today.page.day is not None and today.page.day.purpose is Purpose.WAKE)
    today.settle()
    assert desk.state.value("today/purpose") == "wake"


def test_cards_open_the_file_of_their_line(today: TodayRobot) -> None:
    for card in (today.page.agenda, today.page.occasions, today.page.warnings):
        lines = card.findChildren(EntryLine)
        assert lines
        assert all(line.accessibleName() for line in lines)
    line = today.page.occasions.findChildren(EntryLine)[0]
    line.setFocus()
    today.qtbot.keyClick(line, Qt.Key.Key_Return)
    today.qtbot.waitUntil(lambda: getattr(today.desk.window.page(), "client", None) == line.entry.client)
    today.qtbot.waitUntil(lambda: not today.desk.tasks.running)


def test_an_open_receipt_stays_open_when_another_row_is_done(today: TodayRobot) -> None:
    today.click(1, "row")
    row = today.row(1)
    today.qtbot.waitUntil(lambda: row.expanded)
    today.focus(0)
    today.press(Qt.Key.Key_D, Qt.KeyboardModifier.ShiftModifier)
    today.qtbot.waitUntil(lambda: today.row(0) is row)
    today.settle()
    assert row.expanded


@pytest.mark.parametrize("width", [1180, 1440])
def test_no_row_is_cut_at_any_width(today: TodayRobot, width: int) -> None:
    today.desk.window.resize(width, 900)
    today.qtbot.waitUntil(lambda: today.desk.window.width() == width)
    for row in today.page.list.rows():
        today.qtbot.waitUntil(lambda row=row: row.height() > row.head.height())  # type: ignore[misc]
        assert row.head.height() == row.head.height_at(row.head.width())


def test_each_line_of_a_receipt_leads_to_its_rule_and_its_points_to_the_weight(today: TodayRobot) -> None:
    row = today.focus(0)
    today.press(Qt.Key.Key_Return)
    today.qtbot.waitUntil(lambda: row.expanded)
    assert row.panel is not None
    lines = [line for line in row.panel.view.lines if not line.isHidden()]
    assert {helped.rule_of(line) for line in lines} == {"score", "familiarity", "occasions", "churn", "complaints"}
    assert {helped.rule_of(line) for line in lines} <= set(topics.rules())
    line = next(line for line in lines if line.page == "familiarity")
    asked: list[str] = []
    line.asked_setting.connect(asked.append)
    today.qtbot.mouseClick(line, Qt.MouseButton.LeftButton, pos=line._points_box().center().toPoint())
    assert asked == [line.line.setting if line.line else ""]
    today.desk.go("today")
    today.settle()
    today.qtbot.mouseClick(line, Qt.MouseButton.LeftButton, pos=line.rect().center())
    assert len(asked) == 1
    guide = today.desk.window.page()
    assert guide is not None
    assert guide.place() == {"rule": "familiarity"}
