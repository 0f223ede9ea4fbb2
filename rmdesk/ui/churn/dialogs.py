"""The forms of a churn case: its cause, a step to win back, its end."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QComboBox, QDialog, QPlainTextEdit

from rmdesk.base import clock
from rmdesk.base.errors import Refused
from rmdesk.base.text import N_, _
from rmdesk.models.kinds import ClientId, WinBack
from rmdesk.services.churn import case_rules
from rmdesk.services.churn.words import OUTCOMES
from rmdesk.ui.churn import words
from rmdesk.ui.kit import format
from rmdesk.ui.kit.choice import Choice
from rmdesk.ui.kit.client_field import ClientField
from rmdesk.ui.kit.day_field import DayField
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.form import FormDialog, choices
from rmdesk.ui.kit.opening import opened
from rmdesk.ui.kit.widgets import label

if TYPE_CHECKING:
    from rmdesk.services.churn.cases import CaseFile, CaseRow
    from rmdesk.services.store.command import Command

LINES = 84  # pixels of a field for several lines


class CauseDialog(FormDialog):
    """Why the client left, and which of the signals that could be seen was missed first."""

    def __init__(self, desk: Desk, found: CaseFile) -> None:
        super().__init__(desk, _("Note the cause"), said=_("Cause noted"))
        self.setMinimumWidth(560)
        self._found = found
        causes = [(code, name.said) for code, name in case_rules.table().causes.items()]
        self.form.add("cause", _("Cause"), choices(("", _("Choose…")), *causes), needed=True)
        lost = found.case.lost_on
        text = _("{signal}: {day}, {days} days before")
        pairs = [
            (
                one.signal,
                text.format(signal=words.signal(one.signal), day=format.day(one.on), days=(lost - one.on).days),
            )
            for one in found.seen
        ]
        note = _("Offered is what could be seen in the year before; the first that nobody answered is chosen.")
        self.form.add("signal", _("First missed signal"), choices(("", _("None could be seen")), *pairs), note=note)
        editor = QPlainTextEdit()
        editor.setFixedHeight(LINES)
        editor.setTabChangesFocus(True)
        self.form.add("note", _("What we learn from it"), editor)
        chosen = found.case.signal or (found.missed.signal if found.missed and not found.case.cause else "")
        self.form.fill(cause=found.case.cause or "", signal=chosen, note=found.case.note)
        self.form.fields["cause"].editor.setFocus()

    def command(self) -> Command[Any]:
        from rmdesk.services.churn.commands import NoteCause

        chosen = self.form.value("signal")
        signal = next((one for one in self._found.seen if one.signal == chosen), None)
        if not self.form.value("cause") or self.form.value("cause") not in case_rules.table().causes:
            raise Refused(N_("Choose one of the causes."), field="cause", code="bad_cause")
        return NoteCause(
            self._found.case.id, self.form.value("cause"), signal.signal if signal else None,
            signal.on if signal else None, self.form.value("note"),
        )  # fmt: skip


class StepDialog(FormDialog):
    """What was done to win the client back; usual steps are offered."""

    def __init__(self, desk: Desk, case: CaseRow) -> None:
        super().__init__(desk, _("Note a win-back step"), said=_("Step noted"))
        self.setMinimumWidth(520)
        self._case = case
        box = Choice()
        box.setEditable(True)
        box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        box.addItems([step.said for step in case_rules.table().offered])
        box.setCurrentIndex(-1)
        self.form.add("text", _("What was done"), box, needed=True)
        self.form.add("on", _("Day"), DayField(clock.today(), latest=clock.today()), needed=True)
        box.setFocus()

    def command(self) -> Command[Any]:
        from rmdesk.services.churn.commands import NoteWinBack

        editor = self.form.fields["text"].editor
        assert isinstance(editor, QComboBox)
        return NoteWinBack(self._case.id, editor.currentText(), _day(self.form.value("on")))


class CloseDialog(FormDialog):
    """How the case ended."""

    def __init__(self, desk: Desk, case: CaseRow) -> None:
        super().__init__(desk, _("Close churn case"), said=_("Churn case closed"), answer=_("Close churn case"))
        self._case = case
        self.form.add(
            "outcome", _("Outcome"), choices(*((one, _(name)) for one, name in OUTCOMES.items())), needed=True
        )
        self.form.add("on", _("Day"), DayField(clock.today(), earliest=case.lost_on, latest=clock.today()), needed=True)
        self.form.side_by_side("outcome", "on")
        if not case.cause:
            text = _("The cause is not known yet. Only a client who was never lost is closed without one.")
            self.extra.addWidget(label(text, "note", wrap=True))
            self.form.fill(outcome=WinBack.MISTAKEN)

    def command(self) -> Command[Any]:
        from rmdesk.services.churn.commands import CloseCase

        return CloseCase(self._case.id, WinBack(self.form.value("outcome")), _day(self.form.value("on")))


class OpenDialog(FormDialog):
    """Opens a case by hand, for a client the figures do not show as lost."""

    def __init__(self, desk: Desk, client: ClientId | None = None) -> None:
        super().__init__(desk, _("Open churn case"), said=_("Churn case opened"), answer=_("Open case"))
        self._client = client
        if client is None:
            self.form.add("client", _("Client"), ClientField(desk), needed=True)
        self.form.add("on", _("Lost on"), DayField(clock.today(), latest=clock.today()), needed=True)

    def command(self) -> Command[Any]:
        from rmdesk.services.churn.commands import OpenCase

        client: ClientId | None = self._client or self.form.value("client")
        if client is None:
            raise Refused(N_("Choose a client."), field="client", code="no_client")
        return OpenCase(client, _day(self.form.value("on")))


def open_cause(desk: Desk, found: CaseFile) -> QDialog:
    """Ask for the cause of a case."""
    return opened(CauseDialog(desk, found))


def open_step(desk: Desk, case: CaseRow) -> QDialog:
    """Ask what was done to win the client back."""
    return opened(StepDialog(desk, case))


def open_close(desk: Desk, case: CaseRow) -> QDialog:
    """Ask how a case ended."""
    return opened(CloseDialog(desk, case))


def open_case(desk: Desk, client: ClientId | None = None) -> QDialog:
    """Ask for a case that does not open by itself."""
    return opened(OpenDialog(desk, client))


def _day(given: date | None) -> date:
    if given is None:
        raise Refused(N_("Enter a day."), field="on", code="no_day")
    return given
