"""Case 44 at the desk: a process that was unlocked, worked in, locked and aborted tells nobody what it knew."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from rmdesk.models.clients import Client
from rmdesk.services.store import profile
from tests.support.build import perform
from tests.ui.visits import keys

PHRASE = "zqx wind lantern seven"
NAME, TYPED = "上官晴川", "owes her brother"

# Logs everything there is to log, unlocks, types into a form, locks, says what the system knows of it, and aborts.
WORKING = (
    """
import ctypes, logging, os, resource, sys
from pathlib import Path
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
logging.basicConfig(level=logging.DEBUG)
from rmdesk.app import Args, build
folder, phrase, typed = Path(sys.argv[1]), sys.stdin.readline().rstrip(), sys.stdin.readline().rstrip()
app = build(Args(folder, language="en", page="clients"))
app.show()
"""
    + keys.LOGGING_A_VISIT
    + """QTest.keyClicks(app.window.page().form.content, typed)
shut = []
app.parts.start.shut.connect(lambda: shut.append(True))
app.parts.commands.lock()
until(lambda: shut)
dumpable = ctypes.CDLL(None).prctl(3, 0, 0, 0, 0)
print("core", resource.getrlimit(resource.RLIMIT_CORE)[0], "dumpable", dumpable, flush=True)
print("seen", open("/proc/self/cmdline").read(), open("/proc/self/environ").read(), flush=True)
os.abort()
"""
)


@pytest.mark.skipif(sys.platform != "linux", reason="asks /proc what others see")
def test_case_44_no_dump_no_log_and_no_process_list_tells_a_secret(tmp_path: Path) -> None:
    store = profile.create(tmp_path / "profile", who="李文静", passphrase=PHRASE)
    key = store.key
    perform(store, lambda work: work.add(Client(name=NAME, initials="lhzl", pinyin="ling hu", number="C77001")))
    store.close()
    (tmp_path / "here").mkdir()
    done = subprocess.run(
        [sys.executable, "-c", WORKING, str(tmp_path / "profile")],
        input=f"{PHRASE}\n{TYPED}\n", env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(Path.cwd())},
        cwd=tmp_path / "here", capture_output=True, text=True, timeout=100, check=False,
    )  # fmt: skip
    assert done.returncode == -signal.SIGABRT, done.stderr[-2000:]
    assert "core 0 dumpable 0" in done.stdout
    assert list((tmp_path / "here").iterdir()) == []
    told = (done.stdout + done.stderr).replace(WORKING, "")
    secrets = (PHRASE, TYPED, NAME, "C77001", key.hex())
    assert [one for one in secrets if one in told] == []
    plain = b"".join(path.read_bytes() for path in (tmp_path / "profile").rglob("*") if path.is_file())
    assert [one for one in secrets if one.encode() in plain] == []
