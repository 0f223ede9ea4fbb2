"""Today without any client says so, and leads to the import."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from rmdesk.services.store.store import Store
from rmdesk.ui.shell.desk import WindowDesk
from tests.support import build


@pytest.fixture
def store(template: Path, tmp_path: Path) -> Iterator[Store]:
    made = build.store_from(template, tmp_path)
    yield made
    made.close()


@pytest.mark.parametrize(
    ("name", "text"), [("today", "There is nobody to rank yet."), ("clients", "There are no clients yet.")]
)
def test_an_empty_portfolio_leads_to_the_import(qtbot: QtBot, desk: WindowDesk, name: str, text: str) -> None:
    desk.go(name)
    page = desk.window.page()
    assert page is not None
    qtbot.waitUntil(lambda: page.showing_notice and not desk.tasks.running)
    assert page.notice.accessibleName().startswith(text)
    assert page.notice.button.text() == "Import a file"
