"""Joining a hub, step by step, with an entrance that says what a test tells it to."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from rmdesk.base.errors import Refused, Trouble
from rmdesk.services.store.store import Store
from rmdesk.ui.shell.desk import WindowDesk
from rmdesk.ui.sync import dialogs
from rmdesk.ui.sync.entrance import Entrance, Return
from rmdesk.ui.sync.join_dialog import ADDRESS, SIGN_IN, WAITING, JoinDialog
from rmdesk.ui.sync.page import SyncPage
from tests.support import build, team

SECRET = "correct horse 7"


class Pretended(Entrance):
    """Answers as told; notes what it was asked."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[tuple[Any, ...]] = []
        self.password = self.oidc = True
        self.status = "active"
        self.refuses: BaseException | None = None

    def ways(self, url: str) -> Any:
        self._ask("ways", url)
        return SimpleNamespace(password=self.password, oidc=self.oidc)

    def with_password(self, url: str, user: str, password: str) -> Any:
        self._ask("password", url, user, password)
        return SimpleNamespace(user="u")

    def with_browser(self, url: str, show: Callable[[str], object]) -> Any:
        self._ask("browser", url)
        return SimpleNamespace(user="u")

    def register(self, store: Any, url: str, signed: Any, name: str) -> str:
        self._ask("register", name)
        return self.status

    def join(self, store: Any) -> Any:
        self._ask("join")
        team.join(store)
        return 0

    def _ask(self, *what: Any) -> None:
        self.asked.append(what)
        if self.refuses is not None:
            refuses, self.refuses = self.refuses, None
            raise refuses


@pytest.fixture
def entrance() -> Pretended:
    return Pretended()


@pytest.fixture
def dialog(qtbot: QtBot, desk: WindowDesk, entrance: Pretended) -> JoinDialog:
    made = JoinDialog(desk, entrance)
    made.open()
    qtbot.waitUntil(made.isVisible)
    return made


def enter(qtbot: QtBot, dialog: JoinDialog, **typed: str) -> None:
    for name, text in typed.items():
        field = getattr(dialog, name)
        assert isinstance(field, QLineEdit)
        field.clear()
        qtbot.keyClicks(field, text)
    qtbot.keyClick(dialog, Qt.Key.Key_Return)


def wait(qtbot: QtBot, dialog: JoinDialog, step: int) -> None:
    qtbot.waitUntil(lambda: dialog.step == step and dialog.go_on.isEnabled())


def test_by_password_all_the_way(
    qtbot: QtBot, desk: WindowDesk, store: Store, dialog: JoinDialog, entrance: Pretended
) -> None:
    synced: list[int] = []
    desk.sync_wanted.connect(lambda: synced.append(1))
    enter(qtbot, dialog, address="hub.bank.example/")
    wait(qtbot, dialog, SIGN_IN)
    assert dialog.secret.echoMode() is QLineEdit.EchoMode.Password
    with qtbot.waitSignal(dialog.accepted):
        enter(qtbot, dialog, user="liwenjing", secret=SECRET, name="desk 3")
    url = "https://hub.bank.example"
    assert entrance.asked == [
        ("ways", url), ("password", url, "liwenjing", SECRET), ("register", "desk 3"), ("join",),
    ]  # fmt: skip
    assert dialog.secret.text() == ""
    assert synced == [1]
    qtbot.waitUntil(lambda: not desk.tasks.running)
    assert all(SECRET not in notice.text for notice in desk.notices.all())


def test_what_is_wrong_stands_beside_its_field(qtbot: QtBot, dialog: JoinDialog, entrance: Pretended) -> None:
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert dialog.forms[ADDRESS].fields["url"].error.isVisible()
    entrance.refuses = Refused("A hub is only talked to over https.", field="url")
    enter(qtbot, dialog, address="http://hub")
    qtbot.waitUntil(lambda: "https" in dialog.forms[ADDRESS].fields["url"].error.text())
    entrance.refuses = Trouble("The hub does not answer.", do="Try later.")
    enter(qtbot, dialog, address="hub")
    qtbot.waitUntil(lambda: dialog.trouble.isVisible() and "does not answer" in dialog.trouble.text())
    assert dialog.step == ADDRESS
    enter(qtbot, dialog, address="hub")
    wait(qtbot, dialog, SIGN_IN)
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert dialog.forms[SIGN_IN].fields["user"].error.isVisible()
    entrance.refuses = Refused("User and password do not fit.", field="password")
    enter(qtbot, dialog, user="li", secret="wrong")
    qtbot.waitUntil(lambda: dialog.forms[SIGN_IN].fields["password"].error.isVisible())
    assert dialog.step == SIGN_IN
    qtbot.mouseClick(dialog.back, Qt.MouseButton.LeftButton)
    assert dialog.step == ADDRESS
    dialog.reject()


def test_by_browser_where_the_bank_signs_in(
    qtbot: QtBot, desk: WindowDesk, dialog: JoinDialog, entrance: Pretended
) -> None:
    entrance.password = False
    enter(qtbot, dialog, address="hub")
    wait(qtbot, dialog, SIGN_IN)
    assert dialog.user.isHidden() or not dialog.user.isVisible()
    assert not dialog.go_on.isVisible()
    with qtbot.waitSignal(dialog.accepted):
        qtbot.mouseClick(dialog.browser, Qt.MouseButton.LeftButton)
    assert [asked[0] for asked in entrance.asked] == ["ways", "browser", "register", "join"]
    qtbot.waitUntil(lambda: not desk.tasks.running)


def test_a_desk_that_waits_is_checked_again(
    qtbot: QtBot, desk: WindowDesk, dialog: JoinDialog, entrance: Pretended
) -> None:
    entrance.status = "asked"
    enter(qtbot, dialog, address="hub")
    wait(qtbot, dialog, SIGN_IN)
    enter(qtbot, dialog, user="li", secret=SECRET)
    wait(qtbot, dialog, WAITING)
    entrance.refuses = Refused("Nobody has approved this desk yet.", code="waiting")
    qtbot.mouseClick(dialog.go_on, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "approved" in dialog.trouble.text())
    with qtbot.waitSignal(dialog.accepted):
        qtbot.mouseClick(dialog.go_on, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not desk.tasks.running)


def test_a_desk_that_waits_goes_on_from_there(qtbot: QtBot, desk: WindowDesk, store: Store) -> None:
    kept = {"url": "https://hub.bank.example", "user": "u", "device": "d"}
    build.perform(store, lambda work: team.state(work, "enrolment", kept))
    dialogs.open_join(desk)
    found: list[JoinDialog] = []

    def waits() -> bool:
        found[:] = [one for one in desk.window.findChildren(JoinDialog) if one.isVisible()]
        return bool(found) and found[0].step == WAITING

    qtbot.waitUntil(waits)
    assert found[0].address.text() == kept["url"]
    found[0].reject()


def test_a_desk_whose_key_is_lost_signs_in_again_from_the_sync_page(
    qtbot: QtBot, desk: WindowDesk, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    team.join(store)
    lost = {"at": None, "error": "desk_key_gone", "next_after": 900}
    build.perform(store, lambda work: team.state(work, "reached", lost))
    pretended = Pretended()
    for step in ("ways", "with_password", "register", "join"):
        monkeypatch.setattr(Return, step, lambda _self, *told, step=step: getattr(pretended, step)(*told))
    desk.go("sync")
    page = desk.window.page()
    assert isinstance(page, SyncPage)
    qtbot.waitUntil(page.state.again.isVisible)
    qtbot.mouseClick(page.state.again, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: any(one.step == SIGN_IN for one in desk.window.findChildren(JoinDialog)))
    dialog = desk.window.findChildren(JoinDialog)[0]
    wait(qtbot, dialog, SIGN_IN)
    with qtbot.waitSignal(dialog.accepted):
        enter(qtbot, dialog, user="liwenjing", secret=SECRET, name="desk 3")
    assert [one[0] for one in pretended.asked] == ["ways", "password", "register", "join"]
    qtbot.waitUntil(lambda: not desk.tasks.running)
    desk.drop_pages()
