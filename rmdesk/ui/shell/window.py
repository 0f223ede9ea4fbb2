"""The window: a frame of navigation, top bar, page and status line, or a gate over all of it while locked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtGui import QCloseEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMainWindow, QWidget

from rmdesk.base.text import _
from rmdesk.ui.kit import faces
from rmdesk.ui.kit.banner import Banner
from rmdesk.ui.kit.loose import loose
from rmdesk.ui.kit.slices import Slices
from rmdesk.ui.kit.stack import Stack
from rmdesk.ui.kit.state import State
from rmdesk.ui.kit.theme import theme
from rmdesk.ui.kit.toast import Toast
from rmdesk.ui.kit.widgets import column, row
from rmdesk.ui.shell.nav import Nav
from rmdesk.ui.shell.routes import ROUTES
from rmdesk.ui.shell.status import StatusLine
from rmdesk.ui.shell.topbar import TopBar

if TYPE_CHECKING:
    from rmdesk.ui.kit.page import Page

SMALLEST = QSize(1180, 720)
FIRST = QSize(1440, 900)


class Window(QMainWindow):
    """Frame only: it knows no page by name and no data. `painted` comes once, after the first paint."""

    painted = Signal()
    closing = Signal()
    page_shown = Signal(object)

    def __init__(self, state: State) -> None:
        super().__init__()
        faces.install()
        self._state = state
        self._seen = False
        self._shown: Page | None = None
        self._offering, self._told = Slices(self, 0), Slices(self, 0)
        self.nav = Nav(ROUTES)
        self.topbar = TopBar()
        self.banner = Banner()
        self.pages = Stack()
        self.status = StatusLine()
        self.frame = QWidget()
        self.frame.setObjectName("ground")
        right = column(self.topbar, self.banner, self.pages, self.status, gap=0)
        right.setStretch(2, 1)
        whole = row(self.nav, right, gap=0)
        whole.setStretch(1, 1)
        self.frame.setLayout(whole)
        self._layers = Stack()
        self._layers.addWidget(self.frame)
        self.setCentralWidget(self._layers)
        self.toast = Toast(self)
        self.setMinimumSize(SMALLEST)
        self.resize(FIRST)
        geometry = state.geometry("window/geometry")
        if geometry is not None:
            self.restoreGeometry(geometry)
        self.setWindowTitle("rmdesk")
        theme.dress(self)

    def show_page(self, page: Page, listed: str) -> None:
        """Show a page and its actions; `listed` is its entry in the navigation.

        A new page comes in turns of the event loop (`Stack.bring`). Its buttons at the top follow by themselves, in
        the turn after the one that paints.
        """
        self.banner.hide()
        self._shown = page
        self.pages.bring(page, page.later())
        self.nav.show_page(listed)
        self.topbar.show_actions((), page)  # those of the page before are not for this one
        self._offering.begin((lambda: None, self._offer))
        self.show_title(page)
        self.page_shown.emit(page)

    def _offer(self) -> None:
        page = self._shown
        if page is not None:
            self.topbar.show_actions(page.offers, page)

    def show_title(self, page: Page) -> None:
        """Name the window after what it shows."""
        title = page.title()
        self.setWindowTitle(f"{title} – rmdesk" if title else "rmdesk")

    def page(self) -> Page | None:
        """The page that is shown; None while locked."""
        return None if self.gated else self._shown

    def show_gate(self, gate: QWidget) -> None:
        """Cover everything with this: first run, or unlock. Dialogs are closed: they may show a client."""
        self.close_dialogs()
        self._drop_gate()
        self._layers.addWidget(gate)
        self._layers.setCurrentWidget(gate)
        self.toast.hide()
        self.setWindowTitle(_("rmdesk (locked)"))
        gate.setFocus()

    def close_dialogs(self) -> None:
        """Close every dialog, menu and list over the window, unanswered: a form's draft is neither taken nor dropped.

        Qt's own file dialogs live on the stack of whoever asked; hidden, they end by themselves.
        """
        for other in QApplication.topLevelWidgets():
            if other is self or not other.isVisible():
                continue
            other.hide()
            if isinstance(other, QDialog) and not isinstance(other, QFileDialog):
                other.deleteLater()

    def forget(self) -> None:
        """Take away what the frame itself says of the data."""
        self.toast.clear()
        self.banner.clear()
        self.status.forget()
        self.topbar.search.setText("")  # also what undoing would bring back
        self.topbar.show_actions((), self)

    def show_frame(self) -> None:
        """Take the gate away."""
        self._layers.setCurrentWidget(self.frame)
        self._drop_gate()
        self.setWindowTitle("rmdesk")

    @property
    def gated(self) -> bool:
        """Whether a gate covers the frame."""
        return self._layers.currentWidget() is not self.frame

    def drop_page(self, page: Page) -> None:
        """Take a page out of the frame and delete it."""
        if self.pages.currentWidget() is page:
            self._shown = None
            self.page_shown.emit(None)
        self.pages.leave()
        self.pages.removeWidget(page)
        page.hide()
        for part in loose(page):
            part.deleteLater()
        page.deleteLater()

    def retranslate(self) -> None:
        """Texts of the frame in the language in use."""
        for part in (self.nav, self.topbar, self.status):
            part.retranslate()

    @Slot()  # known to Qt from the first: one that joins later makes Qt dress the whole window once more
    def bring_forward(self) -> None:
        """Come to the front, as when rmdesk is started once more."""
        self.setWindowState(self.windowState() & ~self.windowState().WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def _drop_gate(self) -> None:
        for at in range(self._layers.count() - 1, 0, -1):
            gate = self._layers.widget(at)
            if gate is not None:
                self._layers.removeWidget(gate)
                gate.deleteLater()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._seen:
            self._seen = True
            self._told.begin((lambda: None, self.painted.emit))  # what follows is not part of the turn that paints

    def focusNextPrevChild(self, next: bool) -> bool:
        from rmdesk.ui.kit import tab_order

        return tab_order.go(self, forward=next)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.toast.isVisible():
            self.toast.place()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._state.keep_geometry("window/geometry", self.saveGeometry())
        self._state.save()
        self.closing.emit()
        super().closeEvent(event)
