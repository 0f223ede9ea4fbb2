"""One instance per profile; a lock whose holder died is no obstacle."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from rmdesk.base.errors import Trouble
from rmdesk.services.store import lock, profile

HOLD = """
import sys
from pathlib import Path
from rmdesk.services.store import lock
held = lock.hold(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.readline()
"""


def start(folder: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline().strip() == "held"
    return process


def test_case_34_a_second_start_is_told_who_holds_it(tmp_path: Path) -> None:
    process = start(tmp_path)
    with pytest.raises(Trouble, match="open already") as trouble:
        lock.hold(tmp_path)
    assert trouble.value.code == "in_use"
    assert trouble.value.params["pid"] == process.pid == lock.holder(tmp_path)
    process.communicate("\n")
    with lock.hold(tmp_path):
        assert lock.holder(tmp_path) == os.getpid()


def test_case_34_a_lock_of_a_killed_process_is_no_obstacle(tmp_path: Path) -> None:
    process = start(tmp_path)
    process.send_signal(signal.SIGKILL if sys.platform != "win32" else signal.SIGTERM)
    process.communicate()
    assert (tmp_path / lock.FILE).read_text().strip() == str(process.pid)  # what it left behind
    assert lock.holder(tmp_path) is None
    lock.hold(tmp_path).release()


def test_a_file_with_the_number_of_a_living_process_alone_holds_nothing(tmp_path: Path) -> None:
    (tmp_path / lock.FILE).write_text(f"{os.getppid()}\n")
    lock.hold(tmp_path).release()


@pytest.mark.parametrize("left", [b"", b"nonsense", b"-4\n", b"\xff\xfe", b"99999999999999999999999"])
def test_whatever_lies_in_the_file_is_no_obstacle(tmp_path: Path, left: bytes) -> None:
    (tmp_path / lock.FILE).write_bytes(left)
    assert lock.holder(tmp_path) is None
    lock.hold(tmp_path).release()


def test_within_one_process_too_only_one_holds_it(tmp_path: Path) -> None:
    with lock.hold(tmp_path), pytest.raises(Trouble):
        lock.hold(tmp_path)
    held = lock.hold(tmp_path)
    held.release()
    held.release()
    lock.hold(tmp_path).release()


def test_other_profiles_are_not_held(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    with lock.hold(tmp_path / "a"), lock.hold(tmp_path / "b"):
        assert lock.channel(tmp_path / "a") != lock.channel(tmp_path / "b")


def test_the_channel_is_that_of_the_folder_however_it_is_written(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    assert lock.channel(tmp_path / "a") == lock.channel(tmp_path / "a" / ".." / "a")
    assert len(lock.channel(tmp_path)) < 60  # a socket's path must stay under about 100 characters


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="no such file or folder"):
        lock.hold(tmp_path / "none")


AS_ANOTHER = """
import os, sys
from pathlib import Path
from rmdesk.base.errors import Trouble
from rmdesk.services.store import key_file, lock
import rmdesk.services.store.place
folder = Path(sys.argv[1])
if os.getuid() == 0:
    os.setuid(65534)
for look in (lambda: lock.hold(folder), lambda: key_file.read(folder)):
    try:
        look()
    except Trouble as error:
        print(error.code)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps users apart by other means")
def test_case_34_another_user_of_the_computer_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "profile"
    profile.create(folder, who="李慧", demo=True).close()
    lock.hold(folder).release()
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    for above in (tmp_path, *tmp_path.parents):
        if os.getuid() == 0 and "pytest" in above.name:
            above.chmod(0o755)  # so that what refuses is the profile's own folder
    if os.getuid() != 0:
        folder.chmod(0)
    try:
        done = subprocess.run(
            [sys.executable, "-c", AS_ANOTHER, str(folder)],
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            capture_output=True,
            text=True,
            check=False,
        )
    finally:
        folder.chmod(0o700)
    assert done.stdout.split() == ["no_permission", "no_permission"], done.stderr
