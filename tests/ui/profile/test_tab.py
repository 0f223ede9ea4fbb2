"""The profile tab: chips typed right there, blocks confirmed in one click, questions that lead to their answer."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from rmdesk.models.kinds import Answer, Channel, ConsentKind, Taste
from rmdesk.services.profile import queries
from rmdesk.services.segments.commands import ConfirmKycBlock
from rmdesk.services.store.store import Store
from rmdesk.ui.profile.dialogs import BlockDialog, ConsentDialog, ReachDialog
from rmdesk.ui.profile.tab import ProfileTab
from rmdesk.ui.shell.desk import WindowDesk
from tests.conftest import TODAY
from tests.services.profile.arrange import ZHOU
from tests.ui.clients.robot import FileRobot, typed

ENTER = Qt.Key.Key_Return


@pytest.fixture
def robot(qtbot: QtBot, desk: WindowDesk) -> FileRobot:
    return FileRobot(qtbot, desk, ZHOU)


@pytest.fixture
def tab(robot: FileRobot) -> ProfileTab:
    shown = robot.open_tab("profile")
    assert isinstance(shown, ProfileTab)
    robot.qtbot.waitUntil(lambda: shown.profile is not None)
    return shown


def texts(store: Store, taste: Taste) -> tuple[str, ...]:
    """The chips as they are kept."""
    return store.read(queries.profile_of, ZHOU).tastes(taste)


def add(robot: FileRobot, tab: ProfileTab, taste: Taste, text: str) -> None:
    """Type a chip and press Enter."""
    line = tab.tastes.fields[taste].field.line
    line.setFocus()
    typed(robot.qtbot, line, text)
    robot.qtbot.keyClick(line, ENTER)
    robot.settle()


def test_a_like_is_typed_kept_and_taken_back(robot: FileRobot, tab: ProfileTab, store: Store) -> None:
    before = texts(store, Taste.LIKE)
    add(robot, tab, Taste.LIKE, "天文")
    assert texts(store, Taste.LIKE) == (*before, "天文")
    robot.desk.undo()
    robot.qtbot.waitUntil(lambda: texts(store, Taste.LIKE) == before)
    robot.settle()
    assert tab.tastes.fields[Taste.LIKE].field.values() == before


def test_initials_offer_what_others_like(robot: FileRobot, tab: ProfileTab, store: Store) -> None:
    field = tab.tastes.fields[Taste.LIKE].field
    robot.desk.window.activateWindow()
    field.line.setFocus()
    robot.qtbot.waitUntil(field.line.hasFocus)
    robot.qtbot.keyClicks(field.line, "ge")
    robot.qtbot.keyClick(field.line, Qt.Key.Key_Backspace)
    robot.qtbot.waitUntil(lambda: "高尔夫" in [pick.title for pick in field.list.model_of_picks.picks])
    wanted = [pick.title for pick in field.list.model_of_picks.picks].index("高尔夫")
    for _step in range(wanted + 1):
        robot.qtbot.keyClick(field.line, Qt.Key.Key_Down)
    robot.qtbot.keyClick(field.line, ENTER)
    robot.settle()
    assert "高尔夫" in texts(store, Taste.LIKE)


@pytest.mark.parametrize("refused", ["股票", "密码 123456"])
def test_what_is_refused_stays_typed_and_says_why(
    robot: FileRobot, tab: ProfileTab, store: Store, refused: str
) -> None:
    before = texts(store, Taste.LIKE)
    add(robot, tab, Taste.LIKE, refused)
    field = tab.tastes.fields[Taste.LIKE]
    assert field.error.isVisible()
    assert field.field.line.text() == refused
    assert texts(store, Taste.LIKE) == before
    assert tab.editing  # no reload takes it away


def test_a_block_is_written_with_keys_alone(robot: FileRobot, tab: ProfileTab, store: Store) -> None:
    cell = tab.grid.cells["family", "future"]
    cell.setFocus()
    robot.qtbot.keyClick(cell, ENTER)
    dialog = robot.dialog(BlockDialog)
    editor = dialog.form.fields["text"].editor
    assert isinstance(editor, QPlainTextEdit)
    editor.selectAll()
    typed(robot.qtbot, editor, "女儿九月去英国")
    robot.qtbot.keyClick(editor, ENTER, Qt.KeyboardModifier.ControlModifier)
    robot.settle()
    assert cell.text.text() == "女儿九月去英国"
    assert "2026-11-21" in cell.day.text()


def test_a_secret_in_a_block_is_refused_beside_its_field(robot: FileRobot, tab: ProfileTab) -> None:
    tab.edit_block(tab.grid.cells["person", "past"].block)
    dialog = robot.dialog(BlockDialog)
    dialog.form.fill(text="网银密码：654321")
    dialog.submit()
    field = dialog.form.fields["text"]
    robot.qtbot.waitUntil(lambda: not field.error.isHidden())
    assert dialog.form.value("text") == "网银密码：654321"
    dialog.reject()


def test_an_old_block_is_confirmed_in_one_click(robot: FileRobot, tab: ProfileTab, store: Store) -> None:
    from datetime import date

    store.perform(ConfirmKycBlock(ZHOU, "career", "past", "在国企做过财务", date(2024, 3, 1)))
    tab.mark_stale()
    cell = tab.grid.cells["career", "past"]
    robot.qtbot.waitUntil(cell.still.isVisible)
    before = tab.profile.completeness.percent if tab.profile else 0
    robot.qtbot.mouseClick(cell.still, Qt.MouseButton.LeftButton)
    robot.qtbot.waitUntil(lambda: not cell.still.isVisible())
    robot.settle()
    assert tab.profile is not None
    assert tab.profile.completeness.percent > before


def test_how_to_reach_is_edited_and_shown_in_the_head(robot: FileRobot, tab: ProfileTab, store: Store) -> None:
    robot.qtbot.mouseClick(tab.reach.change, Qt.MouseButton.LeftButton)
    dialog = robot.dialog(ReachDialog)
    dialog.form.fill(channel=Channel.PHONE.value, hours="下午")
    dialog.submit()
    robot.settle()
    robot.qtbot.waitUntil(lambda: robot.page.head._lines[0][1].text() == "Phone · 下午")
    kept = store.read(queries.profile_of, ZHOU).reach.kept
    assert "district" not in kept  # nobody touched it: it stays the bank's


def test_money_authority_need_are_answered_by_a_click(robot: FileRobot, tab: ProfileTab, store: Store) -> None:
    robot.qtbot.mouseClick(tab.man.buttons["A", Answer.NO], Qt.MouseButton.LeftButton)
    robot.settle()
    assert store.read(queries.answers_of, ZHOU)[1].answer is Answer.NO
    robot.qtbot.mouseClick(tab.man.buttons["A", None], Qt.MouseButton.LeftButton)
    robot.settle()
    assert store.read(queries.answers_of, ZHOU)[1].answer is None


def test_a_consent_is_withdrawn_with_its_day(robot: FileRobot, tab: ProfileTab, store: Store) -> None:
    robot.qtbot.mouseClick(tab.consents.change, Qt.MouseButton.LeftButton)
    dialog = robot.dialog(ConsentDialog)
    dialog.form.fill(kind=ConsentKind.MARKETING.value, given=False)
    dialog.submit()
    robot.settle()
    assert store.read(queries.profile_of, ZHOU).marketing is False
    robot.qtbot.waitUntil(lambda: robot.page.header is not None and robot.page.header.consent is False)


def test_a_guardian_must_be_named(robot: FileRobot, tab: ProfileTab) -> None:
    robot.desk.ask("consent", client=ZHOU, kind=ConsentKind.CHILD)
    dialog = robot.dialog(ConsentDialog)
    dialog.submit()
    robot.qtbot.waitUntil(lambda: not dialog.form.fields["by"].error.isHidden())
    dialog.reject()


def test_each_question_leads_to_its_answer(robot: FileRobot, tab: ProfileTab, store: Store) -> None:
    from rmdesk.services.profile import rules

    for one in rules.completeness([], TODAY).missing:
        tab.fill_in(one)
        if one.field.startswith("kyc.") or one.field in ("preferred_channel", "district", "consent"):
            robot.dialog(QDialog).reject()


def test_the_overview_shows_tastes_and_next_steps(robot: FileRobot) -> None:
    overview = robot.page.overview
    robot.qtbot.waitUntil(lambda: bool(overview.tastes.chips.chips))
    assert ("No 股票", "risk") in overview.tastes.chips.chips
    assert overview.steps.isVisible()
    assert robot.page.head.complete.text().endswith("%")
    robot.qtbot.mouseClick(robot.page.head.complete, Qt.MouseButton.LeftButton)
    assert robot.page.shown == "profile"
    robot.settle()


def test_wechat_is_masked_and_looking_is_put_on_record(robot: FileRobot, tab: ProfileTab, store: Store) -> None:
    from rmdesk.services.clients.reach import SetReach

    store.perform(SetReach(ZHOU, wechat="zhou_wenmin"))
    tab.mark_stale()
    robot.qtbot.waitUntil(lambda: tab.reach.wechat.text() == "zh••••")
    robot.settle()
    robot.qtbot.mouseClick(tab.reach.show_wechat, Qt.MouseButton.LeftButton)
    robot.qtbot.waitUntil(lambda: tab.reach.wechat.text() == "zhou_wenmin")
    robot.settle()
    seen = "SELECT count(*) FROM change WHERE command = 'ShowNumber' AND client_id = 1"
    assert store.read(lambda reads: reads.value(seen)) == 1


def test_the_tab_key_goes_through_the_cells_before_what_stands_beside_them(tab: ProfileTab) -> None:
    order: list[QWidget] = [tab]
    while (one := order[-1].nextInFocusChain()) is not None and one is not tab:
        order.append(one)
    cells = [order.index(cell) for cell in tab.grid.cells.values()]
    assert cells == sorted(cells)
    typed = max(order.index(field.field.line) for field in tab.tastes.fields.values())
    assert typed < cells[0]
    assert cells[-1] < order.index(tab.reach.change)
    for button in (cell.findChild(QPushButton) for cell in tab.grid.cells.values()):
        assert button is None or cells[0] < order.index(button) < order.index(tab.reach.change)
