"""What the bank prescribes makes settings stricter, never laxer; a broken file counts as none."""

from __future__ import annotations

from pathlib import Path

import pytest

from rmdesk.base import paths
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
