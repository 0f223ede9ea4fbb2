"""What is photographed: every page of the navigation, the client file, the search, the palette and the gates."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QApplication

from rmdesk.app import App
from rmdesk.base import clock
from rmdesk.ui.imports.page import ImportPage
from rmdesk.ui.shell.routes import ROUTES
from tests.walk import handover

SEARCHED = "w"
ACCOUNTS = 40


@dataclass(frozen=True, slots=True)
class Scene:
    """One picture: `steps` bring it about, each after the one before has come to rest; `clear` takes it away."""

    name: str
    steps: tuple[Callable[[App], None], ...]
    clear: Callable[[App], None] = lambda app: None


def picture(app: App) -> QPixmap:
    """The window as it is, with the dialogs and lists that stand over it."""
    taken = app.window.grab()
    painter = QPainter(taken)
    for widget in QApplication.topLevelWidgets():
        if widget.isVisible() and widget is not app.window:
            painter.drawPixmap(app.window.mapFromGlobal(widget.mapToGlobal(widget.rect().topLeft())), widget.grab())
    painter.end()
    return taken


def scenes(client: int) -> list[Scene]:
    """All scenes; `client` is whose file is opened."""
    pages = [_page(route.name, client) for route in ROUTES]
    return [
        *pages,
        Scene("imports-look", (_imports, _take_file)),
        Scene("imports-check", (_imports, _check_file), _start_again),
        Scene("receipt", (_today, _receipt), lambda app: app.parts.desk.rebuild()),
        Scene("search", (_today, _search), _forget_search),
        Scene("palette", (_today, lambda app: app.parts.commands.palette()), _close_dialogs),
        Scene("keys", (_today, lambda app: app.parts.commands.help()), _close_dialogs),
        Scene("first-run", (_first_run,), lambda app: app.window.show_frame()),
        Scene("unlock", (_unlock,), lambda app: app.window.show_frame()),
    ]


def _page(name: str, client: int) -> Scene:
    def show(app: App) -> None:
        if name == "client":
            app.parts.desk.go(name, client=client)
        else:
            app.parts.desk.go(name)

    return Scene(name, (show,))


def _imports(app: App) -> None:
    app.parts.desk.go("imports")


def _take_file(app: App) -> None:
    """A file as a bank writes it, about clients of the demo."""
    page, store = app.window.page(), app.parts.tasks.store
    if isinstance(page, ImportPage) and store is not None:
        file = app.args.folder.parent / "core_export_gbk.csv"
        handover.write(file, store.read(handover.largest, ACCOUNTS), clock.today())
        page.take([file])


def _check_file(app: App) -> None:
    page = app.window.page()
    if isinstance(page, ImportPage):
        page.check()


def _start_again(app: App) -> None:
    page = app.window.page()
    if isinstance(page, ImportPage):
        page.restart()


def _today(app: App) -> None:
    app.parts.desk.go("today")


def _receipt(app: App) -> None:
    from rmdesk.models.kinds import Lane
    from rmdesk.services.care.queries import care_day
    from rmdesk.ui.today.page import TodayPage

    page, store = app.window.page(), app.parts.tasks.store
    if isinstance(page, TodayPage) and store is not None:
        items = store.read(care_day).items
        page.ask_receipt(next(item for item in items if item.lane is Lane.PRIORITY))


def _search(app: App) -> None:
    app.parts.commands.search()
    app.window.topbar.search.setText(SEARCHED)


def _forget_search(app: App) -> None:
    app.window.topbar.search.clear()


def _close_dialogs(app: App) -> None:
    dialog = QApplication.activeModalWidget()
    if dialog is not None:
        dialog.close()


def _first_run(app: App) -> None:
    from rmdesk.ui.unlock.first_run import FirstRunGate

    app.window.show_gate(FirstRunGate())


def _unlock(app: App) -> None:
    from rmdesk.ui.unlock.unlock import UnlockGate

    app.window.show_gate(UnlockGate(app.parts.start.info))
