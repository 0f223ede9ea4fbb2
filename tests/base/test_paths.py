"""What is shipped and what is the user's are found, wherever the program lies."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from rmdesk.base import paths


@pytest.fixture(autouse=True)
def forgetful() -> Iterator[None]:
    """The folder of resources is looked up anew in each of these tests, and after it."""
    paths.resources.cache_clear()
    yield
    paths.resources.cache_clear()


def test_resources_are_found_in_a_checkout() -> None:
    assert paths.resource("rules", "keys.toml").is_file()


def test_resources_are_found_in_a_frozen_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "rmdesk" / "resources").mkdir(parents=True)
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert paths.resources() == tmp_path / "rmdesk" / "resources"


def test_the_profiles_lie_with_the_user_or_where_the_environment_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RMDESK_HOME", str(tmp_path))
    assert paths.profiles() == tmp_path
    assert paths.profile("demo") == tmp_path / "demo"
    monkeypatch.delenv("RMDESK_HOME")
    assert paths.profiles().name == "rmdesk"
    assert paths.profiles().is_absolute()


def test_the_program_s_own_folders_are_found() -> None:
    assert (paths.package("models", "migrations") / "env.py").is_file()
