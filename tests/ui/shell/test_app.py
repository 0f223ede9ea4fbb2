"""The whole program: from the first paint through its gates to a page, locked again, and started twice."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest
from PySide6.QtCore import Qt
from PySide6.QtNetwork import QLocalSocket
from pytestqt.qtbot import QtBot

from rmdesk.app import App, Args, build
from rmdesk.base import text
from rmdesk.base.errors import Trouble
from rmdesk.services.settings.commands import ChangeSetting
from rmdesk.services.store import lock, profile
from rmdesk.ui.imports.page import ImportPage
from rmdesk.ui.kit.theme import theme
from rmdesk.ui.shell import instance
from rmdesk.ui.unlock.first_run import FirstRunGate
from rmdesk.ui.unlock.gate import Gate
from rmdesk.ui.unlock.unlock import UnlockGate

PHRASE = "correct horse battery staple"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A profile with a passphrase."""
    made = tmp_path / "profile"
    profile.create(made, who="李文静", passphrase=PHRASE).close()
    return made


@pytest.fixture
def started(qtbot: QtBot) -> Iterator[list[App]]:
    """Programs that are closed at the end."""
    apps: list[App] = []
    yield apps
    for app in apps:
        app.window.close()
        app.window.deleteLater()


def start(started: list[App], folder: Path) -> App:
    app = build(Args(folder, language="en", page="settings"))
    started.append(app)
    app.show()
    return app


def gate(app: App, kind: type[Gate], qtbot: QtBot) -> Gate:
    """The gate in front of the data."""
    qtbot.waitUntil(lambda: app.parts.ahead is not None)  # painted
    qtbot.waitUntil(
        lambda: app.window.gated and isinstance(app.parts.start._gate, kind) and not app.parts.tasks.running,
        timeout=20_000,
    )
    found = app.parts.start._gate
    assert found is not None
    return found


def unlock(app: App, qtbot: QtBot, phrase: str = PHRASE) -> None:
    asked = gate(app, UnlockGate, qtbot)
    assert isinstance(asked, UnlockGate)
    qtbot.keyClicks(asked.secret, phrase)
    qtbot.keyClick(asked.secret, Qt.Key.Key_Return)


def opened(app: App, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: app.window.page() is not None and not app.parts.tasks.running, timeout=20_000)


def test_the_passphrase_opens_the_desk_and_a_wrong_one_says_so(qtbot: QtBot, started: list[App], folder: Path) -> None:
    app = start(started, folder)
    unlock(app, qtbot, "wrong horse battery staple")
    asked = gate(app, UnlockGate, qtbot)
    assert isinstance(asked, UnlockGate)
    assert asked.form.fields["passphrase"].error.text()
    asked.secret.clear()
    unlock(app, qtbot)
    opened(app, qtbot)
    assert app.window.nav._name.text() == "李文静"
    assert app.window.status.safe.text() == "Encrypted · locks after 5 idle minutes"


def test_locking_takes_everything_away_and_asks_again(qtbot: QtBot, started: list[App], folder: Path) -> None:
    app = start(started, folder)
    unlock(app, qtbot)
    opened(app, qtbot)
    store = app.parts.tasks.store
    app.parts.commands.lock()
    assert app.window.gated
    assert app.parts.tasks.store is None
    asked = gate(app, UnlockGate, qtbot)
    assert isinstance(asked, UnlockGate)
    assert asked.secret.text() == ""
    assert app.window.page() is None
    unlock(app, qtbot)
    opened(app, qtbot)
    assert app.parts.tasks.store is not store


def test_an_idle_desk_locks_itself(qtbot: QtBot, started: list[App], folder: Path) -> None:
    app = start(started, folder)
    unlock(app, qtbot)
    opened(app, qtbot)
    idle = app.parts.start.idle
    idle.look()
    assert not app.window.gated
    idle.seconds = 0
    idle.look()
    assert app.window.gated
    gate(app, UnlockGate, qtbot)


def test_a_backup_is_restored_and_asks_for_its_key(
    qtbot: QtBot, started: list[App], folder: Path, tmp_path: Path
) -> None:
    from rmdesk.services.store import backup

    store = profile.open_with_passphrase(folder, PHRASE)
    made = backup.make(store)
    store.close()
    app = start(started, tmp_path / "restored")
    first = gate(app, FirstRunGate, qtbot)
    assert isinstance(first, FirstRunGate)
    first.restore_wanted.emit(made.path)
    unlock(app, qtbot)
    opened(app, qtbot)


def test_a_backup_that_is_none_is_refused_in_words(qtbot: QtBot, started: list[App], tmp_path: Path) -> None:
    app = start(started, tmp_path / "restored")
    first = gate(app, FirstRunGate, qtbot)
    assert isinstance(first, FirstRunGate)
    wrong = tmp_path / "wrong.zip"
    wrong.write_bytes(b"no backup")
    first.restore_wanted.emit(wrong)
    qtbot.waitUntil(first.error.isVisible)
    assert first.error.text()
    assert first.new.isEnabled()


def test_the_language_is_switched_live_and_kept(qtbot: QtBot, started: list[App], folder: Path) -> None:
    app = start(started, folder)
    unlock(app, qtbot)
    opened(app, qtbot)
    page = app.window.page()
    assert page is not None
    with qtbot.waitSignal(page.destroyed):
        app.parts.commands.switch_language()
    opened(app, qtbot)
    assert text.language() == "zh_CN"
    assert app.state.value("looks/language") == "zh_CN"


def test_the_gate_speaks_the_other_language_too(qtbot: QtBot, started: list[App], folder: Path) -> None:
    app = start(started, folder)
    asked = gate(app, UnlockGate, qtbot)
    asked.language_wanted.emit()
    again = gate(app, UnlockGate, qtbot)
    assert again is not asked
    assert text.language() == "zh_CN"


def test_theme_and_text_size_follow_the_settings(qtbot: QtBot, started: list[App], folder: Path) -> None:
    app = start(started, folder)
    unlock(app, qtbot)
    opened(app, qtbot)
    app.parts.desk.perform(ChangeSetting("general.theme", "dark"))
    qtbot.waitUntil(lambda: theme.dark)
    app.parts.commands.resize_text(1)
    qtbot.waitUntil(lambda: theme.percent == 110)
    assert app.state.value("looks/size") == 110
    app.parts.desk.undo()
    qtbot.waitUntil(lambda: theme.percent == 100)


def test_case_34_a_second_start_brings_the_first_window_forward(qtbot: QtBot, started: list[App], folder: Path) -> None:
    with lock.hold(folder):
        app = start(started, folder)
        qtbot.waitUntil(lambda: app.parts.listener is not None)
        assert app.parts.listener is not None
        with qtbot.waitSignal(app.parts.listener.called):
            assert instance.hold(folder) is None


def test_files_of_a_second_start_wait_for_the_key_and_are_looked_at(
    qtbot: QtBot, started: list[App], folder: Path, tmp_path: Path
) -> None:
    given = tmp_path / "客户.csv"
    given.write_text("客户号,姓名\n1001,周文敏\n", encoding="utf-8")
    with lock.hold(folder):
        app = start(started, folder)
        qtbot.waitUntil(lambda: app.parts.listener is not None)
        assert app.parts.listener is not None
        with qtbot.waitSignal(app.parts.listener.handed):
            assert instance.hold(folder, [str(given)]) is None
    unlock(app, qtbot)
    opened(app, qtbot)
    qtbot.waitUntil(lambda: isinstance(app.window.page(), ImportPage))
    shown = app.window.page()
    assert isinstance(shown, ImportPage)
    qtbot.waitUntil(lambda: [source.path for source in shown.looking.sources] == [given])


def test_a_line_that_is_no_list_of_files_is_not_taken(qtbot: QtBot, folder: Path) -> None:
    listener = instance.Listener(folder)
    taken: list[list[str]] = []
    listener.handed.connect(taken.append)
    for told in (b"show\n", b'{"a": 1}\n', b"[1, null]\n", b"[]\n"):
        socket = QLocalSocket()
        socket.connectToServer(lock.channel(folder))
        assert socket.waitForConnected(2000)
        with qtbot.waitSignal(socket.bytesWritten):
            socket.write(told)
        with qtbot.waitSignal(socket.disconnected):
            socket.disconnectFromServer()
    assert instance.call_forward(folder, ["/there"])
    qtbot.waitUntil(lambda: bool(taken))
    assert taken == [["/there"]]
    listener.close()


def test_a_window_that_listens_late_is_asked_again(folder: Path, qtbot: QtBot) -> None:
    made: list[instance.Listener] = []

    def pause(seconds: float) -> None:
        made.append(instance.Listener(folder))

    with lock.hold(folder), patch.object(instance.time, "sleep", pause):
        assert instance.hold(folder) is None
    (listener,) = made
    listener.close()


def test_a_hold_without_a_window_is_told(folder: Path, qtbot: QtBot) -> None:
    with patch.object(instance, "ATTEMPTS", 2), lock.hold(folder), pytest.raises(Trouble) as told:
        instance.hold(folder)
    assert told.value.code == "in_use"


def test_a_demo_is_locked_and_opened_by_a_button(qtbot: QtBot, started: list[App], tmp_path: Path) -> None:
    made = tmp_path / "demo"
    profile.create(made, who="李文静", demo=True).close()
    app = start(started, made)
    opened(app, qtbot)
    app.parts.commands.lock()
    asked = gate(app, UnlockGate, qtbot)
    assert isinstance(asked, UnlockGate)
    assert not asked.unlock.isVisible()
    qtbot.mouseClick(asked.demo, Qt.MouseButton.LeftButton)
    opened(app, qtbot)


def test_locking_closes_every_dialog(qtbot: QtBot, started: list[App], folder: Path) -> None:
    app = start(started, folder)
    unlock(app, qtbot)
    opened(app, qtbot)
    app.parts.commands.help()
    dialog = app.qt.activeModalWidget()
    assert dialog is not None
    app.parts.commands.lock()
    assert app.qt.activeModalWidget() is None
    gate(app, UnlockGate, qtbot)


def test_the_name_in_the_settings_greets_before_unlocking(qtbot: QtBot, started: list[App], folder: Path) -> None:
    app = start(started, folder)
    unlock(app, qtbot)
    opened(app, qtbot)
    app.parts.desk.perform(ChangeSetting("general.user_name", "王涛"))
    qtbot.waitUntil(lambda: app.window.nav._name.text() == "王涛" and not app.parts.tasks.running)
    assert profile.describe(folder).who == "王涛"
