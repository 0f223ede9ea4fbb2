"""What the lead has said lately, the last word first."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from rmdesk.base.text import N_, _
from rmdesk.models.kinds import ClientId
from rmdesk.services.team.rows import ReviewRow
from rmdesk.ui.kit import format
from rmdesk.ui.kit.columns import CHIP, STRONG, Cell, Column
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.table import RowTable
from rmdesk.ui.kit.widgets import Card, column, label
from rmdesk.ui.team import words

COLUMNS: tuple[Column[ReviewRow], ...] = (
    Column("at", N_("When"), lambda one: f"{format.short_day(one.at.date())} {one.at:%H:%M}", 120, sorts=False),
    Column("name", N_("Client"), lambda one: one.client_name, 120, STRONG, sorts=False, fixed=True),
    Column("kind", N_("Kind"), lambda one: _(words.ENTITIES.get(one.entity, one.entity)), 90, sorts=False),
    Column(
        "word", N_("Word"), lambda one: Cell(words.word(one.word), words.WORD_KINDS.get(one.word, "plain")), 110, CHIP,
        sorts=False,
    ),
    Column("tag", N_("Tag"), lambda one: words.tag(one.tag), 110, sorts=False),
    Column("comment", N_("Comment"), lambda one: " ".join(one.comment.split()), 320, sorts=False),
    Column("sent", N_("With the hub"), lambda one: _("yes") if one.final else "", 90, sorts=False),
)  # fmt: skip


class SaidView(QWidget):
    """A table; Enter opens the client's file."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._rows: dict[int, ReviewRow] = {}
        self.desk = desk
        self.table: RowTable[ReviewRow] = RowTable(
            COLUMNS, lambda one: one.number, name="reviews", state=desk.state, title=_("What you said")
        )
        self.table.opened.connect(self._open)
        self.nothing = label(_("You have said nothing yet."), "note")
        self.card = Card(_("What you said"), " ")
        self.card.add(self.nothing, self.table)
        self.setLayout(column(self.card))

    def show_rows(self, rows: Sequence[ReviewRow]) -> None:
        """Show these words."""
        self._rows = {one.number: one for one in rows}
        self.card.title(_("What you said"), format.whole(len(rows)) if rows else "")
        self.nothing.setVisible(not rows)
        self.table.setVisible(bool(rows))
        self.table.set_rows(rows)

    def _open(self, number: int) -> None:
        row = self._rows.get(number)
        if row is not None:
            self.desk.go("client", client=ClientId(row.client))
