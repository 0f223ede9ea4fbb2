"""The status line and the number in the navigation follow what is written; without a hub nothing is said."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from rmdesk.base import clock
from rmdesk.models.kinds import Topic
from rmdesk.services.store.store import Store
from rmdesk.services.visits.tasks import AddTask
from rmdesk.ui.shell.desk import WindowDesk
from rmdesk.ui.shell.following import Following
from rmdesk.ui.tasks.task import Task
from tests.support import build, team
from tests.ui.robot import settle


@pytest.fixture
def following(qtbot: QtBot, desk: WindowDesk) -> Iterator[Following]:
    made = Following(desk)
    made.began()
    yield made
    made.ended()


def test_without_a_hub_the_line_is_as_ever(qtbot: QtBot, desk: WindowDesk, following: Following) -> None:
    settle(qtbot, desk)
    status = desk.window.status
    assert status.sync.isHidden()
    assert status.place.text().startswith("Offline")
    assert following.line is None


def test_each_change_is_counted_and_a_click_opens_the_page(
    qtbot: QtBot, desk: WindowDesk, store: Store, following: Following
) -> None:
    team.join(store)
    following.read()
    status = desk.window.status
    qtbot.waitUntil(lambda: status.sync.text().startswith("Synced today"))
    assert status.place.isHidden()
    assert status.dot.token == "good"
    desk.perform(AddTask("问候"))
    qtbot.waitUntil(lambda: status.sync.text() == "1 record to upload")
    build.perform(store, lambda work: team.state(work, "reached", {"at": None, "error": "net"}))
    following.read()
    qtbot.waitUntil(lambda: status.sync.text() == "Offline, 6 days left")
    assert "1 record to upload" in status.sync.toolTip()
    build.perform(store, lambda work: work.bulk("UPDATE sync_record SET state = 'refused'", topics=()))
    desk.changed.emit(frozenset({Topic.SYNC}))
    qtbot.waitUntil(lambda: status.sync.text() == "1 to settle")
    assert [item.accessibleName() for item in desk.window.nav.items if item.route.name == "sync"] == ["Sync, 1"]
    qtbot.mouseClick(status.sync, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: desk.window.page() is not None and desk.window.page().title() == "Sync")
    settle(qtbot, desk)
    desk.drop_pages()


def test_a_round_shows_how_far_it_is(qtbot: QtBot, desk: WindowDesk, store: Store, following: Following) -> None:
    team.join(store)
    following.read()
    status = desk.window.status
    qtbot.waitUntil(lambda: status.sync.text().startswith("Synced"))
    task: Task[Any] = Task()
    desk.show_round(task)
    task.progress.at(42, 100)
    qtbot.waitUntil(lambda: status.sync.text() == "Syncing 42%")
    task.ended.tell(task)
    assert desk.round is None
    qtbot.waitUntil(lambda: status.sync.text().startswith("Synced"))


@pytest.mark.parametrize("days", [1, 0])
def test_a_lease_that_is_soon_over_is_told_once(
    qtbot: QtBot, desk: WindowDesk, store: Store, following: Following, days: int
) -> None:
    team.join(store)
    until = clock.now() + timedelta(days=days, hours=1)
    lease = json.dumps({"not_after": until.isoformat()})
    build.perform(store, lambda work: team.state(work, "lease", lease))
    following.read()
    qtbot.waitUntil(lambda: any("network" in notice.text for notice in desk.notices.all()))
    following.read()
    settle(qtbot, desk)
    assert len([notice for notice in desk.notices.all() if "network" in notice.text]) == 1
