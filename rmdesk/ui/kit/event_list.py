"""The timeline as a painted list: day, chip and text of thousands of entries, of which only the seen ones cost."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QFontMetricsF,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QListView, QMenu, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from rmdesk.base.text import _
from rmdesk.services.events import Event, EventKind
from rmdesk.ui.kit import format
from rmdesk.ui.kit.clipboard import clipboard
from rmdesk.ui.kit.paragraph import Paragraph
from rmdesk.ui.kit.theme import theme

AnyIndex = QModelIndex | QPersistentModelIndex
DISPLAY = int(Qt.ItemDataRole.DisplayRole)
TIP = int(Qt.ItemDataRole.ToolTipRole)
SPOKEN = int(Qt.ItemDataRole.AccessibleTextRole)
SELECT = QItemSelectionModel.SelectionFlag

KINDS = {  # the colour of a chip; the kinds that are not named are plain
    EventKind.CONTACT: "value",
    EventKind.PROMISE: "opportunity",
    EventKind.COMPLAINT: "risk",
    EventKind.CHURN: "risk",
    EventKind.FEEDBACK: "good",
    EventKind.GREETING: "occasion",
    EventKind.GIFT: "occasion",
    EventKind.JOURNAL: "opportunity",
    EventKind.MONEY: "overdue",
    EventKind.REVIEW: "opportunity",
    EventKind.CAMPAIGN: "opportunity",
    EventKind.SPECIALIST: "value",
    EventKind.EVENT: "occasion",
}
AT_ONCE = 40  # entries laid out before the window gets to breathe
MEASURED = 200  # entries that decide how wide the columns of days and chips are
LINES = 6  # of one entry; all of a longer text is in the tab of its kind
PAD, GAP, EDGE = 9, 14, 4
CHIP_PAD = 8
CHIP_SHARE = 0.4  # of the width, at most
TIP_LENGTH = 600
KEPT = 64  # texts broken into lines, those on the screen and a few more


class _Events(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.events: Sequence[Event] = ()

    def show_events(self, events: Sequence[Event]) -> None:
        self.beginResetModel()
        self.events = events
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.events)

    def data(self, index: AnyIndex, role: int = DISPLAY) -> Any:
        if not index.isValid():
            return None
        event = self.events[index.row()]
        if role == DISPLAY:
            return event.text or event.title.said
        if role in (SPOKEN, TIP):
            return f"{format.day(event.on)} {event.title.said}: {event.text[:TIP_LENGTH]}".rstrip(": ")
        return None


class _Drawn(QStyledItemDelegate):
    """Paints an entry. Heights are kept by row until the width or the entries change."""

    def __init__(self, view: EventList) -> None:
        super().__init__(view)
        self._view = view
        self._heights: dict[int, int] = {}
        self._texts: dict[int, Paragraph] = {}
        self.dress()

    def dress(self) -> None:
        """Fonts of the theme in use."""
        self._text, self._small = theme.font(14), theme.font(12)
        self._text_metrics, self._small_metrics = QFontMetricsF(self._text), QFontMetricsF(self._small)
        self._chip_high = self._small_metrics.height() + 4
        self.measure()

    def measure(self) -> None:
        """Widths of the columns, from the first entries."""
        first = self._view.events[:MEASURED]
        days = {format.short_day(on) for on in {event.on for event in first}}
        self._day_wide = max(map(self._small_metrics.horizontalAdvance, days), default=0.0)
        titles = {event.title.said for event in first}
        self._widest = max(map(self._small_metrics.horizontalAdvance, titles), default=0.0)
        self.fit()

    def fit(self) -> None:
        """Another width: lines are broken and heights asked anew."""
        self._heights.clear()
        self._texts.clear()
        self._chip_wide = min(self._widest + 2 * CHIP_PAD, self._view.room * CHIP_SHARE)

    def _left(self) -> float:
        """Where the texts begin."""
        return EDGE + self._day_wide + GAP + self._chip_wide + GAP

    def _paragraph(self, row: int) -> Paragraph:
        text = self._texts.get(row)
        if text is None:
            if len(self._texts) >= KEPT:
                self._texts.clear()
            wide = max(60.0, self._view.room - self._left() - EDGE)
            text = self._texts[row] = Paragraph(self._view.events[row].text, self._text, wide, LINES)
        return text

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        row = index.row()
        high = self._heights.get(row)
        if high is None:
            high = round(max(self._paragraph(row).height, self._chip_high) + 2 * PAD)
            self._heights[row] = high
        return QSize(self._view.room, high)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        event = self._view.events[index.row()]
        box: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(painter, box, option, index)
        text = self._paragraph(index.row())
        first = text.height if text.height < 1.5 * self._text_metrics.height() else self._text_metrics.height()
        top = box.top() + PAD
        middle = top + max(first, self._chip_high) / 2
        painter.setPen(theme.colour("ink3"))
        painter.setFont(self._small)
        day = QRectF(box.left() + EDGE, middle - self._chip_high / 2, self._day_wide + GAP, self._chip_high)
        painter.drawText(day, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, format.short_day(event.on))
        self._chip(painter, event, QPointF(day.right(), day.top()))
        painter.setPen(theme.colour("ink"))
        text.paint(painter, QPointF(box.left() + self._left(), middle - first / 2))
        painter.restore()

    def _ground(self, painter: QPainter, box: QRect, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """The ground of a selected entry, a hairline under each but the last, a ring around where the keyboard is."""
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, theme.colour("selection"))
        if index.row() < len(self._view.events) - 1:
            painter.fillRect(QRect(box.left(), box.bottom(), box.width(), 1), theme.colour("line"))
        if self._view.hasFocus() and self._view.currentIndex().row() == index.row():
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(box).adjusted(1, 1, -1, -1), 6, 6)

    def _chip(self, painter: QPainter, event: Event, at: QPointF) -> None:
        kind = "risk" if event.late else KINDS.get(event.kind, "plain")
        room = self._chip_wide - 2 * CHIP_PAD
        said = self._small_metrics.elidedText(event.title.said, Qt.TextElideMode.ElideRight, room + 1)
        wide = self._small_metrics.horizontalAdvance(said) + 2 * CHIP_PAD
        box = QRectF(at.x(), at.y(), wide, self._chip_high)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(f"{kind}_soft"))
        painter.drawRoundedRect(box, 6, 6)
        painter.setPen(theme.colour(f"{kind}_ink"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, said)


class EventList(QListView):
    """What happened, newest first, one entry a row; rows are laid out some at a time.

    `opened(entity, entity_id)` on Enter or double click, for entries that can be opened. Selected entries are
    copied as lines of text.
    """

    opened = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self._model = _Events()
        self.setModel(self._model)
        self._drawn = _Drawn(self)
        self.setItemDelegate(self._drawn)
        self.setAccessibleName(_("Timeline"))
        self.setProperty("role", "lines")
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setBatchSize(AT_ONCE)
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.activated.connect(self._open)
        self._sought = False  # the current entry is not laid out yet, and is to be scrolled to when it is
        self.verticalScrollBar().rangeChanged.connect(self._seek)
        theme.changed.connect(self._dress)

    @property
    def events(self) -> Sequence[Event]:
        """What is shown."""
        return self._model.events

    @property
    def room(self) -> int:
        """The width of an entry. The scroll bar's is left free, so that its coming changes no line."""
        return max(120, self.width() - self.verticalScrollBar().sizeHint().width())

    def show_events(self, events: Sequence[Event]) -> None:
        """Show these; the current entry stays current."""
        if events == self._model.events:
            return
        current = self.currentIndex()
        was = self.events[current.row()] if current.isValid() else None
        self._model.show_events(tuple(events))
        self._drawn.measure()
        row = next((at for at, one in enumerate(events) if was is not None and _same(one, was)), -1)
        if row >= 0:
            self.selectionModel().setCurrentIndex(self._model.index(row), SELECT.ClearAndSelect)

    def text(self) -> str:
        """The selected entries as text, a line each: day, title, text."""
        rows = sorted(index.row() for index in self.selectionModel().selectedIndexes())
        chosen = [self.events[row] for row in rows]
        return "\n".join("\t".join((format.day(one.on), one.title.said, " ".join(one.text.split()))) for one in chosen)

    def copy(self) -> None:
        """Put the selected entries on the clipboard."""
        clipboard.put(self.text())

    def _open(self, index: QModelIndex) -> None:
        event = self.events[index.row()]
        if event.entity:
            self.opened.emit(event.entity, event.entity_id)

    def _dress(self) -> None:
        self._drawn.dress()
        self.scheduleDelayedItemsLayout()

    def _seek(self) -> None:
        if self._sought and self.visualRect(self.currentIndex()).isValid():
            self._sought = False
            self.scrollTo(self.currentIndex())

    # Events.

    def moveCursor(self, action: QListView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        if action == QListView.CursorAction.MoveEnd:  # Qt's own goes to the last that is laid out
            return self._model.index(len(self.events) - 1)
        return super().moveCursor(action, modifiers)

    def currentChanged(self, current: AnyIndex, previous: AnyIndex) -> None:
        self._sought = not self.visualRect(current).isValid()
        super().currentChanged(current, previous)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._drawn.fit()
            self.scheduleDelayedItemsLayout()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.events:
            self.selectionModel().setCurrentIndex(self._model.index(0), SELECT.NoUpdate)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index = self.currentIndex()
        if not index.isValid():
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self.events[index.row()].entity:
            menu.addAction(_("Open"), lambda: self._open(index))
        menu.addAction(_("Copy"), self.copy)
        menu.popup(event.globalPos())


def _same(one: Event, other: Event) -> bool:
    """Whether both are about the same thing, even when it has changed."""
    if one.entity and other.entity:
        return (one.entity, one.entity_id) == (other.entity, other.entity_id)
    return one == other
