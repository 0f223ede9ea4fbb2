"""The tab of a client's file with complaints, feedback and satisfaction."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import ClassVar

from PySide6.QtWidgets import QLayout, QWidget

from rmdesk.base.text import _
from rmdesk.models.kinds import ClientId, FeedbackKind, Topic
from rmdesk.services.complaints import queries, rules
from rmdesk.services.complaints.queries import ComplaintRow, FeedbackRow
from rmdesk.services.complaints.words import FEEDBACK, VERDICTS
from rmdesk.services.satisfaction.queries import AnswerRow, Satisfied, satisfied
from rmdesk.services.store.reads import Reads
from rmdesk.ui.complaints import words
from rmdesk.ui.kit import format
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.file_tab import FileTab
from rmdesk.ui.kit.scroller import scroller
from rmdesk.ui.kit.widgets import Button, Card, Chip, Figure, clear, column, label, row, rule


class ComplaintsTab(FileTab):
    """Complaints with their clock at the left; satisfaction and feedback at the right."""

    watches: ClassVar[frozenset[Topic]] = frozenset({Topic.COMPLAINTS, Topic.GIFTS})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.complaints = Card(_("Complaints"), "")
        self.complaints.corner.addWidget(Button(_("Register complaint"), partial(self._ask, "complaint"), kind="small"))
        self._files = column(gap=12)
        inside = QWidget()
        inside.setLayout(column(self._files, None))
        self.complaints.add(scroller(inside, "card"))
        self.satisfaction = Card(_("Satisfaction"), "")
        self.satisfaction.corner.addWidget(Button(_("Note answer"), partial(self._ask, "satisfaction"), kind="link"))
        self.feedback = Card(_("Feedback"), "")
        self.feedback.corner.addWidget(Button(_("Note feedback"), partial(self._ask, "feedback"), kind="link"))
        side = QWidget()
        side.setLayout(column(self.satisfaction, self.feedback, None, gap=16))
        self.side_by_side(self.complaints, scroller(side, "ground"), (_("Complaints"), _("Feedback")))

    def reload(self) -> None:
        if self.client is not None:
            self.fetch(_told, self.client).done.connect(self._show)

    def _show(self, got: tuple[tuple[ComplaintRow, ...], tuple[FeedbackRow, ...], Satisfied]) -> None:
        complaints, feedback, answers = got
        self.show_complaints(complaints)
        self.show_feedback(feedback)
        self.show_satisfaction(answers)

    def show_complaints(self, rows: tuple[ComplaintRow, ...]) -> None:
        """Show each complaint with its clock, its steps and what can be done."""
        clear(self._files)
        self.complaints.note.setText(str(len(rows)) if rows else "")
        for at, complaint in enumerate(rows):
            if at:
                self._files.addWidget(rule())
            self._files.addLayout(self._complaint(complaint))
        if not rows:
            text = _("No complaint is on record. Whoever takes one down stays responsible until it is settled.")
            self._files.addWidget(label(text, "note", wrap=True))

    def _complaint(self, one: ComplaintRow) -> QLayout:
        from rmdesk.ui.complaints import dialogs

        severity = rules.severity_name(one.severity).said
        state = _clock_chip(one)
        said = [format.day(one.received_on), words.channel(one.channel)]
        said.append(_("first-contact owner {name}").format(name=one.owner) if one.owner else "")
        head = row(Chip(severity, "risk" if one.open else "plain"), state, None, gap=6)
        if one.hard:
            head.insertWidget(1, Chip(_("Complex"), "plain"))
        does: dict[str, Callable[[], object]]
        if one.open:
            does = {
                _("Note a step"): partial(dialogs.open_step, self.desk, one),
                _("Extend"): partial(dialogs.open_extend, self.desk, one),
                _("Edit"): partial(dialogs.open_complaint, self.desk, one.client, one),
                _("Close"): partial(dialogs.open_close, self.desk, one),
            }
            if one.extended_on is not None:
                del does[_("Extend")]
        else:
            does = {_("Reopen"): partial(self._reopen, one)}
        for text, press in does.items():
            head.addWidget(Button(text, press, kind="link"))
        file = column(head, label(one.text, wrap=True, select=True), gap=6)
        file.addWidget(label(" · ".join(part for part in said if part), "note", wrap=True))
        if one.extended_on is not None:
            text = _("Extended on {day}, approved by {name}")
            file.addWidget(label(text.format(day=format.day(one.extended_on), name=one.extended_by), "note", wrap=True))
        for step in one.steps:
            day = label(format.short_day(step.on), "note")
            line = row(day, label(step.text, "soft", wrap=True), label(step.who, "note"), gap=12)
            line.setStretch(1, 1)
            file.addLayout(line)
        if one.solution:
            line = row(label(_("Solution"), "note"), label(one.solution, "soft", wrap=True, select=True), gap=12)
            line.setStretch(1, 1)
            file.addLayout(line)
        return file

    def show_feedback(self, rows: tuple[FeedbackRow, ...]) -> None:
        """Show what the client said about the bank, and our replies."""
        clear(self.feedback.body)
        self.feedback.note.setText(str(len(rows)) if rows else "")
        for at, one in enumerate(rows):
            if at:
                self.feedback.add(rule())
            self.feedback.add(self._feedback(one))
        if not rows:
            self.feedback.add(label(_("Praise, suggestions and questions appear here."), "note", wrap=True))

    def _feedback(self, one: FeedbackRow) -> QLayout:
        head = row(Chip(_(FEEDBACK[one.kind]), "good" if one.valued else "plain"), gap=6)
        head.addWidget(label(format.day(one.received_on), "note"))
        head.addStretch(1)
        said = column(head, label(one.text, "soft", wrap=True, select=True), gap=4)
        if one.reply:
            said.addWidget(label(_("Our reply: {text}").format(text=one.reply), "note", wrap=True))
        acts = row(gap=10)
        if not one.reply:
            acts.addWidget(Button(_("Reply"), partial(self._reply, one), kind="link"))
        if one.kind is FeedbackKind.SUGGESTION and not one.valued:
            acts.addWidget(Button(_("Valuable"), partial(self._value, one), kind="link"))
        if one.thanked:
            acts.addWidget(label(_("Thanked with a gift"), "note"))
        elif one.valued and self.desk.can_ask("gift"):
            acts.addWidget(Button(_("Thank with a gift"), partial(self._thank, one), kind="link"))
        acts.addStretch(1)
        name = _("Remove the feedback of {day}").format(day=format.day(one.received_on))
        acts.addWidget(Button(_("Remove"), partial(self._remove_feedback, one), kind="quiet-link", name=name))
        said.addLayout(acts)
        return said

    def show_satisfaction(self, found: Satisfied) -> None:
        """Show the last answer, where it puts the client, and the trap with its facts."""
        clear(self.satisfaction.body)
        if found.csat is not None:
            line = row(Figure(str(found.csat), size=26, bold=True, left=True), label(_("of 5"), "note"), None, gap=6)
            if found.stance is not None:
                line.addWidget(Chip(_(words.STANCES[found.stance]), words.STANCE_KINDS[found.stance]))
            self.satisfaction.add(line)
        if found.loyalty is not None:
            text = _("Loyalty from behaviour: {value}").format(value=f"{found.loyalty:.2f}")
            self.satisfaction.add(label(text, "note"))
        if found.trap:
            facts = _(", ").join(fact.said for fact in found.trap)
            chip = Chip(_("Satisfaction trap"), "risk")
            self.satisfaction.add(row(chip, None), label(facts, "soft", wrap=True))
        for one in found.answers[:6]:
            self.satisfaction.add(self._answer(one))
        if not found.answers:
            self.satisfaction.add(label(_("The client has not been asked yet."), "note", wrap=True))

    def _answer(self, one: AnswerRow) -> QLayout:
        parts = [_("satisfaction {value}").format(value=one.csat)] if one.csat is not None else []
        parts += [_("recommends {value}").format(value=one.nps)] if one.nps is not None else []
        day = format.day(one.on)
        line = row(
            label(day, "note"),
            label(" · ".join(part for part in (*parts, one.note) if part), "soft", wrap=True),
            gap=10,
        )
        line.setStretch(1, 1)
        hint = _("Remove the answer of {day}").format(day=day)
        line.addWidget(Button("", partial(self._remove_answer, one), kind="icon", icon="close", hint=hint))
        return line

    # Acting.

    def _ask(self, form: str) -> None:
        if self.client is not None:
            self.desk.ask(form, client=self.client)

    def _reopen(self, one: ComplaintRow) -> None:
        from rmdesk.services.complaints.commands import ReopenComplaint

        self.desk.perform(ReopenComplaint(one.id))

    def _reply(self, one: FeedbackRow) -> None:
        from rmdesk.ui.complaints import dialogs

        assert self.client is not None
        dialogs.open_reply(self.desk, self.client, one.id, one.reply)

    def _value(self, one: FeedbackRow) -> None:
        from rmdesk.services.complaints.feedback import ValueFeedback

        self.desk.perform(ValueFeedback(one.id), _("Marked as valuable"))

    def _thank(self, one: FeedbackRow) -> None:
        self.desk.ask("gift", client=self.client, feedback=one.id)

    def _remove_feedback(self, one: FeedbackRow) -> None:
        from rmdesk.services.complaints.feedback import RemoveFeedback

        self.desk.perform(RemoveFeedback(one.id), _("Feedback removed"))

    def _remove_answer(self, one: AnswerRow) -> None:
        from rmdesk.services.satisfaction.commands import RemoveSatisfaction

        self.desk.perform(RemoveSatisfaction(one.id), _("Answer removed"))


def _clock_chip(one: ComplaintRow) -> Chip:
    if not one.open:
        verdict = _(VERDICTS[one.verdict]) if one.verdict else _("Case closed")
        return Chip(verdict, words.VERDICT_KINDS[one.verdict] if one.verdict else "plain")
    if one.late:
        return Chip(_("late since {day}").format(day=format.day(one.due_on)), "risk")
    text = _("day {used} of {allowed}, until {day}")
    said = text.format(used=one.used, allowed=one.allowed, day=format.day(one.due_on))
    return Chip(said, "occasion" if 2 * one.used > one.allowed else "plain")


def _told(reads: Reads, client: ClientId) -> tuple[tuple[ComplaintRow, ...], tuple[FeedbackRow, ...], Satisfied]:
    return queries.complaints_of(reads, client), queries.feedback_of(reads, client), satisfied(reads, client)
