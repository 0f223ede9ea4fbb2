"""In an idle moment the retention is applied, and erased data swept; the session's begin and end are in the log."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from pytestqt.qtbot import QtBot

from rmdesk.base import clock
from rmdesk.models.files import Draft
from rmdesk.services.audit import queries
from rmdesk.services.privacy.retention import is_due
from rmdesk.services.store import witness
from rmdesk.services.store.store import Store
from rmdesk.ui.shell import audited
from rmdesk.ui.shell.audited import Audited
from rmdesk.ui.shell.desk import WindowDesk
from rmdesk.ui.shell.retaining import Retaining
from tests.conftest import TODAY
from tests.support.build import perform


def acts(store: Store) -> list[str]:
    return [one.act for one in store.read(lambda reads: list(queries.entries(reads)))]


def test_what_is_due_is_done_and_not_twice(desk: WindowDesk, store: Store, qtbot: QtBot) -> None:
    old = Draft(form="visit", subject="zq", payload={}, saved_at=datetime(2026, 1, 2, tzinfo=UTC))
    perform(store, lambda work: work.add(old))
    retaining = Retaining(desk)
    retaining.began()
    retaining.look()
    qtbot.waitUntil(lambda: not store.read(is_due) and not desk.tasks.running)
    assert store.read(lambda reads: reads.value("SELECT count(*) FROM draft WHERE subject = 'zq'")) == 0
    retaining.ended()


def test_opening_and_locking_are_in_the_log(desk: WindowDesk, store: Store, qtbot: QtBot) -> None:
    one = Audited(desk)
    one.began(store)
    qtbot.waitUntil(lambda: acts(store)[-1:] == ["unlock"] and not desk.tasks.running)
    one.ended("key")
    assert [left.act for left in witness.left(store.folder)] == ["lock"]
    one.began(store)
    qtbot.waitUntil(lambda: acts(store)[-2:] == ["lock", "unlock"] and not desk.tasks.running)
    one.ended("key")


@pytest.mark.parametrize(("days", "noted"), [(0.5, False), (3, True)])
def test_a_clock_that_jumps_ahead_is_noted_sleep_is_not(
    desk: WindowDesk, store: Store, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, days: float, noted: bool
) -> None:
    one = Audited(desk)
    one.began(store)
    qtbot.waitUntil(lambda: "unlock" in acts(store) and not desk.tasks.running)
    before = audited.running()
    monkeypatch.setattr(clock, "now", lambda: datetime.now(UTC) + (TODAY - datetime.now(UTC).date()) + timedelta(days))
    if not noted:  # that time has passed in fact
        monkeypatch.setattr(audited, "running", lambda: before + days * 86_400)
    one.look()
    qtbot.waitUntil(lambda: not desk.tasks.running)
    assert ("clock" in acts(store)) is noted
    one.ended("key")
