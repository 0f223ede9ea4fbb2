"""The desk: pages come and go, hear what changed, and commands can be taken back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from rmdesk.base.errors import Refused, Trouble
from rmdesk.base.text import N_
from rmdesk.models.kinds import Topic
from rmdesk.services.settings import queries, value
from rmdesk.services.settings.commands import ChangeSetting
from rmdesk.services.settings.general import BRANCH
from rmdesk.services.store.command import Done
from rmdesk.services.store.reads import Reads
from rmdesk.services.store.work import UnitOfWork
from rmdesk.ui.kit.actions import Action
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.page import Page
from rmdesk.ui.shell import routes
from rmdesk.ui.shell.desk import WindowDesk
from rmdesk.ui.shell.routes import Route


class BranchPage(Page):
    """Shows one setting."""

    watches = frozenset({Topic.SETTINGS})
    offers = (Action("branch.shout", N_("Shout"), lambda page: page.shout(), "Ctrl+B", primary=True),)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.field = QLineEdit()
        self.body.addWidget(self.field)
        self.loads = 0
        self.shouted = 0
        self.shown_with: dict[str, Any] = {}
        self.busy = False
        self.fails: BaseException | None = None

    @property
    def editing(self) -> bool:
        return self.busy

    def open(self, **what: Any) -> None:
        self.shown_with = what

    def shout(self) -> None:
        self.shouted += 1

    def reload(self) -> None:
        self.loads += 1
        self.fetch(self.read).done.connect(self.field.setText)

    def read(self, reads: Reads) -> str:
        if self.fails is not None:
            raise self.fails
        return value(reads, BRANCH)


class OtherPage(Page):
    """Watches nothing."""

    def title(self) -> str:
        return "Other"


ROUTES = (
    Route("branch", N_("Branch"), lambda: BranchPage, icon="client"),
    Route("other", N_("Other"), lambda: OtherPage, under="branch", listed=False),
)


@pytest.fixture(autouse=True)
def two_routes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(routes, "ROUTES", ROUTES)


@dataclass(frozen=True, slots=True)
class Refusing:
    label: ClassVar[str] = "Refuse"

    def apply(self, work: UnitOfWork) -> Done[None]:
        raise Refused("Not today.", do="Come back tomorrow.")


def shown(desk: WindowDesk, qtbot: QtBot) -> BranchPage:
    """The page, once it has its text."""
    desk.go("branch")
    page = desk.window.page()
    assert isinstance(page, BranchPage)
    qtbot.waitUntil(lambda: page.loads > 0 and not desk.tasks.running)
    return page


def change(desk: WindowDesk, qtbot: QtBot, to: str) -> None:
    task = desk.perform(ChangeSetting(BRANCH.key, to))
    qtbot.waitUntil(lambda: task.over and not desk.tasks.running)


def test_a_page_is_read_when_it_is_shown(desk: WindowDesk, qtbot: QtBot) -> None:
    page = shown(desk, qtbot)
    assert page.loads == 1
    assert not page.showing_notice


def test_a_page_that_watches_the_topic_is_read_again(desk: WindowDesk, qtbot: QtBot) -> None:
    page = shown(desk, qtbot)
    change(desk, qtbot, "West")
    qtbot.waitUntil(lambda: page.field.text() == "West")
    assert page.loads == 2


def test_a_page_out_of_sight_waits_until_it_is_seen(desk: WindowDesk, qtbot: QtBot) -> None:
    page = shown(desk, qtbot)
    desk.go("other")
    change(desk, qtbot, "West")
    assert page.loads == 1
    assert page.stale
    desk.back()
    qtbot.waitUntil(lambda: page.field.text() == "West")


def test_a_page_that_is_being_edited_waits(desk: WindowDesk, qtbot: QtBot) -> None:
    page = shown(desk, qtbot)
    page.busy = True
    change(desk, qtbot, "West")
    assert page.loads == 1
    page.busy = False
    page.refresh_if_stale()
    qtbot.waitUntil(lambda: page.field.text() == "West")


def test_undo_and_redo_from_the_toast_and_the_keys(desk: WindowDesk, qtbot: QtBot) -> None:
    page = shown(desk, qtbot)
    change(desk, qtbot, "West")
    toast = desk.window.toast
    assert toast.isVisible()
    assert toast.text.text() == "Change setting"
    qtbot.mouseClick(toast.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.loads == 3 and page.field.text() == "" and not desk.tasks.running)
    assert toast.text.text() == "Undone: Change setting"
    desk.redo()
    qtbot.waitUntil(lambda: page.field.text() == "West" and not desk.tasks.running)
    desk.redo()
    qtbot.waitUntil(lambda: toast.text.text() == "Nothing to redo.")


def test_a_refusal_is_a_toast(desk: WindowDesk, qtbot: QtBot) -> None:
    desk.tasks.door = desk.door.of_task
    desk.perform(Refusing())
    qtbot.waitUntil(desk.window.toast.isVisible)
    assert desk.window.toast.text.text() == "Not today. Come back tomorrow."
    assert desk.notices.unread == 1


def test_trouble_is_a_banner_that_tries_again(desk: WindowDesk, qtbot: QtBot) -> None:
    page = shown(desk, qtbot)
    page.fails = Trouble("The disk is full.", do="Free some space.")
    page.mark_stale()
    qtbot.waitUntil(desk.window.banner.isVisible)
    assert desk.window.banner.said.text() == "The disk is full."
    page.fails = None
    qtbot.mouseClick(desk.window.banner.again, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.loads == 3 and not desk.tasks.running)
    assert not desk.window.banner.isVisible()


def test_a_page_that_cannot_be_read_at_first_says_so_itself(desk: WindowDesk, qtbot: QtBot) -> None:
    desk.go("branch")
    page = desk.window.page()
    assert isinstance(page, BranchPage)
    page.fails = Trouble("The disk is full.", do="Free some space.")
    qtbot.waitUntil(lambda: page.showing_notice and page.notice.button.isVisible())
    assert "The disk is full." in page.notice.accessibleName()
    page.fails = None
    qtbot.mouseClick(page.notice.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not page.showing_notice)


def test_back_goes_to_the_place_before_with_what_it_showed(desk: WindowDesk, qtbot: QtBot) -> None:
    desk.go("branch", client=1)
    desk.go("branch", client=2)
    desk.go("other")
    assert desk.window.windowTitle() == "Other – rmdesk"
    desk.back()
    page = desk.window.page()
    assert isinstance(page, BranchPage)
    assert page.shown_with == {"client": 2}
    desk.back()
    assert page.shown_with == {"client": 1}
    desk.back()
    assert desk.window.page() is page


def test_pages_are_dropped_when_the_desk_is_closed(desk: WindowDesk, qtbot: QtBot) -> None:
    page = shown(desk, qtbot)
    change(desk, qtbot, "West")
    with qtbot.waitSignal(page.destroyed):
        desk.closed()
    assert desk.window.page() is None
    assert desk.undo_stack is None
    assert desk.notices.all() == ()


def test_the_button_of_a_page_runs_its_action(desk: WindowDesk, qtbot: QtBot) -> None:
    page = shown(desk, qtbot)
    desk.window.topbar.pressed.emit(page.offers[0])
    assert page.shouted == 1


def test_a_language_builds_pages_anew(desk: WindowDesk, qtbot: QtBot) -> None:
    page = shown(desk, qtbot)
    with qtbot.waitSignal(page.destroyed):
        desk.rebuild()
    assert isinstance(desk.window.page(), BranchPage)


def test_all_settings_can_be_read_by_a_page(desk: WindowDesk, qtbot: QtBot) -> None:
    task = desk.tasks.fetch(queries.all_values)
    qtbot.waitUntil(lambda: task.over)
    assert not task.dropped
