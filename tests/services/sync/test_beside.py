"""What nobody has settled yet is in sight everywhere: in the timeline, in documents, in the search."""

from __future__ import annotations

from typing import Any

import pytest

from rmdesk.models.kinds import Channel, ClientId, RecordId
from rmdesk.models.relations import Person as PersonRecord
from rmdesk.services.brief.client_file import client_file
from rmdesk.services.brief.sections import last_visits
from rmdesk.services.clients.commands import AddProspect
from rmdesk.services.clients.rules import Details as Person
from rmdesk.services.documents.blocks import said
from rmdesk.services.documents.plain import lines as lines_of
from rmdesk.services.search.finding import find
from rmdesk.services.search.texts import IndexTexts
from rmdesk.services.store.store import Store
from rmdesk.services.sync.beside import unmerged
from rmdesk.services.sync.settling import Settle
from rmdesk.services.timeline.queries import timeline_of
from rmdesk.services.visits.commands import LogVisit
from rmdesk.services.visits.entry import Entry
from tests.conftest import TODAY
from tests.support import build, team

OTHER = "谈孩子升学，客户提到信托安排"


@pytest.fixture
def client(store: Store) -> ClientId:
    return store.perform(AddProspect(Person("周文敏"))).result


@pytest.fixture
def visit(store: Store, client: ClientId) -> RecordId:
    made = store.perform(LogVisit(Entry(client, Channel.PHONE, "谈孩子升学", on=TODAY))).result
    team.join(store)
    build.perform(store, lambda work: team.told(work, "visit", made, client))
    return made


@pytest.fixture
def conflict(store: Store, visit: RecordId) -> str:
    return str(build.perform(store, lambda work: team.differ(work, "visit", visit, "content", OTHER)))


def test_nothing_without_a_hub(store: Store, client: ClientId) -> None:
    assert store.read(unmerged, client) == {}


def test_it_stands_beside_the_visit(store: Store, client: ClientId, visit: RecordId, conflict: str) -> None:
    (told,) = store.read(unmerged, client)["visit", visit]
    assert told.said.startswith("Unmerged version of Content, 李文静 ")
    assert told.said.endswith(OTHER)
    lines = store.read(last_visits, client, TODAY).items
    assert [OTHER in said(line.text) for line in lines] == [False, True]


def test_it_is_printed(store: Store, client: ClientId, visit: RecordId, conflict: str) -> None:
    build.perform(store, lambda work: team.told(work, "client", str(client), client))
    build.perform(store, lambda work: team.differ(work, "client", str(client), "note", "喜欢茶会，忌谈股票"))
    printed = "\n".join(lines_of(store.read(client_file, client)))
    assert OTHER in printed
    assert "Versions nobody has settled yet" in printed
    assert "忌谈股票" in printed


def test_the_timeline_says_it(store: Store, client: ClientId, visit: RecordId, conflict: str) -> None:
    (event,) = (one for one in store.read(timeline_of, client) if one.entity_id == visit)
    assert event.title.said == "Call, two versions"
    assert event.text.startswith("谈孩子升学\n")
    assert OTHER in event.text
    store.perform(Settle("visit", visit, "content"))
    (event,) = (one for one in store.read(timeline_of, client) if one.entity_id == visit)
    assert (event.title.said, event.text) == ("Call", "谈孩子升学")


def test_the_search_finds_it_until_it_is_settled(
    store: Store, client: ClientId, visit: RecordId, conflict: str
) -> None:
    def found() -> list[tuple[Any, ...]]:
        store.perform(IndexTexts())
        return [(hit.entity, hit.entity_id, hit.name, hit.page) for hit in store.read(find, "信托安排")]

    assert found() == [("sync_record", f"{client}/visit/{visit}", "周文敏", "sync")]
    store.perform(Settle("visit", visit, "content"))
    assert found() == []


def test_the_search_finds_it_also_of_a_record_without_a_client(store: Store, client: ClientId) -> None:
    def found() -> list[tuple[Any, ...]]:
        store.perform(IndexTexts())
        return [(hit.entity_id, hit.name, hit.page) for hit in store.read(find, "复旦附中")]

    team.join(store)
    build.perform(store, lambda work: work.add(PersonRecord(id="d" * 32, name="小明")))
    build.perform(store, lambda work: team.told(work, "person", "d" * 32))
    build.perform(store, lambda work: team.differ(work, "person", "d" * 32, "note", "在复旦附中读书"))
    assert found() == [(f"/person/{'d' * 32}", "", "sync")]
    store.perform(Settle("person", "d" * 32, "note"))
    assert found() == []
