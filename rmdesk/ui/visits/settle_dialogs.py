"""The forms that end a plan or a promise otherwise: cancelled, put off, withdrawn, handed over."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QLineEdit

from rmdesk.base.text import _
from rmdesk.services.store.command import Command
from rmdesk.services.visits.rows import PromiseRow, VisitRow
from rmdesk.ui.kit import format
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.form import FormDialog
from rmdesk.ui.kit.opening import opened
from rmdesk.ui.visits import words


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


def open_cancel(desk: Desk, visit: VisitRow) -> ReasonDialog:
    """Ask why a planned visit is cancelled."""
    from rmdesk.services.visits.commands import CancelVisit

    about = f"{visit.name} · {format.short_day(visit.on)} {words.channel(visit.channel)}"
    return opened(
        ReasonDialog(desk, _("Cancel visit"), about, "reason", _("Reason"), lambda why: CancelVisit(visit.id, why),
                     said=_("Visit cancelled"))
    )  # fmt: skip


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
