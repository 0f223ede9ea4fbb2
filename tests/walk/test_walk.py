"""The walk goes all the way, and what it names is where it says."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from rmdesk.services import demo
from tests.walk.steps import ROOT, Walk


def test_a_hand_over_reaches_the_care_list(tmp_path: Path, fixed_day: date) -> None:
    store = demo.make(tmp_path / "demo")
    try:
        steps = {step.title: step for step in Walk(store, tmp_path, fixed_day).go()}
    finally:
        store.close()
    assert len(steps) >= 14
    assert all(step.came for step in steps.values())
    changes = steps["work out what it would change (dry run)"].came
    assert "account: 0 new, 1 changed, 19 unchanged" in changes
    for step in steps.values():
        file, line = step.where.split(":")
        assert (ROOT / file).read_text(encoding="utf-8").splitlines()[int(line) - 1].lstrip().startswith(("def ", "@"))
