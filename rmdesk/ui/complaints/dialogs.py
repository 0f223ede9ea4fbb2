"""The forms of complaints, feedback and satisfaction."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QLineEdit, QPlainTextEdit

from rmdesk.base import clock
from rmdesk.base.errors import Refused
from rmdesk.base.text import N_, _
from rmdesk.models.kinds import Channel, ClientId, FeedbackKind, RecordId, Verdict
from rmdesk.services.complaints import rules
from rmdesk.services.complaints.words import FEEDBACK, VERDICTS
from rmdesk.ui.complaints import words
from rmdesk.ui.kit.client_field import ClientField
from rmdesk.ui.kit.day_field import DayField
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.form import FormDialog, choices

if TYPE_CHECKING:
    from rmdesk.services.complaints.queries import ComplaintRow
    from rmdesk.services.store.command import Command

LINES = 96  # pixels of a field for several lines


class _Dialog(FormDialog):
    """A form about a client, who is chosen first where none is given."""

    def __init__(self, desk: Desk, title: str, said: str, client: ClientId | None, *, answer: str = "") -> None:
        super().__init__(desk, title, said=said, answer=answer)
        self.setMinimumWidth(560)
        self._client = client
        if client is None:
            self.form.add("client", _("Client"), ClientField(desk), needed=True)

    @property
    def client(self) -> ClientId:
        """Who it is about."""
        chosen: ClientId | None = self._client or self.form.value("client")
        if chosen is None:
            raise Refused(N_("Choose a client."), field="client", code="no_client")
        return chosen

    def lines(self, name: str, text: str, *, needed: bool = True, note: str = "") -> None:
        """Ask for a text of several lines."""
        editor = QPlainTextEdit()
        editor.setFixedHeight(LINES)
        editor.setTabChangesFocus(True)
        self.form.add(name, text, editor, needed=needed, note=note)

    def channels(self) -> None:
        """Ask how it came."""
        pairs = [(channel, words.channel(channel)) for channel in Channel]
        self.form.add("channel", _("Channel"), choices(("", _("unknown")), *pairs))

    @property
    def channel(self) -> Channel | None:
        """How it came."""
        return Channel(self.form.value("channel")) if self.form.value("channel") in set(Channel) else None

    def day(self, name: str, text: str, earliest: date | None = None) -> None:
        """Ask for a day up to today."""
        field = DayField(clock.today(), earliest=earliest, latest=clock.today())
        self.form.add(name, text, field, needed=True)

    def given_day(self, name: str) -> date:
        """The day that was entered; Refused beside the field when there is none."""
        day: date | None = self.form.value(name)
        if day is None:
            raise Refused(N_("Enter a day."), field=name, code="no_day")
        return day


class ComplaintDialog(_Dialog):
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


class StepDialog(_Dialog):
    """Notes what was done about a complaint; usual steps are offered."""

    def __init__(self, desk: Desk, complaint: ComplaintRow) -> None:
        super().__init__(desk, _("Note a step"), _("Step noted"), complaint.client)
        self._complaint = complaint
        box = QComboBox()
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


class ExtendDialog(_Dialog):
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


class CloseDialog(_Dialog):
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


class FeedbackDialog(_Dialog):
    """Takes down what a client said about the bank."""

    def __init__(self, desk: Desk, client: ClientId | None = None) -> None:
        super().__init__(desk, _("Note feedback"), _("Feedback noted"), client)
        self.lines("text", _("What the client told"))
        pairs = [(kind, _(name)) for kind, name in FEEDBACK.items()]
        self.form.add("kind", _("Kind"), choices(*pairs))
        self.channels()
        self.day("received_on", _("Received on"))
        self.form.side_by_side("kind", "channel", "received_on")
        self.form.fields["text" if client is not None else "client"].editor.setFocus()

    def command(self) -> Command[Any]:
        from rmdesk.services.complaints.feedback import NoteFeedback

        form = self.form
        return NoteFeedback(
            self.client, FeedbackKind(form.value("kind")), form.value("text"), self.given_day("received_on"),
            self.channel,
        )  # fmt: skip


class ReplyDialog(_Dialog):
    """Notes what the client was answered."""

    def __init__(self, desk: Desk, client: ClientId, feedback: RecordId, reply: str = "") -> None:
        super().__init__(desk, _("Reply to feedback"), _("Reply noted"), client)
        self._feedback = feedback
        self.lines("reply", _("Reply"))
        self.form.fill(reply=reply)
        self.form.fields["reply"].editor.setFocus()

    def command(self) -> Command[Any]:
        from rmdesk.services.complaints.feedback import ReplyToFeedback

        return ReplyToFeedback(self._feedback, self.form.value("reply"))


class SatisfactionDialog(_Dialog):
    """Notes how satisfied a client says they are."""

    def __init__(self, desk: Desk, client: ClientId | None = None) -> None:
        super().__init__(desk, _("Note satisfaction"), _("Answer noted"), client)
        csat = [(str(value), str(value)) for value in range(5, 0, -1)]
        nps = [(str(value), str(value)) for value in range(10, -1, -1)]
        self.form.add(
            "csat", _("Satisfaction"), choices(("", _("not asked")), *csat), note=_("1 not at all, 5 very satisfied")
        )
        self.form.add(
            "nps", _("Would recommend us"), choices(("", _("not asked")), *nps), note=_("0 never, 10 certainly")
        )
        self.channels()
        self.day("on", _("Day"))
        self.form.side_by_side("csat", "nps")
        self.form.side_by_side("channel", "on")
        self.lines("note", _("Note"), needed=False)
        self.form.fields["csat" if client is not None else "client"].editor.setFocus()

    def command(self) -> Command[Any]:
        from rmdesk.services.satisfaction.commands import NoteSatisfaction

        def number(name: str) -> int | None:
            return int(self.form.value(name)) if str(self.form.value(name)).isdigit() else None

        return NoteSatisfaction(
            self.client, self.given_day("on"), number("csat"), number("nps"), self.channel, self.form.value("note")
        )


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
