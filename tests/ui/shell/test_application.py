"""Files that macOS wants opened: they come as events, at any time, and wait for who may look at them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import QFileOpenEvent
from pytestqt.qtbot import QtBot

from rmdesk.app import App, Args, build
from rmdesk.services.store import profile
from rmdesk.ui.imports.page import ImportPage
from rmdesk.ui.shell.application import Application

PATIENCE = 20_000  # milliseconds


@pytest.fixture
def app(qtbot: QtBot, tmp_path: Path, system: Application) -> Iterator[App]:
    """A demo: it is opened by a button, without a passphrase."""
    profile.create(tmp_path / "demo", who="李文静", demo=True).close()
    made = build(Args(tmp_path / "demo", language="en", page="settings"))
    yield made
    made.window.close()
    made.window.deleteLater()


@pytest.fixture
def system(qapp: Application) -> Application:
    """The application as macOS knows it."""
    assert isinstance(qapp, Application)
    qapp.take()
    return qapp


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    made = [tmp_path / name for name in ("客户.csv", "accounts.csv", "later.csv")]
    for path in made:
        path.write_text("客户号,姓名\n1001,周文敏\n", encoding="utf-8")
    return made


def told(system: Application, *files: Path | QUrl) -> None:
    """What the system does for each file of a double click."""
    for file in files:
        QCoreApplication.postEvent(system, QFileOpenEvent(file if isinstance(file, QUrl) else str(file)))


def looked_at(app: App, qtbot: QtBot, wanted: list[Path]) -> None:
    """Wait until the import page shows these."""

    def there() -> bool:
        page = app.window.page()
        return isinstance(page, ImportPage) and {source.path for source in page.looking.sources} == set(wanted)

    qtbot.waitUntil(there, timeout=PATIENCE)


def test_files_that_come_before_the_desk_is_open_wait_for_it_and_others_for_the_key(
    app: App, qtbot: QtBot, system: Application, files: list[Path]
) -> None:
    told(system, *files[:2], QUrl("https://bank.example/clients.csv"))
    with qtbot.waitSignal(system.opening, timeout=PATIENCE):
        pass  # nobody is there yet
    app.show()
    looked_at(app, qtbot, files[:2])
    qtbot.waitUntil(lambda: not app.parts.tasks.running, timeout=PATIENCE)
    app.parts.commands.lock()
    app.window.showMinimized()
    told(system, files[2])
    qtbot.waitUntil(lambda: not app.window.isMinimized(), timeout=PATIENCE)  # called forward, still locked
    assert app.window.gated
    assert app.window.page() is None
    qtbot.waitUntil(lambda: not app.parts.tasks.running, timeout=PATIENCE)
    app.parts.start.begin()
    looked_at(app, qtbot, files)  # beside those that lay open when it was locked


def test_a_program_that_was_left_takes_no_files(app: App, qtbot: QtBot, system: Application, files: list[Path]) -> None:
    app.show()
    qtbot.waitUntil(lambda: app._parts is not None and not app.parts.tasks.running, timeout=PATIENCE)
    app.window.close()
    with qtbot.waitSignal(system.opening, timeout=PATIENCE):
        told(system, files[0])
    assert system.take() == [str(files[0])]


def test_what_was_taken_waits_no_longer_and_an_address_is_left_to_qt(
    system: Application, qtbot: QtBot, files: list[Path]
) -> None:
    with qtbot.assertNotEmitted(system.opening):
        assert not system.event(QFileOpenEvent(QUrl("https://bank.example/clients.csv")))
    assert system.event(QFileOpenEvent(str(files[0])))
    assert system.take() == [str(files[0])]
    assert system.take() == []
