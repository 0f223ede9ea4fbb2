"""Insights of the team by real events: a cadence is proposed and agreed, a receipt of readiness is read."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from rmdesk.models.holdings import ClientFigures
from rmdesk.models.kinds import ClientId, RecordId, new_id
from rmdesk.models.team import AgreedCadence
from rmdesk.services.store.store import Store
from rmdesk.services.team.cadences import cadences
from rmdesk.services.team.rules import Agreement
from rmdesk.ui.kit.widgets import Button
from rmdesk.ui.shell.desk import WindowDesk
from rmdesk.ui.team.cadence_list import CadenceDialog, ProposeDialog
from rmdesk.ui.team.page import TeamPage
from rmdesk.ui.today.page import TodayPage
from tests.conftest import TODAY
from tests.services.team import arrange
from tests.support.build import perform
from tests.ui.clients.robot import dialog

PATIENCE = 20_000


def wealthy(store: Store, client: ClientId) -> None:
    """The client is of the highest tier."""
    told = ClientFigures(client_id=client, currency="CNY", aum_minor=2_000_000_000, aum_on=TODAY)
    perform(store, lambda work: work.add(told))


@pytest.fixture
def page(qtbot: QtBot, store: Store, desk: WindowDesk) -> TeamPage:
    """The insights of a lead with two managers, each with a client."""
    arrange.join(store)
    for number, name in ((1, "周文敏"), (2, "单建华")):
        wealthy(store, arrange.client(store, name, arrange.book(number)))
    desk.go("team", tab="insights")
    shown = desk.window.page()
    assert isinstance(shown, TeamPage)
    qtbot.waitUntil(lambda: shown.insights.table.rows.rowCount() == 2, timeout=PATIENCE)
    return shown


def test_the_lead_proposes_a_cadence_and_reads_what_a_hand_over_lacks(
    qtbot: QtBot, page: TeamPage, store: Store
) -> None:
    view = page.insights
    assert "王涛" in view.members.text()
    assert view.receipt.count() >= 18  # a name, a chip and a sentence for each of six lines
    qtbot.mouseClick(view.propose, Qt.MouseButton.LeftButton)
    asked = dialog(qtbot, ProposeDialog)
    asked.form.fill(tier="T5", days=20, note="客户多")
    qtbot.mouseClick(asked.answer, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(view.cadences.rows) == 1, timeout=PATIENCE)
    (one,) = store.read(cadences)
    assert (one.member, one.days, one.mine, one.state) == ("李文静", 20, True, Agreement.PROPOSED)
    end = next(button for button in view.cadences.findChildren(Button) if button.text() == "End it")
    qtbot.mouseClick(end, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: store.read(cadences)[0].state is Agreement.ENDED, timeout=PATIENCE)
    qtbot.waitUntil(lambda: not page.tasks.running and not page.stale)


def test_a_manager_sees_what_was_proposed_and_agrees(qtbot: QtBot, desk: WindowDesk, store: Store) -> None:
    arrange.join(store, role="manager", own=arrange.book(1))
    client = arrange.client(store, "周文敏", arrange.book(1))
    wealthy(store, client)
    arrange.visit(store, client, on=date(2026, 9, 1))  # overdue: there is a list today
    made = AgreedCadence(
        id=RecordId(new_id()), book=arrange.book(1), tier="T5", group=None, days=20, note="客户多", state="proposed",
        proposed_by="2" * 32, proposed_on=TODAY, agreed_by=None, agreed_on=None, ended_on=None,
    )  # fmt: skip
    perform(store, lambda work: work.add(made))
    desk.go("today")
    today = desk.window.page()
    assert isinstance(today, TodayPage)
    qtbot.waitUntil(today.proposed.isVisible, timeout=PATIENCE)
    qtbot.mouseClick(today.proposed, Qt.MouseButton.LeftButton)
    (found,) = (one for one in QApplication.topLevelWidgets() if isinstance(one, CadenceDialog) and one.isVisible())
    qtbot.waitUntil(lambda: len(found.list.rows) == 1, timeout=PATIENCE)
    yes = next(button for button in found.list.findChildren(Button) if button.text() == "Agree")
    qtbot.mouseClick(yes, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: store.read(cadences)[0].state is Agreement.AGREED, timeout=PATIENCE)
    qtbot.waitUntil(lambda: not desk.tasks.running)
    found.close()
