"""A policy that would prescribe nothing does not go unseen: the doctor says whether the bank's word counts."""

from __future__ import annotations

from pathlib import Path

import pytest

from rmdesk.base import paths
from rmdesk.services.health import examining, prescribed
from rmdesk.services.settings import owner
from rmdesk.services.settings.policy import Policy, policy
from rmdesk.services.store.doctor import State
from tools.environment import ROOT


@pytest.fixture
def policies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(paths, "policies", lambda: tmp_path)
    return tmp_path / "policy.toml"


@pytest.mark.parametrize(
    ("written", "state", "value"),
    [
        (None, State.OK, []),
        ("", State.OK, []),
        (
            "[lock]\nminutes_at_most = 3\n[screen]\nwatermark = true",
            State.OK,
            ["lock.minutes_at_most", "screen.watermark"],
        ),
        ("[lock]\nminute_at_most = 3", State.BAD, ["lock.minute_at_most"]),
        ("[lock]\nminutes_at_most = '3'", State.BAD, ["lock.minutes_at_most"]),
        ("[lock]\nminutes_at_most = -3", State.BAD, ["lock.minutes_at_most"]),
        ("[screen]\nwatermark = 1", State.BAD, ["screen.watermark"]),
        ("[exports]\nallow = 'nothing'", State.BAD, ["exports.allow"]),
        ("[exports]\nallow = 'none'", State.OK, ["exports.allow"]),
        ("lock = 5", State.BAD, ["lock"]),
        ("[lock", State.BAD, None),
    ],
)
def test_it_says_whether_the_policy_counts(policies: Path, written: str | None, state: State, value: object) -> None:
    if written is not None:
        policies.write_text(written, encoding="utf-8")
    (row,) = prescribed.policy()
    assert (row.state, row.value) == (state, value)
    assert row.text.said
    assert (row.do is None) == (state is State.OK)


def test_a_file_that_anybody_wrote_is_told(policies: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    policies.write_text("[screen]\nwatermark = true", encoding="utf-8")
    monkeypatch.setattr(owner, "may_prescribe", lambda _path: False)
    (row,) = prescribed.policy()
    assert row.state is State.BAD
    assert "administrator" in row.text.said
    assert policy() == Policy()


def test_every_line_of_the_example_is_known_and_each_does_something(policies: Path) -> None:
    """The lines that the doctor knows are those of the example and those that are read."""
    example = (ROOT / "installer" / "linux" / "policy.toml").read_text(encoding="utf-8")
    lines = [line.removeprefix("# ") for line in example.splitlines() if line.startswith(("# [", "# ")) and line[2:3]]
    kept = [line for line in lines if line.startswith("[") or " = " in line.partition("#")[0]]
    policies.write_text("\n".join(kept), encoding="utf-8")
    told = prescribed._lines(policies)
    assert told is not None
    assert set(told) == set(prescribed.LINES)
    assert len(prescribed.LINES) == len(Policy.__slots__)  # type: ignore[attr-defined]


def test_the_examination_has_it_also_of_a_locked_desk(policies: Path, tmp_path: Path) -> None:
    rows = {row.check: row for row in examining.examine(tmp_path / "none")}
    assert rows["policy"].state is State.OK
