"""The desk hears the system's lock, sleep and lid; on Linux from a logind that is none, on a bus of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtDBus import QDBusConnection
from pytestqt.qtbot import QtBot

from rmdesk.ui.shell import idle, os_macos, os_windows
from rmdesk.ui.shell.os_linux import LinuxLock
from rmdesk.ui.shell.os_lock import OsLock
from rmdesk.ui.shell.os_windows import LID
from rmdesk.ui.unlock.reasons import Reason
from tests.support import logind
from tests.support.logind import LOGIN, PATH, SESSION, FakeLogind
from tests.ui.shell import locking

PROPERTIES = "org.freedesktop.DBus.Properties"


NOT_LID, SHUT, OPEN = bytes(24), LID + b"\4\0\0\0" + bytes(4), LID + b"\4\0\0\0" + b"\1\0\0\0"


@pytest.mark.parametrize(
    ("message", "what", "setting", "reason"),
    [
        (0x02B1, 0x7, b"", Reason.SYSTEM),
        (0x02B1, 0x4, b"", Reason.SYSTEM),
        (0x02B1, 0x8, b"", None),  # unlocked
        (0x0218, 0x4, b"", Reason.SLEEP),
        (0x0218, 0x7, b"", None),  # resumed
        (0x0218, 0x8013, SHUT, Reason.LID),
        (0x0218, 0x8013, OPEN, None),
        (0x0218, 0x8013, NOT_LID, None),
        (0x0010, 0x7, b"", None),
    ],
)
def test_what_windows_messages_mean(message: int, what: int, setting: bytes, reason: Reason | None) -> None:
    assert os_windows.meaning(message, what, setting) is reason


def test_what_the_names_of_macos_mean() -> None:
    assert os_macos.meaning("com.apple.screenIsLocked") is Reason.SYSTEM
    assert os_macos.meaning("com.apple.screenIsUnlocked") is None


def test_a_system_that_is_not_there_is_not_heard(qtbot: QtBot) -> None:
    assert not OsLock().start()
    nowhere = QDBusConnection("no such bus")
    lock = LinuxLock(nowhere, nowhere)
    assert not lock.start()
    lock.locked()
    lock.stop()


@pytest.fixture
def fake(tmp_path: Path) -> Iterator[FakeLogind]:
    with logind.running(tmp_path) as made:
        yield made


@pytest.fixture
def os_lock(fake: FakeLogind, qtbot: QtBot) -> Iterator[LinuxLock]:
    bus = QDBusConnection.connectToBus(fake.address, "fake")
    assert bus.isConnected()
    made = LinuxLock(bus, bus)
    with qtbot.waitSignal(made.ready):
        assert made.start()
    qtbot.waitUntil(lambda: made.holds_sleep)
    bus.interface().isServiceRegistered(LOGIN)  # by then the bus knows what is listened to
    yield made
    made.stop()
    QDBusConnection.disconnectFromBus("fake")


@pytest.mark.parametrize(
    ("path", "interface", "name", "signature", "body", "reason"),
    [
        (SESSION, "org.freedesktop.login1.Session", "Lock", "", (), Reason.SYSTEM),
        (SESSION, PROPERTIES, "PropertiesChanged", "sa{sv}as",
         ("org.freedesktop.login1.Session", {"LockedHint": ("b", True)}, []), Reason.SYSTEM),
        (PATH, "org.freedesktop.login1.Manager", "PrepareForSleep", "b", (True,), Reason.SLEEP),
        ("/org/freedesktop/UPower", PROPERTIES, "PropertiesChanged", "sa{sv}as",
         ("org.freedesktop.UPower", {"LidIsClosed": ("b", True)}, []), Reason.LID),
        ("/org/gnome/ScreenSaver", "org.gnome.ScreenSaver", "ActiveChanged", "b", (True,), Reason.SYSTEM),
        ("/ScreenSaver", "org.freedesktop.ScreenSaver", "ActiveChanged", "b", (True,), Reason.SYSTEM),
    ],
)  # fmt: skip
def test_what_the_system_tells(
    fake: FakeLogind, os_lock: LinuxLock, qtbot: QtBot, path: str, interface: str, name: str, signature: str,
    body: tuple[object, ...], reason: Reason,
) -> None:  # fmt: skip
    fake.told |= {"LockedHint": ("b", True), "LidIsClosed": ("b", True)}
    with qtbot.waitSignal(os_lock.asked) as told:
        fake.tell(path, interface, name, signature, *body)
    assert told.args == [reason]


def test_sleep_waits_until_the_desk_is_locked(fake: FakeLogind, os_lock: LinuxLock, qtbot: QtBot) -> None:
    assert fake.held == 1
    with qtbot.waitSignal(os_lock.asked):
        fake.tell(PATH, "org.freedesktop.login1.Manager", "PrepareForSleep", "b", True)
    assert fake.held == 1
    os_lock.locked()
    assert fake.held == 0
    fake.tell(PATH, "org.freedesktop.login1.Manager", "PrepareForSleep", "b", False)
    qtbot.waitUntil(lambda: fake.held == 1)  # for the next time
    os_lock.locked()
    assert fake.held == 1


def test_case_37_a_computer_that_sleeps_finds_the_desk_locked(
    fake: FakeLogind, os_lock: LinuxLock, qtbot: QtBot, tmp_path: Path
) -> None:
    app = locking.start(locking.make(tmp_path / "profile"), qtbot)
    qtbot.waitUntil(lambda: app.parts.os_lock is not None)  # the system's own, if there is one
    app.parts.listen_to(os_lock)
    app.parts.desk.ask("task", client=1)
    with qtbot.waitSignal(app.parts.start.shut, timeout=10_000):
        fake.tell(PATH, "org.freedesktop.login1.Manager", "PrepareForSleep", "b", True)
    assert fake.held == 0  # it may sleep now, not before
    assert app.parts.tasks.store is None
    fake.tell(PATH, "org.freedesktop.login1.Manager", "PrepareForSleep", "b", False)
    qtbot.waitUntil(lambda: os_lock.holds_sleep)
    fake.tell(PATH, "org.freedesktop.login1.Manager", "PrepareForSleep", "b", True)
    qtbot.waitUntil(lambda: not os_lock.holds_sleep)  # locked before: nothing to wait for
    locking.unlock(app, qtbot)
    locking.stop(app, qtbot)


def test_time_runs_on_while_the_computer_sleeps(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    now = idle.ticking()
    desk = idle.Idle()
    desk.start(5)
    monkeypatch.setattr(idle, "ticking", lambda: now + 3600)
    with qtbot.waitSignal(desk.away):
        desk.look()
