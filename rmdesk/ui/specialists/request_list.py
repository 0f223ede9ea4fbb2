"""Questions for specialists below one another, each with what can be done about it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QLayout, QWidget

from rmdesk.base.text import _
from rmdesk.models.kinds import RequestState
from rmdesk.services.specialists import tables
from rmdesk.services.specialists.queries import RequestRow
from rmdesk.services.specialists.words import STATES
from rmdesk.ui.kit import format
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.widgets import Button, Chip, block, clear, column, label, row, rule

KINDS = {
    RequestState.OPEN: "occasion",
    RequestState.ANSWERED: "opportunity",
    RequestState.CLOSED: "good",
    RequestState.WITHDRAWN: "plain",
}


class RequestList(QWidget):
    """`with_client` names the client of each question and leads to the file."""

    def __init__(self, desk: Desk, *, with_client: bool) -> None:
        super().__init__()
        self.desk = desk
        self.rows: tuple[RequestRow, ...] = ()
        self._with_client = with_client
        self._lines = column(gap=12)
        self.setLayout(self._lines)

    def show_requests(self, rows: Sequence[RequestRow]) -> None:
        """Show these questions."""
        self.rows = tuple(rows)
        clear(self._lines)
        parts: list[QWidget | QLayout] = []
        for one in rows:
            if parts:
                parts.append(rule())
            parts.append(self._request(one))
        self._lines.addWidget(block(*parts, gap=12))

    def _request(self, one: RequestRow) -> QLayout:
        state = Chip(_("overdue"), "risk") if one.overdue else Chip(_(STATES[one.state]), KINDS[one.state])
        who = " · ".join(part for part in (tables.field_name(one.field), one.who, one.campaign_name) if part)
        head = row(label(one.name, "strong"), gap=8) if self._with_client else row(gap=8)
        for part in (label(who, "soft"), state):
            head.addWidget(part)
        head.addStretch(1)
        if self._with_client:
            press = partial(self.desk.go, "client", client=one.client, tab="strategy")
            head.addWidget(Button(_("Client file"), press, kind="link"))
        lines: list[QLayout | QWidget] = [head, label(one.question, wrap=True, select=True)]
        days = _("asked {asked}, answer due {due}").format(
            asked=format.short_day(one.asked_on), due=format.short_day(one.due_on)
        )
        if one.replied_on is not None:
            days = _("asked {asked}, answered {day}").format(
                asked=format.short_day(one.asked_on), day=format.short_day(one.replied_on)
            )
        if one.reply:
            lines.append(label(_("Reply: {text}").format(text=one.reply), "soft", wrap=True, select=True))
        if one.follow:
            lines.append(label(self._follow(one), "note", wrap=True))
        foot = row(label(days, "note"), None, *self._acts(one), gap=8)
        lines.append(foot)
        return column(*lines, gap=4)

    def _follow(self, one: RequestRow) -> str:
        if one.followed:
            return _("Follow-up done: {text}").format(text=one.follow)
        due = format.short_day(one.follow_on) if one.follow_on else ""
        return _("To do by {day}: {text}").format(day=due, text=one.follow)

    def _acts(self, one: RequestRow) -> list[Button]:
        if one.state is RequestState.OPEN:
            note = partial(self.desk.ask, "specialist_reply", request=one)
            return [
                Button(_("Note reply"), note, kind="small"),
                Button(_("Withdraw"), partial(self._drop, one), kind="link"),
            ]
        if one.state is RequestState.ANSWERED:
            return [Button(_("Client knows: close"), partial(self._close, one), kind="small")]
        return []

    def _drop(self, one: RequestRow) -> None:
        from rmdesk.services.specialists.commands import DropQuestion

        self.desk.perform(DropQuestion(one.id), _("Question withdrawn"))

    def _close(self, one: RequestRow) -> None:
        from rmdesk.services.specialists.commands import CloseQuestion

        self.desk.perform(CloseQuestion(one.id), _("Question closed"))
