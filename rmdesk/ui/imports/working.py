"""What is under way: how far it is, in words and as a bar, with Cancel."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QProgressBar, QWidget

from rmdesk.base.text import _
from rmdesk.ui.kit import format
from rmdesk.ui.kit.theme import theme
from rmdesk.ui.kit.widgets import Button, Card, column, label, row
from rmdesk.ui.tasks.task import Task

LOOK_MS = 100


class Working(QWidget):
    """Watches one task; `stopped` is called after Cancel, when the work has really ended."""

    def __init__(self) -> None:
        super().__init__()
        self._task: Task[Any] | None = None
        self._head = label("", "heading")
        self._what = label("", "soft", wrap=True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._safe = label(_("Cancelling leaves everything as it was."), "note")
        self.cancel = Button(_("Cancel"), self._cancel)
        card = Card(gap=12)
        card.setFixedWidth(theme.px(480))
        card.add(self._head, self._bar, self._what, row(self._safe, None, self.cancel))
        self.setLayout(column(None, row(None, card, None), None))
        self._look = QTimer(self, interval=LOOK_MS)
        self._look.timeout.connect(self._seen)

    def watch(self, task: Task[Any], head: str, stopped: Callable[[], object]) -> None:
        """Show how far this task is."""
        self._task = task
        self._head.setText(head)
        self._bar.setAccessibleName(head)
        self._what.setText("")
        self.cancel.setEnabled(True)
        self._bar.setRange(0, 1)  # not 0, 0: that would run to and fro
        self._bar.setValue(0)
        self._look.start()

        def ended(over: Task[Any]) -> None:
            self._look.stop()
            if over.progress.stopped:
                stopped()

        task.ended.connect(ended)

    def _seen(self) -> None:
        if self._task is None:
            return
        done, total, text = self._task.progress.seen
        self._bar.setRange(0, 1000)
        if total:
            self._bar.setValue(min(1000, round(1000 * done / total)))
        share = f"{format.percent(done / total)}  " if total else ""
        self._what.setText(share + text)

    def _cancel(self) -> None:
        self.cancel.setEnabled(False)
        self._what.setText(_("Stopping…"))
        if self._task is not None:
            self._task.cancel()
