"""The navigation at the left: pages with their counts, settings, and who works here."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFocusEvent, QFontMetrics, QKeyEvent, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QFrame, QSizePolicy

from rmdesk.base.text import _
from rmdesk.ui.kit.icons import pixmap
from rmdesk.ui.kit.painter import smooth
from rmdesk.ui.kit.theme import theme
from rmdesk.ui.kit.widgets import Button, column, label, row, rule

if TYPE_CHECKING:
    from rmdesk.ui.shell.routes import Route

WIDTH = 196


class NavItem(QAbstractButton):
    """One page: icon, name, count; soft ground and accent when it is where you are."""

    moved = Signal(int)

    def __init__(self, route: Route) -> None:
        super().__init__()
        self.route = route
        self._count: int | None = None
        self._hovered = False
        self.ringed = False  # reached by keys: only then the ring says something that the ground does not
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)  # gives way before names do
        self.retranslate()
        if route.icon:
            pixmap(route.icon, "ink2", 18, self.devicePixelRatioF())  # drawn now: nobody waits for a first paint yet

    def retranslate(self) -> None:
        """Say the name in the language in use."""
        self.setText(_(self.route.title))
        keys = f" ({self.route.shortcut})" if self.route.shortcut else ""
        self.setToolTip(f"{self.text()}{keys}")
        self.count(self._count)

    def count(self, number: int | None) -> None:
        """The number at the right."""
        self._count = number
        self.setAccessibleName(self.text() if number is None else f"{self.text()}, {number}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(WIDTH - 24, theme.px(37))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, theme.px(22))

    def needs(self) -> int:
        """How wide it must be for icon, name and a count of three figures."""
        name = QFontMetrics(theme.font(14, bold=True)).horizontalAdvance(self.text())
        count = QFontMetrics(theme.font(12, bold=True, tabular=True)).horizontalAdvance("888")
        return 10 + theme.px(18) + 10 + name + 8 + count + 10

    def focusInEvent(self, event: QFocusEvent) -> None:
        if event.reason() != Qt.FocusReason.ActiveWindowFocusReason:  # coming back to the window changes nothing
            self.ringed = event.reason() != Qt.FocusReason.MouseFocusReason
        super().focusInEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = smooth(self)
        box = self.rect()
        if self.isChecked() or self._hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent_soft" if self.isChecked() else "hover"))
            painter.drawRoundedRect(box, 8, 8)
        if self.hasFocus() and self.ringed:
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 8, 8)
        token = "accent" if self.isChecked() else "ink2"
        left = 10
        if self.route.icon:
            picture = pixmap(self.route.icon, token, 18, self.devicePixelRatioF())
            high = theme.px(18)
            painter.drawPixmap(QRect(left, (self.height() - high) // 2, high, high), picture)
            left += high + 10
        painter.setPen(theme.colour(token))
        painter.setFont(theme.font(14, bold=self.isChecked()))
        inside = box.adjusted(left, 0, -10, 0)
        painter.drawText(inside, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), self.text())
        if self._count is not None:
            painter.setFont(theme.font(12, bold=self.isChecked(), tabular=True))
            painter.setPen(theme.colour("accent" if self.isChecked() else "ink3"))
            side = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
            painter.drawText(inside, side, f"{self._count:,}")
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if event.key() in steps:
            self.moved.emit(steps[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        self._hovered = True
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = False
        self.update()


class Nav(QFrame):
    """All entries; `wanted` tells which page was chosen, `menu_wanted` that the block of the user was pressed."""

    wanted = Signal(str)

    def __init__(self, routes: Iterable[Route]) -> None:
        super().__init__()
        self.setObjectName("nav")
        self.items = [NavItem(route) for route in routes if route.listed]
        self.user = Button("", kind="icon", icon="more")
        self._name = label(role="strong")
        self._place = label(role="note", wrap=True)
        top = [item for item in self.items if not item.route.low]
        low = [item for item in self.items if item.route.low]
        brand = label("rmdesk", "brand")
        brand.setContentsMargins(10, 0, 0, 14)
        who = row(column(self._name, self._place, gap=2), None, self.user)
        who.setContentsMargins(10, 4, 0, 4)
        box = column(brand, *top, None, *low, 4, rule(), who, gap=2)
        box.setContentsMargins(12, 20, 12, 12)
        self.setLayout(box)
        for at, item in enumerate(self.items):
            item.clicked.connect(lambda _checked=False, item=item: self.wanted.emit(item.route.name))
            item.moved.connect(lambda step, at=at: self._step(at, step))
        self.lead = False
        self.show_lead(False)
        self._dress()
        self.retranslate()
        theme.changed.connect(self._dress)

    def show_page(self, name: str) -> None:
        """Mark where you are."""
        for item in self.items:
            item.setChecked(item.route.name == name)

    def count(self, name: str, number: int | None) -> None:
        """The number beside a page."""
        for item in self.items:
            if item.route.name == name:
                item.count(number)

    def show_lead(self, lead: bool) -> None:
        """Whether the entries for team leads are there."""
        self.lead = lead
        for item in self.items:
            if item.route.lead:
                item.setHidden(not lead)

    def _step(self, at: int, step: int) -> None:
        """From one entry to the next that is there."""
        to = (at + step) % len(self.items)
        while self.items[to].isHidden():
            to = (to + step) % len(self.items)
        self.items[to].setFocus()

    def show_user(self, name: str, place: str) -> None:
        """Who works here, and where."""
        self._name.setText(name)
        self._place.setText(place)

    def retranslate(self) -> None:
        """Texts in the language in use."""
        self.setAccessibleName(_("Pages"))
        self.user.setToolTip(_("Menu"))
        self.user.setAccessibleName(_("Menu"))
        for item in self.items:
            item.retranslate()

    def _dress(self) -> None:
        wide = max(item.needs() for item in self.items) + 24 if theme.percent > 100 else 0
        self.setFixedWidth(max(round(WIDTH * (1 + (theme.percent - 100) / 200)), wide))
        for item in self.items:
            item.updateGeometry()
            item.update()
