"""The overview of a client's file: what happened lately, why this rank, occasions ahead, the note."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLayout, QWidget

from rmdesk.base.text import _, plural
from rmdesk.services.care.file import OccasionAhead
from rmdesk.services.care.rows import Receipt
from rmdesk.ui.care.receipt import ReceiptView
from rmdesk.ui.clients.file_known import StepsCard, TastesCard
from rmdesk.ui.clients.group_card import GroupCard
from rmdesk.ui.clients.timeline import Timeline
from rmdesk.ui.kit import format
from rmdesk.ui.kit.panes import Panes
from rmdesk.ui.kit.scroller import scroller
from rmdesk.ui.kit.widgets import Button, Card, Chip, block, clear, column, label, row


class Overview(QWidget):
    """Signals: `what_if(channel)`, `setting(name)`, `edit_note`, `edit_tastes`."""

    what_if = Signal(object)
    setting = Signal(str)
    asked_rule = Signal(str)
    edit_note = Signal()
    edit_tastes = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.timeline = Timeline()
        self.why = Card(_("Why this rank"))
        self.receipt = ReceiptView()
        self.receipt.asked_what_if.connect(self.what_if)
        self.receipt.asked_setting.connect(self.setting)
        self.receipt.asked_rule.connect(self.asked_rule)
        self.why.add(self.receipt)
        self.occasions = Card(_("Occasions ahead"), "")
        self.tastes = TastesCard(self.edit_tastes.emit)
        self.steps = StepsCard()
        self.group = GroupCard()
        self.note = Card(_("Note"))
        self.note.corner.addWidget(Button(_("Edit"), self.edit_note.emit, kind="link"))
        self._note = label("", "soft", wrap=True, select=True)
        self.note.add(self._note)
        inside = QWidget()
        inside.setLayout(column(self.tastes, self.steps, self.why, self.occasions, self.note, self.group, None, gap=16))
        side = scroller(inside, "ground")
        self.panes = Panes(self.timeline, side, (_("Timeline"), _("Why this rank")), shares=(5, 4))
        self.setLayout(column(self.panes, gap=0))

    def receipt_steps(self, receipt: Receipt) -> tuple[Callable[[], object], ...]:
        """What shows why the client has this rank, in steps that each take little."""
        rank = receipt.rank
        title = _("Why this rank") if rank is None else _("Why rank {rank}").format(rank=rank)
        return (partial(self.why.title, title), *self.receipt.steps(receipt))

    def show_occasions(self, rows: Sequence[OccasionAhead]) -> None:
        """Show the next occasions."""
        clear(self.occasions.body)
        lines: list[QLayout | QWidget] = []
        for one in rows[:6]:
            parts: list[QWidget] = [Chip(_("Lunar"), "occasion")] if one.lunar else []
            if one.years is not None:
                on = plural("{count} year on", "{count} years on", one.years)
                parts.append(label(_("{age} years").format(age=one.years) if one.is_birthday else on, "note"))
            parts.append(label(format.days_ahead(one.on), "note"))
            line = row(label(format.short_day(one.on), "soft"), label(one.title.said, wrap=True), gap=10)
            line.setStretch(1, 1)
            for part in parts:
                line.addWidget(part)
            lines.append(line)
        if not rows:
            lines.append(label(_("No birthday or other day is known."), "note", wrap=True))
        self.occasions.add(block(*lines))

    def show_note(self, note: str) -> None:
        """Show the free note."""
        self._note.setText(note or _("No note yet."))
