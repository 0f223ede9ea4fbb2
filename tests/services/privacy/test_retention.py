"""What goes by itself once its time is over: by the table of periods, and on the day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from rmdesk.base import clock
from rmdesk.models.complaints import Complaint
from rmdesk.models.files import Draft
from rmdesk.models.gifts import Gift
from rmdesk.models.kinds import new_id
from rmdesk.services.audit import queries, trimming
from rmdesk.services.audit.acts import Act
from rmdesk.services.audit.noting import noted
from rmdesk.services.privacy.retention import ApplyRetention, expiries, is_due, keep_up, over
from rmdesk.services.profile import privacy
from rmdesk.services.store.store import Store
from rmdesk.services.sync import traces
from tests.conftest import TODAY
from tests.services.privacy.test_copying import arrange
from tests.support.build import perform

OLD, YOUNG = TODAY - timedelta(days=6 * 366), TODAY - timedelta(days=30)


def counts(store: Store) -> dict[str, int]:
    return {one.expiry.table.table: one.count for one in store.read(over)}


def gift(on: date | None, state: str) -> Gift:
    return Gift(
        id=new_id(), client_id=1, state=state, title="茶则", category="craft", cost_minor=100, currency="CNY",
        given_on=on, planned_for=on or OLD, entered_at=clock.now(),
    )  # fmt: skip


def complaint(closed: date | None) -> Complaint:
    return Complaint(
        id=new_id(), client_id=1, text="排队太久", severity=2, received_on=OLD, allowed_days=15,
        state="closed" if closed else "open", closed_on=closed, hard=False,
    )  # fmt: skip


def put(store: Store, *things: Any) -> None:
    perform(store, lambda work: [work.add(one) for one in things])


def test_what_ended_long_ago_goes_and_what_has_not_ended_stays(store: Store) -> None:
    arrange(store)
    perform(store, lambda work: work.bulk("DELETE FROM gift", topics=()))
    put(store, gift(OLD, "given"), gift(YOUNG, "given"), gift(OLD, "bought"))
    put(store, complaint(OLD), complaint(YOUNG), complaint(None))
    assert counts(store) == {"gift": 1, "complaint": 1}
    done = store.perform(ApplyRetention())
    assert done.result == {"gift": 1, "complaint": 1}
    assert done.inverse is None
    assert counts(store) == {}
    assert store.read(lambda reads: reads.value("SELECT count(*) FROM gift")) == 2
    assert store.read(lambda reads: reads.value("SELECT count(*) FROM complaint")) == 2
    entry = store.read(lambda reads: list(queries.entries(reads)))[-1]
    assert (entry.act, entry.facts) == ("retention", '{"rows": 2, "what": "complaint,gift"}')


def test_on_a_joined_desk_the_banks_records_are_left_to_the_hub(store: Store) -> None:
    arrange(store)
    put(store, gift(OLD, "given"))
    old = datetime(2026, 1, 2, tzinfo=UTC)
    put(store, Draft(form="visit", subject="1", payload={}, saved_at=old))
    assert set(counts(store)) >= {"gift", "draft"}
    perform(store, lambda work: work.bulk("UPDATE sync_control SET joined = 1", topics=()))
    assert counts(store) == {"draft": 1}


def test_the_audit_log_is_trimmed_from_the_front_and_still_holds(store: Store) -> None:
    clock.fix(OLD)
    for _turn in range(3):
        noted(store, Act.VIEW)
    clock.fix(TODAY)
    noted(store, Act.LOCK)
    assert counts(store)["audit_entry"] == 3
    store.perform(ApplyRetention())
    found = store.read(lambda reads: list(queries.entries(reads)))
    assert [(one.seq, one.act) for one in found] == [(4, "lock"), (5, "trim"), (6, "retention")]
    assert store.read(queries.verify, queries.end_of(store.folder, store.key)).broken is None


def test_a_clock_that_was_set_back_tears_no_hole(store: Store) -> None:
    noted(store, Act.VIEW)
    clock.fix(OLD)
    noted(store, Act.VIEW)
    clock.fix(TODAY)
    assert store.read(trimming.due, YOUNG) == 0


def test_it_is_done_once_a_day_and_the_file_is_swept(store: Store) -> None:
    put(store, Draft(form="visit", subject="1", payload={}, saved_at=datetime(2026, 1, 2, tzinfo=UTC)))
    assert store.read(is_due)
    keep_up(store)
    assert not store.read(is_due)
    assert not store.read(traces.is_due)
    assert store.read(lambda reads: reads.value("SELECT count(*) FROM draft")) == 0
    clock.fix(TODAY + timedelta(days=1))
    assert store.read(is_due)


@pytest.mark.parametrize("name", [one.table.table for one in expiries()])
def test_each_period_has_a_source(name: str) -> None:
    from rmdesk.services.rulebook import book

    entry = book("privacy")["expiry"][name]
    assert entry.get("source") or book("privacy")["retentions"][entry["retention"]]["source"]
    assert next(one for one in expiries() if one.table.table == name).days >= 90
    assert name in {one.table for one in privacy.tables()}
