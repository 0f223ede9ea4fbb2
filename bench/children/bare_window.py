"""The floor of a start: a bare window with an empty table, until it is painted."""

from __future__ import annotations

import sys
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QTableView

from bench.told import memory, so_far, tell

Index = QModelIndex | QPersistentModelIndex


class Rows(QAbstractTableModel):
    """A thousand rows of made text."""

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 1000

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 8

    def data(self, index: Index, role: int = 0) -> Any:
        return f"客户{index.row()}-{index.column()}" if role == 0 else None


class View(QTableView):
    """Tells of its first paint."""

    seen = False

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.seen:
            self.seen = True
            told = so_far("painted")
            QTimer.singleShot(0, lambda: leave(told))


def leave(told: dict[str, float]) -> None:
    """Tell and end."""
    tell(**told, **memory())
    QApplication.quit()


application = QApplication(sys.argv[:1])
window, view, rows = QMainWindow(), View(), Rows()
view.setModel(rows)
window.setCentralWidget(view)
window.resize(1440, 900)
window.show()
sys.exit(application.exec())
