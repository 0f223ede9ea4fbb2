"""The log of visits with its filters: text, channel, state, late entries."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from rmdesk.base.text import _, plural
from rmdesk.models.kinds import Channel, VisitState
from rmdesk.services.visits import queries
from rmdesk.services.visits.queries import LogFilter
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.form import choices
from rmdesk.ui.kit.widgets import clearable
from rmdesk.ui.visits import words
from rmdesk.ui.visits.board import fill_wanted
from rmdesk.ui.visits.boards import visits_board

TYPED_MS = 200


class LogBoard(QWidget):
    """Newest first; rows are read as they are looked at, whatever the length of the log."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.board = visits_board(desk, "log")
        self._ids, self._rows = desk.tasks.line(self), desk.tasks
        self.text = QLineEdit()
        self.text.setPlaceholderText(_("Client or words of the visit"))
        self.text.setAccessibleName(_("Client or words of the visit"))
        clearable(self.text)
        self.channel = choices(("", _("All channels")), *((str(one), words.channel(one)) for one in Channel))
        self.channel.setAccessibleName(_("Channel"))
        states = [state for state in VisitState if state is not VisitState.PLANNED]
        self.state = choices(("", _("All states")), *((str(one), _(words.STATES[one][0])) for one in states))
        self.state.setAccessibleName(_("State"))
        self.late = QCheckBox(_("Late entries"))
        for part in (self.text, self.channel, self.state, self.late):
            self.board.top.addWidget(part)
        self.board.top.setStretch(0, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.board)
        self._soon = QTimer(self, singleShot=True, interval=TYPED_MS)
        self._soon.timeout.connect(self.ask)
        self.text.textChanged.connect(lambda _text: self._soon.start())
        self.channel.currentIndexChanged.connect(lambda _at: self.ask())
        self.state.currentIndexChanged.connect(lambda _at: self.ask())
        self.late.toggled.connect(lambda _on: self.ask())
        self.board.table.wanted.connect(self._read)

    def ask(self) -> None:
        """Read which visits answer the filters."""
        self._soon.stop()
        if self._rows.store is not None:
            self._ids.fetch(queries.log_ids, self.wanted()).done.connect(self._show)

    def wanted(self) -> LogFilter:
        """The filters as they stand."""
        return LogFilter(
            text=self.text.text(),
            channel=str(self.channel.currentData() or ""),
            state=str(self.state.currentData() or ""),
            late=self.late.isChecked(),
        )

    def _show(self, ids: list[int]) -> None:
        self.board.show_ids(ids)
        self.board.note.setText(plural("{count} visit", "{count} visits", len(ids)))

    def _read(self, numbers: tuple[int, ...]) -> None:
        self._rows.fetch(queries.log_rows, numbers).done.connect(lambda rows: fill_wanted(self.board, rows))
