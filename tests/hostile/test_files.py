"""Several hundred files that are broken, lie, or do harm: each is read or refused in words, in little memory.

Small in the suite; RMDESK_HOSTILE=full makes bombs and tables at full size (some minutes).
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.hostile import answers, made, reading
from tests.hostile.sizes import FULL

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="measures memory by /proc")


def hold(paths: list[Path], family: str) -> None:
    """Every file is read within its limits and comes to what is written down."""
    told = reading.answers(paths)
    assert [one for one in told.values() if one.told.startswith("CRASH")] == []
    assert [one for one in told.values() if one.megabytes > reading.MEMORY or one.seconds > reading.SECONDS] == []
    found = {answers.shown(path.name): told[path.name].told for path in paths}
    if not FULL:  # larger tables have more rows
        assert found == answers.expected(family)
    assert found.keys() == answers.expected(family).keys()


@pytest.mark.timeout(900)
@pytest.mark.parametrize("family", made.FAMILIES)
def test_case_38_no_file_does_harm(tmp_path: Path, family: str) -> None:
    hold(made.write(family, tmp_path), family)


def test_case_38_no_place_does_harm(tmp_path: Path) -> None:
    hold(made.places(tmp_path), "places")


def test_case_38_files_as_users_have_them_are_read(shared_data: Path) -> None:
    hold(answers.fixtures(shared_data / "import-fixtures"), "fixtures")


def test_case_38_there_are_more_than_two_hundred() -> None:
    named = [line for line in answers.TABLE.read_text(encoding="utf-8").splitlines() if line]
    assert len(named) >= 350
    codes = {line.split("\t")[2] for line in named if " taken" not in line}
    assert codes >= {
        "archive", "damaged", "empty", "encrypted", "folder", "hostile", "line_too_long", "no_file", "no_meaning",
        "no_text", "too_large", "too_many_columns", "unknown_form", "unpacked_too_large", "unreadable",
    }  # fmt: skip
