"""Budget, occasions without a gift, cost against value, thanks."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from rmdesk.models.complaints import Feedback
from rmdesk.models.kinds import ClientId, ClientStatus, new_id
from rmdesk.models.occasions import Occasion
from rmdesk.services.clients.commands import SetStatus
from rmdesk.services.gifts import overview
from rmdesk.services.gifts.commands import GiveGift, ReturnGift
from rmdesk.services.segments import figures
from rmdesk.services.settings.commands import ChangeSetting
from rmdesk.services.store.store import Store
from tests.services.gifts import arrange
from tests.support.build import perform

TODAY = arrange.TODAY
WAN = 1_000_000


def rich(store: Store, name: str = "周文敏", aum: int = 200 * WAN, **fields: Any) -> ClientId:
    """A client of the wealth tier."""
    client = arrange.client(store, name, aum_minor=aum, currency="CNY", aum_on=TODAY, as_of=TODAY, **fields)
    perform(store, figures.refresh)
    return client


def occasion(store: Store, client: ClientId, days: int, **fields: Any) -> str:
    on = TODAY + timedelta(days)
    number = new_id()
    given = {"kind": "wedding", "month": on.month, "day": on.day, **fields}
    perform(store, lambda work: work.add(Occasion(id=number, client_id=client, **given)))
    return number


def test_the_budget_of_a_year(store: Store) -> None:
    client = arrange.client(store)
    arrange.give(store, client, "青瓷茶则", 300)
    back = arrange.give(store, client, "湖笔", 100)
    store.perform(ReturnGift(back))
    arrange.plan(store, client, "宣纸", 200)
    breach = arrange.plan(store, client, "银壶", 900)
    store.perform(GiveGift(breach, knowingly=True))
    budget = store.read(overview.budget_of)
    assert (budget.year, budget.limit, budget.counted.committed) == (2026, 3_000_000, 120_000)
    assert (budget.counted.reserved, budget.gifts, budget.breaches) == (20_000, 2, 1)
    assert budget.left == 3_000_000 - 120_000
    assert store.read(overview.budget_of, 2025).gifts == 0
    store.perform(ChangeSetting("gifts.budget", 1000))
    assert store.read(overview.budget_of).left < 0


def test_an_occasion_within_its_lead_time_without_a_gift_is_shown(store: Store) -> None:
    client = rich(store)
    number = occasion(store, client, 14)
    occasion(store, client, 15, kind="promotion")
    (row,) = store.read(overview.ahead)
    assert (row.client, row.occasion_id, row.days, row.tier) == (client, number, 14, "T4")
    arrange.plan(store, client, planned_for=TODAY + timedelta(12))
    assert store.read(overview.ahead) == ()


def test_a_gift_far_from_the_day_is_not_for_it(store: Store) -> None:
    client = rich(store)
    occasion(store, client, 10)
    arrange.give(store, client, "青瓷茶则", 100, on=TODAY - timedelta(60))
    assert len(store.read(overview.ahead)) == 1


def test_an_occasion_may_have_a_lead_time_of_its_own(store: Store) -> None:
    client = rich(store)
    occasion(store, client, 30, lead_days=30)
    assert [row.days for row in store.read(overview.ahead)] == [30]


def test_who_may_not_be_contacted_gets_none_and_small_clients_are_greeted(store: Store) -> None:
    gone, small = rich(store), arrange.client(store, "李小")
    occasion(store, gone, 3)
    occasion(store, small, 3)
    assert [row.client for row in store.read(overview.ahead)] == [gone]
    store.perform(SetStatus((gone,), ClientStatus.DECEASED))
    assert store.read(overview.ahead) == ()


def test_ideas_come_with_the_occasion(store: Store) -> None:
    client = rich(store)
    arrange.taste(store, client, "青瓷", taboo=False)
    occasion(store, client, 3)
    (row,) = store.read(overview.ahead)
    assert row.ideas
    assert store.read(overview.ahead, ideas=False)[0].ideas == ()


def test_cost_against_value_of_twelve_months(store: Store) -> None:
    dear, cheap, unknown = rich(store, aum=20 * WAN), rich(store, "李文静"), arrange.client(store, "无数据")
    for client in (dear, cheap, unknown):
        arrange.give(store, client, "青瓷茶则", 200)
    arrange.give(store, dear, "湖笔", 100, on=TODAY - timedelta(200))
    arrange.give(store, dear, "宣纸", 100, on=date(2025, 11, 21))  # a year ago to the day
    rows = store.read(overview.values)
    assert [row.client for row in rows] == [dear, cheap, unknown]
    assert (rows[0].gifts, rows[0].cost_minor, rows[0].aum_minor) == (2, 30_000, 20 * WAN)
    assert rows[0].share == 30_000 / (20 * WAN)
    assert rows[2].share is None
    assert store.read(overview.value_of, cheap) == rows[1]
    assert store.read(overview.value_of, ClientId(999)) is None


def test_a_valued_suggestion_waits_for_thanks(store: Store) -> None:
    client = arrange.client(store)
    number = new_id()
    perform(
        store,
        lambda work: work.add(
            Feedback(id=number, client_id=client, kind="suggestion", text="叫号屏", received_on=TODAY, valued=True)
        ),
    )
    (row,) = store.read(overview.thanks)
    assert (row.feedback, row.gift) == (number, None)
    gift = arrange.plan(store, client, feedback_id=number)
    (row,) = store.read(overview.thanks)
    assert row.gift == gift
