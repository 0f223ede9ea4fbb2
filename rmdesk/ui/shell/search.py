"""The list under the search field: hits while typing, from an index in memory."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from rmdesk.base.text import _
from rmdesk.ui.kit.pick_list import Pick, PickList
from rmdesk.ui.kit.widgets import column, label

Find = Callable[[str], Sequence[Pick]]


class SearchPopup(QFrame):
    """Hangs under the field. `picked` tells what the chosen line stands for; without an index it says so."""

    picked = Signal(object)

    def __init__(self, field: QLineEdit, over: QWidget) -> None:
        super().__init__(over)
        self.setObjectName("popup")
        self._field = field
        self.finder: Find | None = None
        self.list = PickList()
        self.list.listen(field)
        self.list.picked.connect(self._picked)
        self.none = label(role="soft", wrap=True)
        self.none.setContentsMargins(12, 8, 12, 8)
        box = column(self.list, self.none, gap=0)
        box.setContentsMargins(6, 6, 6, 6)
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
        self.none.setVisible(not hits)
        self.none.setText(_("Nothing found.") if self.finder is not None else _("The search is being prepared…"))
        self._place()
        self.show()
        self.raise_()

    def _place(self) -> None:
        over = self.parentWidget()
        if over is None:
            return
        high = self.list.wanted_height() if self.list.model_of_picks.picks else self.none.sizeHint().height()
        at = self._field.mapTo(over, QPoint(0, self._field.height() + 6))
        self.setGeometry(at.x(), at.y(), max(self._field.width(), 420), high + 14)

    def _picked(self, what: Any) -> None:
        self.close_list()
        self.picked.emit(what)

    def close_list(self) -> None:
        """Hide, and empty the field."""
        self.hide()
        self._field.clear()

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
