"""The nine cells: band by familiarity, each a count that narrows the table when it is pressed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QApplication, QGridLayout, QSizePolicy, QWidget

from rmdesk.base.text import N_, _
from rmdesk.models.kinds import Familiarity
from rmdesk.services.clients.filters import GROUPS
from rmdesk.ui.care import words
from rmdesk.ui.kit import faces, format
from rmdesk.ui.kit.painter import smooth
from rmdesk.ui.kit.theme import theme
from rmdesk.ui.kit.widgets import label

# From the top left: high band first, strangers at the left.
PLACES = (("G3", "G2", "G1"), ("G6", "G5", "G4"), ("G9", "G8", "G7"))
BANDS = (N_("high"), N_("middle"), N_("low"))
STEPS = {Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1), Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0)}


class Cell(QAbstractButton):
    """One group: its count and name on a ground that deepens with its share."""

    moved = Signal(int, int)

    def __init__(self, group: str) -> None:
        super().__init__()
        self.code = group
        self.count = 0
        self.share = 0.0
        self.setAccessibleName(words.group(group))
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_count(self, count: int, share: float) -> None:
        """How many clients, and which part of the fullest cell."""
        self.count, self.share = count, share
        self.setAccessibleName(_("{group}: {count} clients").format(group=words.group(self.code), count=count))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(80, theme.px(62))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in STEPS:
            self.moved.emit(*STEPS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = smooth(self)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        ground = QColor(theme.colour("accent"))
        ground.setAlphaF(0.05 + 0.16 * self.share + (0.06 if self.underMouse() else 0))
        marked = self.isChecked() or self.hasFocus()
        painter.setPen(QPen(theme.colour("accent"), 2) if marked else Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("accent_soft") if self.isChecked() else ground)
        painter.drawRoundedRect(box, 8, 8)
        if self.hasFocus() and self.isChecked():
            painter.setPen(QPen(theme.colour("ink"), 1, Qt.PenStyle.DotLine))
            painter.drawRoundedRect(box.adjusted(3, 3, -3, -3), 6, 6)
        half = box.height() / 2
        painter.setPen(theme.colour("ink"))
        painter.setFont(theme.font(18, bold=True, tabular=True))
        top = QRectF(box.left(), box.top() + 6, box.width(), half)
        painter.drawText(top, Qt.AlignmentFlag.AlignCenter, format.whole(self.count))
        font = theme.font(12)
        painter.setFont(font)
        painter.setPen(theme.colour("ink2"))
        text = QFontMetricsF(font).elidedText(words.group(self.code), Qt.TextElideMode.ElideRight, box.width() - 4)
        low = QRectF(box.left(), box.top() + half + 2, box.width(), half - 6)
        painter.drawText(low, Qt.AlignmentFlag.AlignCenter, text)
        painter.end()


class GroupMap(QWidget):
    """All nine; `chosen(groups)` tells which are wanted, none for all. Ctrl adds to what is chosen."""

    told_as = faces.GROUP

    chosen = Signal(tuple)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("The nine groups"))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(6)
        self.cells: dict[str, Cell] = {}
        for line, groups in enumerate(PLACES):
            band = label(_(BANDS[line]), "note")
            grid.addWidget(band, line, 0)
            for place, group in enumerate(groups):
                cell = self.cells[group] = Cell(group)
                cell.clicked.connect(lambda _on=False, group=group: self._pressed(group))
                cell.moved.connect(lambda down, right, line=line, place=place: self._move(line + down, place + right))
                cell.setToolTip(words.group(group))
                grid.addWidget(cell, line, place + 1)
        for place, known in enumerate(Familiarity):
            text = label(words.familiarity(known), "note")
            text.setAlignment(Qt.AlignmentFlag.AlignCenter)
            grid.addWidget(text, len(PLACES), place + 1)
        for place in (1, 2, 3):
            grid.setColumnStretch(place, 1)

    def show_counts(self, counts: Sequence[int], groups: Sequence[str]) -> None:
        """Counts of G1..G9, and which groups the table is narrowed to."""
        most = max(counts, default=0)
        for group, count in zip(GROUPS, counts, strict=True):
            self.cells[group].show_count(count, count / most if most else 0.0)
            self.cells[group].setChecked(group in groups)
        self.setAccessibleDescription("\n".join(self.facts()))

    def facts(self) -> list[str]:
        """A line for each group: its name and how many clients it has."""
        return [cell.accessibleName() for cell in self.cells.values()]

    def _pressed(self, group: str) -> None:
        adds = bool(QApplication.keyboardModifiers() & Qt.KeyboardModifier.ControlModifier)
        on = [name for name, cell in self.cells.items() if cell.isChecked()]
        if not adds:
            on = [group] if self.cells[group].isChecked() else []
        self.chosen.emit(tuple(sorted(on)))

    def _move(self, line: int, place: int) -> None:
        if 0 <= line < len(PLACES) and 0 <= place < len(PLACES[0]):
            self.cells[PLACES[line][place]].setFocus(Qt.FocusReason.TabFocusReason)
