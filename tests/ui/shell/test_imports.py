"""Modules of the window are imported on the main thread, each after what it needs; all below them on another."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path
from unittest.mock import patch

from pytestqt.qtbot import QtBot

from rmdesk.ui.shell import imports
from rmdesk.ui.shell.desk import WindowDesk
from rmdesk.ui.shell.forms import FORMS
from rmdesk.ui.shell.imports import Imports, in_order
from rmdesk.ui.shell.routes import ROUTES

ROOT = Path(__file__).parent.parent.parent.parent


def test_the_order_that_is_written_down_is_that_of_the_modules() -> None:
    checked = subprocess.run([sys.executable, "-m", "tools.modules", "--check"], cwd=ROOT, check=False, timeout=120)
    assert checked.returncode == 0, "run: python -m tools.modules"


def test_every_page_and_form_is_in_it() -> None:
    assert {f"page {route.name}" for route in ROUTES} | {f"form {name}" for name in FORMS} <= in_order().keys()


def test_what_makes_classes_comes_on_this_thread_and_all_else_on_another(desk: WindowDesk, qtbot: QtBot) -> None:
    here, told = threading.get_ident(), []
    order = {"page": ("rmdesk.services.a", "rmdesk.ui.b", "numpy", "rmdesk.ui.c"), "form": ("rmdesk.ui.d",)}

    def note(module: str) -> None:
        told.append((module, threading.get_ident() == here))

    with patch.object(imports, "import_module", note), patch.object(imports, "in_order", lambda: order):
        loader = Imports(desk.tasks, desk)
        loader.begin("page", lambda: told.append(("then", True)))
        loader.begin("form")
        assert loader.busy
        qtbot.waitUntil(lambda: not loader.busy)
    assert told == [
        ("rmdesk.services.a", False),
        ("numpy", False),
        ("rmdesk.ui.b", True),
        ("rmdesk.ui.c", True),
        ("then", True),
        ("rmdesk.ui.d", True),
    ]


def test_what_nobody_wrote_down_is_imported_by_whoever_wants_it(desk: WindowDesk, qtbot: QtBot) -> None:
    came: list[bool] = []
    loader = Imports(desk.tasks, desk)
    loader.begin("no such thing", lambda: came.append(True))
    qtbot.waitUntil(lambda: came == [True])


def test_what_a_lock_breaks_off_is_imported_all_the_same_and_nothing_after_the_end(
    desk: WindowDesk, qtbot: QtBot
) -> None:
    told: list[str] = []
    with (
        patch.object(imports, "import_module", told.append),
        patch.object(imports, "in_order", lambda: {"page": ("numpy", "rmdesk.ui.a"), "form": ("rmdesk.ui.b",)}),
    ):
        loader = Imports(desk.tasks, desk)
        loader.begin("page")
        for task in desk.tasks.running:
            task.cancel()
        loader.begin("form")
        qtbot.waitUntil(lambda: not loader.busy)
        assert [module for module in told if module != "numpy"] == ["rmdesk.ui.a", "rmdesk.ui.b"]
        loader.begin("page")
        loader.stop()
        qtbot.waitUntil(lambda: not desk.tasks.running)
    assert told.count("rmdesk.ui.a") == 1
