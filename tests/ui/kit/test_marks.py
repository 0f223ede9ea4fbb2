"""What is seen without words: focus rings, edges of fields, marks and icons, measured from pictures in both themes."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QRadioButton,
    QScrollArea,
    QSlider,
    QSpinBox,
    QWidget,
)
from pytestqt.qtbot import QtBot

from rmdesk.ui.kit.columns import Column
from rmdesk.ui.kit.table import RowTable
from rmdesk.ui.kit.theme import Scheme, theme
from rmdesk.ui.kit.tile import Tile
from rmdesk.ui.kit.widgets import Button, Card, column
from rmdesk.ui.shell.nav import NavItem
from rmdesk.ui.shell.routes import ROUTES
from tests.support.access import marks

KINDS = (
    "plain", "primary", "small", "faint", "link", "quiet-link", "danger", "filter", "icon", "chip", "choice", "tab",
)  # fmt: skip
CHECKED = ("plain", "filter", "icon", "tab")


def _checked(button: Button) -> Button:
    button.setCheckable(True)
    button.setChecked(True)
    return button


def _flush() -> Button:
    made = Button("All of them", kind="link")
    made.setProperty("flush", "true")
    return made


def _table() -> RowTable[int]:
    made: RowTable[int] = RowTable((Column("a", "A", str, 100, fixed=True),), key=int, title="Numbers")
    made.set_rows([1, 2, 3])
    made.setFixedHeight(150)
    return made


CONTROLS: dict[str, Callable[[], QWidget]] = {
    **{kind: lambda kind=kind: Button("Save", kind=kind, icon="plus") for kind in KINDS},  # type: ignore[misc]
    **{f"{kind}, on": lambda kind=kind: _checked(Button("Save", kind=kind)) for kind in CHECKED},  # type: ignore[misc]
    "icon alone": lambda: Button("", kind="icon", icon="columns", hint="As a table"),
    "link, flush": _flush,
    "field": QLineEdit,
    "field of several lines": QPlainTextEdit,
    "combo": QComboBox,
    "number": QSpinBox,
    "check box": lambda: QCheckBox("Keep"),
    "radio button": lambda: QRadioButton("This one"),
    "tile": lambda: Tile("Corner", "Corner"),
    "nav": lambda: NavItem(ROUTES[0]),
}
# These show the keyboard inside themselves: a row, a handle.
INSIDE: dict[str, Callable[[], QWidget]] = {"table": _table, "slider": lambda: QSlider(Qt.Orientation.Horizontal)}
# What comes: a line under it; three sides, where a line was under it before. All others have a ring all round.
ALONG = {"link, flush": 1, "tab, on": 3}


class Board(Card):
    """One of each control on a card."""

    def __init__(self) -> None:
        super().__init__()
        self.rest = QWidget()  # has the keyboard while the others are pictured without
        self.rest.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.parts = {name: make() for name, make in (CONTROLS | INSIDE).items()}
        for name, part in self.parts.items():
            part.setObjectName(name)
            if isinstance(part, QPlainTextEdit):
                part.setFixedHeight(60)
        self.body.addLayout(column(self.rest, *self.parts.values(), gap=8))
        theme.dress(self)


@pytest.fixture(params=[Scheme.LIGHT, Scheme.DARK])
def board(request: pytest.FixtureRequest, qtbot: QtBot) -> Iterator[Board]:
    theme.use(request.param)
    made = Board()
    qtbot.addWidget(made)
    made.resize(420, made.sizeHint().height())
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.rest.setFocus()
    yield made
    theme.use(Scheme.LIGHT)


def test_the_keyboard_is_seen_on_each_kind_of_control(board: Board) -> None:
    """A ring at least 2 px thick all round, at 3 to 1 on the card; a link at the edge of its column has a line."""
    without = marks.picture(board)
    wrong = {}
    for name in CONTROLS:
        part = board.parts[name]
        part.setFocus(Qt.FocusReason.TabFocusReason)
        assert part.hasFocus(), name
        place = marks.around(board, part)
        found = marks.ring(marks.cut(without, place), marks.cut(marks.picture(board), place))
        if found.contrast < marks.LEAST or found.sides < ALONG.get(name, 4) or found.thick < 2:
            wrong[name] = found
    assert not wrong, "\n".join(f"{name}: {found}" for name, found in wrong.items())


def test_the_keyboard_is_seen_on_rows_and_handles(board: Board) -> None:
    without = marks.picture(board)
    for name in INSIDE:
        part = board.parts[name]
        part.setFocus(Qt.FocusReason.TabFocusReason)
        place = marks.around(board, part)
        before, after = marks.cut(without, place), marks.cut(marks.picture(board), place)
        changed = after[before != after]
        assert marks.strongest(changed, marks.of_token(theme.colour("card")), 100) >= marks.LEAST, name


def test_an_empty_field_is_seen_by_its_edge(board: Board) -> None:
    shot, card = marks.picture(board), marks.of_token(theme.colour("card"))
    for name in ("field", "field of several lines", "combo", "number"):
        line = marks.cut(shot, _left_edge(board, board.parts[name]))
        assert marks.strongest(line, card, 8) >= marks.LEAST, name


def _left_edge(board: Board, part: QWidget) -> QRect:
    return QRect(part.mapTo(board, QPoint(0, 10)), part.size()).adjusted(0, 0, 2 - part.width(), -20)


@pytest.mark.parametrize("kind", [QCheckBox, QRadioButton])
def test_a_box_and_its_check_mark_are_seen(board: Board, qtbot: QtBot, kind: type[QCheckBox | QRadioButton]) -> None:
    """The empty box on the card; its ground when it is checked; and the mark on that ground."""
    card, accent = marks.of_token(theme.colour("card")), marks.of_token(theme.colour("accent"))
    box = next(part for part in board.parts.values() if type(part) is kind)
    assert isinstance(box, kind)
    inside = QRect(box.mapTo(board, QPoint(0, 0)), box.size()).adjusted(3, 3, 27 - box.width(), -3)
    assert marks.strongest(marks.cut(marks.picture(board), inside), card, 4) >= marks.LEAST
    box.setChecked(True)
    shot = marks.cut(marks.picture(board), inside)
    assert marks.strongest(shot[shot == accent], card) >= marks.LEAST
    assert marks.strongest(shot[4:-4, 4:-4], accent, 4) >= marks.LEAST


def test_icons_in_buttons_and_the_handle_of_a_scroll_bar_are_seen(board: Board, qtbot: QtBot) -> None:
    alone = board.parts["icon alone"]
    assert marks.strongest(marks.picture(alone), marks.of_token(theme.colour("card")), 8) >= marks.LEAST
    area, inside = QScrollArea(), QWidget()
    qtbot.addWidget(area)
    inside.setFixedSize(100, 900)
    area.setWidget(inside)
    area.resize(140, 300)
    theme.dress(area)
    area.show()
    bar = marks.picture(area.verticalScrollBar())
    for ground in ("card", "ground"):
        assert marks.strongest(bar, marks.of_token(theme.colour(ground)), 200) >= marks.LEAST


def test_the_line_of_a_list_that_the_keyboard_is_on_is_outlined(board: Board, qtbot: QtBot) -> None:
    """The ground alone differs too little; what opens under a combo box is such a list."""
    listed = QListWidget()
    qtbot.addWidget(listed)
    listed.addItems(["One", "Two", "Three"])
    theme.dress(listed)
    listed.show()
    listed.activateWindow()
    qtbot.waitUntil(listed.isActiveWindow)
    listed.setFocus()
    before = marks.picture(listed)
    listed.setCurrentRow(1)
    after = marks.picture(listed)
    found = marks.strongest(after[before != after], marks.of_token(theme.colour("card")), listed.width())
    assert found >= marks.LEAST
