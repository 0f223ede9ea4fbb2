"""The help sheet: every action with its keys, in groups."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QScrollArea, QWidget

from rmdesk.base.text import N_, _
from rmdesk.ui.kit.actions import PAGE, Action
from rmdesk.ui.kit.theme import theme
from rmdesk.ui.kit.widgets import Button, column, label, row

IN_LISTS = N_("In lists")
LISTS = (
    (N_("Move"), "↑ ↓  Home  End"),
    (N_("Open"), "Enter"),
    (N_("Select more"), "Shift+↑ ↓"),
    (N_("Select all"), "Ctrl+A"),
    (N_("Copy"), "Ctrl+C"),
)
CARE = N_("On today's list")
CARE_LIST = (
    (N_("Why this rank"), "Enter"),
    (N_("Next step"), "A"),
    (N_("Done"), "D"),
    (N_("Done without a record"), "Shift+D"),
    (N_("Put off"), "S"),
    (N_("Open the client file"), "O"),
)


class KeysHelp(QDialog):
    """Two columns of groups; closes with Esc. `keys` are those of the page besides its actions."""

    def __init__(
        self, actions: Sequence[Action], parent: QWidget | None = None, keys: Sequence[tuple[str, str]] = ()
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Keyboard help"))
        groups: dict[str, list[tuple[str, str]]] = {PAGE: list(keys)} if keys else {}
        for action in actions:
            if action.shortcut:
                groups.setdefault(action.group, []).append((action.text, action.shortcut))
        groups[CARE] = list(CARE_LIST)
        groups[IN_LISTS] = list(LISTS)
        halves = (column(gap=20), column(gap=20))
        heights = [0, 0]
        for group, lines in groups.items():
            shorter = heights.index(min(heights))
            halves[shorter].addLayout(self._group(group, lines))
            heights[shorter] += len(lines) + 2
        for half in halves:
            half.addStretch(1)
        sheet = row(*halves, gap=40)
        sheet.setContentsMargins(0, 0, 12, 0)
        inside = QWidget()
        inside.setLayout(sheet)
        area = QScrollArea()  # takes the keyboard: arrows scroll it
        area.setAccessibleName(_("Keyboard help"))
        area.setWidget(inside)
        area.setWidgetResizable(True)
        shut = Button(_("Close"), self.accept, kind="primary")
        box = column(label(_("Keyboard help"), "title"), area, row(None, shut), gap=16)
        box.setContentsMargins(24, 24, 24, 24)
        self.setLayout(box)
        most = inside.sizeHint().height() + theme.px(150)
        if parent is not None:
            most = min(most, parent.window().height() - 48)
        self.resize(theme.px(760), most)
        shut.setFocus()

    @staticmethod
    def _group(name: str, lines: Sequence[tuple[str, str]]) -> QGridLayout:
        grid = QGridLayout()
        grid.setVerticalSpacing(6)
        grid.addWidget(label(_(name), "strong"), 0, 0, 1, 2)
        for at, (text, keys) in enumerate(lines, start=1):
            grid.addWidget(label(_(text), "soft"), at, 0)
            grid.addWidget(label(keys, "keys"), at, 1, Qt.AlignmentFlag.AlignRight)
        grid.setColumnStretch(0, 1)
        return grid
