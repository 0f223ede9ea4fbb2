"""Case 37, in the middle of things: an import, an export, a file dialog, a print dialog, the end of the lease."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog
from pytestqt.qtbot import QtBot

from rmdesk.app import App
from rmdesk.base import clock
from rmdesk.base.errors import Refused, Trouble
from rmdesk.services.exports.rules import Wish
from rmdesk.services.imports.commands import ApplyImport
from rmdesk.services.imports.terms import Terms
from rmdesk.services.store import profile
from rmdesk.services.sync import leasing, state
from rmdesk.ui.kit.exporting import Exporting
from rmdesk.ui.shell.syncing import Syncing
from rmdesk.ui.tasks import runner
from rmdesk.ui.tasks.task import Watched
from rmdesk.ui.unlock.leased import LeaseGate
from rmdesk.ui.unlock.reasons import Reason
from tests.services.imports.handovers import DAY, client, handover
from tests.services.sync.test_lease import DEVICE, HUB, PUBLIC, START, word
from tests.support import build, team
from tests.ui.shell import locking


@pytest.fixture
def app(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[App]:
    (tmp_path / "temporary").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))
    made = locking.start(locking.make(tmp_path / "profile"), qtbot)
    yield made
    locking.stop(made, qtbot)
    assert list((tmp_path / "temporary").iterdir()) == []


class Held:
    """Holds work up at its first step that tells how far it is."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.begun, self.go_on = threading.Event(), threading.Event()
        plain = Watched.at

        def at(progress: Watched, done: int, total: int, text: str = "") -> None:
            if threading.current_thread() is not threading.main_thread() and not self.begun.is_set():
                self.begun.set()
                assert self.go_on.wait(20)
            plain(progress, done, total, text)

        monkeypatch.setattr(Watched, "at", at)


def test_case_37_an_import_that_runs_is_rolled_back(app: App, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    held = Held(monkeypatch)
    with handover([client(f"N{number}", name=f"Planted {number}") for number in range(300)]) as made:
        app.parts.desk.perform(ApplyImport(made, Terms(DAY)))
        qtbot.waitUntil(held.begun.is_set)
        with qtbot.waitSignal(app.parts.start.shut, timeout=20_000):
            app.parts.commands.lock()
            held.go_on.set()
        locking.unlock(app, qtbot)
        store = app.parts.tasks.store
        assert store is not None
        assert store.read(lambda reads: reads.value("SELECT count(*) FROM client")) == len(locking.SEEDS)


def test_what_was_asked_for_before_the_lock_is_done(app: App, qtbot: QtBot) -> None:
    from rmdesk.services.settings.commands import ChangeSetting

    app.parts.desk.perform(ChangeSetting("general.branch", "城中支行"))
    locking.lock(app, qtbot)
    assert app.window.toast.isHidden()
    locking.unlock(app, qtbot)
    store = app.parts.tasks.store
    assert store is not None
    assert store.read(lambda reads: reads.value("SELECT value FROM setting WHERE key = 'general.branch'"))


def test_case_37_an_export_that_runs_leaves_no_file(
    app: App, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = Held(monkeypatch)

    def make(_reads: object, _mark: object, progress: Watched) -> tuple[bytes, int]:
        progress.at(1, 2)
        return b"".join(name.encode() for name in locking.names()), 3

    path = tmp_path / "out.pdf"
    Exporting(app.parts.desk, make, name="out.pdf").give_out(  # type: ignore[arg-type]
        Wish("document", "pdf", "for the client's meeting", "correct horse battery"), path
    )
    qtbot.waitUntil(held.begun.is_set)
    with qtbot.waitSignal(app.parts.start.shut, timeout=20_000):
        app.parts.commands.lock()
        held.go_on.set()
    assert [one.name for one in tmp_path.iterdir() if one.is_file()] == []


def test_case_37_dialogs_of_the_system_close_unanswered(app: App, qtbot: QtBot) -> None:
    printer = QPrinter()
    printing = QPrintDialog(printer, app.window)
    QDialog.open(printing)
    answers: list[str] = []
    QTimer.singleShot(200, lambda: app.parts.session.lock(Reason.SYSTEM))
    with qtbot.waitSignal(app.parts.start.shut, timeout=20_000):
        name, _kind = QFileDialog.getSaveFileName(
            app.window, "Export", f"{locking.names()[0]}.pdf", options=QFileDialog.Option.DontUseNativeDialog
        )
        answers.append(name)
    assert answers == [""]
    shown = [one for one in QApplication.topLevelWidgets() if one.isVisible()]
    assert shown == [app.window]
    assert [text for text in locking.said() if any(name in text for name in locking.names())] == []


def test_case_37_the_lock_screen_looks_the_same_whoever_the_clients_are(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = clock.now()
    monkeypatch.setattr(clock, "now", lambda: at)
    profile.create(tmp_path / "empty", who="李文静", demo=True).close()
    pictures = []
    for folder in (locking.make(tmp_path / "profile"), tmp_path / "empty"):
        app = locking.start(folder, qtbot)
        if folder.name == "profile":
            app.parts.desk.go("client", client=1)
            locking.opened(app, qtbot)
            app.parts.desk.ask("task", client=2)
        locking.lock(app, qtbot)
        app.window.resize(1200, 760)
        app.window.setFocus()
        QApplication.processEvents()
        pictures.append(app.window.grab().toImage())
        locking.stop(app, qtbot)
    assert pictures[0] == pictures[1]


def test_case_37_a_round_that_does_not_heed_is_waited_for_only_so_long(
    app: App, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert runner.END_S == 10
    monkeypatch.setattr(runner, "END_S", 0.05)
    begun, go_on = threading.Event(), threading.Event()

    def deaf(_store: object, _progress: object) -> None:
        begun.set()
        go_on.wait(20)

    store = app.parts.tasks.store
    assert store is not None
    app.parts.tasks.converse(deaf, "Synchronise")
    qtbot.waitUntil(begun.is_set)
    locking.lock(app, qtbot)
    assert store._key == b""
    go_on.set()
    qtbot.waitUntil(lambda: not app.parts.tasks.running)


def test_a_refusal_that_comes_after_the_lock_is_not_shown(app: App, qtbot: QtBot) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def refused(_progress: object) -> None:
        begun.set()
        go_on.wait(20)
        raise Refused(f"{locking.names()[0]} has had a gift already.")

    app.parts.tasks.write(refused)
    qtbot.waitUntil(begun.is_set)
    with qtbot.waitSignal(app.parts.start.shut, timeout=20_000):
        app.parts.commands.lock()
        go_on.set()
    assert app.window.toast.isHidden()
    assert app.parts.notices.all() == ()


def test_a_desk_that_is_being_opened_when_the_system_locks_does_not_stay_open(app: App, qtbot: QtBot) -> None:
    locking.lock(app, qtbot)
    locking.gate(app).demo.click()
    app.parts.start.lock(Reason.SYSTEM)
    with qtbot.waitSignal(app.parts.start.shut, timeout=20_000):
        pass
    assert app.window.gated
    assert app.parts.desk.pages() == ()
    locking.unlock(app, qtbot)


def test_case_18_the_end_of_the_lease_locks_an_open_desk(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [START]
    monkeypatch.setattr(clock, "now", lambda: now[0])
    monkeypatch.setattr(Syncing, "_round", _unreachable)
    folder = locking.make(tmp_path / "profile")
    store = profile.open_demo(folder)
    team.join(store)
    build.perform(store, _leased(START))
    store.close()
    app = locking.start(folder, qtbot)
    assert app.window.page() is not None
    now[0] = START + timedelta(days=8)
    with qtbot.waitSignal(app.parts.start.shut, timeout=20_000):
        app.parts.session.leased.look()
    assert "hub is over" in "".join(locking.said())
    locking.gate(app).demo.click()
    leased = app.parts.session.leased
    qtbot.waitUntil(lambda: isinstance(leased.gate, LeaseGate), timeout=20_000)
    assert app.parts.desk.pages() == ()  # nothing of a client was asked for
    open_store = app.parts.tasks.store
    assert open_store is not None
    build.perform(open_store, lambda unit: leasing.keep(unit, word(now[0])))
    leased.look()
    locking.opened(app, qtbot)
    assert not app.window.gated
    locking.stop(app, qtbot)


def _leased(at: datetime) -> Callable[..., None]:
    def work(unit) -> None:
        state.put(unit, "hub", {"url": "https://hub", "id": HUB, "key": PUBLIC})
        state.put(unit, "device", DEVICE)
        leasing.keep(unit, word(at))

    return work


def _unreachable(*_given: object) -> None:
    raise Trouble("no network", code="hub_unreachable")
