"""Events and clubs by real events: a list from a tier, answers and attendance, a decision, a use in one click."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from rmdesk.models.kinds import Decision, GatheringState, TermState
from rmdesk.services.benefits import queries as benefits
from rmdesk.services.benefits.tables import benefit_name
from rmdesk.services.clubs import terms
from rmdesk.services.gatherings import queries
from rmdesk.services.gatherings.rules import Stand
from rmdesk.services.points import queries as points
from rmdesk.services.store.store import Store
from rmdesk.ui.gatherings.club_dialogs import DecideDialog, UseDialog
from rmdesk.ui.gatherings.dialogs import HeldDialog, PlanDialog
from rmdesk.ui.gatherings.guests_dialog import GuestsDialog
from rmdesk.ui.gatherings.page import GatheringsPage
from rmdesk.ui.gatherings.tab import ClubTab
from rmdesk.ui.kit import format
from rmdesk.ui.kit.form import FormDialog
from rmdesk.ui.kit.widgets import Button
from rmdesk.ui.shell.desk import WindowDesk
from tests.ui.clients.robot import FileRobot, dialog, typed
from tests.ui.robot import PATIENCE, PageRobot


class Robot(PageRobot[GatheringsPage]):
    """Acts on the page as a user does."""

    def __init__(self, qtbot: QtBot, desk: WindowDesk) -> None:
        super().__init__(qtbot, desk, "gatherings", GatheringsPage)

    def look(self, view: str) -> None:
        """Look at a segment."""
        self.desk.go("gatherings", view=view)
        self.settle()

    def answer(self, form: FormDialog) -> None:
        """Answer a form, and wait until it is done."""
        self.qtbot.mouseClick(form.answer, Qt.MouseButton.LeftButton)
        self.qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None, timeout=PATIENCE)
        self.settle()


def choose(box: QWidget, value: object) -> None:
    assert isinstance(box, QComboBox)
    box.setCurrentIndex(box.findData(value))


@pytest.fixture
def robot(qtbot: QtBot, desk: WindowDesk) -> Robot:
    return Robot(qtbot, desk)


def test_an_event_from_its_plan_to_its_guests(robot: Robot, store: Store) -> None:
    page, before = robot.page, len(store.read(queries.gatherings))
    assert page.events.card.shown is not None
    robot.press(robot.desk.window, "Plan event")
    form = dialog(robot.qtbot, PlanDialog)
    title = form.form.fields["title"].editor
    assert isinstance(title, QLineEdit)
    typed(robot.qtbot, title, "读书会")
    robot.answer(form)
    made = next(row for row in store.read(queries.gatherings) if row.title == "读书会")
    assert len(store.read(queries.gatherings)) == before + 1
    page.events.show_event(made.id)
    robot.qtbot.waitUntil(lambda: page.events.card.nobody.isVisible(), timeout=PATIENCE)
    robot.press(page.events.card, "Add guests")
    asking = dialog(robot.qtbot, GuestsDialog)
    choose(asking.form.fields["tier"].editor, "T5")
    robot.qtbot.waitUntil(lambda: bool(asking.count.text()), timeout=PATIENCE)
    robot.answer(asking)
    guests = store.read(queries.guests_of, made.id)
    assert len(guests) > 5
    robot.qtbot.waitUntil(lambda: page.events.card.table.rows.rowCount() == len(guests), timeout=PATIENCE)
    robot.press(page.events.card, "Remove event")
    robot.qtbot.waitUntil(lambda: len(store.read(queries.gatherings)) == before, timeout=PATIENCE)
    robot.settle()
    robot.qtbot.waitUntil(lambda: page.events.card.shown.id != made.id, timeout=PATIENCE)
    robot.desk.undo()
    robot.qtbot.waitUntil(lambda: store.read(queries.guests_of, made.id) == guests, timeout=PATIENCE)
    robot.settle()
    page.events.show_event(made.id)
    robot.qtbot.waitUntil(lambda: page.events.card.shown.id == made.id, timeout=PATIENCE)
    robot.settle()
    page.events.card.table.select_id(guests[0].number)
    robot.press(page.events.card, "Came")
    robot.settle()
    assert store.read(queries.guests_of, made.id)[0].stand is Stand.CAME
    texts = [one.text() for one in page.events.card.findChildren(Button) if one.isVisible()]
    assert "Remove event" not in texts
    robot.press(page.events.card, "Event held")
    robot.answer(dialog(robot.qtbot, HeldDialog))
    row = store.read(queries.gathering_of, made.id)
    assert row is not None
    assert (row.state, row.came) == (GatheringState.HELD, 1)
    robot.desk.undo()
    robot.qtbot.waitUntil(
        lambda: store.read(queries.gathering_of, made.id).state is GatheringState.PLANNED, timeout=PATIENCE
    )
    robot.settle()


def test_a_decision_goes_to_the_lead_and_what_is_due_is_posted(robot: Robot, store: Store) -> None:
    robot.look("clubs")
    view = robot.page.clubs
    assert view.found is not None
    first = view.found.rows[0]
    assert view.table.rows.rowCount() == len(view.found.rows) > 5
    robot.press(view, "Decide on it…")
    form = dialog(robot.qtbot, DecideDialog)
    assert form.form.value("decision") == Decision.JOIN.value  # what is proposed is chosen
    robot.answer(form)
    (waits,) = store.read(terms.waiting)
    assert (waits.client, waits.state) == (first.client, TermState.ASKED)
    robot.look("benefits")
    assert robot.page.benefits.table.rows.rowCount() > 20
    robot.look("points")
    due = store.read(points.overview).due
    assert due
    robot.press(robot.page.points, "Post what is due")
    robot.qtbot.waitUntil(lambda: store.read(points.overview).due == 0, timeout=PATIENCE)
    robot.settle()
    assert not robot.page.points.post.isEnabled()


def test_a_use_is_noted_in_one_click_and_undone(qtbot: QtBot, desk: WindowDesk, store: Store) -> None:
    member = min(store.read(terms.members, "sunshine"))
    file = FileRobot(qtbot, desk, member)
    tab = file.open_tab("club")
    assert isinstance(tab, ClubTab)

    def left() -> int:
        return sum(row.left for row in store.read(benefits.benefits_of, member))

    def buttons() -> list[Button]:
        return [one for one in tab.benefits.findChildren(Button) if one.text() == "Note use" and one.isVisible()]

    before = left()
    qtbot.waitUntil(lambda: bool(buttons()), timeout=PATIENCE)
    qtbot.mouseClick(buttons()[0], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: left() == before - 1, timeout=PATIENCE)
    file.settle()
    made = store.read(benefits.uses_of, member)[0]
    name = f"Edit: {benefit_name(made.benefit)} {format.short_day(made.on)}"
    edit = next(one for one in tab.benefits.findChildren(Button) if one.accessibleName() == name and one.isVisible())
    qtbot.mouseClick(edit, Qt.MouseButton.LeftButton)
    form = dialog(qtbot, UseDialog)
    assert not form.form.fields["benefit"].editor.isEnabled()
    place = form.form.editor("place", QLineEdit)
    typed(qtbot, place, "大华影城")
    qtbot.mouseClick(form.answer, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: store.read(benefits.uses_of, member)[0].place == "大华影城", timeout=PATIENCE)
    file.settle()
    assert left() == before - 1
    desk.undo()
    qtbot.waitUntil(lambda: store.read(benefits.uses_of, member)[0] == made, timeout=PATIENCE)
    file.settle()
    desk.undo()
    qtbot.waitUntil(lambda: left() == before, timeout=PATIENCE)
    file.settle()
