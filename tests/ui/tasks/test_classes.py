"""No thread makes a class of Qt: two threads that do so at once end the process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from rmdesk.ui.tasks import classes

ROOT = Path(__file__).parents[3]
STARTED = """
import json, sys
from importlib import import_module
from pathlib import Path
from rmdesk.app import Args, build
from rmdesk.ui.shell import routes
from rmdesk.ui.tasks import classes

def missing():
    return {(module.__name__, name) for module, name in classes.missing()}

def painted():
    for make in classes.first():
        make()
    before = missing()
    import_module("rmdesk.ui.shell.joined")
    import_module("rmdesk.ui.shell.tour")
    routes.first().load()
    print(json.dumps(sorted(before - missing())))
    app.qt.quit()

app = build(Args(profile=Path(sys.argv[1]), language="en"))
app.window.painted.disconnect(app._painted)
app.window.painted.connect(painted)
app.show()
app.qt.exec()
"""


def test_what_is_imported_beside_the_first_page_makes_no_class(tmp_path: Path) -> None:
    """What this names belongs to FIRST."""
    (tmp_path / "rmdesk.db").touch()
    own = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", STARTED, str(tmp_path)]
    done = subprocess.run(command, env=own, capture_output=True, text=True, timeout=100, check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[-1]) == []


def test_all_are_made_in_the_end() -> None:
    for make in [*classes.first(), *classes.others()]:
        make()
    assert classes.missing() == []
