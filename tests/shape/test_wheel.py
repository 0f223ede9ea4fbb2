"""The wheel carries everything that the program reads, and nothing of what only developers need."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The names in a wheel built now."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
        timeout=100,
    )
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as wheel:
        return set(wheel.namelist())


def below(folder: Path, pattern: str) -> set[str]:
    """The files of a folder of the project, as the wheel should name them."""
    return {path.relative_to(ROOT).as_posix() for path in folder.rglob(pattern) if "__pycache__" not in path.parts}


def test_the_whole_program_is_in_it(packed: set[str]) -> None:
    assert below(ROOT / "rmdesk", "*.py") - packed == set()


def test_all_resources_are_in_it(packed: set[str]) -> None:
    wanted = {name for end in ("toml", "svg", "qss", "mo") for name in below(ROOT / "resources", f"*.{end}")}
    assert "resources/locale/zh_CN/LC_MESSAGES/rmdesk.mo" in wanted
    assert {name for name in wanted if f"rmdesk/{name}" not in packed} == set()


def test_nothing_for_developers_is_in_it(packed: set[str]) -> None:
    assert [name for name in packed if name.startswith(("tests/", "tools/", "bench/", "docs/"))] == []
