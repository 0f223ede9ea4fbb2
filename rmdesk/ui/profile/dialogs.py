"""Questions about a profile: the text of a KYC block, how to reach the client, a consent."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtWidgets import QDialog, QLineEdit, QPlainTextEdit

from rmdesk.base import clock
from rmdesk.base.errors import Refused
from rmdesk.base.text import _
from rmdesk.models.kinds import ClientId, ConsentKind, RecordId
from rmdesk.services.profile.rows import Block, Reach
from rmdesk.services.store.command import Command
from rmdesk.ui.kit import format, names
from rmdesk.ui.kit.day_field import DayField
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.form import FormDialog, choices
from rmdesk.ui.kit.opening import opened
from rmdesk.ui.kit.theme import theme
from rmdesk.ui.profile import words


class BlockDialog(FormDialog):
    """The text of one of the nine blocks; saving confirms it today."""

    def __init__(self, desk: Desk, client: ClientId, block: Block, question: str) -> None:
        super().__init__(desk, words.block(block.area, block.tense), said=_("KYC block confirmed"))
        self._client, self._block = client, block
        editor = QPlainTextEdit()
        editor.setTabChangesFocus(True)
        editor.setFixedHeight(theme.px(132))
        note = _("Saving confirms it today. Empty it to forget it.")
        if block.confirmed_on is not None:
            note = _("Confirmed on {day}. Saving confirms it today.").format(day=format.day(block.confirmed_on))
        self.form.add("text", question or _("What is known"), editor, note=note)
        self.form.fill(text=block.text)
        editor.moveCursor(editor.textCursor().MoveOperation.End)
        editor.setFocus()

    def command(self) -> Command[Any]:
        from rmdesk.services.segments.commands import ConfirmKycBlock

        return ConfirmKycBlock(self._client, self._block.area, self._block.tense, self.form.value("text"))


class ReachDialog(FormDialog):
    """The desk's own fields: how the client likes to be reached, and where."""

    def __init__(self, desk: Desk, client: ClientId, reach: Reach) -> None:
        super().__init__(desk, _("How to reach"), said=_("Saved"))
        self._client = client
        pairs = [(code.value, _(name)) for code, name in names.CHANNELS.items()]
        self.form.add("channel", _("Preferred channel"), choices(("", _("unknown")), *pairs))
        hours = QLineEdit()
        hours.setPlaceholderText(_("mornings; not at work"))
        self.form.add("hours", _("Preferred hours"), hours)
        kept = _("What is set here stays, whatever the bank's files tell.")
        self.form.add("district", _("District"), QLineEdit(), note=kept)
        self.form.add("wechat", _("WeChat"), QLineEdit())
        self.form.side_by_side("channel", "hours")
        self.form.side_by_side("district", "wechat")
        self._before = {"district": reach.district, "wechat": reach.wechat}
        self.form.fill(channel=reach.channel.value if reach.channel else "", hours=reach.hours, **self._before)
        self.form.fields["channel"].editor.setFocus()

    def command(self) -> Command[Any]:
        from rmdesk.services.clients.reach import SetReach

        given = self.form.values()
        # What the bank told and nobody touched stays the bank's.
        own = {name: given[name] if given[name] != before else None for name, before in self._before.items()}
        return SetReach(self._client, given["channel"] or "", given["hours"], own["district"], own["wechat"])


class ConsentDialog(FormDialog):
    """A consent given or withdrawn, with its day."""

    def __init__(
        self,
        desk: Desk,
        client: ClientId,
        kind: ConsentKind = ConsentKind.MARKETING,
        person: RecordId | None = None,
        *,
        given: bool = True,
    ) -> None:
        super().__init__(desk, _("Note consent"), said=_("Consent noted"))
        self._client, self._person = client, person
        pairs = [(code.value, _(name)) for code, name in words.CONSENTS.items()]
        self.form.add("kind", _("Consent to"), choices(*pairs))
        self.form.add("given", _("The client"), choices((True, _("gave it")), (False, _("withdrew it"))))
        self.form.add("on", _("Day"), DayField(clock.today(), latest=clock.today()))
        how = QLineEdit()
        how.setPlaceholderText(_("on paper, by message, in person"))
        how.setToolTip(how.placeholderText())
        self.form.add("how", _("How"), how)
        self.form.add("by", _("Who consents"), QLineEdit(), note=_("Needed for a child: the parent or guardian."))
        self.form.side_by_side("kind", "given")
        self.form.side_by_side("on", "how")
        self.form.fill(kind=kind.value, given=given)
        self.form.fields["kind"].editor.setFocus()

    def command(self) -> Command[Any]:
        from rmdesk.services.profile.commands import NoteConsent

        kind = ConsentKind(self.form.value("kind"))
        return NoteConsent(
            self._client,
            kind,
            bool(self.form.value("given")),
            self._day(),
            self.form.value("how"),
            self.form.value("by"),
            self._person if kind is ConsentKind.CHILD else None,
        )

    def _day(self) -> date | None:
        field = self.form.fields["on"].editor
        assert isinstance(field, DayField)
        try:
            return field.day()
        except Refused as error:
            error.field = "on"
            raise


def open_consent(desk: Desk, client: ClientId | None = None, **filled: Any) -> QDialog | None:
    """Note a consent of a client; `kind`, `given`, and for a child `person`."""
    return None if client is None else opened(ConsentDialog(desk, client, **filled))


def open_block(desk: Desk, client: ClientId, block: Block, question: str = "") -> QDialog:
    """Edit the text of a KYC block."""
    return opened(BlockDialog(desk, client, block, question))


def open_reach(desk: Desk, client: ClientId, reach: Reach) -> QDialog:
    """Edit how the client likes to be reached."""
    return opened(ReachDialog(desk, client, reach))
