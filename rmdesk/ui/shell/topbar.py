"""The bar above the page: the search field, and the buttons of the page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from rmdesk.base.text import _
from rmdesk.ui.kit.theme import theme
from rmdesk.ui.kit.widgets import Button, block, clear, label, row

if TYPE_CHECKING:
    from rmdesk.ui.kit.actions import Action


class SearchField(QLineEdit):
    """Where one types a name, number or phone; says Ctrl K at its right end."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "search")
        self.keys = label("Ctrl K", "keys")
        self.keys.setParent(self)
        self.keys.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.textChanged.connect(lambda text: self.keys.setVisible(not text))
        theme.changed.connect(self._place)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        self.keys.ensurePolished()
        self.keys.adjustSize()
        self.setTextMargins(0, 0, self.keys.width() + 8, 0)
        self.keys.move(self.width() - self.keys.width() - 10, (self.height() - self.keys.height()) // 2)


class TopBar(QFrame):
    """`pressed` tells the action whose button was pressed."""

    pressed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("topbar")
        self.search = SearchField()
        self.search.setMinimumWidth(240)
        self.search.setMaximumWidth(420)
        self._buttons = row(gap=12)
        self._shown: list[tuple[Button, str]] = []
        box = row(self.search, None, self._buttons, gap=16)
        box.setStretch(0, 3)
        box.setStretch(1, 1)
        box.setContentsMargins(24, 0, 24, 0)
        self.setLayout(box)
        self.retranslate()
        self._dress()
        theme.changed.connect(self._dress)

    def show_actions(self, actions: Sequence[Action], place: QWidget) -> None:
        """Buttons for the actions of a page that want one; the primary one last."""
        clear(self._buttons)
        buttons: list[Button] = []
        for action in sorted((a for a in actions if a.button or a.primary), key=lambda action: action.primary):
            button = Button(_(action.text), kind="primary" if action.primary else "plain", icon=action.icon)
            button.setEnabled(action.is_enabled(place))
            button.setToolTip(f"{_(action.text)} ({action.shortcut})" if action.shortcut else "")
            button.clicked.connect(lambda _checked=False, action=action: self.pressed.emit(action))
            button.setAccessibleName(_(action.text))
            buttons.append(button)
        self._shown = [(button, button.text()) for button in buttons]
        if buttons:
            self._buttons.addWidget(block(row(*buttons, gap=12)))
            self._fit()

    def _fit(self) -> None:
        """Where not all have room for their words, the first ones show their picture alone, with a tip."""
        for button, text in self._shown:
            button.setText(text)
            button.ensurePolished()
        room = self.width() - 2 * 24 - 2 * 16 - self.search.minimumWidth() + 12
        for button, text in self._shown:
            if sum(one.sizeHint().width() + 12 for one, _text in self._shown) <= room:
                break
            if not button.icon().isNull() and button is not self._shown[-1][0]:
                button.setText("")
                button.setToolTip(button.toolTip() or text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def retranslate(self) -> None:
        """Texts in the language in use."""
        self.search.setPlaceholderText(_("Clients, phones, visits, journals; pinyin too"))
        self.search.setToolTip(self.search.placeholderText())
        self.search.setAccessibleName(_("Search"))

    def _dress(self) -> None:
        self.setFixedHeight(theme.px(60))
        self._fit()
