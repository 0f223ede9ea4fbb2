"""A start stays light: heavy things come after the first paint, what only writing needs with the first write."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from rmdesk.base import clock
from rmdesk.services.care import kept as care
from rmdesk.services.store import profile

ROOT = Path(__file__).parents[2]
HEAVY = {
    "pandas", "matplotlib", "pypinyin", "alembic", "duckdb", "sqlalchemy", "keyring", "xlsxwriter",
    "python_calamine", "phonenumbers", "cryptography",
}  # fmt: skip
# Reading the first page may need the numbers of the ranking, but nothing that only writes, imports or exports.
HEAVY_AT_FIRST_PAGE = HEAVY - {"cryptography"}

FIRST_PAINT = """
import json, sys
from pathlib import Path
from rmdesk.app import Args, build

app = build(Args(profile=Path(sys.argv[1]), language="en"))
app.window.painted.disconnect(app._painted)  # what follows the first paint is not looked at here

def painted():
    print(json.dumps({"modules": sorted(sys.modules)}))
    app.qt.quit()

app.window.painted.connect(painted)
app.show()
app.qt.exec()
"""

FIRST_PAGE = """
import json, sys, time
from pathlib import Path
from PySide6.QtCore import QTimer
from rmdesk.app import Args, build

app = build(Args(profile=Path(sys.argv[1]), language="en"))
ended = time.monotonic() + 60

def look():
    page = app.window.page()
    if (page is None or app.parts.tasks.running) and time.monotonic() < ended:
        return
    print(json.dumps({"modules": sorted(sys.modules), "page": type(page).__name__}))
    app.qt.quit()

timer = QTimer(interval=50)
timer.timeout.connect(look)
app.show()
timer.start()
app.qt.exec()
app.stop()
"""

FIRST_ANSWER = """
import json, sys
from pathlib import Path
from rmdesk.app import Args, build
from rmdesk.ui.kit.page import Page

app = build(Args(profile=Path(sys.argv[1]), language="en"))

def answered(page):
    print(json.dumps({"modules": sorted(sys.modules), "page": type(page).__name__}))
    app.qt.quit()

Page.show_content = answered
Page.show_error = lambda page, error: sys.exit(repr(error))
app.show()
app.qt.exec()
app.stop()
"""
# What a click or a letter may ask for later; at the start it would only make the list of the day come later.
LATER = {
    "rmdesk.ui.shell.palette", "rmdesk.ui.shell.keys_help", "rmdesk.ui.shell.search", "rmdesk.ui.kit.pick_list",
    "rmdesk.ui.kit.table", "rmdesk.ui.clients.page", "rmdesk.ui.imports.page", "rmdesk.ui.settings.page",
    "rmdesk.services.search.index", "rmdesk.services.imports.plan", "rmdesk.services.store.work",
    "rmdesk.services.visits.queries", "rmdesk.services.profile.secrets", "rmdesk.ui.care.receipt",
    "subprocess", "asyncio", "unittest",
}  # fmt: skip


def started(program: str, folder: Path) -> dict[str, Any]:
    """What a program of its own tells about its start."""
    own = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", program, str(folder)], env=own, capture_output=True, text=True, timeout=100, check=False
    )
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


def heavy(modules: list[str], unwanted: set[str]) -> set[str]:
    """The heavy packages among the imported modules."""
    return {name.split(".")[0] for name in modules} & unwanted


@pytest.fixture
def demo(tmp_path: Path) -> Path:
    """A profile that opens by itself."""
    folder = tmp_path / "demo"
    profile.create(folder, who="tester", demo=True).close()
    return folder


def test_nothing_heavy_is_imported_before_the_first_paint(demo: Path) -> None:
    assert heavy(started(FIRST_PAINT, demo)["modules"], HEAVY) == set()


def test_the_first_page_is_read_without_what_only_writing_needs(demo: Path) -> None:
    told = started(FIRST_PAGE, demo)
    assert told["page"].endswith("Page")
    assert heavy(told["modules"], HEAVY_AT_FIRST_PAGE) == set()


def test_nothing_of_other_pages_is_imported_before_today_is_filled(demo: Path) -> None:
    told = started(FIRST_ANSWER, demo)
    assert told["page"] == "TodayPage"
    assert set(told["modules"]) & LATER == set()
    assert heavy(told["modules"], HEAVY_AT_FIRST_PAGE) == set()


def test_a_kept_day_is_shown_without_numpy(demo: Path) -> None:
    clock.fix(None)  # the program that is started has the real day
    store = profile.open_demo(demo)
    care.keep(store, store.read(care.care_day))
    care.keep(store, store.read(care.warnings))
    store.close()
    told = started(FIRST_ANSWER, demo)
    assert told["page"] == "TodayPage"
    assert "numpy" not in told["modules"]


def test_the_import_hook_of_the_binding_is_off() -> None:
    """It reads the source of every module imported after Qt; the switch is private and may go away."""
    program = "import rmdesk.app, shibokensupport.feature as f, json; print(json.dumps(f._mod_uses_pyside(rmdesk.app)))"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=100, check=True
    )
    assert json.loads(done.stdout) is False
