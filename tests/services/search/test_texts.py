"""Texts are found by one, two and more characters, right after they were written, changed, removed or moved."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count

import pytest

from rmdesk.base import clock
from rmdesk.models.journals import Journal, JournalClient
from rmdesk.models.kinds import ClientId, new_id
from rmdesk.models.relations import Person
from rmdesk.models.segments import KycBlock
from rmdesk.models.visits import Visit
from rmdesk.services.clients.commands import AddProspect, SetNote
from rmdesk.services.clients.rules import Details
from rmdesk.services.imports.merges import MergeClients
from rmdesk.services.search import finding, texts
from rmdesk.services.search.sources import SOURCES
from rmdesk.services.search.texts import IndexTexts
from rmdesk.services.store.inverse import PutBack, TakeAway
from rmdesk.services.store.store import Store
from rmdesk.services.store.work import UnitOfWork
from tests.support.build import perform

TODAY = date(2026, 11, 20)
serial = count()


@pytest.fixture
def client(store: Store) -> ClientId:
    return store.perform(AddProspect(Details("王小明"))).result


def visit(store: Store, client: ClientId, content: str, ago: int = 0) -> str:
    key = str(new_id())

    def add(work: UnitOfWork) -> None:
        work.add(
            Visit(
                id=key,
                client_id=client,
                state="held",
                channel="phone",
                on=TODAY - timedelta(ago),
                content=content,
                found=[{"kind": "need", "text": "换汇"}],
                entered_at=clock.now(),
            )
        )

    perform(store, add)
    return key


def index(store: Store) -> None:
    while store.perform(IndexTexts(2)).result:
        pass


def found(store: Store, typed: str) -> list[str]:
    return [hit.snippet for hit in store.read(finding.find, typed)]


def test_one_two_and_more_characters_and_latin_beginnings(store: Store, client: ClientId) -> None:
    visit(store, client, "谈女儿留学费用，Lego 手办")
    visit(store, client, "费用已结，学习茶道", 3)
    index(store)
    assert len(found(store, "学")) == 2
    assert found(store, "留学") == ["谈女儿留学费用，Lego 手办 换汇"]
    assert found(store, "留学费用") == found(store, "leg") == found(store, "ＬＥＧＯ 女儿") == found(store, "留学")
    assert found(store, "学费用") == found(store, "留学")  # all its pairs stand in both, itself in one
    assert len(found(store, "换汇")) == 2
    assert found(store, "ego") == found(store, "茶叶") == found(store, "，") == found(store, "") == []


def test_hits_are_marked_and_the_newest_comes_first(store: Store, client: ClientId) -> None:
    for ago in (9, 0, 4):
        visit(store, client, f"茶叙 {ago}", ago)
    index(store)
    hits = store.read(finding.find, "茶叙")
    assert [hit.on for hit in hits] == [TODAY, TODAY - timedelta(4), TODAY - timedelta(9)]
    assert {hit.spans for hit in hits} == {((0, 2),)}
    assert {(hit.name, hit.client, hit.tab) for hit in hits} == {("王小明", client, "visits")}


def test_the_index_follows_edits_removals_and_merges(store: Store, client: ClientId) -> None:
    key = visit(store, client, "谈留学")
    index(store)
    store.perform(PutBack(Visit, key, (("content", "谈养老"),)))
    assert store.read(texts.left) == 1
    assert found(store, "留学") == []  # what no longer stands there is not shown, indexed or not
    index(store)
    assert len(found(store, "养老")) == 1
    other = store.perform(AddProspect(Details("王小明二"))).result
    store.perform(MergeClients(other, client))
    index(store)
    assert [hit.client for hit in store.read(finding.find, "养老")] == [other]
    taken = store.perform(TakeAway(((Visit, key),)))
    index(store)
    assert found(store, "养老") == []
    assert taken.inverse is not None
    store.perform(taken.inverse)
    index(store)
    assert len(found(store, "养老")) == 1


def test_every_source_is_indexed(store: Store, client: ClientId) -> None:
    def add(work: UnitOfWork) -> None:
        journal = Journal(id=new_id(), on=TODAY, content="茶叙", method="tea", insight="先喝茶", entered_at=clock.now())
        work.add(journal)
        work.flush()
        work.add(JournalClient(journal_id=journal.id, client_id=client))
        work.add(Person(id=new_id(), name="喝茶人", note="爱喝茶"))
        work.add(KycBlock(client_id=client, area="person", tense="past", text="喝茶"))

    perform(store, add)
    store.perform(SetNote(client, "常喝茶"))
    index(store)
    assert {hit.entity for hit in store.read(finding.find, "喝茶")} == {"journal", "person", "kyc_block", "client"}


def test_each_source_has_its_three_triggers(store: Store) -> None:
    rows = store.read(
        lambda reads: reads.rows("SELECT name FROM sqlite_schema WHERE type = 'trigger' AND name GLOB 'search_*'")
    )
    assert {row[0] for row in rows} == {
        f"search_{source.entity}_{what}"
        for source in SOURCES
        for what in ("insert", "update", "delete")
        if source.entity != "sync_record"
    }


def test_clients_without_a_note_wait_for_no_index(store: Store, client: ClientId) -> None:
    assert store.read(texts.left) == 0


def test_texts_cut_by_an_older_rmdesk_are_taken_in_again(store: Store, client: ClientId) -> None:
    keys = [visit(store, client, f"谈留学 {ago}", ago) for ago in (2, 1, 0)]
    index(store)

    def age(work: UnitOfWork) -> None:
        work.bulk("DELETE FROM search_index", topics=())
        rows = work.rows("SELECT id FROM search_text ORDER BY id")
        work.bulk(
            "UPDATE search_text SET id = ? WHERE id = ?", [(at, *row) for at, row in enumerate(rows, 1)], topics=()
        )
        work.bulk("INSERT INTO search_index (rowid, words) VALUES (?, '留学')", [(at,) for at in (1, 2, 3)], topics=())

    perform(store, age)
    assert store.read(texts.left) == 3
    assert len(found(store, "留学")) == 3  # what it knows is found meanwhile
    assert found(store, "liuxue") == []
    index(store)
    assert store.read(texts.left) == 0
    assert [hit.entity_id for hit in store.read(finding.find, "liuxue")] == keys[::-1]
