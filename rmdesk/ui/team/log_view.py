"""One record in full: what was written, what one wants to know of the client, what was said and added before."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from rmdesk.base.text import _
from rmdesk.models.kinds import Tier
from rmdesk.services.team.rows import AddendumRow, Log, LogLine, ReviewRow
from rmdesk.ui.kit import format, names
from rmdesk.ui.kit.chip_line import ChipLine
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.widgets import Button, Chip, clear, column, label, row, rule, tier_kind
from rmdesk.ui.team import words

SHORTENED = 10_000_000  # minor units from which an amount is told in short


class LogView(QWidget):
    """Filled anew for each record."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._parts = column(gap=10)
        self.setLayout(self._parts)

    def show_log(self, log: Log) -> None:
        """Show a record."""
        clear(self._parts)
        self._parts.addWidget(label(heading(log)[1], "note", wrap=True))
        self._parts.addLayout(self._client(log))
        self._parts.addWidget(rule())
        self._parts.addLayout(_facts(log.lines))
        for one in log.added:
            self._parts.addWidget(_addendum(one))
        if log.reviews:
            self._parts.addWidget(rule())
            for said in log.reviews[:5]:
                self._parts.addLayout(_said(said))

    def _client(self, log: Log) -> QGridLayout:
        """What one wants to know of the client, in one or two lines."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(2)
        for at, line in enumerate(log.about):
            grid.addWidget(label(_(line.label), "note"), at // 3 * 2, at % 3)
            grid.addWidget(label(_said_of(line), wrap=True), at // 3 * 2 + 1, at % 3, Qt.AlignmentFlag.AlignTop)
        for at in range(3):
            grid.setColumnStretch(at, 1)
        opens = Button(_("Client file"), partial(self.desk.go, "client", client=log.client), kind="link")
        head = row(label(log.client_name, "strong"), gap=8)
        if log.tier:
            head.addWidget(Chip(names.tier(Tier(log.tier)), tier_kind(log.tier)))
        head.addStretch(1)
        head.addWidget(opens)
        whole = QGridLayout()
        whole.setVerticalSpacing(4)
        whole.addLayout(head, 0, 0)
        whole.addLayout(grid, 1, 0)
        return whole


def heading(log: Log) -> tuple[str, str]:
    """Title and note of a record: who with whom; when, how, how long, entered when."""
    title = _(words.DID.get(log.entity, "{member} → {client}")).format(member=log.member, client=log.client_name)
    parts = [f"{format.day(log.on)} {log.at}".strip()]
    parts.append(names.channel(log.channel) if log.channel else "")
    parts.append(_("{count} min").format(count=log.minutes) if log.minutes else "")
    if log.entered_at is not None and (log.late or log.entered_at.date() != log.on):
        entered = f"{log.entered_at:%m-%d %H:%M}"
        said = _("late entry, {when}") if log.late else _("entered {when}")
        parts.append(said.format(when=entered))
    return title, " · ".join(part for part in parts if part)


def _said_of(line: LogLine) -> str:
    if line.minor is not None:
        said = format.short_amount if abs(line.minor) >= SHORTENED else format.amount
        return said(line.minor, line.currency, sign=True)
    return line.text if isinstance(line.text, str) else line.text.said


def _facts(lines: tuple[LogLine, ...]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(14)
    grid.setVerticalSpacing(8)
    grid.setColumnStretch(1, 1)
    for at, line in enumerate(lines):
        grid.addWidget(label(_(line.label), "note"), at, 0, Qt.AlignmentFlag.AlignTop)
        if line.chips:
            chips = ChipLine()
            grid.addWidget(chips, at, 1)
            chips.show_chips(line.chips)
        else:
            grid.addWidget(label(_said_of(line), wrap=True, select=True), at, 1)
    return grid


def _addendum(one: AddendumRow) -> QWidget:
    made = QWidget()
    head = row(Chip(_("Addendum"), "plain"), label(f"{one.by} · {one.at:%m-%d %H:%M}", "note"), None)
    made.setLayout(column(head, label(one.text, wrap=True, select=True), gap=4))
    return made


def _said(one: ReviewRow) -> QGridLayout:
    grid = QGridLayout()
    grid.setVerticalSpacing(2)
    chips = row(Chip(words.word(one.word), words.WORD_KINDS.get(one.word, "plain")), gap=6)
    if one.tag:
        chips.addWidget(Chip(words.tag(one.tag), "plain"))
    chips.addWidget(label(f"{one.by} · {one.at:%m-%d %H:%M}", "note"))
    chips.addStretch(1)
    grid.addLayout(chips, 0, 0)
    if one.comment:
        grid.addWidget(label(one.comment, "soft", wrap=True, select=True), 1, 0)
    return grid
