"""Every page, part, tab, form and gate, in both languages: as a screen reader, the Tab key and weak eyes find it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

from rmdesk.base import text
from rmdesk.services.store.store import Store
from rmdesk.ui.clients.tabs import TABS
from rmdesk.ui.kit import middle, tab_order
from rmdesk.ui.kit.theme import Scheme, theme
from rmdesk.ui.shell.desk import WindowDesk
from rmdesk.ui.shell.forms import FORMS
from rmdesk.ui.shell.routes import ROUTES
from rmdesk.ui.shell.window import SMALLEST
from tests.support import build
from tests.support.access import fit, ink, inked, keys, tree
from tests.support.access.places import Places, told

SETTLING = 5_000


@pytest.fixture(params=["en", "zh_CN"])
def language(request: pytest.FixtureRequest) -> str:
    text.use(request.param)
    return str(request.param)


@pytest.fixture
def store(language: str, demo_template: Path, tmp_path: Path) -> Iterator[Store]:
    made = build.store_from(demo_template, tmp_path)
    yield made
    made.close()


def test_every_place_can_be_heard_walked_and_read_at_the_largest_text(
    desk: WindowDesk, qtbot: QtBot, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Names, roles and states in the accessible tree; the order of Tab; room at 150 % in the smallest window; contrast
    of texts and icons as painted, light in one language and dark in the other.
    """
    found: dict[str, list[str]] = defaultdict(list)
    theme.use(Scheme.LIGHT if language == "en" else Scheme.DARK, 150)
    desk.window.resize(SMALLEST)
    monkeypatch.setattr(middle, "_room", lambda _dialog: SMALLEST - QSize(16, 16))  # there is no screen here that big

    def look(name: str, widget: QWidget) -> None:
        # In the window Tab goes where `tab_order` says, which a test of its own holds.
        pressed = isinstance(widget, QDialog) or desk.window.gated
        way = keys.way(keys.stops(widget)[0]) if pressed else list(tab_order.stops_in(desk.window))
        with suppress(qtbot.TimeoutError):  # on a busy machine a layout may follow a turn later
            qtbot.waitUntil(lambda: not fit.wrongs(widget), timeout=SETTLING)
        with inked.watched() as painted:
            unclear = ink.wrongs(widget)  # which takes a picture
        for wrong in [
            *tree.wrongs(widget),
            *keys.wrongs(way, widget),
            *unclear,
            *painted.wrongs(),
            *fit.wrongs(widget),
        ]:
            found[wrong].append(name)

    places = Places(desk, qtbot, look)
    places.prepare()
    places.all()
    assert not found, told(found)
    assert {*(route.name for route in ROUTES), *(f"form: {name}" for name in FORMS)} <= {*places.seen}
    assert {f"client: {tab.name}" for tab in TABS[1:]} <= {*places.seen}
