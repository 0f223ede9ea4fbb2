"""What a desk that follows a hub may read but not write."""

from __future__ import annotations

import pytest

from rmdesk.base import clock
from rmdesk.base.errors import Refused
from rmdesk.models.clients import Client
from rmdesk.models.kinds import ClientId, new_id
from rmdesk.models.team import Addendum
from rmdesk.services.store.store import Store
from rmdesk.services.visits.tasks import AddTask, EditTask
from tests.services.sync.small_hub import SmallHub, joined
from tests.support import build


@pytest.fixture
def leads(store: Store) -> Store:
    """A lead's desk with one client of a manager of the team."""
    hub = SmallHub()
    wang, lead = hub.person("王一"), hub.person("韩梅", "lead", book=False)

    def client(work) -> None:
        work.add(Client(id=1, number="0001", name="周文敏"))

    build.perform(store, client)
    joined(hub, lead, store)
    build.perform(store, lambda work: work.bulk("UPDATE sync_client SET book = ?", (wang.book,), topics=()))
    return store


def test_a_colleagues_client_is_not_written_to(leads: Store) -> None:
    with pytest.raises(Refused) as refused:
        leads.perform(AddTask("送资料", None, ClientId(1)))
    assert (refused.value.code, refused.value.params["owner"]) == ("read_only", "王一")
    assert leads.read(lambda reads: reads.value("SELECT count(*) FROM task")) == 0
    with pytest.raises(Refused, match="read"):
        build.perform(leads, lambda work: work.bulk("UPDATE client SET note = 'x'", topics=()))


def test_ones_own_and_what_leads_write_goes_through(leads: Store) -> None:
    task = leads.perform(AddTask("班会", None, None)).result
    leads.perform(EditTask(task, "周会", None))

    def add(work) -> None:
        work.add(Addendum(id=new_id(), client_id=1, entity="visit", entity_id="x", text="t", by="b", at=clock.now()))

    build.perform(leads, add)


def test_an_unsent_record_of_a_book_one_may_no_longer_write_holds_up_nothing(leads: Store) -> None:
    build.perform(leads, lambda work: work.bulk('UPDATE sync_scope SET "write" = 1', topics=()))
    leads.perform(AddTask("送资料", None, ClientId(1)))
    sql = "UPDATE sync_record SET edited_at = '2026-01-01T00:00:00.000Z'"
    build.perform(leads, lambda work: work.bulk(sql, topics=()))
    build.perform(leads, lambda work: work.bulk("UPDATE sync_scope SET \"write\" = 0 WHERE kind = 'book'", topics=()))
    leads.perform(AddTask("班会", None, None))


def test_what_the_bank_tells_is_refused_in_words(leads: Store) -> None:
    build.perform(leads, lambda work: work.bulk('UPDATE sync_scope SET "write" = 1', topics=()))
    with pytest.raises(Refused) as refused:
        build.perform(leads, lambda work: work.bulk("UPDATE client SET phone = '1'", topics=()))
    assert refused.value.code == "bank_only"

    def by_hand(work) -> None:
        work.get(Client, 1).phone = "2"

    with pytest.raises(Refused) as refused:
        build.perform(leads, by_hand)
    assert refused.value.code == "bank_only"
