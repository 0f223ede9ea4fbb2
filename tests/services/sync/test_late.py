"""Late entries of a former manager: taken over as ordinary records, or set aside; both can be taken back."""

from __future__ import annotations

from typing import Any

import pytest

from rmdesk.base.errors import Refused
from rmdesk.models.kinds import Channel, ClientId, RecordId, new_id
from rmdesk.services.clients.commands import AddProspect
from rmdesk.services.clients.rules import Details as Person
from rmdesk.services.store.store import Store
from rmdesk.services.store.undo import UndoStack
from rmdesk.services.sync import queries
from rmdesk.services.sync.late import AcceptLate, KeepLate
from rmdesk.services.visits.commands import LogVisit
from rmdesk.services.visits.entry import Entry
from tests.conftest import TODAY
from tests.support import build, team

NEW = {
    "client_id": "00000000000000000000000000000001", "state": "held", "channel": "phone", "on": "2026-11-18",
    "two_way": 1, "inbound": 0, "marketing": 0, "content": "客户来电，问定存到期",
    "entered_at": "2026-11-18T08:00:00+00:00",
    "found": '[{"kind": "need", "text": "续存"}]',
}  # fmt: skip


@pytest.fixture
def client(store: Store) -> ClientId:
    made = store.perform(AddProspect(Person("周文敏"))).result
    team.join(store)
    return made


def plant(store: Store, client: int, entity: str, key: str, **told: Any) -> RecordId:
    return RecordId(build.perform(store, lambda work: team.late(work, client, entity, key, **told)))


def value(store: Store, sql: str, *params: object) -> Any:
    return store.read(lambda reads: reads.value(sql, params))


def test_a_new_record_is_taken_over(store: Store, client: ClientId) -> None:
    key = new_id()
    late = plant(store, client, "visit", key, **NEW)
    (row,) = store.read(queries.late_edits)
    assert (row.name, row.by, row.exists, row.deletes) == ("周文敏", "王涛", False, False)
    told = {field.label: field.late for field in row.fields}
    assert (told["Content"], told["Channel"], told["Needs and signals"]) == ("客户来电，问定存到期", "Phone", "续存")
    stack = UndoStack(store)
    stack.did(store.perform(AcceptLate(late)))
    assert store.read(queries.late_edits) == ()
    sql = 'SELECT client_id, "on", content, two_way FROM visit WHERE id = ?'
    assert store.read(lambda reads: reads.one(sql, (key,))) == (client, "2026-11-18", "客户来电，问定存到期", 1)
    assert value(store, "SELECT settled_by FROM late_edit") == team.ME
    assert value(store, "SELECT state FROM sync_record WHERE entity = 'visit'") == "dirty"
    stack.undo()
    assert value(store, "SELECT count(*) FROM visit") == 0
    assert [one.id for one in store.read(queries.late_edits)] == [late]
    stack.redo()
    assert value(store, "SELECT state FROM late_edit") == "accepted"
    with pytest.raises(Refused):
        store.perform(AcceptLate(late))


def test_a_correction_is_taken_over_field_by_field(store: Store, client: ClientId) -> None:
    visit = store.perform(LogVisit(Entry(client, Channel.PHONE, "客户询问理财", on=TODAY, place="网点"))).result
    late = plant(store, client, "visit", visit, content="客户询问理财，已发产品说明", next_on=None)
    (row,) = store.read(queries.late_edits)
    assert row.exists
    (field,) = row.fields
    assert (field.now, field.late) == ("客户询问理财", "客户询问理财，已发产品说明")
    stack = UndoStack(store)
    stack.did(store.perform(AcceptLate(late)))
    assert value(store, "SELECT content FROM visit") == "客户询问理财，已发产品说明"
    assert value(store, "SELECT place FROM visit") == "网点"
    stack.undo()
    assert value(store, "SELECT content FROM visit") == "客户询问理财"


def test_a_deletion_is_taken_over_and_taken_back(store: Store, client: ClientId) -> None:
    visit = store.perform(LogVisit(Entry(client, Channel.PHONE, "误记", on=TODAY))).result
    late = plant(store, client, "visit", visit, delete=True)
    assert store.read(queries.late_edits)[0].deletes
    stack = UndoStack(store)
    stack.did(store.perform(AcceptLate(late)))
    assert value(store, "SELECT count(*) FROM visit") == 0
    stack.undo()
    assert value(store, "SELECT content FROM visit") == "误记"


def test_what_is_set_aside_changes_no_record(store: Store, client: ClientId) -> None:
    visit = store.perform(LogVisit(Entry(client, Channel.PHONE, "原文", on=TODAY))).result
    late = plant(store, client, "visit", visit, content="补到")
    stack = UndoStack(store)
    stack.did(store.perform(KeepLate(late)))
    assert value(store, "SELECT content FROM visit") == "原文"
    assert value(store, "SELECT state FROM late_edit") == "kept"
    assert store.read(queries.sync_line).late == 0
    stack.undo()
    assert store.read(queries.sync_line).late == 1


def test_a_correction_of_what_is_gone_can_only_be_set_aside(store: Store, client: ClientId) -> None:
    late = plant(store, client, "visit", new_id(), content="补到")
    with pytest.raises(Refused) as refused:
        store.perform(AcceptLate(late))
    assert refused.value.code == "gone"
    store.perform(KeepLate(late))
    assert store.read(queries.late_edits) == ()
