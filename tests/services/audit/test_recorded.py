"""What is done to clients and with the hub puts itself on record, in the same transaction."""

from __future__ import annotations

import json
from typing import Any

import pytest

from rmdesk.base.errors import Refused
from rmdesk.models.kinds import Channel, ClientId
from rmdesk.services.audit.acts import Act
from rmdesk.services.audit.queries import Wanted, shown
from rmdesk.services.audit.writing import note
from rmdesk.services.clients.commands import AddProspect, ShowNumber
from rmdesk.services.clients.rules import Details
from rmdesk.services.privacy.erasing import EraseClient
from rmdesk.services.store.store import Store
from rmdesk.services.sync.joining import LeaveHub
from rmdesk.services.sync.settling import Settle
from rmdesk.services.visits.commands import LogVisit
from rmdesk.services.visits.entry import Entry
from tests.conftest import TODAY
from tests.support import build, team


@pytest.fixture
def client(store: Store) -> ClientId:
    return store.perform(AddProspect(Details("周文敏", phone="13800000001"))).result


def last(store: Store) -> tuple[str, str, str, dict[str, Any]]:
    """The newest entry: act, entity, its id, and the facts."""
    row = store.read(
        lambda reads: reads.one("SELECT act, entity, entity_id, facts FROM audit_entry ORDER BY rowid DESC LIMIT 1")
    )
    assert row is not None
    return str(row[0]), str(row[1]), str(row[2]), json.loads(row[3])


def entries(store: Store) -> int:
    return int(store.read(lambda reads: reads.value("SELECT count(*) FROM audit_entry")))


def test_a_masked_number_that_is_shown(store: Store, client: ClientId) -> None:
    assert store.perform(ShowNumber(client, "phone")).result == "13800000001"
    assert last(store) == ("reveal", "client", str(client), {"field": "phone"})


def test_a_client_that_is_erased(store: Store, client: ClientId) -> None:
    before = entries(store)
    with pytest.raises(Refused):
        store.perform(EraseClient(client, "周文"))
    assert entries(store) == before  # what is refused leaves no word that it was done
    store.perform(EraseClient(client, "周文敏"))
    assert last(store)[:3] == ("erase", "client", str(client))


def test_a_difference_that_is_settled(store: Store, client: ClientId) -> None:
    visit = store.perform(LogVisit(Entry(client, Channel.AT_CLIENT, "谈留学", on=TODAY))).result
    team.join(store)

    def plant(work: Any) -> str:
        team.told(work, "visit", visit, client)
        return team.differ(work, "visit", visit, "content", "谈换汇")

    build.perform(store, plant)
    store.perform(Settle("visit", visit, "content"))
    act, entity, key, facts = last(store)
    assert (act, entity, key) == ("settle", "visit", visit)
    assert "谈" not in json.dumps(facts, ensure_ascii=False)


def test_a_desk_that_leaves_its_hub(store: Store, client: ClientId) -> None:
    team.join(store)
    store.perform(LeaveHub(anyway=True))
    act, _entity, _key, facts = last(store)
    assert act == "leave"
    assert facts.keys() == {"unheard"}


def test_the_number_of_a_client_who_left_says_nothing_of_the_next_one_who_has_it(store: Store) -> None:
    client = store.perform(AddProspect(Details("周文敏", phone="13800000001"))).result
    store.perform(ShowNumber(client, "phone"))

    def leaves(work: Any) -> None:
        note(work, Act.PURGE, entity="client", entity_id=client)
        work.bulk("UPDATE client SET name = '陈晓燕' WHERE id = ?", (client,), topics=())

    build.perform(store, leaves)
    store.perform(ShowNumber(client, "phone"))
    told = [(row.act, row.name) for row in store.read(shown, Wanted())]
    assert told == [("reveal", "陈晓燕"), ("purge", ""), ("reveal", "")]
