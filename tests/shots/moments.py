"""What is photographed beside the plain pages: dialogs, notices, tabs, and every step of the import.

What a moment writes it takes back when it is over, so that a profile can be photographed again and again.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from rmdesk.app import App
from rmdesk.base import clock
from rmdesk.base.errors import Trouble
from rmdesk.base.text import N_
from rmdesk.models.kinds import Lane
from rmdesk.services.audit.acts import Act
from rmdesk.services.audit.noting import noted, viewed
from rmdesk.services.care.queries import care_day
from rmdesk.services.care.rows import CareItem
from rmdesk.services.clients.filters import ClientFilter
from rmdesk.ui.audit.page import AuditPage
from rmdesk.ui.clients.page import ClientsPage
from rmdesk.ui.imports.page import ImportPage
from rmdesk.ui.today.page import TodayPage
from tests.walk import handover

ACCOUNTS = 40
SELECTED = 3
REFUSED = b"PK\x03\x04 no workbook"


# Pages.


def today(app: App) -> None:
    app.parts.desk.go("today")


def clients(app: App) -> None:
    app.parts.desk.go("clients")


def imports(app: App) -> None:
    app.parts.desk.go("imports")


# Today.


def _items(app: App) -> tuple[CareItem, ...]:
    store = app.parts.tasks.store
    return store.read(care_day).items if store is not None else ()


def receipt(app: App) -> None:
    page, items = app.window.page(), _items(app)
    if isinstance(page, TodayPage) and items:
        page.ask_receipt(next((item for item in items if item.lane is Lane.PRIORITY), items[0]))


def put_off(app: App) -> None:
    page, items = app.window.page(), _items(app)
    if isinstance(page, TodayPage) and items:
        page.snooze(items[0])


def mark_done(app: App) -> None:
    page, items = app.window.page(), _items(app)
    if isinstance(page, TodayPage) and items:
        page.done_unrecorded(items[0])


def step_down(app: App) -> None:
    """The keyboard on the second row."""
    page = app.window.page()
    if isinstance(page, TodayPage) and page.list.rows():
        app.window.activateWindow()
        page.list.rows()[0].setFocus(Qt.FocusReason.TabFocusReason)
        page.list.rows()[0].moved.emit(1)


def undo(app: App) -> None:
    app.parts.desk.undo()


# Clients.


def select(app: App) -> None:
    page = app.window.page()
    if isinstance(page, ClientsPage):
        page.table.selectRow(0)
        for row in range(1, SELECTED):
            index = page.table.rows.index(row, 0)
            flags = page.table.selectionModel().SelectionFlag
            page.table.selectionModel().select(index, flags.Select | flags.Rows)


def find_nobody(app: App) -> None:
    page = app.window.page()
    if isinstance(page, ClientsPage):
        page.narrow(ClientFilter(text="没有这个人"))


def find_all(app: App) -> None:
    page = app.window.page()
    if isinstance(page, ClientsPage):
        page.narrow(ClientFilter())
        page.table.clearSelection()


# Import.


def take_file(app: App) -> None:
    """The file that was asked for, or one as a bank writes it, about clients of the demo."""
    page, store = app.window.page(), app.parts.tasks.store
    if not isinstance(page, ImportPage) or store is None:
        return
    file = app.args.folder.parent / "core_export_gbk.csv"
    handover.write(file, store.read(handover.largest, ACCOUNTS), clock.today())
    page.take([file])


def taking(files: list[Path]) -> Callable[[App], object]:
    """A step that takes these files."""

    def take(app: App) -> None:
        page = app.window.page()
        if isinstance(page, ImportPage):
            page.take(files)

    return take


def take_what_is_none(app: App) -> None:
    """A file that says it is a workbook and is none."""
    page = app.window.page()
    if isinstance(page, ImportPage):
        file = app.args.folder.parent / "holdings.xlsx"
        file.write_bytes(REFUSED)
        page.take([file])


def check_file(app: App) -> None:
    page = app.window.page()
    if isinstance(page, ImportPage):
        page.check()


def apply_file(app: App) -> None:
    page = app.window.page()
    if isinstance(page, ImportPage):
        page.apply()


def start_again(app: App) -> None:
    page = app.window.page()
    if isinstance(page, ImportPage):
        page.restart()
    app.window.banner.hide()


def find_duplicates(app: App) -> None:
    page = app.window.page()
    if isinstance(page, ImportPage):
        page.find_duplicates()


def compare_two(app: App) -> None:
    """The two clients with most assets side by side, as if they might be one."""
    from rmdesk.ui.imports.merge import MergeDialog

    store = app.parts.tasks.store
    told = store.read(handover.largest, ACCOUNTS) if store is not None else []
    if len(told) > 1:
        MergeDialog(app.parts.desk, told[0].client, told[1].client, app.window).open()


# Everywhere.


def fail(app: App) -> None:
    """A page that could not be loaded."""
    page = app.window.page()
    if page is not None:
        page.show_error(
            Trouble(
                N_("The data file is in use by another program."),
                do=N_("Close the other program and try again. Nothing was changed."),
            )
        )


def close_dialogs(app: App) -> None:
    for _over in range(5):  # one may stand over another
        dialog = QApplication.activeModalWidget()
        if dialog is not None:
            dialog.close()


def export(app: App) -> None:
    """The question before clients go out."""
    page = app.window.page()
    if isinstance(page, ClientsPage):
        page.outgoing.export()


def audit(app: App) -> None:
    """The audit log of a day on which something happened."""
    store = app.parts.tasks.store
    if store is not None:
        noted(store, Act.UNLOCK_FAILED, facts={"tries": 1})
        viewed(store, 1)
        facts: dict[str, str | int] = {"what": "clients", "form": "xlsx", "rows": 478, "how": "encrypted"}
        noted(store, Act.EXPORT, facts=facts | {"sha256": "3f" * 32})
        noted(store, Act.RULES, entity="setting", entity_id="care.day_length")
    app.parts.desk.go("audit")


def verify(app: App) -> None:
    page = app.window.page()
    if isinstance(page, AuditPage):
        page.verify()
