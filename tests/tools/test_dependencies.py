"""The locked packages are reviewed: a hole, a licence, a missing hash, an old review, each is said."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from typing import Any

import pytest

from tools import dependencies
from tools.dependencies import ROOT, allowed, flaws, pins

LOCK = "good==1.2 \\\n    --hash=sha256:aa \\\n    --hash=sha256:bb\nbare==1.0\n"
DAY = date(2026, 11, 22)


def review(**more: Any) -> dict[str, Any]:
    return {
        "reviewed": DAY, "good_for_days": 180, "allowed": ["MIT", "BSD-3-Clause"], "builders": [],
        "licences": {"MIT": ["good", "bare"]}, "holes": [], **more,
    }  # fmt: skip


def test_the_lock_as_it_is_has_no_flaw() -> None:
    lock = (ROOT / "requirements" / "lock.txt").read_text(encoding="utf-8")
    kept = tomllib.loads((ROOT / "requirements" / "reviewed.toml").read_text(encoding="utf-8"))
    found = pins(lock)
    assert len(found) > 80
    assert list(flaws(lock, kept, dependencies.asked_for(found), kept["reviewed"])) == []


@pytest.mark.parametrize(
    ("more", "needed", "days", "said"),
    [
        ({}, {"good", "bare"}, 0, ["bare 1.0 is locked without a hash."]),
        ({}, {"good", "bare"}, 181, ["The review is 181 days old", "without a hash"]),
        ({"licences": {"MIT": ["bare"]}}, {"good", "bare"}, 0, ["good was not reviewed", "without a hash"]),
        ({"licences": {"MIT": ["bare"], "GPL-3.0-only": ["good"]}}, {"good", "bare"}, 0, ["not allowed", "hash"]),
        ({"licences": {"MIT": ["bare", "good", "gone"]}}, {"good", "bare"}, 0, ["hash", "gone was reviewed"]),
        ({}, {"good"}, 0, ["hash", "bare is locked, and nothing asks for it."]),
        ({"holes": [{"package": "good", "fixed": "1.10", "id": "CVE-1"}]}, {"good", "bare"}, 0, ["CVE-1", "hash"]),
        ({"holes": [{"package": "good", "fixed": "1.2", "id": "CVE-1"}]}, {"good", "bare"}, 0, ["hash"]),
    ],
)
def test_each_flaw_is_said(more: dict[str, Any], needed: set[str], days: int, said: list[str]) -> None:
    told = list(flaws(LOCK, review(**more), needed, DAY + timedelta(days=days)))
    assert len(told) == len(said)
    assert all(words in line for words, line in zip(said, told, strict=True))


@pytest.mark.parametrize(
    ("licence", "good"),
    [("MIT", True), ("MIT AND BSD-3-Clause", True), ("MIT AND GPL-3.0-only", False), ("GPL-3.0-only OR MIT", True),
     ("AGPL-3.0-or-later", False)],
)  # fmt: skip
def test_a_choice_of_licences_needs_one_that_is_allowed(licence: str, good: bool) -> None:
    assert allowed(licence, {"MIT", "BSD-3-Clause"}) is good
