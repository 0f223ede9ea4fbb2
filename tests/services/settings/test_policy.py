"""What the bank prescribes makes settings stricter, never laxer; a broken file counts as none."""

from __future__ import annotations

import ctypes
from ctypes import c_wchar_p
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from rmdesk.base import paths
from rmdesk.services.settings import owner
from rmdesk.services.settings.policy import Policy, policy


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", Policy()),
        ("[lock]\nminutes_at_most = 3\n[screen]\nwatermark = true\nhide_from_capture = true", Policy(3, True, True)),
        ("[lock]\nminutes_at_most = -3\n[screen]\nwatermark = 'yes'", Policy()),
        ("lock = 5\nscreen = [1]", Policy()),
        ("[lock]\nminutes_at_most = true", Policy()),
        ("no toml at all [", Policy()),
        ('[exports]\nallow = "files"\nrows_at_most = 9', Policy(exports="files", rows=9)),
        ("[exports]\nallow = 3\nrows_at_most = -1", Policy()),
    ],
)
def test_what_the_file_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, told: Policy) -> None:
    (tmp_path / "policy.toml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(paths, "policies", lambda: tmp_path)
    assert policy() == told


def test_without_a_file_nothing_is_prescribed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "policies", lambda: tmp_path / "nowhere")
    assert policy() == Policy()


def test_the_stricter_one_counts() -> None:
    assert [Policy(5).at_most(minutes) for minutes in (1, 5, 30)] == [1, 5, 5]
    assert Policy().at_most(30) == 30


@pytest.mark.parametrize(
    ("system", "sid", "minutes"),
    [
        ("win32", "S-1-5-32-544", 3),
        ("win32", "S-1-5-18", 3),
        ("win32", "S-1-5-21-1004336348-1177238915-682003330-1001", 0),  # a user of the computer
        ("win32", "", 0),
        ("linux", "", 3),
        ("darwin", "", 3),
    ],
)
def test_on_windows_only_an_administrators_file_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, system: str, sid: str, minutes: int
) -> None:
    (tmp_path / "policy.toml").write_text("[lock]\nminutes_at_most = 3", encoding="utf-8")
    monkeypatch.setattr(paths, "policies", lambda: tmp_path)
    monkeypatch.setattr(owner, "sys", SimpleNamespace(platform=system))
    monkeypatch.setattr(owner, "_owner", lambda _path: sid)
    assert policy().minutes == minutes


class Windows:
    """The two calls of Windows that tell the owner of a file: (status, SID)."""

    def __init__(self, status: int, sid: str) -> None:
        self.advapi32 = self.kernel32 = self
        self.status, self.sid, self.freed = status, sid, 0

    def GetNamedSecurityInfoW(self, path: c_wchar_p, kind: int, what: int, *_rest: object) -> int:
        assert (str(path.value).endswith("policy.toml"), kind, what) == (True, 1, 1)
        return self.status

    def ConvertSidToStringSidW(self, _sid: object, text: Any) -> int:
        text._obj.value = self.sid
        return 1

    def LocalFree(self, _what: object) -> None:
        self.freed += 1


@pytest.mark.parametrize(("status", "told"), [(0, "S-1-5-18"), (5, "")])
def test_what_windows_tells_of_the_owner(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, status: int, told: str
) -> None:
    system = Windows(status, "S-1-5-18")
    monkeypatch.setattr(ctypes, "windll", system, raising=False)
    assert owner._owner(tmp_path / "policy.toml") == told
    assert system.freed == (0 if status else 2)  # what Windows gave is given back
