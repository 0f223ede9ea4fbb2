"""Makes the declared actions work: shortcuts, palette, help, the menu of the user's block."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, QPoint
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QMenu

from rmdesk.base.text import _
from rmdesk.ui.kit import helped
from rmdesk.ui.kit.actions import Action
from rmdesk.ui.kit.icons import icon
from rmdesk.ui.kit.page import Page
from rmdesk.ui.shell import actions
from rmdesk.ui.shell.desk import WindowDesk
from rmdesk.ui.shell.session import Session
from rmdesk.ui.shell.start import Start
from rmdesk.ui.unlock.reasons import Reason

IN_MENU = ("theme", "language", "guide", "tour", "help", "lock", "quit")


class Commands(QObject):
    """The shell's own actions run on this; those of a page on the page."""

    def __init__(self, desk: WindowDesk, session: Session, start: Start) -> None:
        super().__init__()
        self.desk = desk
        self.window = desk.window
        self.session = session
        self.start = start
        self._of_page: list[QAction] = []
        for action in actions.everywhere():
            self._bind(action, self)
        self.window.page_shown.connect(self._page_shown)
        self.window.nav.user.clicked.connect(self._menu)

    # What the shell's actions call.

    def go(self, page: str) -> None:
        """Show a page."""
        self.desk.go(page)

    def leads(self) -> bool:
        """Whether a team lead sits here."""
        return self.window.nav.lead

    def ask(self, form: str) -> None:
        """Open a form."""
        if not self.window.gated:
            self.desk.ask(form)

    def search(self) -> None:
        """Into the search field."""
        if not self.window.gated:
            self.window.topbar.search.setFocus()
            self.window.topbar.search.selectAll()

    def palette(self) -> None:
        """All commands."""
        if self.window.gated:
            return
        from rmdesk.ui.shell.palette import Palette

        dialog = Palette(self._offered(), self.window)
        dialog.accepted.connect(lambda: dialog.ran() if dialog.ran is not None else None)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def guide(self) -> None:
        """The rule behind what has the keyboard, else the help of the page; pressed again, the way back."""
        places = self.desk.places()
        here = places[-1].page if places else ""
        if here == "guide":
            self.desk.back()
        elif not self.window.gated:
            rule = helped.rule_of(QApplication.focusWidget())
            self.desk.go("guide", **({"rule": rule} if rule else {"screen": here} if here else {}))

    def help(self) -> None:
        """All keys."""
        from rmdesk.ui.shell.keys_help import KeysHelp

        page = self.window.page()
        keys = page.keys if page is not None else ()
        dialog = KeysHelp([action for action, _place in self._offered()], self.window, keys)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def undo(self) -> None:
        """Take the last command back."""
        self.desk.undo()

    def redo(self) -> None:
        """Do it again."""
        self.desk.redo()

    def back(self) -> None:
        """The page before; the tour first goes away."""
        if not self.session.touring.skip():
            self.desk.back()

    def tour(self) -> None:
        """Be shown round."""
        self.session.touring.begin()

    def reload(self) -> None:
        """Read the page again."""
        page = self.window.page()
        if page is not None:
            page.mark_stale()

    def notices(self) -> None:
        """What was said in passing."""
        self.desk.show_notices()

    def lock(self) -> None:
        """Lock now."""
        self.session.lock(Reason.KEY)

    def resize_text(self, step: int) -> None:
        """Larger or smaller."""
        self.session.resize_text(step)

    def switch_theme(self) -> None:
        """Light or dark."""
        self.session.switch_theme()

    def switch_language(self) -> None:
        """Chinese or English."""
        self.session.switch_language()

    def quit(self) -> None:
        """Close the window."""
        self.window.close()

    # Inside.

    def _offered(self) -> list[tuple[Action, Any]]:
        page = self.window.page()
        of_page = [(action, page) for action in page.offers] if page is not None else []
        return [*of_page, *((action, self) for action in actions.everywhere())]

    def _bind(self, action: Action, place: Any) -> QAction | None:
        if not action.shortcut:
            return None
        made = QAction(self.window)
        made.setShortcut(QKeySequence(action.shortcut))
        made.triggered.connect(lambda: action.run(place) if action.is_enabled(place) else None)
        self.window.addAction(made)
        return made

    def _page_shown(self, page: Page | None) -> None:
        for made in self._of_page:
            self.window.removeAction(made)
            made.deleteLater()
        bound = [self._bind(action, page) for action in page.offers] if page is not None else []
        self._of_page = [made for made in bound if made is not None]

    def _menu(self) -> None:
        menu = QMenu(self.window)
        for action in actions.SHELL:
            if action.name not in IN_MENU:
                continue
            if action.name == "lock":
                menu.addSeparator()
            made = menu.addAction(icon(action.icon), f"{_(action.text)}\t{action.shortcut}")
            made.triggered.connect(lambda _checked=False, action=action: action.run(self))
        button = self.window.nav.user
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(button.mapToGlobal(QPoint(0, -menu.sizeHint().height())))
