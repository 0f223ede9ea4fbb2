"""The form that puts a planned visit off."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from PySide6.QtWidgets import QLineEdit

from rmdesk.base import clock
from rmdesk.base.text import _
from rmdesk.services.store.command import Command
from rmdesk.services.visits import rules
from rmdesk.services.visits.rows import VisitRow
from rmdesk.ui.kit import format
from rmdesk.ui.kit.day_field import DayField
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.form import FormDialog
from rmdesk.ui.kit.opening import opened
from rmdesk.ui.visits import words
from rmdesk.ui.visits.dialogs import day_of


class PostponeDialog(FormDialog):
    """Why a visit is put off, and until when."""

    def __init__(self, desk: Desk, visit: VisitRow) -> None:
        super().__init__(desk, _("Postpone visit"), answer=_("Postpone"), said=_("Visit postponed"))
        self._visit = visit
        about = f"{visit.name} · {format.short_day(visit.on)} {words.channel(visit.channel)}"
        self.form.add("reason", _("Reason"), QLineEdit(), note=about, needed=True)
        week = max(visit.on, clock.today()) + timedelta(days=rules.limit("ahead", "soon_days"))
        self.form.add("on", _("New day"), DayField(week), note=_("Leave it empty when it is not known yet."))
        self.form.add("at", _("Time"), QLineEdit(visit.at))
        self.form.side_by_side("on", "at")
        self.form.fields["reason"].editor.setFocus()

    def command(self) -> Command[Any]:
        from rmdesk.services.visits.commands import PostponeVisit

        to = day_of(self.form.fields["on"].editor, "on")
        return PostponeVisit(self._visit.id, self.form.value("reason"), to, rules.time_of(self.form.value("at")))


def open_postpone(desk: Desk, visit: VisitRow) -> PostponeDialog:
    """Ask until when a planned visit is put off."""
    return opened(PostponeDialog(desk, visit))
