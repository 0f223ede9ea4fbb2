"""The tour: shown once to who opens the demo, at the first touch; offered once to who begins anew; left by Esc."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from rmdesk.app import App
from rmdesk.base import text
from rmdesk.services.guide.steps import steps
from rmdesk.services.store.store import Store
from rmdesk.ui.guide.page import GuidePage
from rmdesk.ui.kit import coach_mark, helped
from rmdesk.ui.kit.coach_mark import CoachMark
from rmdesk.ui.kit.theme import Scheme, theme
from rmdesk.ui.shell import palette
from rmdesk.ui.shell.desk import WindowDesk
from rmdesk.ui.shell.tour import POINTS
from rmdesk.ui.shell.touring import NEW, OVER, Touring
from tests.support import build
from tests.ui.shell import locking


@pytest.fixture
def store(demo_template: Path, tmp_path: Path) -> Iterator[Store]:
    made = build.store_from(demo_template, tmp_path)
    yield made
    made.close()


@pytest.fixture
def touring(desk: WindowDesk, qtbot: QtBot) -> Iterator[Touring]:
    """On a filled Today."""
    made = Touring(desk)
    desk.go("today")
    qtbot.waitUntil(lambda: filled(desk))
    yield made
    made.ended()


def filled(desk: WindowDesk) -> bool:
    page = desk.window.page()
    return page is not None and not (page.stale or page.building or desk.tasks.running)


def shown(touring: Touring, qtbot: QtBot) -> CoachMark:
    qtbot.waitUntil(lambda: touring.tour is not None)
    assert touring.tour is not None
    mark = touring.tour.mark
    qtbot.waitUntil(mark.isVisible)
    return mark


def press(app: App, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """A key as the keyboard sends it: to the window of the screen."""
    QTest.keyClick((QApplication.activeWindow() or app.window).windowHandle(), key, modifier)
    QApplication.processEvents()


def demo(folder: Path, qtbot: QtBot) -> App:
    app = locking.start(folder, qtbot, page="today")
    app.window.activateWindow()
    qtbot.waitUntil(app.window.isActiveWindow)
    return app


def shut(app: App) -> None:
    app.window.close()
    app.window.deleteLater()


# When.


def test_the_demo_shows_it_at_the_first_touch_and_after_esc_never_again_by_itself(qtbot: QtBot, tmp_path: Path) -> None:
    folder = locking.make(tmp_path / "demo")
    app = demo(folder, qtbot)
    touring = app.parts.session.touring
    assert touring.tour is None  # nobody has touched anything
    press(app, Qt.Key.Key_Shift)
    mark = shown(touring, qtbot)
    assert mark.next.hasFocus()
    press(app, Qt.Key.Key_Escape)
    assert touring.tour is None
    assert not app.window.findChildren(CoachMark)
    assert app.parts.desk.places()[-1].page == "today"  # Esc led nowhere else
    shut(app)
    again = demo(folder, qtbot)
    press(again, Qt.Key.Key_Shift)
    qtbot.waitUntil(lambda: locking.rests(again))
    assert again.state.value(OVER)
    assert again.parts.session.touring.tour is None
    again.parts.commands.palette()
    (commands,) = again.window.findChildren(palette.Palette)
    qtbot.keyClicks(commands.field, "Take the tour")
    qtbot.keyClick(commands.field, Qt.Key.Key_Return)
    mark = shown(again.parts.session.touring, qtbot)
    again.parts.commands.lock()  # what is shown goes with the lock, and is not taken for seen
    assert again.parts.session.touring.tour is None
    assert not isValid(mark) or not mark.isVisible()
    shut(again)


def test_a_new_profile_is_offered_it_once(touring: Touring, desk: WindowDesk, qtbot: QtBot) -> None:
    touring.made_new()
    assert desk.state.value(NEW)
    touring.began(demo=False)
    touring.touched()
    toast = desk.window.toast
    assert toast.isVisible()
    assert touring.tour is None
    qtbot.mouseClick(toast.button, Qt.MouseButton.LeftButton)
    shown(touring, qtbot)
    touring.ended()
    touring.began(demo=False)
    touring.touched()
    assert touring.tour is None
    assert desk.state.value(OVER)


def test_it_waits_for_today_and_for_dialogs(touring: Touring, desk: WindowDesk, qtbot: QtBot) -> None:
    touring.began(demo=True)
    desk.go("clients")
    qtbot.waitUntil(lambda: filled(desk))
    touring.touched()
    desk.go("today")
    page = desk.window.page()
    assert page is not None
    page.mark_stale()
    touring.touched()  # Today is just being read anew
    qtbot.waitUntil(lambda: filled(desk))
    desk.ask("task", client=1)
    qtbot.waitUntil(lambda: filled(desk) and QApplication.activeModalWidget() is not None)
    touring.touched()
    assert touring.tour is None
    desk.window.close_dialogs()
    qtbot.waitUntil(lambda: filled(desk))
    touring.touched()
    shown(touring, qtbot)


def test_f1_tells_the_rule_behind_what_has_the_keyboard(qtbot: QtBot, tmp_path: Path) -> None:
    app = demo(locking.make(tmp_path / "demo"), qtbot)
    app.state.keep(OVER, True)
    app.parts.session.touring.ended()
    line = QPushButton(app.window.frame)
    helped.by_rule(line, "churn")
    line.show()
    line.setFocus()
    press(app, Qt.Key.Key_F1)
    assert app.parts.desk.places()[-1].what == {"rule": "churn"}
    press(app, Qt.Key.Key_F1)
    assert app.parts.desk.places()[-1].page == "today"
    app.window.setFocus()
    press(app, Qt.Key.Key_F1)
    assert app.parts.desk.places()[-1].what == {"screen": "today"}
    qtbot.waitUntil(lambda: locking.rests(app))
    shut(app)


# What.


def test_five_steps_stand_beside_what_they_tell_of(touring: Touring, desk: WindowDesk, qtbot: QtBot) -> None:
    touring.begin()
    mark, over = shown(touring, qtbot), desk.window.frame
    assert len(steps()) == 5
    for at, step in enumerate(steps()):
        qtbot.waitUntil(mark.ring.isVisible)
        QApplication.processEvents()
        target = POINTS[step.at](desk.window)
        assert target is not None
        assert mark.head.text() == step.title.said
        assert mark.count.text() == f"Step {at + 1} of 5"
        found = coach_mark.seen(target, over)
        assert mark.ring.geometry().intersects(found)
        assert not mark.geometry().intersects(found)
        assert over.rect().contains(mark.geometry())
        assert mark.next.hasFocus()
        qtbot.keyClick(mark.next, Qt.Key.Key_Return)
    assert touring.tour is None
    assert desk.state.value(OVER)


def test_back_and_forth_by_keys_and_skipped_by_its_button(touring: Touring, qtbot: QtBot) -> None:
    touring.begin()
    mark = shown(touring, qtbot)
    assert not mark.back.isEnabled()
    qtbot.keyClick(mark.next, Qt.Key.Key_Space)
    qtbot.keyClick(mark.next, Qt.Key.Key_Backtab)
    assert mark.back.hasFocus()
    qtbot.keyClick(mark.back, Qt.Key.Key_Return)
    assert mark.count.text() == "Step 1 of 5"
    qtbot.mouseClick(mark.skip, Qt.MouseButton.LeftButton)
    assert touring.tour is None


def test_a_screen_reader_hears_the_step(touring: Touring, qtbot: QtBot) -> None:
    touring.begin()
    mark = shown(touring, qtbot)
    told = QAccessible.queryAccessibleInterface(mark.next)
    assert told is not None
    assert steps()[0].text.said in told.text(QAccessible.Text.Description)
    for button in (mark.skip, mark.back, mark.next):
        named = QAccessible.queryAccessibleInterface(button)
        assert named is not None
        assert named.text(QAccessible.Text.Name)


def test_nobodys_typing_is_taken_away(touring: Touring, desk: WindowDesk, qtbot: QtBot) -> None:
    desk.window.activateWindow()
    desk.window.topbar.search.setFocus()
    qtbot.waitUntil(desk.window.topbar.search.hasFocus)
    touring.begin()
    shown(touring, qtbot)
    assert desk.window.topbar.search.hasFocus()


def test_it_follows_language_size_and_another_page(touring: Touring, desk: WindowDesk, qtbot: QtBot) -> None:
    touring.begin()
    mark = shown(touring, qtbot)
    text.use("zh_CN")
    desk.rebuild()
    assert mark.next.text() == "下一步"
    desk.go("settings")
    qtbot.waitUntil(lambda: not mark.ring.isVisible() or filled(desk))
    theme.use(Scheme.DARK, 150)
    desk.window.resize(1180, 720)
    for _step in steps():
        QApplication.processEvents()
        assert desk.window.frame.rect().contains(mark.geometry())
        for part in mark.findChildren(QWidget):
            assert mark.rect().contains(part.geometry())
        qtbot.mouseClick(mark.next, Qt.MouseButton.LeftButton)
    assert touring.tour is None


def test_the_step_of_a_page_finds_it_again_and_points_into_no_other(
    touring: Touring, desk: WindowDesk, qtbot: QtBot
) -> None:
    touring.begin()
    ring = shown(touring, qtbot).ring
    qtbot.waitUntil(ring.isVisible)

    def around() -> bool:
        target = POINTS["today"](desk.window) if filled(desk) and desk.places()[-1].page == "today" else None
        return target is not None and ring.isVisible() and touring.tour is not None and touring.tour._target is target

    qtbot.waitUntil(around)
    text.use("zh_CN")
    desk.rebuild()
    QApplication.processEvents()  # Today is just being made anew
    qtbot.waitUntil(around)
    before = desk.window.page()
    assert before is not None
    desk.go("settings")
    qtbot.waitUntil(lambda: filled(desk))
    qtbot.waitUntil(lambda: not ring.isVisible())
    theme.use(Scheme.DARK, 100)
    QApplication.processEvents()
    assert not ring.isVisible()
    before.mark_stale()
    desk.go("today")
    QApplication.processEvents()
    qtbot.waitUntil(around)


def test_the_help_shows_it_again(touring: Touring, desk: WindowDesk, qtbot: QtBot) -> None:
    desk.go("guide")
    page = desk.window.page()
    assert isinstance(page, GuidePage)
    qtbot.waitUntil(lambda: filled(desk) and page.tour.isVisible())
    qtbot.mouseClick(page.tour, Qt.MouseButton.LeftButton)
    shown(touring, qtbot)
    qtbot.waitUntil(lambda: desk.places()[-1].page == "today" and filled(desk))


@pytest.mark.parametrize(
    ("target", "room"),
    [
        (QRect(10, 200, 170, 36), QRect(0, 0, 1180, 720)),
        (QRect(200, 100, 900, 90), QRect(0, 0, 1180, 720)),
        (QRect(200, 690, 980, 28), QRect(0, 0, 1180, 720)),
        (QRect(900, 10, 270, 30), QRect(0, 0, 1180, 720)),
        (QRect(590, 360, 0, 0), QRect(0, 0, 1180, 720)),
    ],
)
def test_it_covers_neither_its_control_nor_the_edge(target: QRect, room: QRect) -> None:
    size = QSize(380, 160)
    at = coach_mark.placed(target, size, room)
    assert room.contains(QRect(at, size))
    assert not QRect(at, size).intersects(target)
    assert isinstance(at, QPoint)
