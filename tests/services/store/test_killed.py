"""Case 36: killed before each call that touches a file or the keyring, old or new opens; all data is there."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

OLD, NEW = {"old_pin", "old_code"}, {"new_pin", "new_code"}

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs fork")


def killed(operation: str, folder: Path) -> list[dict[str, int]]:
    """Which secrets opened after each kill; the last is of the run that went through."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.support.killed", operation, str(folder)],
        cwd=Path(__file__).parents[3],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: list[dict[str, int]] = json.loads(done.stdout)
    return found


def opening(look: dict[str, int]) -> tuple[str, ...]:
    return tuple(sorted(name for name, opens in look.items() if opens and name != "tried"))


@pytest.mark.parametrize(
    ("operation", "before", "after", "least"),
    [
        ("change_pin", ("old_code", "old_pin"), ("new_pin", "old_code"), 10),
        ("wrap_again", ("old_code", "old_pin"), ("new_pin", "old_code"), 12),
        ("new_code", ("old_code", "old_pin"), ("new_code", "old_pin"), 10),
        ("rekey", ("old_code", "old_pin"), ("new_code", "old_pin"), 30),
    ],
)
def test_case_36_killed_anywhere_old_or_new_opens(
    tmp_path: Path, operation: str, before: tuple[str, ...], after: tuple[str, ...], least: int
) -> None:
    found = [opening(look) for look in killed(operation, tmp_path)]
    turned = found.index(after)  # one moment decides, with all ways at once
    assert found == [before] * turned + [after] * (len(found) - turned)
    assert turned >= 3
    assert len(found) >= least


def test_case_36_a_wrong_pin_once_counted_stays_counted_whenever_it_is_killed(tmp_path: Path) -> None:
    found = [look["tried"] for look in killed("wrong_pin", tmp_path)]
    assert found == sorted(found)
    assert (found[0], found[-1]) == (0, 1)
