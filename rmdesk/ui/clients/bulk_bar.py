"""The foot of the table: how many there are, and what can be done with those that are selected."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from rmdesk.base.text import _, plural
from rmdesk.models.kinds import ClientStatus
from rmdesk.services.clients.table_rows import Found
from rmdesk.ui.care import words
from rmdesk.ui.kit import format
from rmdesk.ui.kit.widgets import Button, label, row


class BulkBar(QWidget):
    """Signals: `status(status)`, `consent(answer)`, `snooze`, `invite`, `copy`, `export` for the selected clients."""

    status = Signal(object)
    consent = Signal(object)
    snooze = Signal()
    invite = Signal()
    copy = Signal()
    export = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._found: Found | None = None
        self._currency = ""
        self._text = label("", "note")
        self.set_status = Button(_("Set status") + " ▾", kind="small")
        self.set_status.setMenu(self._statuses())
        self.put_off = Button(_("Put off"), self.snooze.emit, kind="small", icon="clock")
        self.to_event = Button(_("Add to an event"), self.invite.emit, kind="small", icon="event")
        self.to_copy = Button(_("Copy"), self.copy.emit, kind="small", icon="copy")
        self.to_file = Button(_("Export"), self.export.emit, kind="small", icon="export")
        self._actions = (self.set_status, self.put_off, self.to_event, self.to_copy, self.to_file)
        self.setLayout(row(self._text, None, *self._actions, gap=8))
        self.show_selected(0)

    def show_found(self, found: Found, currency: str) -> None:
        """What the table holds."""
        self._found, self._currency = found, currency
        self.show_selected(0)

    def show_selected(self, count: int) -> None:
        """How many are selected; a single one is just where one is."""
        for button in self._actions:
            button.setVisible(count > 0)
        if count > 1:
            self._text.setText(plural("{count} client selected", "{count} clients selected", count))
        elif self._found is not None:
            self._text.setText(
                _("{clients} · AUM {aum}").format(
                    clients=plural("{count} client", "{count} clients", self._found.count),
                    aum=format.short_amount(self._found.aum_minor, self._currency, sign=True),
                )
            )
        else:
            self._text.setText("")

    def _statuses(self) -> QMenu:
        menu = QMenu(self)
        for status in ClientStatus:
            action = menu.addAction(words.status(status))
            action.triggered.connect(lambda _on=False, status=status: self.status.emit(status))
        menu.addSeparator()
        for answer, text in ((True, _("Marketing: consents")), (False, _("Marketing: consent withdrawn"))):
            action = menu.addAction(text)
            action.triggered.connect(lambda _on=False, answer=answer: self.consent.emit(answer))
        return menu
