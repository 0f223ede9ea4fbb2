"""What is photographed of the calendar and of occasions."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtWidgets import QPlainTextEdit

from rmdesk.app import App
from rmdesk.base import clock
from rmdesk.models.kinds import OccasionKind
from rmdesk.services.calendar import queries
from rmdesk.services.occasions.details import Details
from rmdesk.ui.occasions.greet_dialog import GreetDialog


def week(app: App) -> None:
    app.parts.desk.go("calendar", view="week", day=clock.today())


def holidays(app: App) -> None:
    """The month with the longest holiday of the year, which shows off days and moved weekends."""
    app.parts.desk.go("calendar", view="month", day=date(clock.today().year, 10, 1))


def as_list(app: App) -> None:
    app.parts.desk.go("calendar", view="list", day=clock.today())


def month_again(app: App) -> None:
    app.parts.desk.go("calendar", view="month", day=clock.today())


def add_day(app: App) -> None:
    details = Details(calendar="lunar", year=1966, month=3, day=5)
    app.parts.desk.ask("occasion", client=1, details=details)


def refused_day(app: App) -> None:
    app.parts.desk.ask("occasion", client=1, details=Details(kind="wedding", year=2001, month=2, day=30))


def submit(app: App) -> None:
    from rmdesk.ui.occasions.day_dialog import DayDialog

    for widget in app.qt.topLevelWidgets():
        if isinstance(widget, DayDialog) and widget.isVisible():
            widget.submit()


def greet(app: App) -> None:
    store = app.parts.tasks.store
    if store is None:
        return
    today = clock.today()
    for one in store.read(queries.entries, today, today + timedelta(days=14)):
        if one.due is not None and one.due.kind is OccasionKind.BIRTHDAY and not one.done:
            app.parts.desk.ask(
                "greet", client=one.client, occasion=one.due.occasion, day=one.on, key=one.due.key
            )  # fmt: skip
            return


def write(app: App) -> None:
    """Add a sentence of one's own to the greeting."""
    for widget in app.qt.topLevelWidgets():
        if isinstance(widget, GreetDialog) and widget.isVisible():
            editor: QPlainTextEdit = widget.editor
            editor.setPlainText(f"{editor.toPlainText()}改天给您送两盒新茶。")


def templates(app: App) -> None:
    app.parts.desk.ask("templates")


def export(app: App) -> None:
    from rmdesk.ui.calendar.page import CalendarPage

    app.parts.desk.go("calendar")
    page = app.window.page()
    if isinstance(page, CalendarPage):
        page.export()
