"""The picture of the network: walked by keyboard, moved by mouse, the same as a list, names that do not overlap."""

from __future__ import annotations

from itertools import combinations

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from rmdesk.services.relations.layout import Picture, places_of
from rmdesk.ui.kit.theme import Scheme, theme
from rmdesk.ui.relations import net_paint
from rmdesk.ui.relations.net_panel import NetPanel
from rmdesk.ui.relations.net_view import NetView
from rmdesk.ui.relations.person_dialogs import PersonDialog
from tests.services.relations.test_layout import net
from tests.ui.relations.robot import RelationsRobot

LARGE = net(200, [(0, at) for at in range(1, 15)] + [(1 + at % 14, at) for at in range(15, 200)])


@pytest.fixture
def view(qtbot: QtBot) -> NetView:
    made = NetView()
    qtbot.addWidget(made)
    made.resize(900, 500)
    made.show_picture(Picture(LARGE, places_of(LARGE)))
    made.show()
    qtbot.waitExposed(made)
    return made


def names_shown(view: NetView) -> list[QRectF]:
    return [
        QRectF(
            view.scene.places[at].x() - view.labels.widths[at] / 2,
            view.scene.places[at].y() + net_paint.radius(view.scene.nodes[at], view.scene.zoom),
            view.labels.widths[at],
            12,
        )
        for at in view.scene.labelled
    ]


def test_names_never_lie_on_one_another_at_any_zoom(view: NetView) -> None:
    view.fit(whole=True)
    for _step in range(10):
        boxes = names_shown(view)
        assert boxes
        assert not any(one.intersects(other) for one, other in combinations(boxes, 2))
        view.zoom(1.3)
    assert 0 in view.scene.labelled


def test_arrows_walk_and_every_one_is_told(view: NetView, qtbot: QtBot) -> None:
    told: list[int] = []
    view.picked.connect(told.append)
    qtbot.keyClick(view, Qt.Key.Key_Home)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Left):
        here = view.scene.places[view.chosen]
        qtbot.keyClick(view, key)
        step = view.scene.places[view.chosen] - here
        assert {Qt.Key.Key_Right: step.x(), Qt.Key.Key_Down: step.y(), Qt.Key.Key_Left: -step.x()}[key] >= 0
        assert view.rect().contains(view.place_of(view.chosen))
        assert view.accessibleName() == view.said(view.chosen)
        assert told[-1] == view.chosen
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    assert view.chosen == -1


def test_drag_wheel_and_keys_move_and_zoom(view: NetView, qtbot: QtBot) -> None:
    before = QPointF(view.scene.places[0])
    empty = next(QPoint(x, y) for x in range(5, 900, 30) for y in range(5, 500, 30) if view.at(QPointF(x, y)) < 0)
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=empty)
    qtbot.mouseMove(view, empty + QPoint(40, 25))
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=empty + QPoint(40, 25))
    assert view.scene.places[0] - before == QPointF(40, 25)
    zoom, point = view.scene.zoom, QPointF(view.scene.places[0])
    wheel = QWheelEvent(
        point, view.mapToGlobal(point), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(view, wheel)
    assert view.scene.zoom > zoom
    moved = view.scene.places[0] - point
    assert abs(moved.x()) < 1e-6
    assert abs(moved.y()) < 1e-6
    qtbot.keyClick(view, Qt.Key.Key_Minus)
    assert view.scene.zoom == pytest.approx(zoom)
    qtbot.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert view.scene.places[0].x() < point.x()
    qtbot.keyClick(view, Qt.Key.Key_0)
    assert all(view.rect().contains(place.toPoint()) for place in view.scene.places)


def test_what_was_chosen_stays_chosen_when_the_picture_comes_anew(view: NetView) -> None:
    view.choose(7)
    smaller = net(8, [(0, at) for at in range(1, 8)])
    view.show_picture(Picture(smaller, places_of(smaller)))
    assert view.chosen == 7
    fewer = net(3, [(0, 1), (0, 2)])
    view.show_picture(Picture(fewer, places_of(fewer)))
    assert view.chosen == -1


@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK])
def test_it_is_drawn_in_both_themes(view: NetView, qtbot: QtBot, scheme: Scheme) -> None:
    theme.use(scheme, 150)
    view.choose(0)
    picture = view.grab().toImage()
    colours = {picture.pixelColor(x, y).rgb() for x in range(0, 900, 7) for y in range(0, 500, 7)}
    assert theme.colour("accent").rgb() in colours
    qtbot.waitUntil(lambda: not view.labels.waiting)


def test_the_tab_shows_picture_and_list_and_clicks_through(robot: RelationsRobot) -> None:
    robot.press(robot.tab, "Network")
    view = robot.tab.net.view
    robot.until(lambda: len(view.scene.nodes) > 40)
    robot.settle()
    assert robot.tab.net.list.rows.rowCount() == 0  # nobody has looked at it
    robot.tab.net.as_list.setChecked(True)
    rows = robot.tab.net.list.rows
    assert rows.rowCount() == len(view.scene.nodes)
    listed = [
        [str(rows.index(at, place).data()) for place in range(rows.columnCount())] for at in range(rows.rowCount())
    ]
    for node, line in zip(view.scene.nodes, listed, strict=True):
        assert line[0].startswith(node.party.name)
    for tie in view.scene.ties:  # every line that is drawn is told at both of its ends
        assert tie.said.said in listed[tie.one][-1]
        assert tie.said.said in listed[tie.other][-1]
    assert view.accessibleDescription().startswith(robot.tab.net.note.text())
    robot.tab.net.as_list.setChecked(False)
    assert robot.tab.net.note.text() == f"{len(view.scene.nodes)} people and companies"
    at = next(at for at, node in enumerate(view.scene.nodes) if node.party.name == "沈玉珍")
    view.choose(at)
    robot.qtbot.keyClick(view, Qt.Key.Key_Return)
    robot.dialog(PersonDialog).reject()
    hit = next(at for at, node in enumerate(view.scene.nodes) if node.party.name == "查秀英")
    view.choose(hit)
    robot.qtbot.mouseDClick(view, Qt.MouseButton.LeftButton, pos=view.place_of(hit))
    robot.until(lambda: robot.tab.client == robot.number("查秀英"))
    robot.settle()


def test_who_stands_out_is_told_whole_also_in_a_low_window(qtbot: QtBot) -> None:
    panel = NetPanel()
    qtbot.addWidget(panel)
    panel.resize(900, 320)
    panel.show_picture(Picture(LARGE, places_of(LARGE)))
    panel.show()
    qtbot.waitExposed(panel)
    opened: list[object] = []
    panel.opened.connect(opened.append)
    panel.view.picked.emit(1)
    party = panel.network.nodes[1].party
    qtbot.waitUntil(lambda: any(one.text() == party.name for one in panel.findChildren(QLabel)))
    name = next(one for one in panel.findChildren(QLabel) if one.text() == party.name)
    qtbot.waitUntil(lambda: name.height() >= name.sizeHint().height() > 0)
    button = next(one for one in panel.findChildren(QPushButton) if one.text() in ("Open file", "Show person"))
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert opened == [party.node]
