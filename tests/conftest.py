"""Fixtures for all tests: a fixed day, a language, and a real encrypted store."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from rmdesk.base import clock, text
from rmdesk.services.store.store import Store
from tests.support import build, once
from tools import catalogues

# How long an example takes says nothing here: the first one loads tables, and other tests run beside it.
settings.register_profile("rmdesk", deadline=None)
# What lands must not hang on luck: on the server the examples are the same at every run. Elsewhere they are new.
settings.register_profile("server", parent=settings.get_profile("rmdesk"), derandomize=True, database=None)
settings.load_profile("server" if os.environ.get("CI") else "rmdesk")

pytest_plugins = ("tests.support.hub",)  # the fixtures `postgres` and `hub`

TODAY = date(2026, 11, 21)
LONG = tuple(
    f"tests/{name}" for name in ("fuzz", "kill", "hostile", "walk", "wire/test_model", "services/sync/test_bank")
)

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def pytest_configure(config: pytest.Config) -> None:
    """Compile the catalogues once, before the tests; workers of a parallel run find them made."""
    if not hasattr(config, "workerinput"):
        catalogues.compile_stale()


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main(config: pytest.Config) -> None:
    """Each process of a parallel run begins with a half, and takes over from the other when it is done: what a file's
    tests share is then made once, and neither process waits long for the last test of the other.
    """
    if getattr(config.option, "numprocesses", None) and config.option.dist == "no":
        config.option.dist = "worksteal"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """In random order, but what takes long comes first: nobody waits for it at the end."""
    items.sort(key=lambda item: not item.nodeid.startswith(LONG))


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


@pytest.fixture(scope="session", autouse=True)
def shared_by_a_run(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Processes of a parallel run have folders side by side; what they share lies beside these."""
    own = tmp_path_factory.getbasetemp()
    once.lie_in((own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "once")


@pytest.fixture(scope="session")
def qapp_cls() -> type[Any]:
    """The application of the tests is the program's own, whichever test of a process asks first."""
    from rmdesk.ui.shell.application import Application

    return Application


@pytest.fixture(scope="session")
def template(shared_by_a_run: None) -> Path:
    """An empty data file, to copy from."""
    return once.made("empty", build.template_folder) / build.TEMPLATE


@pytest.fixture
def store(template: Path, tmp_path: Path) -> Iterator[Store]:
    """An empty encrypted store with the real schema."""
    made = build.store_from(template, tmp_path)
    yield made
    made.close()


@pytest.fixture(scope="session")
def made_demo(tmp_path_factory: pytest.TempPathFactory, shared_by_a_run: None) -> Path:
    """A demo profile, to copy from."""
    from tests.support import demo

    return demo.made(tmp_path_factory.mktemp("made") / "demo", TODAY)


@pytest.fixture(scope="session")
def demo_template(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo portfolio as a data file, to copy from; tests that need it override `store` with a copy."""
    from tests.support import demo

    return demo.template(template, tmp_path_factory.mktemp("demo"), TODAY)


@pytest.fixture
def demo_store(demo_template: Path, tmp_path: Path) -> Iterator[Store]:
    """The demo portfolio in a store of its own."""
    folder = tmp_path / "demo portfolio"
    folder.mkdir()
    made = build.store_from(demo_template, folder)
    yield made
    made.close()


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
