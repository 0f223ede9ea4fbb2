"""The forms of feedback and of its answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rmdesk.base.text import _
from rmdesk.models.kinds import ClientId, FeedbackKind, RecordId
from rmdesk.services.complaints.words import FEEDBACK
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.form import choices

if TYPE_CHECKING:
    from rmdesk.services.store.command import Command
from rmdesk.ui.complaints.dialog import AboutClient


class FeedbackDialog(AboutClient):
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


class ReplyDialog(AboutClient):
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
