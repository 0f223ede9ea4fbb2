"""Rounds with the hub run by themselves beside the window, and a hand on the button begins one at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from rmdesk.services.store.store import Store
from rmdesk.services.sync import address
from rmdesk.services.visits.tasks import AddTask
from rmdesk.ui.shell.desk import WindowDesk
from rmdesk.ui.shell.syncing import Syncing
from tests.services.sync.small_hub import Desk, SmallHub, answer, joined


@pytest.fixture
def followed(store: Store, monkeypatch: pytest.MonkeyPatch) -> Desk:
    hub = SmallHub()
    made = joined(hub, hub.person("王一"), store)
    monkeypatch.setattr(address, "connect", lambda _store: made.client())
    return made


@pytest.fixture
def syncing(desk: WindowDesk, followed: Desk) -> Iterator[Syncing]:
    made = Syncing(desk)
    yield made
    made.ended()


def test_a_desk_that_follows_a_hub_syncs_when_it_is_unlocked(qtbot: Any, syncing: Syncing, followed: Desk) -> None:
    followed.store.perform(AddTask("送资料", None, None))
    heard: list[object] = []
    syncing.desk.changed.connect(heard.append)
    syncing.began()
    qtbot.waitUntil(lambda: bool(followed.hub.feeds) and syncing.desk.round is None, timeout=15_000)
    assert [row.fields["text"] for feed in followed.hub.feeds.values() for row in feed.live if row.type == "task"]
    qtbot.waitUntil(lambda: bool(heard), timeout=5_000)


def test_a_failure_is_told_only_to_who_asked(qtbot: Any, syncing: Syncing, followed: Desk) -> None:
    followed.hub.before = lambda *_: answer(500, b"", {})
    syncing.began()
    qtbot.waitUntil(lambda: len(followed.hub.asked) == 1 and syncing.desk.round is None, timeout=15_000)
    assert said(syncing) == []
    assert syncing._schedule is not None
    assert syncing._schedule.wait > 0
    syncing.desk.sync_now()
    qtbot.waitUntil(lambda: len(said(syncing)) == 1, timeout=15_000)
    assert "500" in said(syncing)[0]


def said(syncing: Syncing) -> list[str]:
    """What was told of troubles."""
    return [notice.text for notice in syncing.desk.notices.all()]


def test_without_a_hub_nothing_is_asked(qtbot: Any, desk: WindowDesk) -> None:
    made = Syncing(desk)
    made.began()
    qtbot.waitUntil(lambda: not desk.tasks.running, timeout=5_000)
    assert made._schedule is None
    desk.sync_now()
    assert desk.round is None


def test_locking_ends_a_round_that_waits_for_the_network(qtbot: Any, syncing: Syncing, followed: Desk) -> None:
    import threading

    gate = threading.Event()

    def hang(path: str, body: bytes) -> httpx.Response | None:
        gate.wait(10)
        return None

    followed.hub.before = hang
    syncing.began()
    qtbot.waitUntil(lambda: syncing.desk.round is not None and bool(followed.hub.asked), timeout=15_000)
    syncing.ended()
    gate.set()
    assert syncing._schedule is None
    qtbot.waitUntil(lambda: syncing.desk.round is None, timeout=15_000)
