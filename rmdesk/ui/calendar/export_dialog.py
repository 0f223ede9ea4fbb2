"""Exporting occasions as iCalendar: from when to when, with reminders or without, and what leaves the file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QDialog, QFileDialog

from rmdesk.base import clock
from rmdesk.base.errors import Refused
from rmdesk.base.text import N_, _, plural
from rmdesk.services.calendar import ical
from rmdesk.services.calendar.ical import Calendar
from rmdesk.services.store.reads import Reads
from rmdesk.ui.kit.day_field import DayField
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.form import Form
from rmdesk.ui.kit.theme import theme
from rmdesk.ui.kit.widgets import Button, column, label, row

MOST = 1100  # days; three years of events are more than a calendar wants


class ExportDialog(QDialog):
    """Writes the file when its place is chosen; names and days leave the encrypted data then."""

    def __init__(self, desk: Desk, first: date, last: date) -> None:
        super().__init__(theme.window())
        self.desk = desk
        self.setWindowTitle(_("Export calendar"))
        self.setMinimumWidth(520)
        self.form = Form()
        self.form.add("first", _("From"), DayField(max(first, clock.today())), needed=True)
        self.form.add("last", _("To"), DayField(max(last, clock.today())), needed=True)
        self.form.side_by_side("first", "last")
        self.form.add("reminders", _("With a reminder when a gift has to be prepared"), QCheckBox())
        self.form.fill(reminders=True)
        warning = label(
            _(
                "The file is not encrypted: it holds names and birthdays of clients, and a calendar in the cloud "
                "passes them on. Export only where the bank allows it. That it was made is kept in the change records."
            ),
            "soft",
            wrap=True,
        )
        self.answer = Button(_("Choose a file…"), self.choose, kind="primary")
        self.answer.setDefault(True)
        whole = column(
            label(_("Export calendar"), "title"), warning, self.form,
            row(None, Button(_("Cancel"), self.reject), self.answer), gap=16,
        )  # fmt: skip
        whole.setContentsMargins(24, 24, 24, 24)
        self.setLayout(whole)

    def days(self) -> tuple[date, date]:
        """From when to when; Refused beside the field."""
        first, last = self.form.value("first"), self.form.value("last")
        for name, day in (("first", first), ("last", last)):
            if day is None:
                raise Refused(N_("Enter a day."), field=name, code="no_day")
        if last < first:
            raise Refused(N_("The last day lies before the first."), field="last", code="order")
        if (last - first).days > MOST:
            raise Refused(N_("Choose at most three years."), field="last", code="too_long")
        return first, last

    def choose(self) -> None:
        """Ask where to, and write."""
        try:
            first, last = self.days()
        except Refused as error:
            self.form.refuse(error)
            return
        proposed = f"{first}-" + _("occasions") + ".ics"
        name, _kind = QFileDialog.getSaveFileName(self, _("Export calendar"), proposed, "*.ics")
        if name:
            self.save(Path(name) if name.lower().endswith(".ics") else Path(f"{name}.ics"), first, last)

    def save(self, path: Path, first: date, last: date) -> None:
        """Note it, write the file, and close."""
        reminders = bool(self.form.value("reminders"))
        task = self.desk.tasks.fetch(_made, first, last, reminders)
        task.done.connect(lambda made: self._note(path, made, first, last))

    def _note(self, path: Path, made: Calendar, first: date, last: date) -> None:
        noted = self.desk.tasks.perform(ical.NoteCalendarExport(made.count, first, last))
        noted.done.connect(lambda _outcome: self._write(path, made))

    def _write(self, path: Path, made: Calendar) -> None:
        def wrote(_none: None) -> None:
            self.desk.toast(plural("{count} day written.", "{count} days written.", made.count))
            self.accept()

        self.desk.tasks.fetch(_write, path, made.text).done.connect(wrote)


def _made(reads: Reads, first: date, last: date, reminders: bool) -> Calendar:
    return ical.calendar_of(reads, first, last, reminders=reminders)


def _write(reads: Reads, path: Path, text: str) -> None:
    ical.write(path, text)
