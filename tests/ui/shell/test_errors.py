"""Whatever goes wrong comes to one door; a report holds no text of the error, for it may name a client."""

from __future__ import annotations

from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from rmdesk.base.errors import Cancelled
from rmdesk.ui.shell.desk import WindowDesk
from rmdesk.ui.shell.report import ReportDialog, report

SECRET = "周文敏 6222 0000 1111 2222"


def broken() -> BaseException:
    def inner(client: str) -> None:
        raise KeyError(client)

    try:
        try:
            inner(SECRET)
        except KeyError as error:
            raise ValueError(SECRET) from error
    except ValueError as error:
        return error


def test_a_report_says_what_and_where_without_client_data() -> None:
    text = report(broken())
    assert "ValueError" in text
    assert "KeyError" in text
    assert "in inner" in text
    assert SECRET not in text


def test_errors_that_cause_each_other_are_told_once() -> None:
    one, other = ValueError("x"), KeyError("y")
    one.__cause__, other.__cause__ = other, one
    assert report(one).count("caused by") == 1


def test_a_bug_opens_the_report(desk: WindowDesk, qtbot: QtBot, caplog: pytest.LogCaptureFixture) -> None:
    desk.tell(broken())
    dialog = desk.window.findChild(ReportDialog)
    assert dialog is not None
    assert "ValueError" in dialog.text.toPlainText()
    assert SECRET not in caplog.text
    dialog.close()


def test_stopping_is_no_error(desk: WindowDesk) -> None:
    desk.tell(Cancelled())
    assert not desk.window.toast.isVisible()
    assert not desk.window.banner.isVisible()


def test_what_escapes_comes_to_the_door(desk: WindowDesk, qtbot: QtBot, caplog: pytest.LogCaptureFixture) -> None:
    import sys

    before: Any = sys.excepthook
    desk.door.watch()
    try:
        error = broken()
        sys.excepthook(type(error), error, error.__traceback__)
    finally:
        desk.door.leave()
        sys.excepthook = before
    dialog = desk.window.findChild(ReportDialog)
    assert dialog is not None
    dialog.close()
