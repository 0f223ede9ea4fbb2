"""What is new comes into a stack in turns of the event loop, and what is seen is not painted anew for it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from rmdesk.ui.kit.page import Page
from rmdesk.ui.kit.stack import Stack
from rmdesk.ui.kit.widgets import column
from rmdesk.ui.shell.desk import WindowDesk


class Sheet(QWidget):
    """Notes what happens to it, turn by turn."""

    def __init__(self) -> None:
        super().__init__()
        self.painted: list[QRect] = []
        self.resized = False
        self.label = QLabel("Zhang")
        self.setLayout(column(self.label))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        self.painted.append(event.rect())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized = True


@pytest.fixture
def stack(qtbot: QtBot) -> Stack:
    made = Stack()
    qtbot.addWidget(made)
    made.resize(640, 480)
    made.bring(Sheet())
    made.show()
    qtbot.waitUntil(lambda: not made.bringing)
    QApplication.processEvents()
    return made


def test_a_new_one_is_dressed_filled_laid_out_and_seen_in_a_turn_each(stack: Stack) -> None:
    before, new, further = stack.currentWidget(), Sheet(), QLabel("Li")
    box = new.layout()
    assert box is not None
    seen: list[tuple[bool, int, bool, bool]] = []
    stack.bring(new, [lambda: box.addWidget(further)])
    for _turn in range(10):
        state = (stack.indexOf(new) >= 0, box.count(), new.resized, new.isVisible())
        if not seen or seen[-1] != state:
            seen.append(state)
        if stack.currentWidget() is before:
            assert not new.isVisible()
        QApplication.processEvents()
    assert seen == [
        (False, 1, False, False),  # nothing in the turn of who asks
        (True, 1, False, False),
        (True, 2, False, False),
        (True, 2, True, False),
        (True, 2, True, True),
    ]
    assert stack.currentWidget() is new
    assert not stack.bringing
    assert new.size() == stack.size()
    assert further.y() > new.label.y()


def test_what_is_seen_is_not_painted_again_while_another_comes(stack: Stack, qtbot: QtBot) -> None:
    before, new = stack.currentWidget(), Sheet()
    assert isinstance(before, Sheet)
    before.painted.clear()
    stack.bring(new)
    qtbot.waitUntil(lambda: stack.currentWidget() is new)
    assert before.painted == []


def test_one_that_is_there_is_seen_at_once(stack: Stack, qtbot: QtBot) -> None:
    first, second = stack.currentWidget(), Sheet()
    assert first is not None
    stack.bring(second)
    qtbot.waitUntil(lambda: stack.currentWidget() is second)
    stack.bring(first)
    assert stack.currentWidget() is first


def test_another_wish_takes_the_place_of_one_on_its_way(stack: Stack, qtbot: QtBot) -> None:
    first, second, third = stack.currentWidget(), Sheet(), Sheet()
    assert first is not None
    stack.bring(second)
    stack.bring(third)
    qtbot.waitUntil(lambda: stack.currentWidget() is third)
    assert stack.indexOf(second) < 0
    fourth = Sheet()
    stack.bring(fourth)
    stack.leave()
    stack.bring(first)
    QApplication.processEvents()
    assert stack.currentWidget() is first
    assert stack.indexOf(fourth) < 0
    for left in (second, fourth):
        left.deleteLater()


class Late(Page):
    """Two parts that come later."""

    def __init__(self, desk: WindowDesk) -> None:
        super().__init__(desk)
        self.parts = [QLabel("one"), QLabel("two")]
        self.add_later(self.body, *self.parts)


def test_the_later_parts_of_a_page_are_in_it_when_it_is_first_seen(desk: WindowDesk, qtbot: QtBot) -> None:
    before, page = Page(desk), Late(desk)
    desk.window.show_page(before, "")  # the first one of all is seen at once
    qtbot.waitUntil(before.isVisible)
    desk.window.show_page(page, "")
    assert page.body.count() == 0
    qtbot.waitUntil(page.isVisible)
    assert page.body.count() == 2
    assert not page.building
    for shown in (page, before):
        desk.window.drop_page(shown)


def test_one_that_comes_back_is_painted_in_the_turn_after_it_was_changed_to(stack: Stack, qtbot: QtBot) -> None:
    before, new = stack.currentWidget(), Sheet()
    assert isinstance(before, Sheet)
    stack.bring(new)
    qtbot.waitUntil(lambda: bool(new.painted))
    before.painted.clear()
    stack.bring(before)
    assert before.isVisible()
    assert not before.updatesEnabled()
    QApplication.sendPostedEvents()  # all that this turn still has to do
    assert before.painted == []
    qtbot.waitUntil(lambda: bool(before.painted))
    assert before.painted[-1].size() == before.size()


def test_a_page_that_is_left_while_it_comes_has_all_its_parts_the_next_time(desk: WindowDesk, qtbot: QtBot) -> None:
    before, page = Page(desk), Late(desk)
    desk.window.show_page(before, "")
    qtbot.waitUntil(before.isVisible)
    desk.window.show_page(page, "")
    while page.body.count() < 1:
        QApplication.processEvents()
    assert page.body.count() == 1
    desk.window.show_page(before, "")
    qtbot.waitUntil(lambda: not before.building)
    assert not page.isVisible()
    desk.window.show_page(page, "")
    qtbot.waitUntil(lambda: page.isVisible() and not page.building)
    assert [page.body.itemAt(at).widget() for at in range(page.body.count())] == page.parts  # type: ignore[union-attr]
