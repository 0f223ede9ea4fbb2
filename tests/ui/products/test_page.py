"""The Products page by real events: cards, who may be offered what, a card written."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from rmdesk.models.kinds import ClientId, RenewalWay
from rmdesk.services.products import cards, elsewhere, maturities
from rmdesk.services.products.maturity_rows import MaturityRow
from rmdesk.services.store.store import Store
from rmdesk.ui.clients.page import ClientsPage
from rmdesk.ui.kit.export_dialog import ExportDialog
from rmdesk.ui.kit.table import RowTable
from rmdesk.ui.products.dialogs import CardDialog, ElsewhereDialog, PlanDialog
from rmdesk.ui.products.holdings_tab import HoldingsTab
from rmdesk.ui.products.page import ProductsPage
from rmdesk.ui.shell.desk import WindowDesk
from tests.ui.clients.robot import FileRobot, dialog, typed
from tests.ui.robot import PATIENCE, PageRobot

ProductsRobot = PageRobot[ProductsPage]


@pytest.fixture
def robot(qtbot: QtBot, desk: WindowDesk) -> ProductsRobot:
    return ProductsRobot(qtbot, desk, "products", ProductsPage)


def test_cards_are_read_judged_for_a_client_and_written(robot: ProductsRobot, store: Store) -> None:
    page, found = robot.page, store.read(cards.cards)
    assert page.cards.rows.rowCount() == len(found) >= 10
    robot.desk.go("products", code="XT24")
    robot.settle()
    assert page.card.shown is not None
    assert (page.card.shown.code, page.card.shown.written) == ("XT24", False)
    robot.qtbot.waitUntil(lambda: "Not suitable for" in page.card.reach.text(), timeout=PATIENCE)
    low = store.read(lambda reads: reads.value("SELECT id FROM client WHERE risk_level = 2 AND status = 'active'"))
    page.card.client.set_client(ClientId(low))
    robot.qtbot.waitUntil(page.card.answer.isVisible, timeout=PATIENCE)
    assert page.card.answer.text() == "Not suitable"
    assert "C2" in page.card.why.text() or "ended" in page.card.why.text()
    robot.press(page.card, "Write the card")
    asking = dialog(robot.qtbot, CardDialog)
    editor = asking.form.fields["facts"].editor
    assert isinstance(editor, QPlainTextEdit)
    typed(robot.qtbot, editor, "起点 100 万元")
    robot.qtbot.mouseClick(asking.answer, Qt.MouseButton.LeftButton)
    robot.qtbot.waitUntil(lambda: page.card.shown is not None and page.card.shown.written, timeout=PATIENCE)
    assert page.card.shown.facts == "起点 100 万元"
    robot.settle()
    robot.press(page.card, "Remove")
    robot.qtbot.waitUntil(lambda: page.card.shown is not None and not page.card.shown.written, timeout=PATIENCE)
    robot.settle()
    for written in (True, False):  # the card comes back, and then its writing is undone, too
        robot.desk.undo()
        robot.qtbot.waitUntil(
            lambda on=written: page.card.shown is not None and page.card.shown.written is on, timeout=PATIENCE
        )
        robot.settle()


def test_maturities_are_planned_from_the_ladder_and_in_the_client_file(robot: ProductsRobot, store: Store) -> None:
    page = robot.page
    robot.desk.go("products", view="maturities")
    robot.settle()
    chart, table = page.maturities.chart, page.maturities.list.table
    chart.setFocus()
    robot.qtbot.keyClick(chart, Qt.Key.Key_Right)
    robot.settle()
    start, end = maturities.month_days(store.read(maturities.ladder).rungs[1].month)
    found = store.read(maturities.maturing, start, end)
    assert table.rows.rowCount() == found.count > 0
    row = next(one for one in found.rows if one.plan is None)
    table.select_id(row.id)
    robot.press(page.maturities.list, "Plan")
    asking = dialog(robot.qtbot, PlanDialog)
    ways = asking.form.fields["way"].editor
    assert isinstance(ways, QComboBox)
    ways.setCurrentIndex(ways.findData(RenewalWay.PAY_OUT))
    robot.qtbot.mouseClick(asking.answer, Qt.MouseButton.LeftButton)
    robot.qtbot.waitUntil(lambda: shown(table, row.id) == "pay_out", timeout=PATIENCE)
    robot.settle()
    file = FileRobot(robot.qtbot, robot.desk, row.client)
    tab = file.open_tab("holdings")
    assert isinstance(tab, HoldingsTab)
    robot.qtbot.waitUntil(lambda: row.id in tab._plans, timeout=PATIENCE)
    tab.holdings.select_id(row.id)
    robot.press(tab, "Remove the plan")
    robot.qtbot.waitUntil(lambda: tab._plans[row.id].plan is None, timeout=PATIENCE)
    robot.press(tab, "Add")
    noting = dialog(robot.qtbot, ElsewhereDialog)
    for name, text in (("place", "招商银行"), ("worth", "120万")):
        editor = noting.form.fields[name].editor
        assert isinstance(editor, QLineEdit)
        typed(robot.qtbot, editor, text)
    robot.qtbot.mouseClick(noting.answer, Qt.MouseButton.LeftButton)
    robot.qtbot.waitUntil(
        lambda: 1_200_000_00 in [one.amount_minor for one in store.read(elsewhere.elsewhere_of, row.client)],
        timeout=PATIENCE,
    )
    file.settle()


def shown(table: RowTable[MaturityRow], number: int) -> str:
    """The state a row of the table shows."""
    row = table.rows.known(number)
    return row.state if row is not None else ""


def test_counts_lead_to_their_clients_and_maturities_leave_by_the_one_door(robot: ProductsRobot, store: Store) -> None:
    page = robot.page
    robot.desk.go("products", code="LC06")
    robot.settle()
    held = len(store.read(cards.reach_of, "LC06").holders)
    robot.press(page.card, f"{held} holders")
    clients = robot.desk.window.page()
    assert isinstance(clients, ClientsPage)
    robot.qtbot.waitUntil(lambda: clients.found is not None and clients.found.total > 0, timeout=PATIENCE)
    robot.qtbot.waitUntil(lambda: clients.table.rows.rowCount() == held, timeout=PATIENCE)
    robot.desk.go("products")
    page.export()
    asking = dialog(robot.qtbot, ExportDialog)
    assert any("holdings" in one.text() for one in asking.findChildren(QLabel))
    asking.reject()
    robot.settle()
