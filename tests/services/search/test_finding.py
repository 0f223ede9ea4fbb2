"""Texts are found by pinyin and initials, too, and the newest records of the clients that are meant stand below."""

from __future__ import annotations

import pytest

from rmdesk.base import clock
from rmdesk.models.journals import Journal, JournalClient
from rmdesk.models.kinds import ClientId, new_id
from rmdesk.services.clients.commands import AddProspect
from rmdesk.services.clients.rules import Details
from rmdesk.services.search import finding
from rmdesk.services.store.store import Store
from rmdesk.services.store.work import UnitOfWork
from tests.services.search.test_texts import TODAY, found, index, visit
from tests.support.build import perform


@pytest.fixture
def client(store: Store) -> ClientId:
    return store.perform(AddProspect(Details("周文敏"))).result


def test_letters_are_pinyin_and_initials(store: Store, client: ClientId) -> None:
    visit(store, client, "谈女儿留学费用")
    visit(store, client, "去银行喝茶", 1)
    index(store)
    study, tea = "谈女儿留学费用 换汇", "去银行喝茶 换汇"
    for typed in ("liuxue", "liuxu", "liu xue", "nver", "lxf", "lxfy", "huanhui 留学"):
        assert found(store, typed) == [study], typed
    for typed in ("yinhang", "yinxing", "he cha", "hecha", "yhhc", "qyh", "喝 yinhang"):
        assert found(store, typed) == [tea], typed
    for typed in ("lx", "hc", "liuhecha", "iuxue", "cha1", "l"):
        assert found(store, typed) == [], typed
    (hit,) = store.read(finding.find, "liuxue")
    assert hit.spans == ((3, 5),)


def test_what_is_written_so_comes_before_what_is_read_so(store: Store, client: ClientId) -> None:
    visit(store, client, "谈列车")
    visit(store, client, "谈李查")
    visit(store, client, "Licha 的事", 8)
    index(store)
    assert found(store, "licha") == ["Licha 的事 换汇", "谈李查 换汇"]
    assert [text[:3] for text in found(store, "lich")] == ["Lic", "谈李查"]


def test_the_newest_records_of_clients_follow_what_is_written(store: Store, client: ClientId) -> None:
    other = store.perform(AddProspect(Details("陈一"))).result
    for ago in range(8):
        visit(store, client, f"喝茶 {ago}", ago + 1)
    visit(store, other, "周文敏介绍")

    def add(work: UnitOfWork) -> None:
        journal = Journal(id=new_id(), on=TODAY, content="茶叙", method="tea", entered_at=clock.now())
        work.add(journal)
        work.flush()
        work.add(JournalClient(journal_id=journal.id, client_id=client))

    perform(store, add)
    index(store)
    hits = store.read(finding.find, "周文敏", 20, [client])
    assert [hit.snippet[:4] for hit in hits] == ["周文敏介", "茶叙", "喝茶 0", "喝茶 1", "喝茶 2", "喝茶 3"]
    assert hits[0].spans == ((0, 3),)
    assert {hit.spans for hit in hits[1:]} == {()}
    assert len(store.read(finding.find, "zwm", 3, [client])) == 3
    assert [hit.spans for hit in store.read(finding.find, "zwm")] == [((0, 3),)]
    assert {hit.client for hit in store.read(finding.find, "z", 20, [client, other])} == {client, other}


def test_older_texts_are_looked_at_until_there_are_enough(store: Store, client: ClientId) -> None:
    for ago in range(6):
        visit(store, client, "学费用完，留学结束" if ago % 2 else "留学费用", ago)
    index(store)
    assert len(found(store, "留学费用")) == 3
    assert len(store.read(finding.find, "留学费用", 2)) == 2
