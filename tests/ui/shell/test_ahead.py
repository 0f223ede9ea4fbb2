"""Pages are imported ahead while nothing else runs."""

from __future__ import annotations

import threading
from unittest.mock import patch

from pytestqt.qtbot import QtBot

from rmdesk.ui.shell import ahead
from rmdesk.ui.shell.ahead import Ahead
from rmdesk.ui.shell.desk import WindowDesk
from rmdesk.ui.shell.routes import ROUTES
from rmdesk.ui.tasks import classes


def loading(told: list[str]) -> list[object]:
    return [route._replace(load=lambda name=route.name: told.append(name)) for route in ROUTES]


def test_all_pages_are_imported_one_by_one(desk: WindowDesk, qtbot: QtBot) -> None:
    told: list[str] = []
    forms = {"gift": lambda: told.append("form")}
    with (
        patch.object(ahead, "ROUTES", loading(told)),
        patch.object(ahead, "FORMS", forms),
        patch.object(ahead, "QUIET_MS", 1),
        patch.object(ahead, "BREATH_MS", 1),
    ):
        loader = Ahead(desk.tasks)
        qtbot.waitUntil(lambda: loader.done and not desk.tasks.running)
    assert told == [*(route.name for route in ROUTES), "form"]


def test_what_a_page_names_is_imported_after_it(desk: WindowDesk, qtbot: QtBot) -> None:
    told: list[str] = []

    class Named:
        ahead = (lambda: told.append("tab"),)

    route = ROUTES[0]._replace(load=lambda: Named)  # type: ignore[arg-type, return-value]
    with (
        patch.object(ahead, "ROUTES", [route]),
        patch.object(ahead, "FORMS", {}),
        patch.object(ahead, "QUIET_MS", 1),
        patch.object(ahead, "BREATH_MS", 1),
    ):
        loader = Ahead(desk.tasks)
        qtbot.waitUntil(lambda: told == ["tab"] and loader.done and not desk.tasks.running)


def test_nothing_is_imported_after_the_stop(desk: WindowDesk, qtbot: QtBot) -> None:
    told: list[str] = []
    with patch.object(ahead, "ROUTES", loading(told)), patch.object(ahead, "QUIET_MS", 1):
        loader = Ahead(desk.tasks)
        loader.stop()
    qtbot.wait(30)
    assert loader.done
    assert told == []


def test_all_classes_of_qt_are_made_on_the_main_thread_before_the_first_import(desk: WindowDesk, qtbot: QtBot) -> None:
    told: list[tuple[str, bool]] = []
    here = threading.get_ident()

    def make(name: str) -> None:
        told.append((name, threading.get_ident() == here))

    with (
        patch.object(classes, "others", lambda: iter([lambda: make("class"), lambda: make("class")])),
        patch.object(ahead, "ROUTES", [ROUTES[0]._replace(load=lambda: make("page"))]),  # type: ignore[arg-type, return-value]
        patch.object(ahead, "FORMS", {}),
        patch.object(ahead, "QUIET_MS", 1),
        patch.object(ahead, "BREATH_MS", 1),
    ):
        loader = Ahead(desk.tasks)
        loader.made.connect(lambda: make("all"))
        qtbot.waitUntil(lambda: loader.done and not desk.tasks.running)
    assert told == [("class", True), ("class", True), ("all", True), ("page", False)]
