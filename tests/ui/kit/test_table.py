"""Tables: models that keep Qt's rules, rows read only when seen, keyboard, columns, copy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QFont, QGuiApplication, QPainter, QPaintEvent, QPixmap
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QPushButton, QStyleOptionViewItem, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from rmdesk.ui.kit import fonts
from rmdesk.ui.kit.cell_delegate import CellDelegate
from rmdesk.ui.kit.columns import BAR, CHIP, STRONG, TINTED, Cell, Column
from rmdesk.ui.kit.rows import RowModel
from rmdesk.ui.kit.state import State
from rmdesk.ui.kit.table import AT_ONCE, RowTable
from rmdesk.ui.kit.theme import Scheme, theme


@dataclass(frozen=True, slots=True)
class Made:
    """A row that counts how often it is looked at."""

    id: int
    name: str


COLUMNS: tuple[Column[Made], ...] = (
    Column("name", "Name", lambda row: Cell(row.name, after="zwm"), 150, STRONG, fixed=True),
    Column("tier", "Tier", lambda row: Cell("T5", "occasion"), 80, CHIP),
    Column("aum", "AUM", lambda row: f"{row.id},000", 100, right=True),
    Column("change", "90 days", lambda row: Cell("−18%", "risk"), 90, TINTED, right=True),
    Column("score", "Score", lambda row: Cell("92", bar=(("value", 28), ("risk", 21))), 200, BAR),
    Column("hidden", "Hidden", lambda row: "h", shown=False, sorts=False),
)


def table_of(qtbot: QtBot, state: State | None = None) -> RowTable[Made]:
    made = RowTable(COLUMNS, lambda row: row.id, name="made", state=state, title="Made")
    qtbot.addWidget(made)
    made.resize(900, 500)
    made.show()
    return made


def rows(numbers: Sequence[int]) -> list[Made]:
    return [Made(number, f"name {number}") for number in numbers]


def check(model: QAbstractItemModel) -> QAbstractItemModelTester:
    return QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)


def test_the_model_keeps_qts_rules(qtbot: QtBot) -> None:
    model = RowModel(COLUMNS, lambda row: row.id)
    tester = check(model)
    model.set_rows(rows(range(300)))
    model.set_ids([5, 4, 1000])
    model.fill(rows([1000]))
    model.set_rows([])
    assert tester.model() is model


def test_of_a_hundred_thousand_rows_only_the_seen_ones_are_read(qtbot: QtBot) -> None:
    table = table_of(qtbot)
    asked: list[int] = []
    table.wanted.connect(asked.extend)
    table.set_ids(range(1, 100_001))
    qtbot.waitUntil(lambda: bool(asked))
    table.grab()
    assert len(asked) < 1000
    table.fill(rows(asked))
    assert table.rows.index(0, 0).data() == "name 1"
    table.scrollToBottom()
    table.grab()
    qtbot.waitUntil(lambda: 100_000 in asked)
    assert len(asked) < 2000


def test_a_row_is_asked_for_once(qtbot: QtBot) -> None:
    table = table_of(qtbot)
    asked: list[int] = []
    table.wanted.connect(asked.extend)
    table.set_ids(list(range(1, 50)))
    qtbot.waitUntil(lambda: bool(asked))
    table.grab()
    table.grab()
    assert sorted(asked) == sorted(set(asked))


def test_known_rows_stay_visible_until_they_are_read_again(qtbot: QtBot) -> None:
    table = table_of(qtbot)
    asked: list[int] = []
    table.wanted.connect(asked.extend)
    table.set_rows(rows([1, 2, 3]))
    table.set_ids([3, 2, 1])
    assert table.rows.index(0, 0).data() == "name 3"
    qtbot.waitUntil(lambda: sorted(asked) == [1, 2, 3])
    table.fill([Made(3, "changed")])
    assert table.rows.index(0, 0).data() == "changed"


def test_selection_and_place_stay_with_their_ids(qtbot: QtBot) -> None:
    table = table_of(qtbot)
    table.set_rows(rows(range(200)))
    table.select_id(120)
    table.set_rows(rows(sorted(range(200), reverse=True)))
    assert table.current() == 120
    assert table.selected() == [120]
    table.selectAll()
    table.set_rows(rows(range(100, 210)))
    assert table.selected() == list(range(100, 200))


def test_keys_move_open_and_copy(qtbot: QtBot) -> None:
    table = table_of(qtbot)
    table.set_rows(rows(range(10)))
    table.setFocus()
    opened: list[int] = []
    table.opened.connect(opened.append)
    qtbot.keyClick(table, Qt.Key.Key_End)
    qtbot.keyClick(table, Qt.Key.Key_Up)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert opened == [8]
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "Name\tTier\tAUM\t90 days\tScore\nname 8\tT5\t8,000\t−18%\t92"


def test_a_click_on_a_title_asks_to_sort(qtbot: QtBot) -> None:
    table = table_of(qtbot)
    table.set_rows(rows(range(3)))
    asked: list[tuple[str, bool]] = []
    table.sorted.connect(lambda key, down: asked.append((key, down)))
    for section in (0, 0, 2):
        place = table.header.sectionViewportPosition(section) + 20
        qtbot.mouseClick(table.header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place, 10))
    assert asked == [("name", False), ("name", True), ("aum", True)]
    table.grab()


def test_columns_are_chosen_and_remembered(qtbot: QtBot, state: State) -> None:
    table = table_of(qtbot, state)
    assert [column.key for column in table.shown_columns()] == ["name", "tier", "aum", "change", "score"]
    menu = table.column_menu()
    actions = {action.text(): action for action in menu.actions()}
    assert not actions["Name"].isEnabled()
    actions["Tier"].setChecked(False)
    actions["Hidden"].setChecked(True)
    table.header.moveSection(table.header.visualIndex(4), 1)
    table.setColumnWidth(2, 133)
    table.show_sort("aum", down=True)
    table._remember()
    again = table_of(qtbot, state)
    assert [column.key for column in again.shown_columns()] == ["name", "score", "aum", "change", "hidden"]
    assert again.columnWidth(2) == 133
    assert again.sort == ("aum", True)
    next(action for action in again.column_menu().actions() if action.text() == "Columns as at first").trigger()
    assert [column.key for column in again.shown_columns()] == ["name", "tier", "aum", "change", "score"]


@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK])
def test_every_kind_of_cell_is_drawn(qtbot: QtBot, scheme: Scheme) -> None:
    theme.use(scheme, 125)
    table = table_of(qtbot)
    table.set_rows(rows(range(3)))
    qtbot.waitUntil(lambda: table._painted is None)
    image = table.grab().toImage()
    colours = {image.pixelColor(x, y).name() for x in range(0, image.width(), 3) for y in range(image.height() // 2)}
    for token in ("card", "line", "occasion_soft", "value", "risk", "track"):
        assert theme.colour(token).name() in colours, token


def test_cells_are_spoken_whole(qtbot: QtBot) -> None:
    table = table_of(qtbot)
    table.set_rows(rows([1]))
    spoken = [table.rows.index(0, at).data(Qt.ItemDataRole.AccessibleTextRole) for at in (0, 4)]
    assert spoken == ["name 1 zwm", "92: Value 28.0, Churn risk 21.0"]


def test_a_table_that_comes_into_sight_is_painted_in_turns_and_whole_in_the_end(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    painted: list[list[tuple[int, int]]] = []
    paint_event, paint_cell = RowTable.paintEvent, CellDelegate.paint

    def turn(table: RowTable[Made], event: QPaintEvent) -> None:
        painted.append([])
        paint_event(table, event)

    def cell(self: CellDelegate, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        painted[-1].append((index.row(), index.column()))
        paint_cell(self, painter, option, index)

    monkeypatch.setattr(RowTable, "paintEvent", turn)
    monkeypatch.setattr(CellDelegate, "paint", cell)
    made = table_of(qtbot)
    made.set_rows(rows(range(1, 41)))
    last = made.rowAt(made.viewport().height() - 1)
    qtbot.waitUntil(lambda: any((last, 0) in turn for turn in painted))
    assert len([turn for turn in painted if turn]) > 1
    assert max(map(len, painted)) <= AT_ONCE + 5  # Qt adds the row that the edge touches
    assert {row for turn in painted for row, _column in turn} == set(range(last + 1))
    painted.clear()
    made.viewport().update()
    qtbot.waitUntil(lambda: bool(painted))
    assert len({row for row, _column in painted[0]}) == last + 1  # what is in sight is painted anew in one go


def in_window(qtbot: QtBot) -> tuple[QWidget, RowTable[Made]]:
    """A table as pages have it: beside something else that can have the keyboard."""
    window, made = QWidget(), RowTable(COLUMNS, lambda row: row.id, title="Made")
    made.set_rows(rows(range(1, 400)))
    box = QVBoxLayout(window)
    box.addWidget(QPushButton("x"))
    box.addWidget(made)
    window.resize(700, 900)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(lambda: made._painted is None and as_painted_anew(window))
    return window, made


def as_painted_anew(window: QWidget) -> bool:
    """Whether what is on the screen is what would be painted now."""
    seen = QGuiApplication.primaryScreen().grabWindow(window.winId()).toImage()  # first: `grab` paints what is due, too
    anew = window.grab().toImage()
    return seen.convertToFormat(anew.format()) == anew


def test_a_table_that_is_scrolled_while_it_comes_into_sight_is_painted_whole(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    further, scrolled = RowTable._paint_further, list[int]()

    def wheel_first(table: RowTable[Made]) -> None:
        if not scrolled:
            scrolled.append(4)
            table.verticalScrollBar().setValue(4)
        further(table)

    monkeypatch.setattr(RowTable, "_paint_further", wheel_first)
    window, made = in_window(qtbot)
    made.verticalScrollBar().setValue(0)
    made.hide()
    scrolled.clear()
    made.show()
    qtbot.waitUntil(lambda: bool(scrolled) and made._painted is None)
    QApplication.processEvents()
    assert as_painted_anew(window)


def test_the_ring_around_the_current_row_leaves_the_row_before(qtbot: QtBot) -> None:
    window, made = in_window(qtbot)
    made.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(lambda: made.hasFocus() and as_painted_anew(window))
    qtbot.keyClick(made, Qt.Key.Key_Down)
    assert made.currentIndex().row() == 1
    QApplication.processEvents()
    assert as_painted_anew(window)


def test_a_wide_table_gives_its_columns_more_and_keeps_their_own_widths(qtbot: QtBot, state: State) -> None:
    table = table_of(qtbot, state)
    qtbot.waitUntil(lambda: table.columnWidth(0) > 150)
    table.setColumnWidth(0, table.columnWidth(0) + 40)
    assert state.value("tables/made")["widths"]["name"] == 190
    narrow = table_of(qtbot, state)
    narrow.resize(640, 500)
    qtbot.waitUntil(lambda: narrow.columnWidth(0) <= 190)


def test_pinyin_with_the_third_tone_is_drawn_in_a_font_that_has_it(qtbot: QtBot) -> None:
    asked: list[QFont] = []

    class Noting(QPainter):
        def setFont(self, font: QFont) -> None:
            asked.append(QFont(font))
            super().setFont(font)

    table = table_of(qtbot)
    sheet = QPixmap(300, 40)
    for text, first in (("Zhōu Wénmǐn", fonts.latin()[0]), ("周文敏", fonts.families()[0])):
        painter = Noting(sheet)
        CellDelegate(table)._draw(painter, QRect(0, 0, 200, 38), Cell(text), Column("a", "A", str))
        painter.end()
        assert asked[-1].families()[0] == first
