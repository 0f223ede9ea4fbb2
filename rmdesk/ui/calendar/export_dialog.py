"""Exporting occasions as iCalendar: from when to when, with reminders or without, and what leaves the file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDialog

from rmdesk.base import clock
from rmdesk.base.errors import Refused
from rmdesk.base.text import N_, _
from rmdesk.services.calendar import ical
from rmdesk.services.exports.rules import Wish
from rmdesk.ui.kit import export_dialog as asked
from rmdesk.ui.kit.day_field import DayField
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.exporting import Exporting
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
                "The file holds names and birthdays of clients, and a calendar in the cloud passes them on. "
                "Export only where the bank allows it."
            ),
            "soft",
            wrap=True,
        )
        self.answer = Button(_("Next…"), self.choose, kind="primary")
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
        """Ask what for and where to, and write."""
        try:
            first, last = self.days()
        except Refused as error:
            self.form.refuse(error)
            return
        forms = {"ics": _("iCalendar (.ics)")}
        dialog = asked.ExportDialog(self.desk, _("Export calendar"), ical.CALENDAR, forms)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.answered.connect(lambda wish: self._out(first, last).choose(wish, self))
        dialog.open()

    def save(self, path: Path, wish: Wish, first: date, last: date) -> None:
        """Note it, write the file, and close."""
        self._out(first, last).give_out(wish, path)

    def _out(self, first: date, last: date) -> Exporting:
        def written(path: Path) -> None:
            self.desk.toast(_("Saved as {name}").format(name=path.name))
            self.accept()

        make = ical.as_made(first, last, reminders=bool(self.form.value("reminders")))
        name = f"{first}-" + _("occasions")
        return Exporting(self.desk, make, name=name, told=ical.told(first, last), written=written)
