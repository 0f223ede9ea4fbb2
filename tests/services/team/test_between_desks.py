"""Case 27 of the failure catalogue, between the desks of a manager and a lead that both work offline: a review flows
back, an edit after it flows forth, and an edit that came after the approval becomes an addendum."""

from __future__ import annotations

import pytest

from rmdesk.base.errors import Refused
from rmdesk.models.kinds import Word
from rmdesk.services.care.returned import returned
from rmdesk.services.clients.commands import AddProspect
from rmdesk.services.clients.rules import Details
from rmdesk.services.store import sealed
from rmdesk.services.sync import queries as sync
from rmdesk.services.team import chain, queries, words
from rmdesk.services.team.amending import TurnIntoAddendum
from rmdesk.services.team.commands import ReviewRecord
from rmdesk.services.team.rules import Why
from rmdesk.services.visits.commands import EditVisit, LogVisit
from rmdesk.services.visits.entry import Entry
from rmdesk.services.visits.rules import Found
from tests.conftest import TODAY
from tests.services.sync.conftest import Make, desk_of, small_hub, wang
from tests.services.sync.small_hub import Desk, Person, SmallHub

__all__ = ["desk_of", "small_hub", "wang"]


def waits(desk: Desk) -> dict[str, Why]:
    return {one.id: one.why for one in desk.store.read(queries.queue, everything=True)}


def contents(desk: Desk, visit: str) -> str:
    return desk.store.read(sealed.contents_of, "visit", [visit])[visit]


def test_a_review_flows_back_and_what_follows_flows_forth(small_hub: SmallHub, wang: Person, desk_of: Make) -> None:
    lead = small_hub.person("高岚", "lead", book=False)
    manager, leads = desk_of(wang, clients=0), desk_of(lead, clients=0)
    client = manager.store.perform(AddProspect(Details("周文敏"))).result
    first = Entry(client, "phone", "谈了换汇", on=TODAY, found=(Found("换汇", "need"),), two_way=True)
    visit = manager.store.perform(LogVisit(first)).result
    manager.sync()
    leads.sync()
    assert waits(leads) == {visit: Why.OTHER} or waits(leads) == {visit: Why.SAMPLE}
    assert contents(leads, visit) == contents(manager, visit)  # what is hashed is the same on every desk

    said = leads.store.perform(ReviewRecord("visit", visit, Word.RETURNED, "金额不详", "record"))
    assert manager.store.read(returned) == ()
    leads.sync()
    assert said.inverse is not None
    with pytest.raises(Refused) as caught:
        leads.store.perform(said.inverse)
    assert caught.value.code == "sent"
    manager.sync()
    (back,) = manager.store.read(returned)
    assert (back.id, back.comment, back.by) == (visit, "金额不详", "高岚")

    manager.store.perform(EditVisit(visit, Entry(client, "phone", "谈了换汇 5 万美元", on=TODAY)))
    assert manager.store.read(returned) == ()
    manager.sync()
    leads.sync()
    assert waits(leads) == {visit: Why.CHANGED}

    leads.store.perform(ReviewRecord("visit", visit, Word.APPROVED))
    leads.sync()
    manager.store.perform(EditVisit(visit, Entry(client, "phone", "补：客户要 6 万", on=TODAY)))
    small_hub.refuse = lambda item: "sealed" if item.type == "visit" else ""
    manager.sync()
    (refused,) = manager.store.read(sync.refused)
    assert manager.store.read(sealed.is_sealed, "visit", visit)
    manager.store.perform(
        TurnIntoAddendum("visit", visit, "; ".join(f"{name} {text}" for name, text in refused.fields))
    )
    manager.sync()
    leads.sync()
    assert waits(leads) == {visit: Why.ADDED}
    (added,) = leads.store.read(words.addenda_of, "visit", visit)
    assert "6 万" in added.text
    assert added.by == "王一"

    for desk in (manager, leads):
        found = desk.store.read(chain.check)
        assert (found.reviews, found.broken) == (2, None)
        assert found.changed == ()
