"""Done from the list, in pictures: the forms that rows open, and the list after one was saved."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from rmdesk.app import App
from rmdesk.base import clock
from rmdesk.services.care.commands import Snooze
from rmdesk.services.care.rows import CareItem, Step
from rmdesk.ui.kit.form import FormDialog
from rmdesk.ui.today.page import TodayPage


def settle(app: App) -> None:
    """The complaint of the list."""
    _page(app).done(_item(app, Step.RESOLVE))


def keep(app: App) -> None:
    """The promise of the list."""
    _page(app).done(_item(app, Step.KEEP))


def log(app: App) -> None:
    """The renewal of the list, in the form of visits."""
    _page(app).done(_item(app, Step.RENEW))


def save(app: App) -> None:
    """Answer the form as soon as it is open."""
    for _turn in range(200):
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, FormDialog):
            dialog.submit()
            return
        QTest.qWait(10)


def put_off(app: App) -> None:
    """Two clients are put off."""
    store = app.parts.tasks.store
    assert store is not None
    for item, why in zip(_page(app).list.rows()[-3:-1], ("出国至下月", "请下周再联系"), strict=True):
        until = clock.today() + timedelta(9)
        app.parts.desk.perform(Snooze(item.item.client, until, why))


def show_put_off(app: App) -> None:
    """Who they are, at the end of the list."""
    shown = _page(app).list.put_off()
    assert shown is not None
    shown.toggle.click()
    bar = _page(app).list.verticalScrollBar()
    bar.setValue(bar.maximum())


def to_the_end(app: App) -> None:
    """The end of the list."""
    bar = _page(app).list.verticalScrollBar()
    bar.setValue(bar.maximum())


def undo_twice(app: App) -> None:
    """As it was."""
    app.parts.desk.undo()
    app.parts.desk.undo()


def _page(app: App) -> TodayPage:
    page = app.window.page()
    assert isinstance(page, TodayPage)
    return page


def _item(app: App, step: Step) -> CareItem:
    return next(row.item for row in _page(app).list.rows() if row.item.action.step is step)
