"""The Insights page by real events: marks are pressed by mouse and by keys, and lead to their clients."""

from __future__ import annotations

import io
from typing import cast

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QPointF, Qt
from pytestqt.qtbot import QtBot

from rmdesk.services.charts import Fields, Mark
from rmdesk.services.charts.kinds import facts
from rmdesk.services.insights import periods
from rmdesk.services.store.store import Store
from rmdesk.ui.clients.page import ClientsPage
from rmdesk.ui.insights.chart_card import ChartCard
from rmdesk.ui.insights.chart_view import SAID, ChartView
from rmdesk.ui.insights.dialogs import WeightsDialog
from rmdesk.ui.insights.outgoing import document_of
from rmdesk.ui.insights.page import InsightsPage
from rmdesk.ui.kit.document import pdf
from rmdesk.ui.kit.export_dialog import ExportDialog
from rmdesk.ui.kit.theme import Scheme, theme
from rmdesk.ui.shell.desk import WindowDesk
from rmdesk.ui.visits.page import VisitsPage

PATIENCE = 20_000


class InsightsRobot:
    """Acts on the Insights page as a user does."""

    def __init__(self, qtbot: QtBot, desk: WindowDesk) -> None:
        self.qtbot, self.desk = qtbot, desk
        desk.window.resize(1440, 900)
        self.page = self.go()

    def go(self) -> InsightsPage:
        """Come (back) to the page, and wait until all is drawn."""
        self.desk.go("insights")
        shown = self.desk.window.page()
        assert isinstance(shown, InsightsPage)
        self.page = shown
        self.qtbot.waitUntil(
            lambda: shown.shown is not None and not shown.stale and not shown.building, timeout=PATIENCE
        )
        self.qtbot.waitUntil(
            lambda: all(self.is_drawn(card.view) for card in shown.overview.cards.values()), timeout=PATIENCE
        )
        return shown

    def is_drawn(self, view: ChartView) -> bool:
        """Whether a chart is seen as it is meant to be."""
        return not view.isVisible() or (view.drawn is not None and not view.drawing)

    def view(self, name: str) -> ChartView:
        """A chart by its card."""
        return self.page.overview.cards[name].view

    def press(self, name: str, mark: Mark) -> None:
        """Click into the middle of a mark."""
        place = QPointF(mark.left + mark.width / 2, mark.top + mark.height / 2).toPoint()
        self.qtbot.mouseClick(self.view(name), Qt.MouseButton.LeftButton, pos=place)

    def clients(self) -> tuple[str, int]:
        """What the Clients page is narrowed to, and how many it shows."""
        self.qtbot.waitUntil(lambda: isinstance(self.desk.window.page(), ClientsPage), timeout=PATIENCE)
        page = self.desk.window.page()
        assert isinstance(page, ClientsPage)
        self.qtbot.waitUntil(lambda: not self.desk.tasks.running and page.found is not None, timeout=PATIENCE)
        assert page.found is not None
        return page.filters.chosen.among_name, page.found.count


@pytest.fixture
def robot(qtbot: QtBot, desk: WindowDesk) -> InsightsRobot:
    return InsightsRobot(qtbot, desk)


def test_every_figure_and_every_kind_of_chart_leads_to_its_clients(robot: InsightsRobot) -> None:
    assert robot.page.shown is not None
    figures = robot.page.shown.found.figures
    tiles = robot.page.overview.figures.tiles
    assert len(tiles) == 7
    robot.qtbot.mouseClick(tiles["late"], Qt.MouseButton.LeftButton)
    assert robot.clients() == ("Overdue", figures.overdue)
    wanted = {
        "pareto": (0, "Tenth 1 by AUM"),
        "tiers": (-1, "Potential in 2026-10"),
        "coverage": (0, "Private banking met in the week of 2026-08-31"),
        "groups": (0, "Long tail"),
    }
    page = robot.desk.window.page()
    assert isinstance(page, ClientsPage)
    robot.qtbot.mouseClick(page.filters.among, Qt.MouseButton.LeftButton)  # all clients again
    robot.qtbot.waitUntil(lambda: page.found is not None and page.found.count > 400, timeout=PATIENCE)
    for name, (at, said) in wanted.items():
        robot.go()
        drawn = robot.view(name).drawn
        assert drawn is not None
        robot.press(name, drawn.marks[at])
        shown, count = robot.clients()
        assert (shown, count > 0) == (said, True)
    robot.go()
    robot.qtbot.mouseClick(robot.page.overview.figures.tiles["promises"], Qt.MouseButton.LeftButton)
    assert isinstance(robot.desk.window.page(), VisitsPage)
    robot.qtbot.waitUntil(lambda: not robot.desk.tasks.running, timeout=PATIENCE)


def test_a_chart_is_walked_through_by_keys_and_read_out(robot: InsightsRobot) -> None:
    view = robot.view("coverage")
    assert view.drawn is not None
    view.setFocus()
    for _step in range(3):
        robot.qtbot.keyClick(view, Qt.Key.Key_Right)
    assert view.current is view.drawn.marks[2]
    assert view.current.label in view.accessibleName()
    robot.qtbot.keyClick(view, Qt.Key.Key_Down)
    assert view.current.top > view.drawn.marks[2].top
    assert view.current.left == view.drawn.marks[2].left
    robot.qtbot.keyClick(view, Qt.Key.Key_End)
    assert view.current is view.drawn.marks[-1]
    robot.qtbot.keyClick(view, Qt.Key.Key_Home)
    label = view.current.label
    assert label in view.accessibleDescription().splitlines()
    robot.qtbot.keyClick(view, Qt.Key.Key_Return)
    name, count = robot.clients()
    assert name.startswith("Private banking met in the week of")
    assert f"{count} clients met" in label


def test_the_same_facts_stand_in_a_table(robot: InsightsRobot) -> None:
    card = robot.page.overview.cards["groups"]
    robot.qtbot.mouseClick(card.toggle, Qt.MouseButton.LeftButton)
    assert card.table is not None
    assert card.stack.currentWidget() is card.table
    assert card.view.chart is not None
    told = list(facts(card.view.chart))
    assert card.table.rows.rowCount() == len(told)
    card.table.select_id(0)
    robot.qtbot.keyClick(card.table, Qt.Key.Key_Return)
    name, count = robot.clients()
    assert told[0][0] == f"{name}: {count} clients"


def _says_the_same(robot: InsightsRobot, card: ChartCard) -> None:
    """What is drawn, what a screen reader is told, and the table that the keyboard opens."""
    view, name = card.view, card.head.text()
    assert view.chart is not None
    assert view.drawn is not None
    told = [text for text, _pick in facts(view.chart)]
    assert {mark.label for mark in view.drawn.marks} <= {*told}, name
    said = view.accessibleDescription().splitlines()
    assert said[:SAID] == told[:SAID], name
    assert len(said) == min(len(told), SAID + 1), name  # the last line says how many more the table has
    card.toggle.setFocus()
    robot.qtbot.keyClick(card.toggle, Qt.Key.Key_Space)
    assert card.table is not None
    rows = card.table.rows
    assert [rows.index(at, 0).data() for at in range(rows.rowCount())] == told, name
    assert card.table.accessibleName() == name
    robot.qtbot.keyClick(card.toggle, Qt.Key.Key_Space)


def test_each_of_the_charts_says_in_words_and_as_a_table_what_it_draws(robot: InsightsRobot) -> None:
    cards = robot.page.overview.cards
    assert {*cards} == {"pareto", "groups", "tiers", "coverage", "signals"}  # the sixth has a place of its own, below
    for name, card in cards.items():
        assert robot.view(name).chart is not None
        _says_the_same(robot, card)


def test_a_chart_is_drawn_anew_for_its_size_and_its_theme(robot: InsightsRobot) -> None:
    view = robot.view("tiers")
    before = view.drawn
    robot.desk.window.resize(1200, 860)
    robot.qtbot.waitUntil(lambda: view.drawn is not before and not view.drawing, timeout=PATIENCE)
    assert view.drawn is not None
    assert view.drawn.width == round(view.width() * view.devicePixelRatioF())
    light = view.drawn
    theme.use(Scheme.DARK, 150)
    robot.qtbot.waitUntil(lambda: view.drawn is not light and not view.drawing, timeout=PATIENCE)
    assert view.drawn.data != light.data


def test_another_period_asks_anew(robot: InsightsRobot, store: Store) -> None:
    menu = robot.page.choice.menu()
    assert menu is not None
    assert [action.text() for action in menu.actions()] == list(periods.NAMES.values())
    before = robot.page.shown
    menu.actions()[3].trigger()
    robot.qtbot.waitUntil(lambda: robot.page.shown is not before, timeout=PATIENCE)
    assert robot.page.shown is not None
    assert robot.page.shown.found.period.name == periods.YEAR
    assert "Last 12 months" in robot.page.choice.text()
    assert robot.page.place() == {"view": "overview", "period": "year"}
    robot.go()


def test_sliders_show_the_list_before_and_after_and_apply_asks_why(robot: InsightsRobot, store: Store) -> None:
    robot.desk.go("insights", view="weights")
    view = robot.page.weights
    assert view is not None
    robot.qtbot.waitUntil(lambda: view.trial is not None and not view.trying, timeout=PATIENCE)
    assert view.weights == {"C": 25, "F": 10, "O": 15, "M": 15, "R": 25, "S": 10}
    assert not view.use.isEnabled()
    slider = view.sliders["R"].slider
    slider.setFocus()
    robot.qtbot.keyClick(slider, Qt.Key.Key_End)
    robot.qtbot.keyClick(slider, Qt.Key.Key_Left)
    assert view.weights["R"] == 59.5
    robot.qtbot.waitUntil(lambda: not view.trying, timeout=PATIENCE)
    assert view.trial is not None
    assert view.trial.now["R"] == 25  # nothing is changed yet
    assert view.trial.moving + view.trial.coming > 0
    assert view.table.rows.rowCount() == len(view.trial.moved)
    robot.qtbot.mouseClick(view.reset, Qt.MouseButton.LeftButton)
    robot.qtbot.waitUntil(lambda: view.weights["R"] == 25, timeout=PATIENCE)
    robot.qtbot.keyClick(slider, Qt.Key.Key_Home)
    robot.qtbot.waitUntil(lambda: not view.trying and view.use.isEnabled(), timeout=PATIENCE)
    view.apply()
    dialog = robot.page.findChild(WeightsDialog) or robot.desk.window.findChild(WeightsDialog)
    assert dialog is not None
    dialog.submit()
    robot.qtbot.waitUntil(lambda: bool(dialog.form.fields["why"].error.text()), timeout=PATIENCE)
    robot.qtbot.keyClicks(dialog.form.fields["why"].editor, "more for those who go silent")
    robot.qtbot.keyClick(dialog.form.fields["why"].editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    robot.qtbot.waitUntil(lambda: view.trial is not None and view.trial.now["R"] == 0, timeout=PATIENCE)
    robot.qtbot.waitUntil(lambda: not view.trying and not robot.desk.tasks.running, timeout=PATIENCE)
    assert view.trial.log[0].why == "more for those who go silent"
    assert view.trial.log[0].weights == {"R": (25.0, 0.0)}
    robot.desk.undo()
    robot.qtbot.waitUntil(lambda: view.trial is not None and view.trial.now["R"] == 25, timeout=PATIENCE)
    robot.qtbot.waitUntil(lambda: not robot.desk.tasks.running, timeout=PATIENCE)


def test_the_figure_of_existing_clients_leads_to_the_fairness_meter(robot: InsightsRobot) -> None:
    robot.qtbot.mouseClick(robot.page.overview.figures.tiles["invested"], Qt.MouseButton.LeftButton)
    view = robot.page.fairness
    assert view is not None
    assert robot.page.place()["view"] == "fairness"
    robot.qtbot.waitUntil(lambda: view.chart.view.drawn is not None and not view.chart.view.drawing, timeout=PATIENCE)
    _says_the_same(robot, view.chart)
    chart = view.chart.view
    assert chart.drawn is not None
    chart.setFocus()
    robot.qtbot.keyClick(chart, Qt.Key.Key_Home)
    robot.qtbot.keyClick(chart, Qt.Key.Key_Return)
    name, count = robot.clients()
    assert name == "Existing clients"
    assert count > 400


def test_the_page_goes_out_as_pdf_with_its_charts_and_without_names(robot: InsightsRobot) -> None:
    robot.page.export()
    dialog = robot.desk.window.findChild(ExportDialog)
    assert dialog is not None
    robot.qtbot.waitUntil(lambda: not robot.desk.tasks.running, timeout=PATIENCE)
    dialog.reject()
    assert robot.page.shown is not None
    made = pdf(document_of(robot.page.shown, "李文静", 30), "for the branch")
    pages = PdfReader(io.BytesIO(made)).pages
    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    assert "Monthly average AUM" in text
    assert "Capacity" in text
    assert sum(len(page.images) for page in pages) >= len(robot.page.shown.charts)
    names = {spot.label.split(":")[0] for spot in cast(Fields, robot.page.shown.charts["groups"]).spots}
    assert not [name for name in names if name in text]
