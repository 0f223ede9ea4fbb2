"""A keyring in memory, and little stretching: these tests are about what is seen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support import profiles


@pytest.fixture
def memory_keyring() -> Iterator[profiles.MemoryKeyring]:
    with profiles.using(profiles.MemoryKeyring()) as backend, profiles.cheap():
        yield backend
