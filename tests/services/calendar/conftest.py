"""The demo portfolio, for what needs days with many entries."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from rmdesk.services.store.store import Store
from tests.conftest import TODAY
from tests.support import build, demo


@pytest.fixture(scope="session")
def demo_template(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo portfolio, made once."""
    return demo.template(template, tmp_path_factory.mktemp("demo"), TODAY)


@pytest.fixture
def filled(demo_template: Path, tmp_path: Path) -> Iterator[Store]:
    """A copy of the demo portfolio."""
    made = build.store_from(demo_template, tmp_path)
    yield made
    made.close()
