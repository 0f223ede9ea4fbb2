"""The demo portfolio, for what needs days with many entries."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from rmdesk.services.store.store import Store
from tests.support import build


@pytest.fixture
def filled(demo_template: Path, tmp_path: Path) -> Iterator[Store]:
    """A copy of the demo portfolio."""
    made = build.store_from(demo_template, tmp_path)
    yield made
    made.close()
