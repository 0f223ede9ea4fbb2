"""A field that finds a client: by name, pinyin, initials, number or the end of a phone number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLineEdit

from rmdesk.base.text import _
from rmdesk.models.kinds import ClientId, ClientStatus
from rmdesk.ui.kit import names
from rmdesk.ui.kit.client_finder import ClientFinder, describe
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.pick_list import Pick, PickList
from rmdesk.ui.kit.theme import theme
from rmdesk.ui.kit.widgets import column, label, tier_kind

if TYPE_CHECKING:
    from rmdesk.services.search.described import Described
    from rmdesk.services.search.index import Hit, SearchIndex
    from rmdesk.services.store.reads import Reads

LEAST_WIDTH, EDGE, MOST = 380, 6, 7
PICKS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)


class ClientField(QLineEdit):
    """Type, see the hits, take one with Enter or Tab; behind the name stand tier, familiarity and what forbids contact.

    `client` is the one chosen, None while something else is typed. `chosen` tells of each change of it (an id or
    None), `known` when what stands behind the name has been read (a Described).
    """

    chosen = Signal(object)
    known = Signal(object)

    def __init__(self, desk: Desk, client: ClientId | None = None, name: str = "") -> None:
        super().__init__()
        self.desk = desk
        self.client: ClientId | None = None
        self.standing: Described | None = None
        self._one = desk.tasks.line(self)
        self._finder = ClientFinder(desk, self)
        self._finder.more.connect(self._tell_more)
        self._waiting = False
        self.setPlaceholderText(_("Name, pinyin, initials or number"))
        self.setToolTip(self.placeholderText())
        self.popup: QFrame | None = None
        self.list = PickList()
        self.list.picked.connect(self._picked)
        self._none = label(role="note", wrap=True)
        self.textEdited.connect(self._typed)
        if client is not None:
            self.set_client(client, name)

    # What a form asks.

    def answer(self) -> ClientId | None:
        """The client chosen."""
        return self.client

    def take(self, value: Any) -> None:
        """Choose a client by id; None empties the field."""
        self.set_client(None if value is None else ClientId(int(value)))

    def set_client(self, client: ClientId | None, name: str = "") -> None:
        """Choose a client; without a name it is read."""
        self.client, self.standing = client, None
        self.setText(name)
        self.setCursorPosition(0)
        self._hide()
        if client is not None:
            self._one.fetch(describe, [int(client)]).done.connect(self._tell)
        self.chosen.emit(client)

    @property
    def name(self) -> str:
        """The name of the client chosen, or what is typed."""
        return self.text().strip()

    @property
    def forbids(self) -> str:
        """Why the client must not be contacted, empty when nothing forbids it."""
        known = self.standing
        return "" if known is None or known.status is ClientStatus.ACTIVE else names.status(known.status)

    # Finding.

    def _typed(self, text: str) -> None:
        if self.client is not None:
            self.client, self.standing = None, None
            self.chosen.emit(None)
        self._show(text)

    def _show(self, text: str) -> None:
        if not text.strip():
            self._hide()
            return
        self._hang()
        if self.desk.index is None:
            self._make_index()
        hits = self._finder.find(text)
        self.list.show_picks([self._pick(hit) for hit in hits])
        self._say(bool(hits))

    def _say(self, found: bool) -> None:
        if self.desk.index is None:
            self._none.setText(_("The search is being prepared…"))
        elif not len(self.desk.index):
            self._none.setText(_("There are no clients yet."))
        else:
            self._none.setText(_("Nothing found for “{text}”.").format(text=self.text().strip()[:40]))
        self.list.setVisible(found)
        self._none.setVisible(not found)
        self._place()

    def _pick(self, hit: Hit) -> Pick:
        known = self._finder.known(hit)
        what = (hit.client, hit.name)
        if known is None:
            return Pick(hit.name, what, spans=hit.spans, icon="client", key=hit.client)
        if known.status is not ClientStatus.ACTIVE:
            chip = names.status(known.status), names.STATUS_KINDS[known.status]
        else:
            chip = (names.tier(known.tier), tier_kind(known.tier)) if known.tier else ("", "")
        right = "  ·  ".join(part for part in (names.familiarity(known.familiarity), known.number) if part)
        return Pick(hit.name, what, right=right, icon="client", spans=hit.spans, chip=chip, key=hit.client)

    def _tell_more(self) -> None:
        if self.client is None and self.popup is not None and self.popup.isVisible():
            hits = self._finder.find(self.text())
            self.list.tell_more([self._pick(hit) for hit in hits])
            self._say(bool(hits))

    def _make_index(self) -> None:
        if not self._waiting and self.desk.tasks.store is not None:
            self._waiting = True
            task = self.desk.tasks.study(_index_of)
            task.done.connect(self._made)
            task.ended.connect(self._waited)

    def _made(self, index: SearchIndex) -> None:
        if self.desk.index is None:
            self.desk.take_index(index)

    def _waited(self, _task: object) -> None:
        self._waiting = False

    def _picked(self, what: tuple[ClientId, str]) -> None:
        self.set_client(*what)
        self.selectAll()

    def _tell(self, found: dict[int, Described]) -> None:
        self.standing = found.get(int(self.client or 0))
        if self.standing is not None:
            if not self.text():
                self.setText(self.standing.name)
                self.setCursorPosition(0)
            self.setAccessibleDescription(self._behind()[0])
            self.known.emit(self.standing)
        self.update()

    # The list under the field.

    def _hide(self) -> None:
        if self.popup is not None:
            self.popup.hide()

    def _hang(self) -> None:
        """Put the list into the window before anything of it is shown: a part without a parent is a window itself."""
        over = self.window()
        if self.popup is None:
            self.popup = QFrame()
            self.popup.setObjectName("popup")
            box = column(self.list, self._none, gap=0)
            box.setContentsMargins(EDGE, EDGE, EDGE, EDGE)
            self.popup.setLayout(box)
            self.destroyed.connect(self.popup.deleteLater)
        if self.popup.parentWidget() is not over:
            self.popup.setParent(over)

    def _place(self) -> None:
        over, popup = self.window(), self.popup
        assert popup is not None
        wide = min(max(self.width(), theme.px(LEAST_WIDTH)), over.width() - 16)
        count = len(self.list.model_of_picks.picks)
        wanted = self.list.wanted_height(MOST) if count else theme.px(36)
        top = self.mapTo(over, QPoint(0, 0))
        below, above = over.height() - top.y() - self.height() - 12, top.y() - 12
        high = min(wanted + 2 * EDGE + 2, max(below, above))
        y = top.y() + self.height() + 4 if high <= below or below >= above else top.y() - high - 4
        popup.setGeometry(min(top.x(), over.width() - wide - 8), y, wide, high)
        popup.show()
        popup.raise_()

    # Events.

    def event(self, event: QEvent) -> bool:
        # Tab moves the focus before keyPressEvent would see it; it takes the current hit along.
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._wants(event):
            return True
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            shown = self.popup is not None and self.popup.isVisible()
            if event.key() == Qt.Key.Key_Escape and shown:
                event.accept()
                return True
        return super().event(event)

    def _wants(self, event: QKeyEvent) -> bool:
        """Whether the list under the field takes this key."""
        key, plain = Qt.Key(event.key()), event.modifiers() in (NONE, Qt.KeyboardModifier.KeypadModifier)
        if self.popup is None or not self.popup.isVisible() or not plain:
            return False
        if key == Qt.Key.Key_Escape:
            self._hide()
            return True
        if not self.list.model_of_picks.picks:
            return False
        if key in PICKS:
            row = self.list.currentIndex().row()
            if row < 0:  # who was chosen is gone
                return key != Qt.Key.Key_Tab
            self._picked(self.list.model_of_picks.picks[row].what)
            return key != Qt.Key.Key_Tab or not self.hasFocus()  # who heard `chosen` may have gone on already
        return self.list.eventFilter(self, event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self.popup is not None and not self.popup.underMouse():
            self._hide()

    def hideEvent(self, event: Any) -> None:
        super().hideEvent(event)
        self._hide()

    def _behind(self) -> tuple[str, str]:
        """What stands behind the name, and the token of its colour."""
        known = self.standing
        if known is None:
            return "", "ink3"
        if self.forbids:
            return self.forbids, "risk_ink"
        return " · ".join(
            part for part in (names.tier(known.tier), names.familiarity(known.familiarity)) if part
        ), "ink3"

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        text, token = self._behind()
        used = 14 + self.fontMetrics().horizontalAdvance(self.text()) + 10
        room = self.width() - used - 12
        if not text or room < 24:
            return
        painter = QPainter(self)
        painter.setFont(theme.font(13))
        painter.setPen(theme.colour(token))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room)
        side = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        painter.drawText(QRect(used, 0, room, self.height()), side, shown)
        painter.end()


NONE = Qt.KeyboardModifier.NoModifier


def _index_of(reads: Reads, progress: object) -> SearchIndex:
    from rmdesk.services.search.queries import build

    return build(reads)
