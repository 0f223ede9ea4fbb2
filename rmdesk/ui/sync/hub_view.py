"""The hub this desk follows: as whom, what of it is here, and which devices are registered."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLayout, QProgressBar, QWidget

from rmdesk.base.text import _
from rmdesk.services.sync.rows import ScopeRow, Where
from rmdesk.ui.kit import format
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.scroller import scroller
from rmdesk.ui.kit.widgets import Button, Card, Chip, Figure, clear, column, label, row, rule
from rmdesk.ui.sync import words
from rmdesk.ui.sync.device_list import DeviceList
from rmdesk.ui.sync.travelling import TravelCard

NAMES = 132


class HubView(QWidget):
    """Two columns of cards. `leave_wanted` when the hub is to be left."""

    leave_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.hub = Card(_("Team hub"), "")
        self.hub.corner.addWidget(Button(_("Leave the hub…"), self.leave_wanted.emit, kind="link"))
        self.here = Card(_("What is on this desk"), "")
        inside = QWidget()
        self.devices = DeviceList(desk)
        self.travel = TravelCard(desk)
        both = row(column(self.hub, self.travel, None, gap=16), column(self.here, self.devices, None, gap=16), gap=16)
        both.setStretch(0, 1)
        both.setStretch(1, 1)
        inside.setLayout(both)
        self.setLayout(column(scroller(inside, "ground")))

    def show_where(self, where: Where) -> None:
        """Show whom this desk follows and what is here."""
        clear(self.hub.body)
        line = where.line
        lease = words.lease_said(line)
        told = (
            (_("Address"), where.address),
            (_("Signed in as"), " · ".join((where.user, _(words.ROLES.get(where.role, where.role))))),
            (_("This device"), where.device[:8]),
            (_("Last synced"), words.when(line.last_at) or _("not yet")),
            (_("To upload"), format.whole(line.waiting)),
            (_("Offline work"), lease or _("no limit")),
        )
        for name, value in told:
            self.hub.add(_line(name, label(value, wrap=value != where.address, select=True)))
        if line.lease_days is not None and line.lease_days <= words.SOON:
            note = _("Connect to the bank's network before then: past it the desk stays locked until it has synced.")
            self.hub.add(row(Chip(_("Soon over"), "risk"), None), label(note, "note", wrap=True))
        self.show_scopes(where.scopes)
        self.travel.look()
        self.devices.show_self(where.device, where.role)

    def show_scopes(self, rows: Sequence[ScopeRow]) -> None:
        """Show how much of each scope is here."""
        clear(self.here.body)
        for at, one in enumerate(rows):
            if at:
                self.here.add(rule())
            self.here.add(_scope(one))


def _line(name: str, value: QWidget) -> QLayout:
    told = label(name, "field")
    told.setFixedWidth(NAMES)
    line = row(told, value, gap=12)
    line.setStretch(1, 1)
    return line


def _scope(one: ScopeRow) -> QLayout:
    count = Figure(f"{format.whole(one.done)} / {format.whole(one.total)}" if one.down else format.whole(one.done))
    head = row(label(words.scope(one), "strong"), None, gap=8)
    if not one.write:
        head.insertWidget(1, Chip(_("Read only"), "plain"))
    head.addWidget(count)
    whole = column(head, gap=6)
    if one.down:
        bar = QProgressBar()
        bar.setTextVisible(False)
        bar.setRange(0, max(1, one.total))
        bar.setValue(one.done)
        said = _("{name}: {done} of {total}")
        bar.setAccessibleName(said.format(name=words.scope(one), done=one.done, total=one.total))
        whole.addWidget(bar)
        whole.addWidget(label(_("First load under way; you can work meanwhile."), "note", wrap=True))
    return whole
