"""Pages, tabs and forms are imported ahead while nothing else runs."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from types import SimpleNamespace
from unittest.mock import patch

import pytest
from pytestqt.qtbot import QtBot

from rmdesk.ui.shell import ahead
from rmdesk.ui.shell.ahead import Ahead
from rmdesk.ui.shell.desk import WindowDesk

Told = list[tuple[str, bool]]


@pytest.fixture
def told(desk: WindowDesk) -> Iterator[Told]:
    """What happened, and whether on this thread."""
    found: Told = []
    here = threading.get_ident()

    def note(what: str) -> None:
        found.append((what, threading.get_ident() == here))

    def begin(what: str, then: object) -> None:
        note(what)
        then()  # type: ignore[operator]

    page = SimpleNamespace(ahead=(lambda: note("tables"),))
    with (
        patch.object(ahead, "in_order", lambda: {"page calendar": (), "tab gifts": ()}),
        patch.object(ahead.classes, "others", lambda: iter([lambda: note("class"), lambda: note("class")])),
        patch.object(ahead.routes, "route", lambda _name: SimpleNamespace(load=lambda: page)),
        patch.object(desk.imports, "begin", begin),
        patch.object(ahead, "QUIET_MS", 1),
        patch.object(ahead, "BREATH_MS", 1),
    ):
        yield found


def test_classes_first_then_pages_with_what_they_want_read(desk: WindowDesk, qtbot: QtBot, told: Told) -> None:
    loader = Ahead(desk)
    qtbot.waitUntil(lambda: loader.done and not desk.tasks.running)
    assert told == [("class", True), ("class", True), ("page calendar", True), ("tables", False), ("tab gifts", True)]


def test_nothing_is_imported_after_the_stop(desk: WindowDesk, qtbot: QtBot, told: Told) -> None:
    loader = Ahead(desk)
    loader.stop()
    qtbot.wait(30)
    assert loader.done
    assert told == []
