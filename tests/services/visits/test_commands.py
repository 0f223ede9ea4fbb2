"""Visits are planned, held, logged, put off, edited and removed; the inverse of each restores the file as it was."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from rmdesk.base import clock
from rmdesk.base.errors import Refused
from rmdesk.models.files import Attachment, AttachmentContent
from rmdesk.models.journals import Journal, JournalVisit
from rmdesk.models.kinds import RecordId, Topic
from rmdesk.services.drafts.commands import SaveDraft
from rmdesk.services.drafts.queries import draft_of
from rmdesk.services.store.store import Store
from rmdesk.services.visits import queries
from rmdesk.services.visits.commands import (
    CancelVisit,
    EditVisit,
    HoldVisit,
    LogVisit,
    PlanVisit,
    PostponeVisit,
    RemoveVisit,
)
from rmdesk.services.visits.promises import KeepPromise
from rmdesk.services.visits.rules import Found, Owed
from rmdesk.services.visits.tasks import AddTask
from tests.conftest import TODAY
from tests.services.visits.arrange import ago, client, entry, kept
from tests.support.build import perform

FULL = {
    "on": ago(0), "at": None, "minutes": 48, "purpose": "农历生日前拜访", "participants": "周先生", "place": "家中",
    "district": "城中区", "found": (Found("换汇 80 万美元"), Found("他行接触中", "signal")), "mood": "pleased",
    "promises": (Owed("给出留学金融方案", ago(-4)),), "next_step": "约外汇专家同访", "next_on": ago(-3),
    "inbound": True, "marketing": True,
}  # fmt: skip


def value(store: Store, sql: str) -> Any:
    return store.read(lambda reads: reads.value(sql))


def undone_and_redone(store: Store, command: Any) -> Any:
    """Perform; the inverse gives the file as it was before, its inverse the file as it was after."""
    before = kept(store)
    outcome = store.perform(command)
    after = kept(store)
    assert outcome.inverse is not None
    assert after != before
    back = store.perform(outcome.inverse)
    assert kept(store) == before
    assert back.inverse is not None
    store.perform(back.inverse)
    assert kept(store) == after
    return outcome.result


def test_client_channel_and_one_line_suffice(store: Store) -> None:
    who = client(store)
    outcome = store.perform(LogVisit(entry(who)))
    row = store.read(queries.visit_of, outcome.result)
    assert (row.client, row.channel, row.content, row.state, row.on, row.late) == (
        who, "phone", "谈了换汇", "held", TODAY, False,
    )  # fmt: skip
    assert outcome.topics == {Topic.VISITS}
    assert value(store, "SELECT count(*) FROM change WHERE entity = 'visit'") == 1


def test_everything_that_was_entered_is_kept_and_taken_back(store: Store) -> None:
    who = client(store)
    visit = undone_and_redone(store, LogVisit(entry(who, **FULL)))
    row = store.read(queries.visit_of, visit)
    told = queries.entry_of(row)
    assert {name: getattr(told, name) for name in FULL if name != "promises"} == {
        name: given for name, given in FULL.items() if name != "promises"
    }
    assert value(store, "SELECT text || due_on || state FROM promise") == "给出留学金融方案2026-11-25open"
    assert value(store, "SELECT text || due_on || state FROM task") == "约外汇专家同访2026-11-24open"


@pytest.mark.parametrize(
    ("fields", "field", "code"),
    [
        ({"client": None}, "client", "no_client"),
        ({"channel": None}, "channel", "no_channel"),
        ({"channel": "pigeon"}, "channel", "no_channel"),
        ({"content": " \n"}, "content", "no_content"),
        ({"content": "密码是 123456"}, "content", "secret"),
        ({"content": "长" * 1_000_000}, "content", "too_long"),
        ({"on": ago(-1)}, "on", "future"),
        ({"on": ago(5000)}, "on", "too_old"),
        ({"at": "25:00"}, "at", "bad_time"),
        ({"minutes": 0}, "minutes", "bad_minutes"),
        ({"minutes": 1441}, "minutes", "bad_minutes"),
        ({"mood": "furious"}, "mood", "no_mood"),
        ({"purpose": "长" * 501}, "purpose", "too_long"),
        ({"promises": (Owed("", ago(-1)),)}, "promises", "no_text"),
        ({"promises": (Owed("方案", ago(1)),)}, "promises", "past"),
        ({"next_on": ago(-1)}, "next_step", "no_text"),
        ({"next_step": "回电", "next_on": ago(1)}, "next_on", "past"),
    ],
)
def test_what_is_wrong_is_refused_beside_its_field_and_leaves_no_trace(
    store: Store, fields: dict[str, Any], field: str, code: str
) -> None:
    who = client(store)
    before = kept(store)
    with pytest.raises(Refused) as refused:
        store.perform(LogVisit(replace(entry(who), **fields)))
    assert (refused.value.field, refused.value.code) == (field, code)
    assert kept(store) == before


def test_emoji_and_right_to_left_text_stay_and_unseen_signs_go(store: Store) -> None:
    visit = store.perform(LogVisit(entry(client(store), content="很好👨‍👩‍👧\u202e مرحبا\x00 line\x1b[31m"))).result
    content = store.read(queries.visit_of, visit).content
    assert "👨‍👩‍👧" in content
    assert "مرحبا" in content
    assert not {"\u202e", "\x00", "\x1b"} & set(content)


def test_a_visit_with_somebody_who_died_may_still_be_entered_but_nothing_be_planned(store: Store) -> None:
    who = client(store, status="deceased")
    store.perform(LogVisit(entry(who, on=ago(9))))
    for command in (
        PlanVisit(entry(who, on=ago(-1))),
        LogVisit(entry(who, next_step="回电", next_on=ago(-1))),
        LogVisit(entry(who, promises=(Owed("方案", ago(-1)),))),
    ):
        with pytest.raises(Refused) as refused:
            store.perform(command)
        assert refused.value.code == "deceased"


def test_a_plan_is_kept_and_becomes_a_held_visit(store: Store) -> None:
    who = client(store)
    visit = undone_and_redone(store, PlanVisit(entry(who, content="", on=ago(-2), at="9：30", purpose="续存")))
    (row,) = store.read(queries.planned)
    assert (row.id, row.at, row.purpose, row.state) == (visit, "09:30", "续存", "planned")
    undone_and_redone(store, HoldVisit(visit, entry(None, channel="at_client", promises=(Owed("方案", ago(-1)),))))
    assert store.read(queries.planned) == ()
    assert store.read(queries.visit_of, visit).state == "held"
    with pytest.raises(Refused, match="logged already"):
        store.perform(HoldVisit(visit, entry(None)))


@pytest.mark.parametrize(
    ("fields", "field"), [({"on": None}, "on"), ({"on": ago(1)}, "on"), ({"on": ago(-1200)}, "on")]
)
def test_a_plan_lies_ahead(store: Store, fields: dict[str, Any], field: str) -> None:
    with pytest.raises(Refused) as refused:
        store.perform(PlanVisit(entry(client(store), **fields)))
    assert refused.value.field == field


def test_a_third_marketing_touch_in_thirty_days_is_refused_and_service_is_not(store: Store) -> None:
    who = client(store)
    for days in (20, 5):
        store.perform(LogVisit(entry(who, on=ago(days), marketing=True)))
    with pytest.raises(Refused) as refused:
        store.perform(PlanVisit(entry(who, on=ago(-1), marketing=True)))
    assert (refused.value.field, refused.value.code) == ("marketing", "touches")
    assert "2 marketing contacts within 30 days" in refused.value.said
    store.perform(PlanVisit(entry(who, on=ago(-1))))
    store.perform(PlanVisit(entry(who, on=ago(-11), marketing=True)))


def test_marketing_without_consent_is_refused(store: Store) -> None:
    with pytest.raises(Refused) as refused:
        store.perform(PlanVisit(entry(client(store, marketing_consent=False), on=ago(-1), marketing=True)))
    assert refused.value.code == "no_consent"


def test_cancelling_and_postponing_need_a_reason_and_leave_a_new_plan(store: Store) -> None:
    who = client(store)
    first = store.perform(PlanVisit(entry(who, on=ago(-1)))).result
    with pytest.raises(Refused) as refused:
        store.perform(CancelVisit(first, " "))
    assert refused.value.field == "reason"
    undone_and_redone(store, CancelVisit(first, "客户出差"))
    second = store.perform(PlanVisit(entry(who, on=ago(-1), purpose="续存", minutes=40))).result
    moved = undone_and_redone(store, PostponeVisit(second, "会议冲突", to=ago(-8), at="10:00"))
    (row,) = store.read(queries.planned)
    assert (row.id, row.on, row.at, row.purpose, row.minutes) == (moved, ago(-8), "10:00", "续存", 40)
    assert store.read(queries.visit_of, second).reason == "会议冲突"
    with pytest.raises(Refused) as again:
        store.perform(CancelVisit(second, "x"))
    assert again.value.code == "not_planned"


def test_editing_keeps_the_entry_time_and_the_task_follows_the_text(store: Store) -> None:
    who = client(store)
    visit = store.perform(LogVisit(entry(who, next_step="回电", next_on=ago(-1)))).result
    entered = value(store, "SELECT entered_at FROM visit")
    undone_and_redone(store, EditVisit(visit, entry(who, content="改过", next_step="发方案", next_on=ago(-2))))
    assert value(store, "SELECT entered_at FROM visit") == entered
    assert value(store, "SELECT text || due_on FROM task") == "发方案2026-11-23"
    undone_and_redone(store, EditVisit(visit, entry(who, content="再改")))
    assert value(store, "SELECT count(*) FROM task") == 0


def test_a_visit_that_was_with_somebody_else_takes_along_what_came_of_it(store: Store) -> None:
    one, other = client(store), client(store, "李四")
    visit = store.perform(LogVisit(entry(one, **FULL))).result
    undone_and_redone(store, EditVisit(visit, entry(other, **FULL | {"promises": ()})))
    for table in ("visit", "promise", "task"):
        assert store.read(lambda reads, t=table: {row[0] for row in reads.rows(f"SELECT client_id FROM {t}")}) == {
            other
        }


def test_a_planned_visit_is_edited_within_the_rules_of_plans(store: Store) -> None:
    visit = store.perform(PlanVisit(entry(client(store), on=ago(-1)))).result
    undone_and_redone(store, EditVisit(visit, entry(None, content="", on=ago(-3), at="14")))
    with pytest.raises(Refused):
        store.perform(EditVisit(visit, entry(None, on=ago(3))))
    store.perform(CancelVisit(visit, "x"))
    with pytest.raises(Refused, match="put off"):
        store.perform(EditVisit(visit, entry(None, on=ago(-3))))


def test_removing_brings_back_promises_tasks_files_and_links(store: Store) -> None:
    who = client(store)
    given = {**FULL, "promises": (Owed("方案", ago(-4)), Owed("回访", ago(-9)))}
    visit = store.perform(LogVisit(entry(who, **given))).result
    kept_promise = RecordId(value(store, "SELECT id FROM promise WHERE text = '回访'"))
    store.perform(KeepPromise(kept_promise))

    def files(work: Any) -> None:
        now = clock.now()
        work.add(Journal(id="j", on=TODAY, content="x", method="茶叙", entered_at=now))
        given = {"name": "x.jpg", "media_type": "image/jpeg", "size": 3, "sha256": "0", "added_at": now}
        work.add(Attachment(id="a", client_id=who, entity="visit", entity_id=visit, **given))
        work.flush()
        work.add(AttachmentContent(attachment_id="a", content=b"\xff\xd8\x00"))
        work.add(JournalVisit(journal_id="j", visit_id=visit))

    perform(store, files)
    undone_and_redone(store, RemoveVisit(visit))
    assert {table: len(rows) for table, rows in kept(store).items()} == {
        "visit": 0, "promise": 1, "task": 0, "attachment": 0, "attachment_content": 0, "journal_visit": 0,
    }  # fmt: skip
    assert value(store, "SELECT state FROM promise WHERE visit_id IS NULL") == "kept"
    assert value(store, "SELECT count(*) FROM change WHERE entity = 'visit' AND after IS NULL") >= 1


def test_logging_ends_the_task_and_the_draft_it_came_from(store: Store) -> None:
    who = client(store)
    task = store.perform(AddTask("回电", ago(-1), who)).result
    store.perform(SaveDraft("log", "", {"content": "写到一半"}, who))
    undone = store.perform(LogVisit(entry(who), task=task, draft=("log", ""))).inverse
    assert value(store, "SELECT state FROM task") == "done"
    assert store.read(draft_of, "log") is None
    assert undone is not None
    store.perform(undone)
    assert value(store, "SELECT state FROM task") == "open"


def test_a_late_entry_is_marked_by_the_hours_between_visit_and_entry(store: Store) -> None:
    who = client(store)
    for days in (0, 1, 2, 9):
        store.perform(LogVisit(entry(who, on=TODAY - timedelta(days))))
    rows = store.read(queries.visits_of, who)
    assert [row.late for row in rows] == [False, False, True, True]
    late = store.read(queries.log_ids, queries.LogFilter(late=True))
    assert {row.number for row in rows if row.late} == set(late)
