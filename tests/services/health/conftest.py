"""A desk that tests of health may harm."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from rmdesk.services.store import key_file
from rmdesk.services.store.store import Store
from tests.support import build


@pytest.fixture
def desk(full: Path, tmp_path: Path) -> Iterator[Store]:
    """A copy of `full`, which each file of tests makes for itself."""
    key_file.write(tmp_path, key_file.KeyFile("one", "x", key_file.check_of(build.KEY, "one"), demo_key=build.KEY))
    made = build.store_from(full, tmp_path)
    yield made
    made.close()
