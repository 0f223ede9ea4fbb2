"""Two managers and their lead at desks of their own, over the real hub: gifts, reviews, addenda, and books apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from rmdesk.base.errors import Refused
from rmdesk.models.kinds import ClientId, RecordId, Word
from rmdesk.services.clients.commands import AddProspect
from rmdesk.services.clients.rules import Details
from rmdesk.services.gifts.approvals import AskApproval, DecideApproval
from rmdesk.services.gifts.commands import BuyGift, GiveGift
from rmdesk.services.gifts.queries import approvals_of, gift_of
from rmdesk.services.store.store import Store
from rmdesk.services.sync import queries as following
from rmdesk.services.sync.settling import Settle
from rmdesk.services.team import queries, words
from rmdesk.services.team.commands import AddAddendum, ReviewRecord
from rmdesk.services.timeline.queries import timeline_of
from rmdesk.services.visits.commands import LogVisit
from rmdesk.services.visits.entry import Entry
from tests.conftest import TODAY
from tests.services.gifts import arrange as gifts
from tests.support import build
from tests.support.hub import HubUnderTest
from tests.support.real_desks import desks, sync


@dataclass
class Team:
    hub: HubUnderTest
    wang: Store
    li: Store
    lead: Store

    def round(self, *order: Store) -> None:
        sync(self.hub, *(order or (self.wang, self.li, self.lead, self.wang)))


@pytest.fixture
def team(hub: HubUnderTest, template: Path, tmp_path: Path) -> Iterator[Team]:
    with desks(hub, template, tmp_path) as desk_of:
        people = hub.people
        yield Team(hub, desk_of(people.wang), desk_of(people.li), desk_of(people.chen))


def new_client(store: Store, name: str) -> ClientId:
    return store.perform(AddProspect(Details(name))).result


def rename(store: Store, gift: str, title: str) -> None:
    sql = "UPDATE gift SET title = ? WHERE id = ?"
    build.perform(store, lambda work: work.bulk(sql, (title, gift), topics=()))


def at(store: Store, name: str) -> ClientId:
    return ClientId(store.read(lambda reads: reads.value("SELECT id FROM client WHERE name = ?", (name,))))


def test_a_gift_is_asked_for_here_decided_there_and_given_here(team: Team) -> None:
    client = new_client(team.wang, "周文敏")
    allowed, refused = (gifts.plan(team.wang, client, title, yuan=1_200) for title in ("紫砂壶", "丝巾"))
    for gift in (allowed, refused):
        team.wang.perform(AskApproval(gift, "老客户六十大寿"))
    team.round()
    waits = {
        one.text: one.id for one in team.lead.read(queries.queue, everything=True) if one.entity == "gift_approval"
    }
    assert len(waits) == 2
    assert team.li.read(queries.queue, everything=True) == ()
    requests = {one: team.lead.read(approvals_of, one)[0].id for one in (allowed, refused)}
    with pytest.raises(Refused):
        team.wang.perform(DecideApproval(requests[allowed], approve=True))  # nobody decides on the own request
    team.lead.perform(DecideApproval(requests[allowed], approve=True, comment="同意"))
    team.lead.perform(DecideApproval(requests[refused], approve=False, comment="太贵重"))
    team.round(team.lead, team.wang, team.wang, team.lead)
    assert [team.wang.read(gift_of, one).state for one in (allowed, refused)] == ["approved", "planned"]
    assert team.wang.read(approvals_of, refused)[0].comment == "太贵重"
    team.wang.perform(BuyGift(allowed, 120_000))
    team.wang.perform(GiveGift(allowed))
    team.round(team.wang, team.lead, team.li)
    assert team.lead.read(gift_of, allowed).state == "given"
    assert team.li.read(lambda reads: reads.value("SELECT count(*) FROM gift")) == 0
    for store in (team.wang, team.lead):
        assert store.read(following.sync_line).to_settle == 0


def test_a_gift_of_two_versions_waits_until_its_manager_has_said_which(
    team: Team, hub: HubUnderTest, template: Path, tmp_path: Path
) -> None:
    gift = gifts.plan(team.wang, new_client(team.wang, "周文敏"), yuan=1_200)
    request = team.wang.perform(AskApproval(gift, "老客户六十大寿")).result
    team.round(team.wang)
    (tmp_path / "more").mkdir()
    with desks(hub, template, tmp_path / "more") as desk_of:
        second = desk_of(hub.people.wang)
        team.round(second)
        for store, title in ((team.wang, "紫砂壶"), (second, "青瓷茶具")):
            rename(store, gift, title)
        team.round(team.wang, second, team.lead)
        with pytest.raises(Refused) as caught:
            team.lead.perform(DecideApproval(request, approve=True))
        assert caught.value.code == "open_difference"
        second.perform(Settle("gift", gift, "title"))
        team.round(second, team.lead)
        team.lead.perform(DecideApproval(request, approve=True))
        team.round(team.lead, team.wang)
        assert team.wang.read(gift_of, gift).state == "approved"


def test_reviews_and_addenda_stand_in_the_timeline_of_both(team: Team) -> None:
    client = new_client(team.wang, "周文敏")
    other = new_client(team.li, "单建华")
    visit = team.wang.perform(LogVisit(Entry(client, "phone", "谈了换汇", on=TODAY))).result
    team.li.perform(LogVisit(Entry(other, "phone", "谈了保险", on=TODAY)))
    team.round()
    seen = team.lead.read(queries.queue, everything=True)
    assert {one.client_name for one in seen} == {"周文敏", "单建华"}
    team.lead.perform(ReviewRecord("visit", visit, Word.APPROVED, "记得跟进"))
    team.round(team.lead, team.wang)
    team.wang.perform(AddAddendum("visit", visit, "客户要 6 万美元"))
    team.round(team.wang, team.lead, team.li)
    for store in (team.wang, team.lead):
        told = [(one.title.said, one.text) for one in store.read(timeline_of, at(store, "周文敏"))]
        assert ("Addendum", "客户要 6 万美元 · 王一") in told
        assert ("Review: passed", "记得跟进 · 陈三") in told
        assert store.read(words.addenda_of, "visit", RecordId(visit))[0].by == "王一"
    assert team.li.read(lambda reads: reads.rows("SELECT name FROM client")) == [("单建华",)]
