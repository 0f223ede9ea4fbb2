"""The forms that end a plan or a promise otherwise: cancelled, put off, withdrawn, handed over."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from PySide6.QtWidgets import QLineEdit

from rmdesk.base import clock
from rmdesk.base.text import _
from rmdesk.services.store.command import Command
from rmdesk.services.visits import rules
from rmdesk.services.visits.rows import PromiseRow, VisitRow
from rmdesk.ui.kit import format
from rmdesk.ui.kit.day_field import DayField
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.form import FormDialog
from rmdesk.ui.kit.opening import opened
from rmdesk.ui.visits import words
from rmdesk.ui.visits.dialogs import day_of


class ReasonDialog(FormDialog):
    """One line that a command needs: the reason, or a name."""

    def __init__(self, desk: Desk, title: str, about: str, field: str, ask: str, make: Any, *, said: str = "") -> None:
        super().__init__(desk, title, answer=title, said=said)
        self._make, self._field = make, field
        self.form.add(field, ask, QLineEdit(), note=about, needed=True)
        self.form.fields[field].editor.setFocus()

    def command(self) -> Command[Any]:
        made: Command[Any] = self._make(self.form.value(self._field))
        return made


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


def open_cancel(desk: Desk, visit: VisitRow) -> ReasonDialog:
    """Ask why a planned visit is cancelled."""
    from rmdesk.services.visits.commands import CancelVisit

    about = f"{visit.name} · {format.short_day(visit.on)} {words.channel(visit.channel)}"
    return opened(
        ReasonDialog(desk, _("Cancel visit"), about, "reason", _("Reason"), lambda why: CancelVisit(visit.id, why),
                     said=_("Visit cancelled"))
    )  # fmt: skip


def open_postpone(desk: Desk, visit: VisitRow) -> PostponeDialog:
    """Ask until when a planned visit is put off."""
    return opened(PostponeDialog(desk, visit))


def open_withdraw(desk: Desk, promise: PromiseRow) -> ReasonDialog:
    """Ask why a promise no longer holds."""
    from rmdesk.services.visits.promises import WithdrawPromise

    return opened(
        ReasonDialog(desk, _("Withdraw promise"), f"{promise.name} · {promise.text}", "reason", _("Reason"),
                     lambda why: WithdrawPromise(promise.id, why), said=_("Promise withdrawn"))
    )  # fmt: skip


def open_hand_over(desk: Desk, promise: PromiseRow) -> ReasonDialog:
    """Ask who keeps a promise from now on."""
    from rmdesk.services.visits.promises import HandOverPromise

    return opened(
        ReasonDialog(desk, _("Hand over promise"), f"{promise.name} · {promise.text}", "to", _("To whom"),
                     lambda to: HandOverPromise(promise.id, to), said=_("Promise handed over"))
    )  # fmt: skip
