"""A table whose rows can be acted on: one key or one button for each thing to do with the current row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QMenu, QWidget

from rmdesk.base.text import _
from rmdesk.ui.kit.columns import Column
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.empty import Notice
from rmdesk.ui.kit.stack import Stack
from rmdesk.ui.kit.table import RowTable
from rmdesk.ui.kit.widgets import Button, column, label, row

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class RowAction(Generic[R]):
    """One thing to do with a row: its name, its key (a letter, or Del), and when it can be done."""

    text: str
    key: str
    run: Callable[[R], object]
    when: Callable[[R], bool] | None = None
    main: bool = False

    def can(self, current: R) -> bool:
        """Whether it can be done with this row."""
        return self.when is None or self.when(current)


KEYS = {"Del": Qt.Key.Key_Delete, "F2": Qt.Key.Key_F2}


class Board(QWidget, Generic[R]):
    """`top` holds filters above the table. Enter or double click does the `main` action, else the first."""

    def __init__(
        self,
        desk: Desk,
        columns: Sequence[Column[R]],
        key: Callable[[R], int],
        actions: Sequence[RowAction[R]],
        *,
        name: str,
        title: str,
        empty: tuple[str, str],
    ) -> None:
        super().__init__()
        self.acts = tuple(actions)
        self.table: RowTable[R] = RowTable(columns, key, name=name, state=desk.state, title=title)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(self._menu)
        self.table.installEventFilter(self)
        self.table.opened.connect(self._opened)
        self.table.selectionModel().currentChanged.connect(lambda *_: self._show_actions())
        self.nothing = Notice(*empty, icon="visit")
        self.top = row(gap=8)
        self.note = label("", "note")
        self.buttons = [
            Button(f"{_(action.text)}  {action.key}", partial(self.act, at), kind="small", name=_(action.text))
            for at, action in enumerate(self.acts)
        ]
        foot = row(self.note, None, *self.buttons, gap=8)
        self._layers = Stack()
        self._layers.addWidget(self.table)
        self._layers.addWidget(self.nothing)
        box = column(self.top, gap=10)
        box.addWidget(self._layers, 1)
        box.addLayout(foot)
        self.setLayout(box)
        self._show_actions()

    def show_rows(self, rows: Sequence[R]) -> None:
        """Show these rows, or that there are none."""
        self.table.set_rows(rows)
        self._after(len(rows))

    def show_ids(self, ids: Sequence[int]) -> None:
        """Show the rows of these numbers, read as they are looked at."""
        self.table.set_ids(ids)
        self._after(len(ids))

    def current(self) -> R | None:
        """The current row, when it is known."""
        number = self.table.current()
        return None if number is None else self.table.rows.known(number)

    def act(self, at: int) -> None:
        """Do one of the actions with the current row."""
        current, action = self.current(), self.acts[at]
        if current is not None and action.can(current):
            action.run(current)

    def _after(self, count: int) -> None:
        self._layers.setCurrentWidget(self.table if count else self.nothing)
        if count and not self.table.currentIndex().isValid():
            self.table.setCurrentIndex(self.table.rows.index(0, 0))
        self._show_actions()

    def _opened(self, _number: object) -> None:
        main = next((at for at, action in enumerate(self.acts) if action.main), 0)
        if self.acts:
            self.act(main)

    def _show_actions(self) -> None:
        current = self.current()
        for button, action in zip(self.buttons, self.acts, strict=True):
            button.setVisible(current is not None and action.can(current))

    def _menu(self, at: QPoint) -> None:
        current = self.current()
        if current is None:
            return
        menu = QMenu(self)
        for place, action in enumerate(self.acts):
            if action.can(current):
                made = QAction(f"{_(action.text)}\t{action.key}", menu)
                made.triggered.connect(lambda _on=False, place=place: self.act(place))
                menu.addAction(made)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.table.viewport().mapToGlobal(at))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride) and isinstance(event, QKeyEvent):
            plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
            for place, action in enumerate(self.acts if plain else ()):
                if event.key() == (KEYS.get(action.key) or Qt.Key(ord(action.key))):
                    event.accept()
                    if event.type() == QEvent.Type.KeyPress:
                        self.act(place)
                    return True
        return False


def fill_wanted(board: Board[Any], rows: Sequence[Any]) -> None:
    """Answer what a table asked for; the buttons follow the row that is known now."""
    board.table.fill(rows)
    board._show_actions()
