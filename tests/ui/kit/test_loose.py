"""A page that is dropped half built leaves nothing behind: not its later parts, not the rows in them."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from rmdesk.ui.imports.page import ImportPage
from rmdesk.ui.kit.loose import loose
from rmdesk.ui.shell.desk import WindowDesk


def kinds() -> set[str]:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    return {type(one).__name__ for one in QApplication.allWidgets()}


def test_a_page_dropped_in_the_middle_leaves_no_part_of_it(desk: WindowDesk, qtbot: QtBot) -> None:
    desk.go("gifts")
    page = desk.window.page()
    assert page is not None
    assert list(loose(page))  # it has just begun
    assert {"GiftsPage", "LinesCard"} <= kinds()
    del page
    desk.drop_pages()
    assert not {"GiftsPage", "LinesCard"} & kinds()
    qtbot.waitUntil(lambda: not desk.tasks.running)


def test_lists_that_an_import_made_ahead_go_with_its_page(desk: WindowDesk, qtbot: QtBot) -> None:
    """A desk that locks just then would keep them for good, again each time."""
    page = ImportPage(desk)
    made = [page._lists.new, page._lists.gone]
    assert set(made) <= set(loose(page))
    desk.window.drop_page(page)
    qtbot.waitUntil(lambda: not any(isValid(one) for one in made))


def test_parts_of_parts_are_found_and_placed_ones_are_not(qtbot: QtBot) -> None:
    page, inner = QWidget(), QWidget()
    qtbot.addWidget(page)
    placed, later, listed, named = QLabel("", page), QLabel(), QLabel(), QLabel()
    page.placed, page.inner = placed, inner  # type: ignore[attr-defined]
    inner.later, inner.many, inner.named = later, [listed], {"a": named}  # type: ignore[attr-defined]
    page.window_of_all = QMainWindow()  # type: ignore[attr-defined]
    assert set(loose(page)) == {inner, later, listed, named}
