"""Profiles and keyrings for the tests of the store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import profiles


@pytest.fixture(scope="session")
def made_profile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return profiles.template(tmp_path_factory.mktemp("made"))


@pytest.fixture
def folder(made_profile: Path, tmp_path: Path) -> Path:
    """A profile with the passphrase profiles.PASSPHRASE."""
    return profiles.copy_of(made_profile, tmp_path / "profile")


@pytest.fixture
def memory_keyring() -> Iterator[profiles.MemoryKeyring]:
    with profiles.using(profiles.MemoryKeyring()) as backend:
        yield backend


@pytest.fixture
def cheap() -> Iterator[None]:
    """Argon2id at next to no cost."""
    with profiles.cheap():
        yield
