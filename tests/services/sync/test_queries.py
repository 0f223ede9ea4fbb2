"""What waits, and where following the hub stands; fast however much is in step."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from rmdesk.base import clock, text
from rmdesk.models.kinds import Channel, ClientId, RecordId
from rmdesk.services.clients.commands import AddProspect
from rmdesk.services.clients.rules import Details as Person
from rmdesk.services.store.store import Store
from rmdesk.services.sync import queries
from rmdesk.services.sync.rows import SyncMode
from rmdesk.services.visits.commands import LogVisit
from rmdesk.services.visits.entry import Entry
from tests.conftest import TODAY
from tests.support import build, team

MANY = 100_000


@pytest.fixture
def client(store: Store) -> ClientId:
    return store.perform(AddProspect(Person("周文敏"))).result


@pytest.fixture
def visit(store: Store, client: ClientId) -> RecordId:
    made = store.perform(LogVisit(Entry(client, Channel.AT_CLIENT, "谈留学，换汇 80 万", on=TODAY))).result
    team.join(store)
    build.perform(store, lambda work: team.told(work, "visit", made, client))
    return made


def test_without_a_hub_there_is_nothing_to_say(store: Store) -> None:
    line = store.read(queries.sync_line)
    assert (line.state, line.to_settle, store.read(queries.waiting_count)) == (SyncMode.NONE, 0, 0)


def test_the_line_says_the_most_urgent_first(store: Store, client: ClientId, visit: RecordId) -> None:
    def line() -> Any:
        return store.read(queries.sync_line)

    def do(sql: str) -> None:
        build.perform(store, lambda work: work.bulk(sql, topics=()))

    assert (line().state, line().lease_days) == (SyncMode.SYNCED, 6)
    do("UPDATE visit SET place = '网点'")
    assert (line().state, line().waiting) == (SyncMode.WAITING, 1)
    build.perform(store, lambda work: team.state(work, "reached", {"at": None, "error": "net", "next_after": 9}))
    assert (line().state, line().waiting) == (SyncMode.OFFLINE, 1)
    build.perform(store, lambda work: team.differ(work, "visit", visit, "content", "换汇 60 万"))
    build.perform(store, lambda work: team.differ(work, "visit", visit, "content", "换汇 70 万", by=team.LEAD))
    assert (line().state, line().differences, line().to_settle) == (SyncMode.ATTENTION, 1, 1)
    build.perform(store, lambda work: team.refuse(work, "visit", visit, "too_long", "content"))
    build.perform(store, lambda work: team.late(work, client, "visit", visit, content="补到"))
    assert (line().refused, line().late, line().to_settle, line().offline) == (1, 1, 3, True)
    gone = json.dumps({"not_after": (clock.now() - timedelta(minutes=1)).isoformat()})
    build.perform(store, lambda work: team.state(work, "lease", gone))
    assert (line().state, line().lease_days) == (SyncMode.EXPIRED, -1)


def test_a_difference_is_told_as_people_read_it(store: Store, visit: RecordId) -> None:
    build.perform(store, lambda work: team.differ(work, "visit", visit, "content", "谈留学，换汇 60 万", hours=2))
    build.perform(store, lambda work: team.differ(work, "visit", visit, "channel", "phone", by=team.LEAD, hours=1))
    rows = {row.field: row for row in store.read(queries.differences)}
    content = rows["content"]
    assert (content.name, content.record.en, content.label) == ("周文敏", "Visit", "Content")
    assert content.about == "2026-11-21 · At client's"
    assert content.free
    now, mine = content.versions
    assert (now.current, now.by, now.own) == (True, "王涛", False)
    assert (mine.by, mine.own, mine.text[slice(*mine.spans[0])]) == ("李文静", True, "60")
    assert now.text[slice(*now.spans[0])] == "80"
    channel = rows["channel"]
    assert not channel.free
    assert [one.text for one in channel.versions] == ["At client's", "Phone"]
    text.use("zh_CN")
    row = next(row for row in store.read(queries.differences) if row.field == "channel")
    assert (row.record.said, row.label, row.versions[1].text) == ("拜访", "渠道", "电话")


def test_the_value_of_this_desk_is_ones_own_while_the_hub_has_not_heard(store: Store, visit: RecordId) -> None:
    build.perform(store, lambda work: work.bulk("UPDATE visit SET content = '改写'", topics=()))
    build.perform(store, lambda work: team.differ(work, "visit", visit, "content", "另一版", by=team.WANG))
    now, other = store.read(queries.differences)[0].versions
    assert (now.by, now.own, other.by, other.own) == ("李文静", True, "王涛", False)


def test_differences_of_a_client_and_of_a_record(store: Store, client: ClientId, visit: RecordId) -> None:
    build.perform(store, lambda work: team.differ(work, "visit", visit, "content", "另一版"))
    build.perform(store, lambda work: team.differ(work, "visit", visit, "place", "网点"))
    assert len(store.read(queries.differences, client)) == 2
    assert store.read(queries.differences, ClientId(999)) == ()
    assert {row.field for row in store.read(queries.differences_of, "visit", visit)} == {"content", "place"}


def test_why_something_was_refused_and_what_to_do(store: Store, visit: RecordId) -> None:
    build.perform(store, lambda work: work.bulk("UPDATE visit SET place = '网点'", topics=()))
    build.perform(store, lambda work: team.refuse(work, "visit", visit, "too_long", "content"))
    (row,) = store.read(queries.refused)
    assert row.why.said == "Content is longer than the team's records allow."
    assert row.do.said == "Open the record and shorten it."
    assert row.fields == (("Place", "网点"),)
    assert row.known
    build.perform(store, lambda work: team.refuse(work, "visit", visit, "never_heard_of"))
    assert "never_heard_of" in store.read(queries.refused)[0].why.said


def test_differences_of_a_refused_record_that_wait_to_be_told_again_are_shown(store: Store, visit: RecordId) -> None:
    kept = [{"field": "content", "value": "另一版", "by": team.WANG, "device": "", "at": "", "base": 3}]
    sql = "UPDATE sync_record SET offers = ? WHERE entity = 'visit'"
    build.perform(store, lambda work: work.bulk(sql, (json.dumps(kept),), topics=()))
    build.perform(store, lambda work: team.refuse(work, "visit", visit, "locked"))
    (row,) = store.read(queries.refused)
    assert row.others == (("Content", "另一版", "王涛"),)


def test_what_is_gone_here_is_still_told(store: Store, visit: RecordId) -> None:
    build.perform(store, lambda work: team.differ(work, "visit", visit, "content", "另一版"))
    build.perform(store, lambda work: work.bulk("DELETE FROM visit", topics=()))
    (row,) = store.read(queries.differences)
    assert (row.about, row.versions[0].text, row.versions[1].text) == ("", "", "另一版")


def test_a_hundred_thousand_records_in_step_are_not_looked_at(store: Store, client: ClientId, visit: RecordId) -> None:
    team_sql = (
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000) "
        "INSERT INTO sync_record (entity, entity_id, rev) SELECT 'task', 'x' || i, 1 FROM n"
    )
    build.perform(store, lambda work: work.bulk(team_sql, topics=()))
    for sql in (
        "SELECT state, count(*) FROM sync_record WHERE state <> 'clean' GROUP BY state",
        queries._OPEN,
        f"{queries._DIFFERENCES} ORDER BY coalesce(changed_at, edited_at) DESC LIMIT 500",
        "SELECT 1 FROM sync_record WHERE state <> 'clean' AND state = 'refused'",
    ):
        plan = " ".join(
            str(row[3]) for row in store.read(lambda reads, sql=sql: reads.rows(f"EXPLAIN QUERY PLAN {sql}"))
        )
        assert "ix_sync_record_" in plan, (sql, plan)
