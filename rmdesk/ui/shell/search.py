"""The list under the search field: hits while typing, from an index in memory."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from rmdesk.base.text import _
from rmdesk.ui.kit.pick_list import Pick, PickList
from rmdesk.ui.kit.theme import theme
from rmdesk.ui.kit.widgets import Button, column, label, row

WIDTH, EDGE = 560, 6

Find = Callable[[str], Sequence[Pick]]


class SearchPopup(QFrame):
    """Hangs under the field. `picked` tells what the chosen line stands for; without an index it says so."""

    picked = Signal(object)

    def __init__(self, field: QLineEdit, over: QWidget) -> None:
        super().__init__(over)
        self.setObjectName("popup")
        self._field = field
        self.finder: Find | None = None
        self.invite: Callable[[], object] | None = None  # set while there is no client to find
        self.list = PickList()
        self.list.listen(field)
        self.list.picked.connect(self._picked)
        self.none = label(role="strong", wrap=True)
        self.hint = label(role="small", wrap=True)
        self._import = Button("", self._invited, kind="link")
        self.nothing = QWidget()
        self.nothing.setLayout(column(self.none, self.hint, row(self._import, None), gap=4))
        self.nothing.setContentsMargins(12, 8, 12, 8)
        box = column(self.list, self.nothing, gap=0)
        box.setContentsMargins(EDGE, EDGE, EDGE, EDGE)
        self.setLayout(box)
        field.textChanged.connect(self.show_hits)
        field.installEventFilter(self)
        self.hide()

    def show_hits(self, text: str) -> None:
        """Find and show; an empty text closes the list."""
        if not text.strip():
            self.hide()
            return
        hits = self.finder(text) if self.finder is not None else ()
        self.list.show_picks(hits)
        self.list.setVisible(bool(hits))
        self.nothing.setVisible(not hits)
        self._say_nothing(text.strip())
        self._place()
        self.show()
        self.raise_()

    def tell_more(self) -> None:
        """More is known about the lines shown: show it."""
        if not self.isVisible() or self.finder is None:
            return
        hits = self.finder(self._field.text())
        self.list.tell_more(hits)
        self.list.setVisible(bool(hits))
        self.nothing.setVisible(not hits)
        self._say_nothing(self._field.text().strip())
        self._place()

    def _say_nothing(self, text: str) -> None:
        ready, empty = self.finder is not None, self.invite is not None
        if not ready:
            self.none.setText(_("The search is being prepared…"))
        elif empty:
            self.none.setText(_("There are no clients yet."))
        else:
            self.none.setText(_("Nothing found for “{text}”.").format(text=text))
        self.hint.setText(_("Try a name, pinyin or its initials, a client number, or the end of a phone number."))
        self.hint.setVisible(ready and not empty)
        self._import.setText(_("Import a file"))
        self._import.setVisible(empty)

    def _invited(self) -> None:
        invite = self.invite
        self.close_list()
        if invite is not None:
            invite()

    def _place(self) -> None:
        over = self.parentWidget()
        if over is None:
            return
        wide = max(self._field.width(), theme.px(WIDTH))
        if self.list.model_of_picks.picks:
            high = self.list.wanted_height()
        else:
            high = self.nothing.heightForWidth(wide - 2 * EDGE)
        at = self._field.mapTo(over, QPoint(0, self._field.height() + 6))
        self.setGeometry(at.x(), at.y(), min(wide, over.width() - at.x() - 24), high + 2 * EDGE + 2)

    def _picked(self, what: Any) -> None:
        self.close_list()
        self.picked.emit(what)

    def close_list(self) -> None:
        """Hide, and empty the field."""
        self.hide()
        self._field.clear()

    def forget(self) -> None:
        """The desk is locked: what was found, and what was not, goes."""
        self.finder = self.invite = None
        self.close_list()
        self.list.show_picks(())
        self.none.setText("")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut and not self.underMouse():
            self.hide()
        elif event.type() == QEvent.Type.FocusIn and self._field.text():
            self.show_hits(self._field.text())
        elif (
            event.type() in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride)
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
            and (self.isVisible() or self._field.text())
        ):
            event.accept()
            if event.type() == QEvent.Type.KeyPress:
                self.close_list()
            return True
        return False
