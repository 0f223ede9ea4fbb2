"""The nine-grid of what is known: person, family, career, each past, present and future."""

from __future__ import annotations

from functools import cached_property

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QSizePolicy

from rmdesk.base.text import _
from rmdesk.services.profile.queries import AREAS, TENSES
from rmdesk.services.profile.rows import Block, Profile
from rmdesk.ui.kit import faces, format
from rmdesk.ui.kit.theme import theme
from rmdesk.ui.kit.widgets import Button, Card, column, label, restyle, row
from rmdesk.ui.profile import words

LINES = 4  # of text that a cell shows before it cuts


class Cell(QFrame):
    """One block. Enter or a click edits, the button says that it is still so. Signals: `edit`, `confirm`."""

    told_as = faces.BUTTON

    edit = Signal()
    confirm = Signal()

    def __init__(self, area: str, tense: str) -> None:
        super().__init__()
        self.area, self.tense = area, tense
        self.block: Block | None = None
        self.setProperty("role", "cell")
        self.setProperty("known", "none")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.text = label("", "note", wrap=True)
        self.text.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.day = label("", "note", wrap=True)
        self.still = Button(_("Still so"), self.confirm.emit, kind="link", hint=_("Confirm that this holds today"))
        self.still.setAccessibleName(_("{block}: still so").format(block=words.block(area, tense)))
        foot = row(self.day, self.still, gap=6)
        foot.setStretch(0, 1)
        box = column(self.text, None, foot, gap=6)
        box.setContentsMargins(12, 10, 8, 6)
        self.setLayout(box)
        self.setMinimumHeight(theme.px(84))

    def show_block(self, block: Block) -> None:
        """Show what is known."""
        self.block = block
        shown = block.text if len(block.text) <= 140 else f"{block.text[:139]}…"
        self.text.setText("\n".join(shown.splitlines()[:LINES]) or _("Nothing known yet"))
        self.text.setToolTip(block.text if shown != block.text else "")
        restyle(self.text, role="" if block.text else "note")
        filled = bool(block.text)
        told = _("confirmed {day}") if block.fresh else _("old, {day}")
        self.day.setText(told.format(day=format.day(block.confirmed_on)) if filled else _("Ask at the next visit"))
        self.still.setVisible(filled and not block.fresh)
        restyle(self, known="fresh" if block.fresh else "stale" if filled else "none")
        name = words.block(self.area, self.tense)
        self.setAccessibleName(f"{name}: {block.text or _('Nothing known yet')}")
        self.setAccessibleDescription(self.day.text())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self.setFocus()
        self.edit.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.edit.emit()
        else:
            super().keyPressEvent(event)


class KycGrid(Card):
    """Signals: `edit(block)`, `confirm(block)`."""

    edit = Signal(object)
    confirm = Signal(object)

    def __init__(self) -> None:
        super().__init__(_("KYC nine-grid"), "")
        self._grid = QGridLayout()
        self._grid.setSpacing(8)
        self.add(self._grid)

    @cached_property
    def cells(self) -> dict[tuple[str, str], Cell]:
        """A cell for each area and tense; made when they are first needed, which is a turn's work by itself."""
        grid, cells = self._grid, dict[tuple[str, str], Cell]()
        for at, tense in enumerate(TENSES):
            grid.addWidget(label(words.tense(tense), "field"), 0, at + 1)
            grid.setColumnStretch(at + 1, 1)
        for down, area in enumerate(AREAS):
            grid.addWidget(label(words.area(area), "field"), down + 1, 0)
            for across, tense in enumerate(TENSES):
                cell = cells[area, tense] = Cell(area, tense)
                cell.edit.connect(lambda cell=cell: self.edit.emit(cell.block))
                cell.confirm.connect(lambda cell=cell: self.confirm.emit(cell.block))
                grid.addWidget(cell, down + 1, across + 1)
        return cells

    def show_profile(self, profile: Profile) -> None:
        """Show the nine blocks."""
        for block in profile.blocks:
            self.cells[block.area, block.tense].show_block(block)
        fresh = sum(block.fresh for block in profile.blocks)
        self.note.setText(_("{count} of 9 confirmed within 12 months").format(count=fresh))
