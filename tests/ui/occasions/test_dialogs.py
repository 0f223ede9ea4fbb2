"""The form of a day with its live preview, the tab of the file, greetings and templates; all by real events."""

from __future__ import annotations

from datetime import date
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from rmdesk.models.kinds import ClientId, ClientStatus
from rmdesk.services.occasions.commands import AddOccasion
from rmdesk.services.occasions.details import Details
from rmdesk.services.store.store import Store
from rmdesk.ui.clients.file_page import ClientPage
from rmdesk.ui.occasions.day_dialog import DayDialog
from rmdesk.ui.occasions.tab import OccasionsTab
from rmdesk.ui.occasions.template_dialog import TemplateDialog, TemplateList
from rmdesk.ui.shell.desk import WindowDesk
from tests.services.occasions import arrange
from tests.ui.answering import open_dialog
from tests.ui.conftest import Seen

D = TypeVar("D", bound=QDialog)


def choose(dialog: DayDialog, name: str, value: Any) -> None:
    box = dialog.form.fields[name].editor
    assert isinstance(box, QComboBox)
    box.setCurrentIndex(box.findData(value))


def write(qtbot: QtBot, dialog: DayDialog, name: str, typed: str) -> None:
    editor = dialog.form.fields[name].editor
    assert isinstance(editor, QLineEdit)
    editor.clear()
    qtbot.keyClicks(editor, typed)


@pytest.fixture
def client(store: Store) -> ClientId:
    return arrange.client(store, birth_date="1966-11-28")


@pytest.fixture
def dialog(qtbot: QtBot, desk: WindowDesk, client: ClientId) -> DayDialog:
    desk.ask("occasion", client=client)
    return open_dialog(qtbot, DayDialog)


def visible(dialog: DayDialog) -> set[str]:
    return {name for name, field in dialog.form.fields.items() if field.isVisible()}


def test_a_lunar_birthday_with_its_preview(
    dialog: DayDialog, qtbot: QtBot, store: Store, client: ClientId, desk: WindowDesk
) -> None:
    choose(dialog, "calendar", "lunar")
    write(qtbot, dialog, "year", "1966")
    choose(dialog, "month", 10)
    write(qtbot, dialog, "day", "16")
    assert dialog.preview.text().splitlines() == [
        "Next: 2026-11-24 (lunar 10/16), turns 60",
        "The day itself: 1966-11-27 in the solar calendar.",
    ]
    qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: not desk.tasks.running)
    rows = store.read(lambda reads: reads.rows("SELECT kind, calendar, year, month, day FROM occasion"))
    assert rows == [("birthday", "lunar", 1966, 10, 16)]


@pytest.mark.parametrize(
    ("calendar", "month", "typed", "said"),
    [
        ("solar", 2, "30", "Month 2 has no day 30"),
        ("solar", 4, "31", "Month 4 has no day 31"),
        ("lunar", 3, "31", "A lunar month has at most 30 days"),
    ],
)
def test_a_day_that_does_not_exist_is_refused_beside_it_and_kept(
    dialog: DayDialog, qtbot: QtBot, calendar: str, month: int, typed: str, said: str
) -> None:
    choose(dialog, "calendar", calendar)
    choose(dialog, "month", month)
    write(qtbot, dialog, "day", typed)
    assert said in dialog.preview.text()
    dialog.submit()
    assert dialog.isVisible()
    assert said in dialog.form.fields["day"].error.text()
    assert dialog.form.value("day") == typed
    dialog.reject()


def test_a_leap_month_that_the_year_lacks(dialog: DayDialog, qtbot: QtBot) -> None:
    choose(dialog, "calendar", "lunar")
    write(qtbot, dialog, "year", "1980")
    choose(dialog, "month", 6)
    write(qtbot, dialog, "day", "1")
    dialog.form.fill(leap=True)
    assert "leap_policy" in visible(dialog)
    dialog.submit()
    assert "Lunar 1980 had no leap month" in dialog.form.fields["leap"].error.text()
    dialog.reject()


def test_only_what_matters_is_asked(dialog: DayDialog, qtbot: QtBot) -> None:
    assert visible(dialog) == {"kind", "calendar", "year", "month", "day", "lead_days", "note"}
    choose(dialog, "kind", "festival")
    assert visible(dialog) == {"kind", "festival", "lead_days", "note"}
    choose(dialog, "kind", "relative_birthday")
    assert "person" in visible(dialog)
    choose(dialog, "month", 2)
    write(qtbot, dialog, "day", "29")
    assert {"day_policy", "both"} <= visible(dialog)
    dialog.reject()


@pytest.mark.parametrize("pasted", ["x" * 100_000, "29\x00", "２９", "👍", "-1", "1e3"])
def test_whatever_is_pasted_is_refused_or_understood(dialog: DayDialog, pasted: str) -> None:
    dialog.form.fill(day=pasted)
    dialog.submit()
    QApplication.processEvents()
    assert dialog.form.fields["day"].error.text() or not dialog.isVisible() or pasted == "２９"
    dialog.reject()


def test_the_tab_adds_edits_greets_and_removes(qtbot: QtBot, desk: WindowDesk, store: Store, client: ClientId) -> None:
    store.perform(AddOccasion(client, Details(kind="wedding", year=2001, month=11, day=24)))
    desk.go("client", client=client, tab="occasions")
    page = desk.window.page()
    assert isinstance(page, ClientPage)

    def tab() -> OccasionsTab | None:
        return next(iter(page.findChildren(OccasionsTab)), None)

    def buttons(text: str) -> list[QPushButton]:
        made = tab()
        return [] if made is None else [
            one for one in made.findChildren(QPushButton) if one.text() == text and one.isVisibleTo(page)
        ]  # fmt: skip

    qtbot.waitUntil(lambda: len(buttons("Greet")) == 2)  # the wedding, and the birthday that the bank told
    assert len(buttons("Lunar instead")) == 1
    qtbot.mouseClick(buttons("Greet")[0], Qt.MouseButton.LeftButton)
    from rmdesk.ui.occasions.greet_dialog import GreetDialog

    greet = open_dialog(qtbot, GreetDialog)
    greet.form.fill(template=-1)
    greet.submit()
    qtbot.waitUntil(lambda: len(buttons("Greet")) == 1)
    qtbot.waitUntil(lambda: len(buttons("Take back")) == 1)
    qtbot.mouseClick(buttons("Take back")[0], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(buttons("Greet")) == 2)
    qtbot.mouseClick(buttons("Remove")[0], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(buttons("Greet")) == 1)
    desk.undo()
    qtbot.waitUntil(lambda: len(buttons("Edit")) == 1)
    qtbot.mouseClick(buttons("Edit")[0], Qt.MouseButton.LeftButton)
    edit = open_dialog(qtbot, DayDialog)
    assert edit.form.value("year") == "2001"
    write(qtbot, edit, "day", "25")
    edit.submit()
    qtbot.waitUntil(lambda: not desk.tasks.running)
    assert store.read(lambda reads: reads.value("SELECT day FROM occasion")) == 25
    qtbot.waitUntil(lambda: not page.stale)


def test_nobody_is_greeted_who_has_died(qtbot: QtBot, desk: WindowDesk, store: Store, door: Seen) -> None:
    client = arrange.client(store, birth_date="1966-11-28", status=ClientStatus.DECEASED.value)
    desk.ask("greet", client=client, occasion=None, day=date(2026, 11, 28), key="birthday")
    qtbot.waitUntil(lambda: bool(door.errors))
    assert getattr(door.errors[0], "code", "") == "deceased"


def test_templates_are_added_changed_and_retired(qtbot: QtBot, desk: WindowDesk, store: Store) -> None:
    desk.ask("templates")
    listed = open_dialog(qtbot, TemplateList)

    def buttons(text: str) -> list[QPushButton]:
        return [one for one in listed.findChildren(QPushButton) if one.text() == text and one.isVisibleTo(listed)]

    qtbot.waitUntil(lambda: len(buttons("Copy and change")) > 10)
    qtbot.mouseClick(buttons("Add template")[0], Qt.MouseButton.LeftButton)
    form = open_dialog(qtbot, TemplateDialog)
    form.form.fill(title="Mine", text="Hello {nobody}")
    form.submit()
    qtbot.waitUntil(lambda: "{nobody}" in form.form.fields["text"].error.text())
    form.form.fill(text="Hello {name}")
    form.submit()
    qtbot.waitUntil(lambda: len(buttons("Retire")) == 1)
    qtbot.mouseClick(buttons("Retire")[0], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not buttons("Retire"))
    assert store.read(lambda reads: reads.value("SELECT retired_on FROM template")) == "2026-11-21"
    listed.accept()
