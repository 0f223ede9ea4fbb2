"""These screens are tried on the demo portfolio."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from rmdesk.services.store.store import Store
from tests.support import build


@pytest.fixture
def store(demo_template: Path, tmp_path: Path) -> Iterator[Store]:
    made = build.store_from(demo_template, tmp_path)
    yield made
    made.close()
