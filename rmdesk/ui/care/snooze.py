"""Putting a client off: until when, and why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QButtonGroup, QDateEdit, QDialog, QRadioButton, QWidget
from shiboken6 import isValid

from rmdesk.base import clock
from rmdesk.base.text import N_, _
from rmdesk.services.care import queries
from rmdesk.ui.kit import format
from rmdesk.ui.kit.choice import Choice
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.widgets import Button, column, label, row

CHOICES: tuple[tuple[int, str], ...] = (
    (1, N_("Tomorrow")),
    (3, N_("In three days")),
    (7, N_("In a week")),
    (30, N_("In a month")),
)
REASONS: tuple[str, ...] = (
    N_("Could not be reached"),
    N_("Asked to be called later"),
    N_("Away"),
    N_("Waiting for an answer from inside the bank"),
    N_("Not the right moment"),
)


def ask_until(desk: Desk, parent: QWidget, names: str, put_off: Callable[[date, str], object]) -> SnoozeDialog:
    """Ask until when and why `names` are put off; `put_off` gets the day and the reason."""
    dialog = SnoozeDialog(parent, names)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.accepted.connect(lambda: put_off(dialog.until, dialog.why))
    dialog.open()
    desk.tasks.fetch(queries.snooze_reasons).done.connect(lambda used: dialog.offer(used) if isValid(dialog) else None)
    return dialog


class SnoozeDialog(QDialog):
    """A question whose answer is a day and a reason."""

    def __init__(self, parent: QWidget, names: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Put off"))
        self.setMinimumWidth(400)
        self._group = QButtonGroup(self)
        today = clock.today()
        choices = column(gap=2)
        for days, text in CHOICES:
            until = today + timedelta(days)
            button = QRadioButton(f"{_(text)} · {format.short_day(until)} {format.weekday(until)}")
            self._group.addButton(button, days)
            choices.addWidget(button)
        self._own = QRadioButton(_("On a day of my choice"))
        self._group.addButton(self._own, 0)
        self._day = QDateEdit(QDate(today + timedelta(14)))  # type: ignore[call-overload]
        self._day.setCalendarPopup(True)
        self._day.setDisplayFormat("yyyy-MM-dd")
        self._day.setMinimumDate(QDate(today + timedelta(1)))  # type: ignore[call-overload]
        self._day.setAccessibleName(_("Day"))
        self._day.dateChanged.connect(lambda _day: self._own.setChecked(True))
        choices.addLayout(row(self._own, self._day, None))
        self._group.button(3).setChecked(True)
        self.reason = Choice()
        self.reason.setEditable(True)
        self.reason.addItems([_(text) for text in REASONS])
        self.reason.setAccessibleName(_("Reason"))
        self._ok = Button(_("Put off"), self.accept, kind="primary")
        self._ok.setDefault(True)
        box = column(
            label(_("Put off {names}").format(names=names), "heading", wrap=True),
            label(_("The client leaves the list and comes back on that day."), "soft", wrap=True),
            4,
            choices,
            6,
            label(_("Reason"), "field"),
            self.reason,
            12,
            row(None, Button(_("Cancel"), self.reject), self._ok),
            gap=6,
        )
        box.setContentsMargins(24, 20, 24, 20)
        self.setLayout(box)
        self._group.button(3).setFocus()

    def offer(self, used: Sequence[str]) -> None:
        """Offer the reasons given before, the most frequent first, unless one is chosen or typed already."""
        shipped = [_(text) for text in REASONS]
        if used and self.reason.currentText() == shipped[0] and self.reason.currentIndex() == 0:
            self.reason.clear()
            self.reason.addItems([*used, *(text for text in shipped if text not in used)])

    @property
    def until(self) -> date:
        """The day on which the client comes back."""
        days = self._group.checkedId()
        chosen = self._day.date()
        return date(chosen.year(), chosen.month(), chosen.day()) if days == 0 else clock.today() + timedelta(days)

    @property
    def why(self) -> str:
        """The reason, as typed or chosen."""
        return self.reason.currentText().strip()
