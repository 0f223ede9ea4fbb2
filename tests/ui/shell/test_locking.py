"""Case 37: the desk is locked while anything is under way; nothing of a client stays, and nothing typed is lost."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from weakref import ref

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from rmdesk.app import App
from rmdesk.models.kinds import Taste
from rmdesk.services.clients.filters import ClientFilter
from rmdesk.services.drafts.queries import drafts_of
from rmdesk.ui.clients.file_page import ClientPage
from rmdesk.ui.clients.page import ClientsPage
from rmdesk.ui.imports.page import ImportPage
from rmdesk.ui.kit.clipboard import clipboard
from rmdesk.ui.kit.form import FormDialog
from rmdesk.ui.profile.tab import ProfileTab
from rmdesk.ui.visits.log_page import LogPage
from tests.ui.shell import locking


@pytest.fixture
def app(qtbot: QtBot, tmp_path: Path) -> Iterator[App]:
    made = locking.start(locking.make(tmp_path / "profile"), qtbot)
    yield made
    locking.stop(made, qtbot)


def forms() -> list[FormDialog]:
    return [one for one in QApplication.topLevelWidgets() if isinstance(one, FormDialog) and one.isVisible()]


def test_case_37_nothing_tells_of_a_client(app: App, qtbot: QtBot) -> None:
    desk = app.parts.desk
    desk.go("client", client=1)
    locking.opened(app, qtbot)
    desk.ask("task", client=2)
    desk.toast(f"{locking.names()[0]} was called")
    clipboard.put(locking.names()[1])
    app.window.topbar.search.setText(locking.names()[2])
    qtbot.waitUntil(lambda: locking.rests(app))
    assert {name for text in locking.said() for name in locking.names() if name in text} == set(locking.names())
    pages = [ref(page) for page in desk.pages()]
    assert len(pages) == 2
    locking.lock(app, qtbot)
    assert [text for text in locking.said() if any(name in text for name in locking.names())] == []
    with suppress(qtbot.TimeoutError):  # a thread may just be putting its last job away
        qtbot.waitUntil(lambda: not locking.held(), timeout=3000)
    assert locking.held() == []
    assert [page() for page in pages] == [None, None]
    assert desk.index is None
    assert app.parts.notices.all() == ()
    assert app.window.windowTitle() == "rmdesk (locked)"


def test_case_37_a_half_typed_visit_comes_back_where_it_was(app: App, qtbot: QtBot) -> None:
    app.parts.desk.go("client", client=2)
    app.parts.desk.ask("visit", client=2)
    locking.opened(app, qtbot)
    page = app.window.page()
    assert isinstance(page, LogPage)
    qtbot.keyClicks(page.form.content, "asked about dollars")
    locking.lock(app, qtbot)
    locking.unlock(app, qtbot)
    again = app.window.page()
    assert isinstance(again, LogPage)
    assert again is not page
    assert again.form.client.client == 2
    qtbot.waitUntil(lambda: again.form.content.toPlainText() == "asked about dollars")
    app.parts.desk.back()
    qtbot.waitUntil(lambda: "欧阳海棠" in app.window.windowTitle())


def test_filters_and_the_chosen_row_come_back(app: App, qtbot: QtBot) -> None:
    app.parts.desk.go("clients")
    locking.opened(app, qtbot)
    page = app.window.page()
    assert isinstance(page, ClientsPage)
    page.narrow(ClientFilter(text="欧阳"))
    qtbot.waitUntil(lambda: page.found is not None and page.found.count == 1 and locking.rests(app))
    qtbot.waitUntil(lambda: page.table.select_id(2) or page.table.current() == 2)
    locking.lock(app, qtbot)
    locking.unlock(app, qtbot)
    again = app.window.page()
    assert isinstance(again, ClientsPage)
    qtbot.waitUntil(lambda: again.table.current() == 2, timeout=20_000)
    assert again.filters.field.text() == "欧阳"
    assert again.found is not None
    assert again.found.count == 1


def test_the_same_tab_comes_back_with_the_word_half_typed_in_it(app: App, qtbot: QtBot) -> None:
    app.parts.desk.go("client", client=1, tab="profile")
    locking.opened(app, qtbot)
    page = app.window.page()
    assert isinstance(page, ClientPage)
    page.show_tab("profile")
    locking.opened(app, qtbot)
    typed(page).setText("green te")
    locking.lock(app, qtbot)
    locking.unlock(app, qtbot)
    again = app.window.page()
    assert isinstance(again, ClientPage)
    assert (again.client, again.shown) == (1, "profile")
    qtbot.waitUntil(lambda: typed(again).text() == "green te")


def typed(page: ClientPage) -> QLineEdit:
    tab = page.tab("profile")
    assert isinstance(tab, ProfileTab)
    return tab.tastes.fields[Taste.LIKE].field.line


def test_files_that_were_looked_at_are_opened_again(app: App, qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "hand-over.csv"
    file.write_text("客户号,姓名\nN1,某人\n", encoding="utf-8")
    app.parts.desk.go("imports", paths=[file])
    page = app.window.page()
    assert isinstance(page, ImportPage)
    qtbot.waitUntil(lambda: bool(page.looking.sources) and locking.rests(app), timeout=20_000)
    locking.lock(app, qtbot)
    locking.unlock(app, qtbot)
    again = app.window.page()
    assert isinstance(again, ImportPage)
    qtbot.waitUntil(lambda: [one.path for one in again.looking.sources] == [file], timeout=20_000)


@pytest.mark.parametrize("form", ["task", "promise", "gift", "journal", "complaint"])
def test_case_37_a_form_is_open_again_with_what_was_typed(app: App, qtbot: QtBot, form: str) -> None:
    app.parts.desk.ask(form, client=1)
    qtbot.waitUntil(lambda: bool(forms()) and locking.rests(app))
    (dialog,) = forms()
    name = next(name for name, one in dialog.form.fields.items() if type(one.editor) in (QLineEdit, QPlainTextEdit))
    dialog.form.fill(**{name: "half a sentence"})
    locking.lock(app, qtbot)
    assert forms() == []
    locking.unlock(app, qtbot)
    (again,) = forms()
    assert type(again) is type(dialog)
    assert again.form.value(name) == "half a sentence"
    again.reject()
    store = app.parts.tasks.store
    assert store is not None
    qtbot.waitUntil(lambda: store.read(drafts_of, "open") == ())


def test_case_37_a_round_that_runs_ends_and_no_other_begins(app: App, qtbot: QtBot) -> None:
    begun, stopped = threading.Event(), threading.Event()

    def round_(_store: object, progress: object) -> None:
        begun.set()
        while True:
            progress.at(1, 2)  # type: ignore[attr-defined]
            stopped.wait(0.001)

    task = app.parts.tasks.converse(round_, "Synchronise")
    app.parts.desk.show_round(task)
    qtbot.waitUntil(begun.is_set)
    locking.lock(app, qtbot)
    assert task.over
    assert app.parts.desk.round is None
    app.parts.desk.sync_now()
    assert app.parts.tasks.running == []


def test_case_37_the_file_is_whole_and_closed(app: App, qtbot: QtBot) -> None:
    store = app.parts.tasks.store
    assert store is not None
    key = store._key
    assert any(key)
    locking.lock(app, qtbot)
    assert not any(key)
    assert store._key == b""
    folder = store.folder
    assert not (folder / "rmdesk.db-wal").exists() or not (folder / "rmdesk.db-wal").stat().st_size
    assert [one for one in folder.rglob("*") if "tmp" in one.name] == []


def test_a_robot_locks_twenty_times_and_nothing_grows(app: App, qtbot: QtBot) -> None:
    def counted() -> tuple[int, int, int]:
        return threading.active_count(), len(list(Path("/proc/self/fd").iterdir())), len(QApplication.allWidgets())

    def grown() -> bool:
        return any(now > then for now, then in zip(counted(), seen[4], strict=True))

    # It has handles of its own, once, a while after the start.
    qtbot.waitUntil(lambda: app.parts.listener is not None)
    seen = []
    for _turn in range(20):
        locking.lock(app, qtbot)
        seen.append(counted())
        qtbot.mouseClick(locking.gate(app).demo, Qt.MouseButton.LeftButton)
        locking.opened(app, qtbot)
    locking.lock(app, qtbot)
    with suppress(qtbot.TimeoutError):  # a thread may just be reading the file of a page to be imported
        qtbot.waitUntil(lambda: not grown())
    assert not grown(), (seen, counted())
