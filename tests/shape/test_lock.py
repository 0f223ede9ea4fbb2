"""The lock has everything that pyproject.toml asks for, in versions that it allows."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]


def pinned() -> dict[str, str]:
    """The versions of the lock, by name."""
    lock = (ROOT / "requirements" / "lock.txt").read_text()
    return {
        canonicalize_name(name): version for name, version in re.findall(r"^([\w.-]+)==([^\s;]+)", lock, re.MULTILINE)
    }


def asked() -> list[Requirement]:
    """What the project needs to be built, to run and to be worked on."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    extras = project["project"]["optional-dependencies"]
    lines = [*project["project"]["dependencies"], *project["build-system"]["requires"], *extras["hub"], *extras["dev"]]
    return [Requirement(line) for line in lines]


def test_everything_asked_for_is_locked() -> None:
    versions = pinned()
    assert [str(wish) for wish in asked() if canonicalize_name(wish.name) not in versions] == []


def test_the_locked_versions_are_allowed() -> None:
    versions = pinned()
    assert [
        f"{wish} but {versions[canonicalize_name(wish.name)]}"
        for wish in asked()
        if not wish.specifier.contains(versions.get(canonicalize_name(wish.name), "0"), prereleases=True)
    ] == []


def modules_of(name: str) -> set[str]:
    """What can be imported from an installed package."""
    return {
        file.parts[0].removesuffix(".py").split(".")[0]
        for file in distribution(name).files or ()
        if file.suffix in (".py", ".so", ".pyd", ".pyi")
    }


def test_what_the_program_asks_for_is_used() -> None:
    imported = {
        found
        for file in (ROOT / "rmdesk").rglob("*.py")
        for found in re.findall(r"^\s*(?:from|import) (\w+)", file.read_text(encoding="utf-8"), re.MULTILINE)
    }
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = [Requirement(line).name for line in project["dependencies"]]
    assert [name for name in names if not modules_of(name) & imported] == []
