"""Pages are imported ahead while nothing else runs."""

from __future__ import annotations

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


def test_no_page_is_imported_before_all_classes_of_qt_are_made(desk: WindowDesk, qtbot: QtBot) -> None:
    """For a thread must not make one while the main thread does."""
    told: list[str] = []
    late = iter([lambda: told.append("class")] * 3)
    with (
        patch.object(classes, "others", lambda: late),
        patch.object(ahead, "ROUTES", loading(told)[:1]),
        patch.object(ahead, "FORMS", {}),
        patch.object(ahead, "QUIET_MS", 1),
        patch.object(ahead, "BREATH_MS", 1),
    ):
        loader = Ahead(desk.tasks)
        loader.made.connect(lambda: told.append("made"))
        qtbot.waitUntil(lambda: loader.done and not desk.tasks.running)
    assert told == ["class", "class", "class", "made", ROUTES[0].name]


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
