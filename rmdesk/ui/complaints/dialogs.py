"""The forms of complaints, feedback and satisfaction."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QLineEdit

from rmdesk.base.text import _
from rmdesk.models.kinds import ClientId, Verdict
from rmdesk.services.complaints import rules
from rmdesk.services.complaints.words import VERDICTS
from rmdesk.ui.kit.choice import Choice
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.form import choices

if TYPE_CHECKING:
    from rmdesk.services.complaints.queries import ComplaintRow
    from rmdesk.services.store.command import Command
from rmdesk.ui.complaints.dialog import AboutClient
from rmdesk.ui.complaints.feedback_dialogs import FeedbackDialog, ReplyDialog
from rmdesk.ui.complaints.satisfaction_dialog import SatisfactionDialog


class ComplaintDialog(AboutClient):
    """Takes a complaint down, or corrects it."""

    def __init__(self, desk: Desk, client: ClientId | None = None, complaint: ComplaintRow | None = None) -> None:
        title = _("Register complaint") if complaint is None else _("Edit complaint")
        super().__init__(desk, title, _("Complaint saved"), client)
        self._complaint = complaint
        self.lines("text", _("What the client complains about"))
        pairs = [(value, name.said) for value, name in rules.severities().items()]
        self.form.add("severity", _("Severity"), choices(*pairs))
        self.channels()
        self.day("received_on", _("Received on"))
        clock_of = rules.clock()
        note = _("{hard} instead of {days} working days.").format(hard=clock_of.allowed_hard, days=clock_of.allowed)
        self.form.add("hard", _("Complex case"), QCheckBox(), note=note)
        self.form.side_by_side("severity", "channel", "received_on")
        if complaint is not None:
            severity = max(value for value in rules.severities() if value <= max(complaint.severity, pairs[0][0]))
            self.form.fill(
                text=complaint.text,
                severity=severity,
                channel=complaint.channel or "",
                received_on=complaint.received_on,
                hard=complaint.hard,
            )
        self.form.fields["text" if client is not None else "client"].editor.setFocus()

    def command(self) -> Command[Any]:
        from rmdesk.services.complaints.commands import Details, EditComplaint, RegisterComplaint

        form = self.form
        details = Details(
            form.value("text"), form.value("severity"), self.given_day("received_on"), self.channel, form.value("hard")
        )
        if self._complaint is not None:
            return EditComplaint(self._complaint.id, details)
        return RegisterComplaint(self.client, details)


class StepDialog(AboutClient):
    """Notes what was done about a complaint; usual steps are offered."""

    def __init__(self, desk: Desk, complaint: ComplaintRow) -> None:
        super().__init__(desk, _("Note a step"), _("Step noted"), complaint.client)
        self._complaint = complaint
        box = Choice()
        box.setEditable(True)
        box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        box.addItems([step.said for step in rules.offered_steps()])
        box.setCurrentIndex(-1)
        self.form.add("text", _("What was done"), box, needed=True)
        self.day("on", _("Day"), complaint.received_on)
        box.setFocus()

    def command(self) -> Command[Any]:
        from rmdesk.services.complaints.commands import AddStep

        editor = self.form.fields["text"].editor
        assert isinstance(editor, QComboBox)
        return AddStep(self._complaint.id, editor.currentText(), self.given_day("on"))


class ExtendDialog(AboutClient):
    """Notes that more time was approved."""

    def __init__(self, desk: Desk, complaint: ComplaintRow) -> None:
        super().__init__(desk, _("Extend the time"), _("Time extended"), complaint.client)
        self._complaint = complaint
        note = _("Adds {days} working days, once.").format(days=rules.clock().extension)
        self.form.add("by", _("Approved by"), QLineEdit(), needed=True, note=note)
        self.form.fields["by"].editor.setFocus()

    def command(self) -> Command[Any]:
        from rmdesk.services.complaints.commands import ExtendComplaint

        return ExtendComplaint(self._complaint.id, self.form.value("by"))


class CloseDialog(AboutClient):
    """Closes a complaint with its solution and the client's verdict."""

    def __init__(self, desk: Desk, complaint: ComplaintRow) -> None:
        super().__init__(
            desk, _("Close complaint"), _("Complaint closed"), complaint.client, answer=_("Close complaint")
        )
        self._complaint = complaint
        self.lines("solution", _("Solution"))
        pairs = [(verdict, _(name)) for verdict, name in VERDICTS.items()]
        self.form.add("verdict", _("How the client took it"), choices(*pairs))
        self.day("on", _("Day"), complaint.received_on)
        self.form.side_by_side("verdict", "on")
        self.form.fill(solution=complaint.solution)
        self.form.fields["solution"].editor.setFocus()

    def command(self) -> Command[Any]:
        from rmdesk.services.complaints.commands import CloseComplaint

        verdict = Verdict(self.form.value("verdict"))
        return CloseComplaint(self._complaint.id, self.form.value("solution"), verdict, self.given_day("on"))


def opens(kind: Callable[..., QDialog]) -> Callable[..., QDialog]:
    """What opens a dialog of this kind, and lets it go when it is closed."""

    def show(*given: Any, **filled: Any) -> QDialog:
        dialog = kind(*given, **filled)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
        return dialog

    return show


open_complaint = opens(ComplaintDialog)
open_feedback = opens(FeedbackDialog)
open_satisfaction = opens(SatisfactionDialog)
open_step = opens(StepDialog)
open_extend = opens(ExtendDialog)
open_close = opens(CloseDialog)
open_reply = opens(ReplyDialog)
