"""The page of visits over the demo portfolio: segments, filters, one key for each thing to do, and undo."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QGridLayout, QLabel, QWidget
from pytestqt.qtbot import QtBot

from rmdesk.models.kinds import VisitState
from rmdesk.services.store.store import Store
from rmdesk.services.visits import coverage, ledger, queries
from rmdesk.ui.kit.form import FormDialog
from rmdesk.ui.kit.widgets import Chip
from rmdesk.ui.shell.desk import WindowDesk
from rmdesk.ui.visits.board import Board
from rmdesk.ui.visits.file_tab import VisitsTab
from rmdesk.ui.visits.log_page import LogPage
from rmdesk.ui.visits.page import VisitsPage
from tests.support.demo import store as store


@pytest.fixture
def page(desk: WindowDesk, qtbot: QtBot) -> VisitsPage:
    return shown(desk, qtbot, "planned")


def shown(desk: WindowDesk, qtbot: QtBot, tab: str) -> VisitsPage:
    desk.go("visits", tab=tab)
    qtbot.waitUntil(lambda: isinstance(desk.window.pages.currentWidget(), VisitsPage))
    made = desk.window.page()
    assert isinstance(made, VisitsPage)
    qtbot.waitUntil(lambda: not made.stale and not desk.tasks.running and not made.building)
    return made


def press(qtbot: QtBot, board: Board[Any], key: Qt.Key) -> None:
    board.table.setFocus()
    qtbot.keyClick(board.table, key)


def answered(qtbot: QtBot, desk: WindowDesk, text: str) -> None:
    """Answer the dialog that is open with one line."""
    (dialog,) = asking()
    name = next(name for name in ("reason", "to", "text") if name in dialog.form.fields)
    qtbot.keyClicks(dialog.form.fields[name].editor, text)
    qtbot.keyClick(dialog.form.fields[name].editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: not asking() and not desk.tasks.running)


def asking() -> list[FormDialog]:
    """The dialogs that are open."""
    return [one for one in QApplication.topLevelWidgets() if isinstance(one, FormDialog) and one.isVisible()]


def test_the_plan_is_shown_by_day_and_counted(page: VisitsPage, desk: WindowDesk, store: Store) -> None:
    rows = store.read(queries.planned)
    assert page.planned.table.rows.rowCount() == len(rows) > 3
    QAbstractItemModelTester(page.planned.table.rows)
    told = store.read(queries.waiting)
    assert desk.window.nav.items[[item.route.name for item in desk.window.nav.items].index("visits")]._count == told.all
    assert page.segments.button(0).text() == f"Planned {told.visits}"


def test_a_planned_visit_is_cancelled_in_one_key_and_a_reason(
    page: VisitsPage, desk: WindowDesk, qtbot: QtBot, store: Store
) -> None:
    before = len(store.read(queries.planned))
    press(qtbot, page.planned, Qt.Key.Key_C)
    answered(qtbot, desk, "client travels")
    qtbot.waitUntil(lambda: page.planned.table.rows.rowCount() == before - 1)
    assert store.read(lambda reads: reads.value("SELECT count(*) FROM visit WHERE reason = 'client travels'")) == 1
    desk.undo()
    qtbot.waitUntil(lambda: page.planned.table.rows.rowCount() == before)


def test_enter_edits_and_l_logs_a_planned_visit(page: VisitsPage, desk: WindowDesk, qtbot: QtBot, store: Store) -> None:
    first = page.planned.current()
    assert first is not None
    press(qtbot, page.planned, Qt.Key.Key_L)
    qtbot.waitUntil(lambda: isinstance(desk.window.page(), LogPage) and not desk.tasks.running)
    form = desk.window.page()
    assert isinstance(form, LogPage)
    qtbot.waitUntil(lambda: form.form.client.client == first.client)
    form.form.content.setPlainText("met")
    form.form.at.clear()
    form.save()
    qtbot.waitUntil(lambda: not desk.tasks.running and not isinstance(desk.window.page(), LogPage))
    kept = store.read(queries.visit_of, first.id)
    assert (kept.state, kept.content, kept.purpose) == (VisitState.HELD, "met", first.purpose)
    desk.undo()
    qtbot.waitUntil(lambda: not desk.tasks.running)
    assert store.read(queries.visit_of, first.id).state == VisitState.PLANNED


def test_promises_are_kept_withdrawn_and_handed_over_in_one_key(desk: WindowDesk, qtbot: QtBot, store: Store) -> None:
    page = shown(desk, qtbot, "promises")
    count = len(store.read(ledger.promises))
    assert page.promises.table.rows.rowCount() == count
    first = page.promises.current()
    assert first is not None
    assert first.overdue
    press(qtbot, page.promises, Qt.Key.Key_K)
    qtbot.waitUntil(lambda: page.promises.table.rows.rowCount() == count - 1)
    for key, text in ((Qt.Key.Key_W, "no need"), (Qt.Key.Key_H, "Wang Qiang")):
        before = page.promises.table.rows.rowCount()
        page.promises.table.setCurrentIndex(page.promises.table.rows.index(0, 0))
        press(qtbot, page.promises, key)
        answered(qtbot, desk, text)
        qtbot.waitUntil(lambda before=before: page.promises.table.rows.rowCount() == before - 1)
    outcomes = {row.outcome for row in store.read(ledger.promises, closed=True)}
    assert {"no need", "Wang Qiang"} <= outcomes
    page.closed_promises.setChecked(True)
    qtbot.waitUntil(lambda: page.promises.table.rows.rowCount() > count)


def test_tasks_are_done_and_come_back_by_undo(desk: WindowDesk, qtbot: QtBot, store: Store) -> None:
    page = shown(desk, qtbot, "tasks")
    count = len(store.read(ledger.tasks))
    assert page.tasks_board.table.rows.rowCount() == count > 2
    press(qtbot, page.tasks_board, Qt.Key.Key_D)
    qtbot.waitUntil(lambda: page.tasks_board.table.rows.rowCount() == count - 1)
    desk.undo()
    qtbot.waitUntil(lambda: page.tasks_board.table.rows.rowCount() == count)


def test_the_log_filters_by_words_channel_and_late_entry(desk: WindowDesk, qtbot: QtBot, store: Store) -> None:
    page = shown(desk, qtbot, "log")
    table = page.log.board.table
    whole = len(store.read(queries.log_ids))
    assert table.rows.rowCount() == whole > 3000
    page.log.late.setChecked(True)
    qtbot.waitUntil(lambda: 0 < table.rows.rowCount() < whole)
    page.log.late.setChecked(False)
    qtbot.keyClicks(page.log.text, "zzzz")
    qtbot.waitUntil(lambda: table.rows.rowCount() == 0)
    assert page.log.board.nothing.isVisible()
    page.log.text.clear()
    page.log.channel.setCurrentIndex(1)
    qtbot.waitUntil(lambda: 0 < table.rows.rowCount() < whole)
    qtbot.waitUntil(lambda: page.log.board.current() is not None and not desk.tasks.running)


def test_coverage_tells_every_tier_and_opens_who_is_overdue(desk: WindowDesk, qtbot: QtBot) -> None:
    page = shown(desk, qtbot, "coverage")
    board = page.coverage.board
    assert board.table.rows.rowCount() > 10
    one = board.current()
    assert one is not None
    press(qtbot, board, Qt.Key.Key_O)
    qtbot.waitUntil(lambda: not desk.tasks.running)
    assert desk.window.nav.isVisible()
    assert desk._history.here is not None
    assert desk._history.here.what == {"client": one.client}


def test_the_tab_of_a_client_shows_visits_promises_and_tasks(desk: WindowDesk, qtbot: QtBot, store: Store) -> None:
    desk.go("client", client=1, tab="visits")
    qtbot.waitUntil(lambda: bool(desk.window.findChildren(VisitsTab)) and not desk.tasks.running)
    (tab,) = desk.window.findChildren(VisitsTab)
    qtbot.waitUntil(lambda: tab.client is not None)
    assert tab.client is not None
    wanted = len(store.read(queries.visits_of, tab.client)) + len(store.read(queries.planned, tab.client))
    qtbot.waitUntil(lambda: tab.visits.table.rows.rowCount() == wanted)
    assert tab.promises.table.rows.rowCount() == len(store.read(ledger.promises, tab.client, closed=True))


def test_removing_asks_first_and_undo_brings_it_back(desk: WindowDesk, qtbot: QtBot, store: Store) -> None:
    page = shown(desk, qtbot, "log")
    board = page.log.board
    qtbot.waitUntil(lambda: board.current() is not None)
    whole = board.table.rows.rowCount()
    press(qtbot, board, Qt.Key.Key_Delete)
    (asked,) = (
        one for one in QApplication.topLevelWidgets() if one.isVisible() and one.windowTitle() == "Remove this visit?"
    )
    asked.accept()  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: board.table.rows.rowCount() == whole - 1)
    desk.undo()
    qtbot.waitUntil(lambda: board.table.rows.rowCount() == whole)


def test_j_writes_a_held_visit_as_journal(desk: WindowDesk, qtbot: QtBot) -> None:
    page = shown(desk, qtbot, "log")
    board = page.log.board
    qtbot.waitUntil(lambda: board.current() is not None)
    press(qtbot, board, Qt.Key.Key_J)
    qtbot.waitUntil(lambda: len(asking()) == 1 and not desk.tasks.running)
    (dialog,) = asking()
    dialog.reject()
    qtbot.waitUntil(lambda: not asking() and not desk.tasks.running)


def test_the_lines_of_coverage_come_in_small_steps_and_are_seen_when_all_are_there(
    desk: WindowDesk, qtbot: QtBot, store: Store
) -> None:
    page = shown(desk, qtbot, "coverage")
    qtbot.waitUntil(lambda: not page.building)
    told, view = store.read(coverage.coverage), page.coverage
    lines = [one for one in view.tiers.findChildren(QWidget) if isinstance(one.layout(), QGridLayout)]
    (before,) = lines
    made = []
    for step in view.steps(told):
        count = len(view.tiers.findChildren(QLabel))
        step()
        made.append(len(view.tiers.findChildren(QLabel)) - count)
        if len(made) <= len(told.tiers) + 1:
            assert before.isVisible()
    assert 0 < max(made) <= len(told.tiers[0].windows) + 3
    assert not before.isVisible()
    (after,) = [
        one for one in view.tiers.findChildren(QWidget) if isinstance(one.layout(), QGridLayout) and one.isVisible()
    ]
    assert len(after.findChildren(Chip)) == len(told.tiers) > 2
