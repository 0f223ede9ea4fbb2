"""Fixtures for all tests: a fixed day, a language, and a real encrypted store."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import settings

from rmdesk.base import clock, text
from rmdesk.services.store.store import Store
from tests.support import build
from tools import catalogues

# How long an example takes says nothing here: the first one loads tables, and other tests run beside it.
settings.register_profile("rmdesk", deadline=None)
# What lands must not hang on luck: on the server the examples are the same at every run. Elsewhere they are new.
settings.register_profile("server", parent=settings.get_profile("rmdesk"), derandomize=True, database=None)
settings.load_profile("server" if os.environ.get("CI") else "rmdesk")

pytest_plugins = ("tests.support.hub",)  # the fixtures `postgres` and `hub`

TODAY = date(2026, 11, 21)

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def pytest_configure(config: pytest.Config) -> None:
    """Compile the catalogues once, before the tests; workers of a parallel run find them made."""
    if not hasattr(config, "workerinput"):
        catalogues.compile_stale()


@pytest.fixture(autouse=True)
def fixed_day() -> Iterator[date]:
    """Every test lives on the same Saturday, in English."""
    clock.fix(TODAY)
    text.use("en")
    yield TODAY
    clock.fix(None)
    text.use("en")


@pytest.fixture(scope="session", autouse=True)
def little_stretching() -> Iterator[None]:
    """Profiles made by tests stretch their passphrase next to nothing; `profiles.in_full` does it as the program."""
    from tests.support import profiles

    with profiles.cheap():
        yield


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build.template(tmp_path_factory.mktemp("template"))


@pytest.fixture
def store(template: Path, tmp_path: Path) -> Iterator[Store]:
    """An empty encrypted store with the real schema."""
    made = build.store_from(template, tmp_path)
    yield made
    made.close()


@pytest.fixture(scope="session")
def made_demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo profile, made once a worker: to copy from."""
    from tests.support import demo

    return demo.made(tmp_path_factory.mktemp("made") / "demo", TODAY)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real data beside the project; tests that need it say clearly that it is absent."""
    folder = Path(__file__).parents[2] / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("no real data beside the project (../shared/data)")
    return folder


def pytest_addoption(parser: pytest.Parser) -> None:
    """How many times something is broken at random: few in every run, any number by hand."""
    parser.addoption("--flips", type=int, default=100, help="how many single bits are flipped in each kind of file")


@pytest.fixture(scope="session")
def flips(request: pytest.FixtureRequest) -> int:
    """How many single bits to flip."""
    return int(request.config.getoption("--flips"))
