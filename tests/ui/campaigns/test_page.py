"""The Campaigns page by real events: who to call next, one press for what came of it, gates, filter, specialists."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from rmdesk.models.kinds import CampaignState, ClientId, Purpose, RequestState, TouchOutcome
from rmdesk.services.campaigns import queries
from rmdesk.services.campaigns.conditions import Condition
from rmdesk.services.campaigns.outcome import came_of
from rmdesk.services.campaigns.rows import CampaignRow
from rmdesk.services.specialists import queries as specialists
from rmdesk.services.store.store import Store
from rmdesk.ui.campaigns.dialogs import CampaignDialog
from rmdesk.ui.campaigns.page import CampaignsPage
from rmdesk.ui.campaigns.touch_dialog import TouchDialog
from rmdesk.ui.clients.page import ClientsPage
from rmdesk.ui.kit.widgets import Button
from rmdesk.ui.shell.desk import WindowDesk
from rmdesk.ui.specialists.dialogs import AskDialog, ReplyDialog
from rmdesk.ui.specialists.page import SpecialistsPage
from rmdesk.ui.strategy.tab import StrategyTab
from tests.ui.clients.robot import ClientsRobot, FileRobot, dialog, typed

PATIENCE = 20_000


class CampaignsRobot:
    """Acts on the Campaigns page as a user does."""

    def __init__(self, qtbot: QtBot, desk: WindowDesk) -> None:
        self.qtbot, self.desk = qtbot, desk
        desk.go("campaigns")
        shown = desk.window.page()
        assert isinstance(shown, CampaignsPage)
        self.page, self.view = shown, shown.view
        self.settle()

    def settle(self) -> None:
        """Until all is read and shown."""
        self.until(
            lambda: (
                not self.desk.tasks.running
                and not self.page._soon.isActive()
                and not (self.page.stale and self.page.isVisible())
            )
        )

    def until(self, holds: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(holds()), timeout=PATIENCE)

    def press(self, where: QWidget, text: str) -> None:
        """Click a button by its text."""

        def found() -> list[Button]:
            return [one for one in where.findChildren(Button) if one.text() == text and one.isVisible()]

        self.until(found)
        self.qtbot.mouseClick(found()[0], Qt.MouseButton.LeftButton)

    def choose(self, state: CampaignState) -> CampaignRow:
        """Select the campaign in this state."""
        at = next(at for at, one in enumerate(self.page._rows) if one.state is state)
        self.page.table.selectRow(at)
        self.settle()
        assert self.view.campaign is not None
        return self.view.campaign

    def answer(self, asking: CampaignDialog | TouchDialog | AskDialog | ReplyDialog) -> None:
        """Answer a form, until all is written and shown."""
        self.qtbot.mouseClick(asking.answer, Qt.MouseButton.LeftButton)
        self.until(lambda: QApplication.activeModalWidget() is None)
        self.settle()


@pytest.fixture
def robot(qtbot: QtBot, desk: WindowDesk) -> CampaignsRobot:
    return CampaignsRobot(qtbot, desk)


def test_one_press_notes_what_came_of_a_call_and_the_next_client_is_shown(robot: CampaignsRobot, store: Store) -> None:
    one = robot.choose(CampaignState.RUNNING)
    first = robot.view.touch.row
    assert first is not None
    assert first.place == 1
    robot.until(lambda: robot.view.touch.script.text())
    assert "{" not in robot.view.touch.script.text()
    typed(robot.qtbot, robot.view.touch.note, "下周再约")
    half = robot.page.half_written()
    assert half == {"client": first.client, "note": "下周再约"}
    robot.view.touch.note.clear()
    robot.page.write_on(half)  # as after a lock
    assert robot.view.touch.note.text() == "下周再约"
    robot.press(robot.view.touch, "Reached")
    robot.until(lambda: robot.view.touch.row is not None and robot.view.touch.row.client != first.client)
    [row] = [row for row in store.read(queries.targets, one.id) if row.client == first.client]
    assert (row.last, row.code, row.tries) == (TouchOutcome.REACHED, "later", first.tries + 1)
    assert store.read(queries.touches_of, first.client)[0].note == "下周再约"
    second = robot.view.touch.row
    assert second is not None
    robot.press(robot.view.touch, "Sale made")
    asking = dialog(robot.qtbot, TouchDialog)
    amount = asking.form.fields["amount"].editor
    assert isinstance(amount, QLineEdit)
    typed(robot.qtbot, amount, "20万")
    robot.answer(asking)
    came = store.read(came_of, one.id)
    assert second.client in came.bought
    assert came.funnel.bought == one.bought + 1
    robot.desk.undo()
    robot.settle()
    assert second.client not in store.read(came_of, one.id).bought


def test_a_campaign_is_made_by_its_filter_started_and_closed(robot: CampaignsRobot, store: Store) -> None:
    robot.desk.ask("campaign")
    asking = dialog(robot.qtbot, CampaignDialog)
    robot.until(lambda: asking.count.text())
    before = asking.pipeline
    assert before is not None
    asking.filter.put(0, Condition("tier", ("T5",)))
    robot.until(lambda: asking.pipeline is not before)
    assert asking.pipeline is not None
    assert asking.pipeline.steps[1].name == "filter"
    assert asking.pipeline.steps[1].count < before.steps[0].count
    purpose, name = asking.form.fields["purpose"].editor, asking.form.fields["name"].editor
    script = asking.form.fields["script"].editor
    assert isinstance(purpose, QComboBox)
    assert isinstance(script, QPlainTextEdit)
    purpose.setCurrentIndex(purpose.findData(Purpose.WAKE))
    assert not asking.form.fields["product"].isVisible()  # product content is locked
    typed(robot.qtbot, name, "问候")
    typed(robot.qtbot, script, "本周理财上新")
    robot.qtbot.mouseClick(asking.answer, Qt.MouseButton.LeftButton)
    robot.until(lambda: asking.form.fields["script"].error.isVisible())
    script.clear()
    purpose.setCurrentIndex(purpose.findData(Purpose.MAINTAIN))
    robot.answer(asking)
    made = next(one for one in store.read(queries.campaigns) if one.name == "问候")
    assert made.conditions == (Condition("tier", ("T5",)),)
    robot.desk.go("campaigns", campaign=made.id)
    robot.settle()
    robot.press(robot.view, "Start campaign")
    robot.settle()
    robot.until(lambda: robot.view.touch.row is not None)
    assert store.read(came_of, made.id).targets
    robot.press(robot.view, "Close campaign")
    robot.settle()
    assert store.read(queries.campaigns)[-1].state is CampaignState.CLOSED


def test_a_count_of_a_gate_leads_to_its_clients(robot: CampaignsRobot) -> None:
    robot.choose(CampaignState.RUNNING)
    robot.press(robot.view, "Gates")
    assert robot.view.pipeline is not None
    step = next(step for step in robot.view.pipeline.steps if step.fell)
    [fall, *_rest] = step.fell
    why = fall.why.said.rstrip(".")
    robot.press(robot.view.gates, f"−{len(fall.clients)} {why}")
    shown = robot.desk.window.page()
    assert isinstance(shown, ClientsPage)
    robot.until(lambda: shown.found is not None and shown.found.count == len(fall.clients))
    assert shown.filters.chosen.among == fall.clients


def test_a_cell_of_the_nine_groups_shows_its_strategy_and_begins_a_campaign(qtbot: QtBot, desk: WindowDesk) -> None:
    clients = ClientsRobot(qtbot, desk)
    qtbot.mouseClick(clients.page.map.cells["G2"], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: clients.page.group.group == "G2", timeout=PATIENCE)
    [plan] = [one for one in clients.page.group.findChildren(Button) if one.text() == "Plan a campaign"]
    qtbot.mouseClick(plan, Qt.MouseButton.LeftButton)
    asking = dialog(qtbot, CampaignDialog)
    assert asking.filter.conditions == (Condition("group", ("G2",)),)
    qtbot.waitUntil(lambda: bool(asking.count.text()), timeout=PATIENCE)
    asking.reject()


def test_a_specialist_is_asked_from_a_clients_file_and_the_answer_is_noted(robot: CampaignsRobot, store: Store) -> None:
    client = ClientId(store.read(lambda reads: reads.value("SELECT id FROM client WHERE name = '周文敏'")))
    file = FileRobot(robot.qtbot, robot.desk, client)
    robot.desk.go("client", client=client, tab="strategy")
    robot.until(lambda: file.page.findChildren(StrategyTab) and not robot.desk.tasks.running)
    [tab] = file.page.findChildren(StrategyTab)
    robot.until(lambda: tab.man.found is not None)
    robot.press(tab.asked, "Ask a specialist")
    asking = dialog(robot.qtbot, AskDialog)
    robot.until(lambda: asking.consent.text() and asking.box("specialist").count() == 2)
    typed(robot.qtbot, asking.form.fields["question"].editor, "家族信托怎么设？")
    robot.answer(asking)
    [request] = [one for one in store.read(specialists.requests, client) if one.question == "家族信托怎么设？"]
    robot.desk.go("specialists")
    page = robot.desk.window.page()
    assert isinstance(page, SpecialistsPage)
    robot.until(lambda: request.id in [one.id for one in page.waiting.rows])
    robot.desk.ask("specialist_reply", request=request)
    reply = dialog(robot.qtbot, ReplyDialog)
    typed(robot.qtbot, reply.form.fields["reply"].editor, "先做资产清单")
    robot.answer(reply)
    [request] = store.read(specialists.requests, client)
    assert (request.state, request.reply, bool(request.task)) == (RequestState.ANSWERED, "先做资产清单", True)
