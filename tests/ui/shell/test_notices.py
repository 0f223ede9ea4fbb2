"""What was said in passing can be read again, newest first."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from rmdesk.ui.shell.desk import WindowDesk
from rmdesk.ui.shell.notice_list import NoticeList
from rmdesk.ui.shell.notices import KEPT, Notices


def test_the_newest_is_first_and_only_trouble_is_unread() -> None:
    notices = Notices()
    notices.add("saved")
    notices.add("disk full", trouble=True)
    assert [one.text for one in notices.all()] == ["disk full", "saved"]
    assert notices.unread == 1
    notices.read()
    assert notices.unread == 0
    for number in range(KEPT + 5):
        notices.add(str(number))
    assert len(notices.all()) == KEPT


def test_the_list_shows_them_and_marks_them_read(desk: WindowDesk, qtbot: QtBot) -> None:
    desk.toast("Saved.")
    desk.notices.add("The disk is full.", trouble=True)
    assert desk.window.status.bell.property("unread") is True
    desk.show_notices()
    sheet = desk.window.findChild(NoticeList)
    assert sheet is not None
    texts = [found.text() for found in sheet.findChildren(QLabel)]
    assert "Saved." in texts
    assert "The disk is full." in texts
    assert desk.window.status.bell.property("unread") is False
    sheet.close()


def test_an_empty_list_says_so(desk: WindowDesk, qtbot: QtBot) -> None:
    sheet = NoticeList(desk.notices, desk.window)
    qtbot.addWidget(sheet)
    assert "Nothing yet." in [found.text() for found in sheet.findChildren(QLabel)]
