"""The visits of one district, as a card."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout

from rmdesk.base.text import _, plural
from rmdesk.services.documents.blocks import said
from rmdesk.services.route.document import name_of, purpose_of
from rmdesk.services.route.rules import Leg, Stop
from rmdesk.ui.kit.theme import theme
from rmdesk.ui.kit.widgets import Button, Card, Chip, Figure, column, label, row


class LegCard(Card):
    """One district with its visits in their order. `opened` tells a client's file, `briefed` a client's brief."""

    opened = Signal(int)
    briefed = Signal(int)

    def __init__(self, leg: Leg, flagged: frozenset[str]) -> None:
        count = len(leg.stops)
        super().__init__(said(name_of(leg)), plural("{count} visit", "{count} visits", count))
        self.leg = leg
        lines = QGridLayout()
        lines.setHorizontalSpacing(14)
        lines.setVerticalSpacing(10)
        lines.setColumnStretch(1, 1)
        lines.setColumnMinimumWidth(0, theme.px(56))
        for at, stop in enumerate(leg.stops):
            self._add(lines, at, stop, conflicting=stop.visit in flagged)
        self.add(lines)

    def _add(self, lines: QGridLayout, at: int, stop: Stop, *, conflicting: bool) -> None:
        time = Figure(stop.at or "–", bold=bool(stop.at), left=True)
        time.setToolTip(stop.at or _("No time yet"))
        name = Button(stop.name, lambda: self.opened.emit(stop.client), kind="link", hint=_("Open the client's file"))
        name.setProperty("flush", True)
        head = row(name, gap=6)
        if conflicting:
            head.addWidget(Chip(_("Conflict"), "risk"))
        if stop.minutes:
            head.addWidget(label(plural("{count} minute", "{count} minutes", stop.minutes), "note"))
        head.addStretch(1)
        what = label(said(purpose_of(stop)), "", wrap=True, select=True)
        where = label(" · ".join(part for part in (stop.address, stop.phone) if part), "note", wrap=True)
        lines.addLayout(column(time, None, gap=0), at, 0)
        lines.addLayout(column(head, what, where, gap=2), at, 1)
        brief = Button(_("Visit brief"), lambda: self.briefed.emit(stop.client), kind="small")
        brief.setAccessibleName(_("Brief: {name}").format(name=stop.name))
        lines.addLayout(column(brief, None, gap=0), at, 2)
