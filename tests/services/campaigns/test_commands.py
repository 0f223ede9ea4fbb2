"""Campaigns are made, started, worked through and closed; touches are contacts that count once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from rmdesk.base.errors import Refused
from rmdesk.models.kinds import Channel, ClientId, ClientStatus, Purpose, RecordId, Topic, TouchOutcome, new_id
from rmdesk.models.visits import Promise
from rmdesk.services.campaigns import gates, queries
from rmdesk.services.campaigns.commands import (
    AddTarget,
    CloseCampaign,
    EditCampaign,
    MakeCampaign,
    RemoveCampaign,
    RenewTargets,
    StartCampaign,
    TakeOffTarget,
)
from rmdesk.services.campaigns.conditions import Condition
from rmdesk.services.campaigns.drafts import Draft
from rmdesk.services.campaigns.outcome import came_of
from rmdesk.services.campaigns.script import script_for
from rmdesk.services.campaigns.touching import LogTouch, RemoveTouch
from rmdesk.services.care import portfolio
from rmdesk.services.clients.commands import SetConsent, SetStatus
from rmdesk.services.store.store import Store
from rmdesk.services.visits.commands import LogVisit, RemoveVisit
from rmdesk.services.visits.entry import Entry
from tests.services.campaigns.arrange import RISKY, SAFE, People, day, people
from tests.services.care.arrange import TODAY
from tests.support.build import perform

SCRIPT = "{honorific}您好，{product}年化{rate}。"
SELL = Draft("年末承接", Purpose.SELL, day(20), product=RISKY, script=SCRIPT, margin_bp=50)


@pytest.fixture
def known(store: Store) -> People:
    return people(store)


def running(store: Store, draft: Draft = SELL) -> RecordId:
    campaign = store.perform(MakeCampaign(draft)).result
    store.perform(StartCampaign(campaign))
    return campaign


def touch(store: Store, campaign: RecordId, client: ClientId, outcome: TouchOutcome, **more: Any) -> RecordId:
    return store.perform(LogTouch(campaign, client, outcome, **more)).result


def target(store: Store, campaign: RecordId, client: ClientId) -> queries.TargetRow:
    return next(row for row in store.read(queries.targets, campaign) if row.client == client)


def test_starting_puts_those_on_the_list_who_pass_the_gates(store: Store, known: People) -> None:
    made = store.perform(MakeCampaign(SELL))
    assert Topic.CAMPAIGNS in made.topics
    assert store.read(queries.targets, made.result) == ()
    assert store.perform(StartCampaign(made.result)).result == 3
    rows = store.read(queries.targets, made.result)
    assert known.names(tuple(row.client for row in rows)) == {"easy", "bold", "sure"}
    assert [row.place for row in rows] == [1, 2, 3]
    with_open = running(store, replace(SELL, name="也问", with_open=True))
    assert "open" in known.names(store.read(came_of, with_open).targets)


def test_a_list_is_renewed_by_who_passes_by_now_and_nobody_falls_off_it(store: Store, known: People) -> None:
    campaign = running(store)
    store.perform(SetStatus((known["easy"],), ClientStatus.DO_NOT_CONTACT))
    store.perform(SetStatus((known["shy"],), ClientStatus.ACTIVE))
    assert store.perform(RenewTargets(campaign)).result == 1
    assert known.names(store.read(came_of, campaign).targets) == {"easy", "bold", "sure", "shy"}
    assert target(store, campaign, known["easy"]).code == ClientStatus.DO_NOT_CONTACT  # listed, and not called


def test_product_content_is_locked_when_sleepers_are_woken(store: Store, known: People) -> None:
    wake = Draft("问候", Purpose.WAKE, TODAY, script="您好，近来可好？")
    store.perform(MakeCampaign(wake))
    for draft, field in ((replace(wake, product=SAFE), "product"), (replace(wake, script="新理财上架了"), "script")):
        with pytest.raises(Refused) as refused:
            store.perform(MakeCampaign(draft))
        assert (refused.value.field, refused.value.code) == (field, "locked")
    campaign = running(store, replace(wake, conditions=(Condition("tier", ("T4",)),)))
    store.perform(AddTarget(campaign, known["easy"]))
    with pytest.raises(Refused, match="nothing that could be bought"):
        touch(store, campaign, known["easy"], TouchOutcome.BOUGHT, amount_minor=1)


def test_a_touch_is_one_contact_and_resets_the_clock_only_when_somebody_was_reached(
    store: Store, known: People
) -> None:
    campaign = running(store)

    def gap(client: ClientId) -> float:
        whole = store.read(portfolio.load, None, [client])
        return float(whole.gap[0])

    touch(store, campaign, known["easy"], TouchOutcome.NOT_REACHED)
    assert gap(known["easy"]) == 40
    touch(store, campaign, known["easy"], TouchOutcome.INTERESTED, note="想看资料")
    assert gap(known["easy"]) == 0
    visits = store.read(lambda reads: reads.rows(
        "SELECT two_way, marketing, content, purpose FROM visit WHERE client_id = ? AND \"on\" = ? ORDER BY entered_at",
        (known["easy"], TODAY.isoformat()),
    ))  # fmt: skip
    assert visits == [(0, 0, "年末承接: Not reached", "年末承接"), (1, 1, "想看资料", "年末承接")]
    whole = store.read(portfolio.load, None, [known["easy"]])
    assert (whole.measures["touches"][0], target(store, campaign, known["easy"]).tries) == (1, 2)


def test_an_overdue_promise_comes_before_the_next_call(store: Store, known: People) -> None:
    campaign = running(store)
    client = known["easy"]
    owed = Promise(id=new_id(), client_id=client, text="寄资料", made_on=day(30), due_on=day(0))
    owed_id = owed.id
    perform(store, lambda work: work.add(owed))
    assert target(store, campaign, client).place is not None
    perform(store, lambda work: setattr(work.get(Promise, owed_id), "due_on", day(1)))
    assert (target(store, campaign, client).place, target(store, campaign, client).code) == (None, "promise")


def test_at_most_two_marketing_touches_in_thirty_days_and_the_reason_is_told(store: Store, known: People) -> None:
    campaign = running(store)
    for days in (9, 3):
        touch(store, campaign, known["easy"], TouchOutcome.REACHED, on=day(days))
    row = target(store, campaign, known["easy"])
    assert (row.place, row.code) == (None, "touches")
    assert row.why is not None
    assert row.why.said == "2 marketing touches within 30 days already"
    with pytest.raises(Refused) as refused:
        touch(store, campaign, known["easy"], TouchOutcome.REACHED)
    assert refused.value.code == "touches"
    touch(store, campaign, known["easy"], TouchOutcome.NOT_REACHED)  # a call nobody took touches nobody
    service = running(store, Draft("回访", Purpose.MAINTAIN, TODAY))
    touch(store, service, known["easy"], TouchOutcome.REACHED)  # service is exempt


def test_who_said_no_is_left_out_here_for_good_and_elsewhere_for_the_same_product(store: Store, known: People) -> None:
    campaign = running(store)
    touch(store, campaign, known["easy"], TouchOutcome.DECLINED)
    assert target(store, campaign, known["easy"]).code == "ended"
    for product, out in ((RISKY, {"easy"}), (SAFE, set())):
        found = store.read(gates.pipeline, Purpose.SELL, product)
        fell = {fall.code: known.names(fall.clients) for step in found.steps for fall in step.fell}
        assert fell.get("declined", set()) == out
    later = TODAY + timedelta(days=181)
    found = store.read(gates.pipeline, Purpose.SELL, RISKY, day=later)
    assert "declined" not in {fall.code for step in found.steps for fall in step.fell}
    found = store.read(gates.pipeline, Purpose.SELL, RISKY, campaign=campaign, day=later)
    assert "declined" in {fall.code for step in found.steps for fall in step.fell}


@pytest.mark.parametrize("status", [ClientStatus.DECEASED, ClientStatus.DO_NOT_CONTACT, ClientStatus.CLOSED])
def test_nobody_is_called_who_may_not_be_contacted(store: Store, known: People, status: ClientStatus) -> None:
    campaign = running(store)
    store.perform(SetStatus((known["easy"],), status))
    assert target(store, campaign, known["easy"]).place is None
    with pytest.raises(Refused) as refused:
        touch(store, campaign, known["easy"], TouchOutcome.REACHED)
    assert refused.value.code == status.value
    with pytest.raises(Refused):
        store.perform(AddTarget(running(store, replace(SELL, name="又一个")), known["easy"]))


def test_who_withdrew_the_consent_is_called_in_no_campaign_a_service_one_neither(store: Store, known: People) -> None:
    for draft in (SELL, Draft("回访", Purpose.MAINTAIN, TODAY)):
        campaign = running(store, draft)
        store.perform(SetConsent((known["easy"],), False))
        assert target(store, campaign, known["easy"]).code == "no_consent"
        with pytest.raises(Refused) as refused:
            touch(store, campaign, known["easy"], TouchOutcome.REACHED)
        assert refused.value.code == "no_consent"
        store.perform(SetConsent((known["easy"],), True))


def test_the_calling_order_puts_interest_first_and_tells_the_lines(store: Store, known: People) -> None:
    campaign = running(store)
    touch(store, campaign, known["sure"], TouchOutcome.INTERESTED, on=day(8))
    rows = store.read(queries.targets, campaign)
    assert rows[0].client == known["sure"]
    assert all(sum(points for _name, points in row.lines) == row.points for row in rows)
    touch(store, campaign, known["bold"], TouchOutcome.NOT_REACHED)
    row = target(store, campaign, known["bold"])
    assert (row.code, row.again_on) == ("later", TODAY + timedelta(days=2))


def test_a_sale_needs_its_amount_and_makes_the_funnel(store: Store, known: People) -> None:
    campaign = running(store)
    with pytest.raises(Refused) as refused:
        touch(store, campaign, known["easy"], TouchOutcome.BOUGHT)
    assert refused.value.field == "amount"
    touch(store, campaign, known["easy"], TouchOutcome.BOUGHT, amount_minor=20_000_000)
    touch(store, campaign, known["bold"], TouchOutcome.REACHED)
    came = store.read(came_of, campaign)
    assert (came.funnel.traffic, came.funnel.conversion, came.funnel.ticket_minor) == (2, 0.5, 20_000_000)
    assert came.funnel.profit_minor == pytest.approx(100_000)
    assert known.names(came.bought) == {"easy"}
    assert came.touched == tuple(sorted((known["easy"], known["bold"])))


def test_a_touch_is_taken_back_with_its_visit(store: Store, known: People) -> None:
    campaign = running(store)
    outcome = store.perform(LogTouch(campaign, known["easy"], TouchOutcome.REACHED))
    count = "SELECT (SELECT count(*) FROM visit), (SELECT count(*) FROM campaign_touch)"
    visits, touches = store.read(lambda reads: reads.one(count))  # type: ignore[misc]
    removed = store.perform(RemoveTouch(outcome.result))
    assert store.read(lambda reads: reads.one(count)) == (visits - 1, touches - 1)
    assert removed.inverse is not None
    store.perform(removed.inverse)
    assert store.read(lambda reads: reads.one(count)) == (visits, touches)
    [row] = store.read(queries.touches_of, known["easy"])
    assert row.visit is not None
    gone = store.perform(RemoveVisit(row.visit))  # by hand, from the visits: the touch stays without it
    assert [one.visit for one in store.read(queries.touches_of, known["easy"])] == [None]
    assert gone.inverse is not None
    store.perform(gone.inverse)
    assert store.read(queries.touches_of, known["easy"]) == (row,)


def test_a_visit_logged_whole_for_the_call_is_the_contact_and_is_not_counted_twice(store: Store, known: People) -> None:
    campaign = running(store)
    entry = Entry(known["easy"], "phone", "谈了半小时，想看资料", purpose=SELL.name, next_step="寄资料")
    visit = store.perform(LogVisit(entry)).result
    made = store.perform(LogTouch(campaign, known["easy"], TouchOutcome.INTERESTED))
    [row] = store.read(queries.touches_of, known["easy"])
    assert row.visit == visit
    count = 'SELECT count(*), max(marketing) FROM visit WHERE client_id = ? AND "on" = ?'
    asked = (known["easy"], TODAY.isoformat())
    assert store.read(lambda reads: reads.one(count, asked)) == (1, 1)
    store.perform(RemoveTouch(row.id))  # what was written stays
    assert store.read(lambda reads: reads.one(count, asked)) == (1, 1)
    assert made.inverse is not None


def test_what_was_done_keeps_its_purpose_and_its_record(store: Store, known: People) -> None:
    campaign = running(store)
    store.perform(TakeOffTarget(campaign, known["bold"], "客户出国半年"))
    assert target(store, campaign, known["bold"]).code == "out"
    touch(store, campaign, known["easy"], TouchOutcome.REACHED)
    with pytest.raises(Refused):
        touch(store, campaign, known["bold"], TouchOutcome.REACHED)
    for command in (EditCampaign(campaign, replace(SELL, product=SAFE)), RemoveCampaign(campaign)):
        with pytest.raises(Refused) as refused:
            store.perform(command)
        assert refused.value.code == "touched"
    store.perform(EditCampaign(campaign, replace(SELL, name="改名")))
    store.perform(CloseCampaign(campaign))
    with pytest.raises(Refused, match="not running"):
        touch(store, campaign, known["sure"], TouchOutcome.REACHED)


def test_nobody_is_sold_what_does_not_suit_them(store: Store, known: People) -> None:
    campaign = running(store)
    with pytest.raises(Refused) as refused:
        store.perform(AddTarget(campaign, known["careful"]))
    assert refused.value.code == "too_risky"
    perform(store, lambda work: work.bulk("UPDATE client SET risk_level = 1 WHERE id = ?", (known["easy"],), topics=()))
    assert target(store, campaign, known["easy"]).code == "too_risky"
    with pytest.raises(Refused) as refused:
        touch(store, campaign, known["easy"], TouchOutcome.BOUGHT, amount_minor=1)
    assert refused.value.code == "too_risky"
    touch(store, campaign, known["easy"], TouchOutcome.REACHED)  # a talk is none


def test_a_script_is_filled_in_for_each_client(store: Store, known: People) -> None:
    campaign = running(store)
    assert store.read(script_for, campaign, known["easy"]) == "easy您好，云进五号年化3.20%。"


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (replace(SELL, name=" "), "name"),
        (replace(SELL, ends_on=day(21)), "ends_on"),
        (replace(SELL, product="none"), "product"),
        (replace(SELL, margin_bp=10_001), "margin"),
        (replace(SELL, conditions=(Condition("tier", ()),)), "filter"),
        (replace(SELL, conditions=(Condition("quiet", ("x",)),)), "filter"),
    ],
)
def test_what_makes_no_campaign_is_said_beside_its_field(store: Store, known: People, draft: Draft, field: str) -> None:
    with pytest.raises(Refused) as refused:
        store.perform(MakeCampaign(draft))
    assert refused.value.field == field


def test_channels_that_leave_a_message_count(store: Store, known: People) -> None:
    campaign = running(store)
    for days in (9, 3):
        touch(store, campaign, known["easy"], TouchOutcome.NOT_REACHED, on=day(days), channel=Channel.CHAT.value)
    assert target(store, campaign, known["easy"]).code == "touches"
