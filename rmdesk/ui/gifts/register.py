"""The register: a table of gifts, and under it what can be done with the one that is selected."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from rmdesk.base.text import N_, _
from rmdesk.services.gifts.queries import GiftRow
from rmdesk.services.gifts.words import STATES
from rmdesk.ui.gifts import actions, dialogs, words
from rmdesk.ui.kit import format
from rmdesk.ui.kit.columns import CHIP, STRONG, TINTED, Cell, Column
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.empty import Notice
from rmdesk.ui.kit.flow import Flow
from rmdesk.ui.kit.table import RowTable
from rmdesk.ui.kit.theme import theme
from rmdesk.ui.kit.widgets import Button, clear, column, label

ROOM = {"reaction": 780, "note": 640}  # width in units of text that a column wants to be there


def columns(*, whom: bool = True) -> tuple[Column[GiftRow], ...]:
    """The columns of the register; without `whom` for one client's file."""
    found: tuple[Column[GiftRow], ...] = (
        Column("day", N_("Day"), lambda row: format.short_day(words.day(row)), 76, fixed=True),
        Column("whom", N_("Recipient"), lambda row: Cell(row.recipient_name, after=_behalf(row)), 126, STRONG),
        Column("title", N_("Gift"), lambda row: Cell(row.title, after=row.occasion or ""), 210, STRONG, fixed=True),
        Column("cost", N_("Cost"), words.cost, 92, right=True),
        Column(
            "state",
            N_("State"),
            lambda row: Cell(words.state(row), words.STATE_KINDS[row.state]),
            128,
            CHIP,
            fixed=True,
        ),
        Column("note", N_("Note"), lambda row: Cell(words.note(row), "risk" if row.breach else ""), 180, TINTED),
        Column("reaction", N_("Reaction"), words.reaction, 150),
        Column("kind", N_("Kind"), lambda row: words.category(row.category), 110, shown=False),
        Column("why", N_("Why this gift"), lambda row: row.why or "", 180, shown=False),
    )
    return tuple(one for one in found if whom or one.key != "whom")


SORTS: dict[str, Callable[[GiftRow], Any]] = {
    "day": lambda row: str(words.day(row) or row.on),
    "whom": lambda row: row.recipient_name,
    "title": lambda row: row.title,
    "cost": lambda row: (row.cost_minor is not None, row.cost_minor or 0),
    "state": lambda row: list(STATES).index(row.state),
    "note": lambda row: words.note(row),
    "reaction": lambda row: (row.liking or 0, row.reaction or ""),
    "kind": lambda row: row.category or "",
    "why": lambda row: row.why or "",
}


class Register(QWidget):
    """`opened` tells which gift was asked for by Enter or a double click."""

    opened = Signal(object)

    def __init__(self, desk: Desk, *, whom: bool = True, name: str = "gifts") -> None:
        super().__init__()
        self._desk = desk
        self._rows: tuple[GiftRow, ...] = ()
        self.table: RowTable[GiftRow] = RowTable(
            columns(whom=whom), key=lambda row: row.number, name=name, state=desk.state, title=_("Gifts")
        )
        self.nothing = Notice(_("No gift fits."), icon="gift")
        self.nothing.hide()
        self.steps = QWidget()
        self._flow = Flow()
        self.steps.setLayout(self._flow)
        whole = column(self.table, self.nothing, self.steps, gap=8)
        whole.setStretch(0, 1)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self.table.chosen.connect(lambda _ids: self._offer())
        self.table.sorted.connect(lambda key, down: self.show_rows(self._rows))
        self.table.opened.connect(self._open)

    def show_rows(self, rows: Sequence[GiftRow]) -> None:
        """Show these gifts, in the order the user chose, else the newest first."""
        self._rows = tuple(rows)
        key, down = self.table.sort
        shown = sorted(rows, key=SORTS[key], reverse=down) if key in SORTS else list(rows)
        self.table.set_rows(shown)
        self.table.setVisible(bool(rows))
        self.nothing.setVisible(not rows)
        self._offer()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() * 100 / theme.percent
        self.table.leave_out([key for key, least in ROOM.items() if wide < least])

    def selected(self) -> GiftRow | None:
        """The gift that is selected, when it is one."""
        picked = self.table.selected()
        return self.table.rows.known(picked[0]) if len(picked) == 1 else None

    def select(self, gift: str) -> bool:
        """Select a gift by its id; False when it is not shown."""
        found = next((row.number for row in self._rows if row.id == gift), None)
        return found is not None and self.table.select_id(found)

    def _offer(self) -> None:
        gift = self.selected()
        clear(self._flow)
        if gift is None:
            text = _("Select a gift to see what is next.") if self._rows else ""
            self._flow.addWidget(label(text, "note"))
        else:
            self._flow.addWidget(label(_("{gift}:").format(gift=gift.title), "soft"))
            for step in actions.steps(self._desk, gift):
                button = Button(_(step.text), step.press, kind="small", name=f"{_(step.text)} {gift.title}")
                self._flow.addWidget(button)
        self.steps.updateGeometry()

    def _open(self, number: int) -> None:
        gift = self.table.rows.known(number)
        if gift is not None:
            self.opened.emit(gift)


def open_or_step(desk: Desk, gift: GiftRow) -> None:
    """What Enter does: edit what is open, else the next step."""
    from rmdesk.services.gifts.rules import OPEN

    if gift.state in OPEN:
        dialogs.open_gift(desk, gift=gift)
        return
    steps = actions.steps(desk, gift)
    if steps:
        steps[0].press()


def _behalf(row: GiftRow) -> str:
    return "" if row.recipient_name == row.client_name else _("for {client}").format(client=row.client_name)
