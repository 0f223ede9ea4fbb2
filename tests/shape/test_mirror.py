"""Tests lie where the code lies: tests/services/care belongs to rmdesk/services/care."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LAYERS = ("base", "models", "services", "ui", "cli")


def packages(below: Path) -> set[str]:
    """The packages below a folder, as paths from it."""
    return {path.parent.relative_to(below).as_posix() for path in below.rglob("__init__.py")} - {"."}


@pytest.mark.parametrize("layer", LAYERS)
def test_each_folder_of_tests_belongs_to_a_feature(layer: str) -> None:
    tests, code = ROOT / "tests" / layer, ROOT / "rmdesk" / layer
    modules = {path.relative_to(code).with_suffix("").as_posix() for path in code.rglob("*.py")}
    assert packages(tests) - packages(code) - modules == set()


def test_each_feature_of_the_services_has_tests() -> None:
    code, tests = ROOT / "rmdesk" / "services", ROOT / "tests" / "services"
    features = {path.name for path in code.iterdir() if (path / "__init__.py").exists()}
    tested = {path.name for path in tests.iterdir() if any(path.glob("**/test_*.py"))}
    assert features - tested == set()


def test_every_folder_of_tests_is_a_package() -> None:
    folders = {path.parent for path in (ROOT / "tests").rglob("test_*.py")}
    assert {folder for folder in folders if not (folder / "__init__.py").exists()} == set()
