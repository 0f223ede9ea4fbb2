"""The command palette: every action by name, with its shortcut."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from rmdesk.base.text import _
from rmdesk.ui.kit.actions import Action
from rmdesk.ui.kit.pick_list import Pick, PickList
from rmdesk.ui.kit.sheet import Sheet
from rmdesk.ui.kit.theme import theme
from rmdesk.ui.kit.widgets import column, label

Offered = tuple[Action, Any]


def matches(text: str, name: str) -> int:
    """How well a name answers what was typed: 0 not at all, 3 from its start, 2 inside, 1 letters in order."""
    wanted, given = text.casefold().strip(), name.casefold()
    if not wanted or given.startswith(wanted):
        return 3
    if wanted in given:
        return 2
    letters = iter(given)
    return 1 if all(letter in letters for letter in wanted if not letter.isspace()) else 0


class Palette(Sheet):
    """Type, pick, done. `offered` are the actions with what they run on."""

    def __init__(self, offered: Sequence[Offered], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("All commands"))
        self._offered = [pair for pair in offered if pair[0].is_enabled(pair[1])]
        self.field = QLineEdit()
        self.field.setPlaceholderText(_("Type a command"))
        self.field.setAccessibleName(_("Type a command"))
        self.list = PickList()
        self.list.listen(self.field)
        self.list.picked.connect(self._run)
        self.none = label(_("No command has this name."), "soft")
        box = column(self.field, self.list, self.none, gap=8)
        box.setContentsMargins(12, 12, 12, 12)
        self.setLayout(box)
        self.field.textChanged.connect(self._show)
        self.setFixedSize(theme.px(560), theme.px(420))
        self.ran: Callable[[], object] | None = None
        self._show("")
        if parent is not None:
            corner = parent.window().frameGeometry()
            self.move(corner.center().x() - self.width() // 2, corner.top() + 96)
        self.field.setFocus()

    def _show(self, text: str) -> None:
        found = [(matches(text, _(action.text)), at, action, place) for at, (action, place) in enumerate(self._offered)]
        best = sorted((entry for entry in found if entry[0]), key=lambda entry: (-entry[0], entry[1]))
        self.list.show_picks([self._line(action, place) for _score, _at, action, place in best])
        self.list.setVisible(bool(best))
        self.none.setVisible(not best)

    @staticmethod
    def _line(action: Action, place: Any) -> Pick:
        right = f"{_(action.group)}   {action.shortcut}".strip()
        return Pick(_(action.text), (action, place), right=right, icon=action.icon)

    def _run(self, picked: Offered) -> None:
        action, place = picked
        self.ran = lambda: action.run(place)
        self.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.reject()
        else:
            super().keyPressEvent(event)
