"""Working on an open complaint: note the step that was done, or close it when it is settled."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt

from rmdesk.base.text import _
from rmdesk.models.kinds import ClientId
from rmdesk.services.complaints.queries import ComplaintRow, complaints_of
from rmdesk.ui.complaints.dialogs import StepDialog, open_close
from rmdesk.ui.kit import format
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.widgets import Button, label, row


class SettleDialog(StepDialog):
    """The step, under what the complaint is about and how much of its time is left."""

    def __init__(self, desk: Desk, complaint: ComplaintRow) -> None:
        super().__init__(desk, complaint)
        time = _("Working day {used} of {allowed}, last day {day}").format(
            used=complaint.used, allowed=complaint.allowed, day=format.short_day(complaint.due_on)
        )
        self.closing = Button(_("It is settled: close it…"), self._close, kind="link")
        self.explain(
            label(f"{complaint.name} · {complaint.text}", "soft", wrap=True),
            label(time, "error" if complaint.late else "note", wrap=True),
        )
        self.extra.addLayout(row(self.closing, None))

    def _close(self) -> None:
        self.reject()
        open_close(self.desk, self._complaint)


def open_settle(desk: Desk, client: ClientId) -> None:
    """Work on the open complaint of a client whose last day is the nearest."""
    desk.tasks.fetch(complaints_of, client).done.connect(lambda rows: _show(desk, rows))


def _show(desk: Desk, rows: Sequence[ComplaintRow]) -> None:
    waiting = sorted((one for one in rows if one.open), key=lambda one: one.due_on)
    if not waiting:
        desk.toast(_("No complaint of this client is open."))
        return
    dialog = SettleDialog(desk, waiting[0])
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
