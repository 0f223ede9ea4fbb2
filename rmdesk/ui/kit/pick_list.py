"""A short list to pick from while typing: search hits and commands. The typing field keeps the focus."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QLineEdit, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from rmdesk.ui.kit.icons import pixmap
from rmdesk.ui.kit.theme import theme

AnyIndex = QModelIndex | QPersistentModelIndex
DISPLAY = int(Qt.ItemDataRole.DisplayRole)
SPOKEN = int(Qt.ItemDataRole.AccessibleTextRole)
LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
ITEM_HEIGHT = 38
STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}


@dataclass(frozen=True, slots=True)
class Pick:
    """One line: title, a note in grey after it, words at the right; `what` is given back when it is picked.

    `spans` are the parts of the title that answer what was typed; `chip` is a (text, kind) before `right`. By `key`,
    or else by the title, the line is known again when more is said about it.
    """

    title: str
    what: Any
    note: str = ""
    right: str = ""
    icon: str = ""
    spans: tuple[tuple[int, int], ...] = ()
    chip: tuple[str, str] = ("", "")
    key: int | None = None

    def is_same(self, other: Pick) -> bool:
        """Whether it stands for the same thing."""
        return self.key == other.key and (self.key is not None or self.title == other.title)


class _Picks(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.picks: Sequence[Pick] = ()

    def show_picks(self, picks: Sequence[Pick]) -> None:
        self.beginResetModel()
        self.picks = picks
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.picks)

    def data(self, index: AnyIndex, role: int = DISPLAY) -> Any:
        if role in (DISPLAY, SPOKEN) and index.isValid():
            pick = self.picks[index.row()]
            said = (pick.title, pick.note, pick.chip[0], pick.right)
            return pick.title if role == DISPLAY else " ".join(part for part in said if part)
        return None


class _Drawn(QStyledItemDelegate):
    def __init__(self, picks: _Picks, parent: QObject) -> None:
        super().__init__(parent)
        self._picks = picks

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        return QSize(200, theme.px(ITEM_HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        pick = self._picks.picks[index.row()]
        box: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent_soft"))
            painter.drawRoundedRect(box, 8, 8)
        inside = box.adjusted(12, 0, -12, 0)
        if pick.icon:
            size = theme.px(18)
            picture = pixmap(pick.icon, "ink2", 18, painter.device().devicePixelRatioF())
            painter.drawPixmap(QRect(inside.left(), inside.center().y() - size // 2, size, size), picture)
            inside.setLeft(inside.left() + size + 10)
        inside.setRight(inside.right() - _write(painter, inside, pick.right, 12, "ink2", right=True) - 12)
        inside.setRight(inside.right() - _chip(painter, inside, pick.chip))
        used = _write_title(painter, inside, pick)
        _write(painter, inside.adjusted(used + 8, 0, 0, 0), pick.note, 13, "ink2")
        painter.restore()


def _write_title(painter: QPainter, box: QRect, pick: Pick) -> int:
    """The title, what answers the typed text in bold accent; cut as a whole when it is too long. The width used."""
    if not pick.spans or QFontMetrics(theme.font(14, bold=True)).horizontalAdvance(pick.title) > box.width():
        return _write(painter, box, pick.title, 14, "ink", bold=bool(pick.note) and not pick.spans)
    used, at = 0, 0
    for start, end in (*pick.spans, (len(pick.title), len(pick.title))):
        used += _write(painter, box.adjusted(used, 0, 0, 0), pick.title[at:start], 14, "ink")
        used += _write(painter, box.adjusted(used, 0, 0, 0), pick.title[start:end], 14, "accent", bold=True)
        at = end
    return used


def _chip(painter: QPainter, box: QRect, chip: tuple[str, str]) -> int:
    """A chip at the right end; the width it took, with the gap before it."""
    text, kind = chip
    if not text:
        return 0
    metrics = QFontMetrics(theme.font(12))
    wide, high = metrics.horizontalAdvance(text) + 16, metrics.height() + 4
    place = QRect(box.right() - wide, box.center().y() - high // 2, wide, high)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour(f"{kind}_soft"))
    painter.drawRoundedRect(place, 6, 6)
    painter.setFont(theme.font(12))
    painter.setPen(theme.colour(f"{kind}_ink"))
    painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), text)
    return wide + 12


def _write(
    painter: QPainter, box: QRect, text: str, size: int, token: str, *, bold: bool = False, right: bool = False
) -> int:
    if not text or box.width() < 8:
        return 0
    font = theme.font(size, bold=bold)
    metrics = QFontMetrics(font)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    painter.setFont(font)
    painter.setPen(theme.colour(token))
    painter.drawText(box, RIGHT if right else LEFT, shown)
    return metrics.horizontalAdvance(shown)


class PickList(QListView):
    """`picked` tells what was picked. `listen` lets a field above steer it by arrows and Enter."""

    picked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.model_of_picks = _Picks()
        self.setModel(self.model_of_picks)
        self.setItemDelegate(_Drawn(self.model_of_picks, self))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.entered.connect(self.setCurrentIndex)
        self.clicked.connect(lambda index: self._pick())

    def show_picks(self, picks: Sequence[Pick]) -> None:
        """Show these, the first one current."""
        self.model_of_picks.show_picks(picks)
        if picks:
            self.setCurrentIndex(self.model_of_picks.index(0))

    def tell_more(self, picks: Sequence[Pick]) -> None:
        """More is known: the line that was chosen stays it, wherever it stands now; when it is gone, none is chosen.

        The first line is chosen by being the first.
        """
        row, before = self.currentIndex().row(), self.model_of_picks.picks
        self.show_picks(picks)
        if 0 < row < len(before):
            same = (at for at, pick in enumerate(picks) if pick.is_same(before[row]))
            self.setCurrentIndex(self.model_of_picks.index(next(same, -1)))

    def wanted_height(self, most: int = 9) -> int:
        """How high the list would like to be, for at most so many lines."""
        return theme.px(ITEM_HEIGHT) * min(most, max(1, len(self.model_of_picks.picks))) + 2

    def listen(self, field: QLineEdit) -> None:
        """Arrows and Enter in this field move and pick here."""
        field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not self.isVisible() or not isinstance(event, QKeyEvent):
            return False
        key = Qt.Key(event.key())
        if key in STEPS:
            count = len(self.model_of_picks.picks)
            if count:
                row = self.currentIndex().row() + STEPS[key]
                row = row % count if abs(STEPS[key]) == 1 else max(0, min(count - 1, row))
                self.setCurrentIndex(self.model_of_picks.index(row))
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._pick()
            return True
        return False

    def _pick(self) -> None:
        row = self.currentIndex().row()
        if 0 <= row < len(self.model_of_picks.picks):
            self.picked.emit(self.model_of_picks.picks[row].what)
