"""Search over the real clients: found by initials, kept in step, gone when the desk is locked."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from rmdesk.models.clients import Client
from rmdesk.ui.shell.desk import WindowDesk
from rmdesk.ui.shell.searching import Searching
from tests.support.build import Do


def add(desk: WindowDesk, qtbot: QtBot, name: str, initials: str) -> None:
    command = Do(lambda work: work.add(Client(name=name, initials=initials, pinyin=initials, number=name)))
    task = desk.perform(command)
    qtbot.waitUntil(lambda: task.over)


def test_clients_are_found_by_initials_and_new_ones_too(desk: WindowDesk, qtbot: QtBot) -> None:
    add(desk, qtbot, "周文敏", "zwm")
    searching = Searching(desk)
    searching.began()
    qtbot.waitUntil(lambda: [pick.title for pick in searching.find("zwm")] == ["周文敏"])
    add(desk, qtbot, "曾令海", "zlh")
    qtbot.waitUntil(lambda: [pick.title for pick in searching.find("zlh")] == ["曾令海"])
    qtbot.waitUntil(lambda: not desk.tasks.running)
    searching.ended()
    assert searching.find("zwm") == []
    assert searching.popup.finder is None


def test_pages_are_found_by_name(desk: WindowDesk, qtbot: QtBot) -> None:
    searching = Searching(desk)
    (pick,) = [pick for pick in searching.find("sett") if pick.right == "Page"]
    pick.what()
    qtbot.waitUntil(lambda: desk.window.page() is not None and not desk.tasks.running)
    assert desk.window.windowTitle() == "Settings – rmdesk"
