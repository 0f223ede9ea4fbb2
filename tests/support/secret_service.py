"""Runs Python against the real Secret Service of a throw-away desktop session, where its programs are installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

NEEDED = ("dbus-run-session", "gnome-keyring-daemon")
# Unlocks a login keyring of its own with a password that protects nothing, then becomes the given program.
_SESSION = """
eval "$(printf 'open' | gnome-keyring-daemon --unlock --components=secrets 2>/dev/null | sed 's/^/export /')"
exec "$@"
"""


def run(code: str, home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a piece of Python in a session whose keyring lies in `home`; skips the test where that is not possible."""
    missing = [name for name in NEEDED if shutil.which(name) is None]
    if missing:
        pytest.skip(f"the Secret Service needs {' and '.join(missing)}")
    runtime = home / "run"
    runtime.mkdir(mode=0o700, exist_ok=True)
    environment = {
        **os.environ,
        "HOME": str(home),
        "XDG_DATA_HOME": str(home / "data"),
        "XDG_RUNTIME_DIR": str(runtime),
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
    }
    environment.pop("PYTHON_KEYRING_BACKEND", None)
    return subprocess.run(
        ["dbus-run-session", "--", "sh", "-c", _SESSION, "sh", sys.executable, "-c", code, *arguments],
        env=environment,
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )
