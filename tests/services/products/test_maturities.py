"""The ladder of maturities (issue 6 §4), plans for what matures, and assets held elsewhere (domain §8, §13)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from rmdesk.base.errors import Refused
from rmdesk.base.money import Money
from rmdesk.models.holdings import Product
from rmdesk.models.kinds import AssetKind, ClientId, RenewalWay
from rmdesk.services.brief import sections
from rmdesk.services.care import portfolio
from rmdesk.services.care import queries as care
from rmdesk.services.products import elsewhere, maturities, timeline
from rmdesk.services.products.noting import EditElsewhere, Elsewhere, NoteElsewhere, RemoveElsewhere
from rmdesk.services.products.planning import DropRenewalPlan, PlanRenewal
from rmdesk.services.segments import figures
from rmdesk.services.store.store import Store
from rmdesk.services.store.work import UnitOfWork
from tests.conftest import TODAY
from tests.services.products.test_cards import client, held
from tests.support.build import perform

NEXT_MONTH = date(2026, 12, 10)


@pytest.fixture
def people(store: Store) -> dict[str, ClientId]:
    """Wang (C2) with three maturities, one of them a loan's; Li with one the bank says is renewed."""

    def make(work: UnitOfWork) -> dict[str, ClientId]:
        made = {"wang": client(work, "王一", 2), "li": client(work, "李二", 3, None)}
        for code, risk in (("L2", 2), ("L4", 4)):
            work.add(Product(code=code, name=code, kind="wealth", risk=risk))
        work.flush()
        risky = work.value("SELECT id FROM product WHERE code = 'L4'")
        for key, more in (
            ("near", {"matures_on": TODAY, "amount_minor": 100_00, "kind": "time"}),
            ("next", {"matures_on": NEXT_MONTH, "amount_minor": None, "kind": "wealth", "product_id": risky}),
            ("loan", {"matures_on": NEXT_MONTH, "amount_minor": 900_00, "kind": "loan"}),
            ("over", {"matures_on": NEXT_MONTH, "amount_minor": 7_00, "kind": "time", "ended_on": TODAY}),
            ("none", {"amount_minor": 5_00, "kind": "time"}),
        ):
            held(work, made["wang"], key, **more)
        held(work, made["li"], "told", matures_on=NEXT_MONTH, amount_minor=300_00, kind="time", renewed=True)
        return made

    return perform(store, make)


def test_the_ladder_tells_each_month_by_what_is_planned_and_what_the_bank_told(
    store: Store, people: dict[str, ClientId]
) -> None:
    store.perform(PlanRenewal("near", RenewalWay.PAY_OUT))
    ladder = store.read(maturities.ladder)
    assert [rung.month % 12 + 1 for rung in ladder.rungs] == [11, 12, *range(1, 11)]
    first, second = ladder.rungs[:2]
    assert (first.amount_minor, first.count, first.unknown, first.states) == (100_00, 1, 0, {"pay_out": 100_00})
    assert (second.amount_minor, second.count, second.unknown) == (300_00, 2, 1)
    assert second.states == {"renewed": 300_00, "open": 0}
    assert (ladder.amount_minor, ladder.undecided_minor) == (400_00, 0)
    assert store.read(maturities.ladder, client=people["li"]).amount_minor == 300_00


def test_a_list_is_the_nearest_first_with_its_plan_and_counts_what_it_leaves_out(
    store: Store, people: dict[str, ClientId]
) -> None:
    store.perform(PlanRenewal("near", RenewalWay.MOVE, "L2", TODAY, "回电话"))
    found = store.read(maturities.maturing, TODAY, NEXT_MONTH)
    assert [(row.key, row.days_left, row.state) for row in found.rows] == [
        ("near", 0, "move"), ("told", 19, "renewed"), ("next", 19, "open"),
    ]  # fmt: skip
    plan = found.rows[0].plan
    assert plan is not None
    assert (plan.product, plan.product_name, plan.on, plan.note, plan.planned_on) == (
        "L2",
        "L2",
        TODAY,
        "回电话",
        TODAY,
    )
    few = store.read(maturities.maturing, TODAY, NEXT_MONTH, most=1)
    assert (len(few.rows), few.count) == (1, 3)
    assert store.read(maturities.maturing, TODAY, TODAY, people["li"]).count == 0


@pytest.mark.parametrize(
    ("plan", "field"),
    [
        (PlanRenewal("near", RenewalWay.MOVE), "product"),
        (PlanRenewal("near", RenewalWay.MOVE, "L4"), "product"),  # R4 is above C2
        (PlanRenewal("next", RenewalWay.RENEW), "way"),  # what is held is above it as well
        (PlanRenewal("near", RenewalWay.UNDECIDED, on=TODAY + timedelta(1)), "on"),
        (PlanRenewal("none", RenewalWay.RENEW), "holding"),
    ],
)
def test_a_plan_passes_the_suitability_gate_and_comes_before_the_maturity(
    store: Store, people: dict[str, ClientId], plan: PlanRenewal, field: str
) -> None:
    with pytest.raises(Refused) as refused:
        store.perform(plan)
    assert refused.value.field == field


def test_planned_is_not_told_by_the_bank(store: Store, people: dict[str, ClientId]) -> None:
    plan = store.perform(PlanRenewal("near", RenewalWay.RENEW)).result
    again = store.perform(PlanRenewal("near", RenewalWay.UNDECIDED))
    assert again.result == plan
    row = store.read(maturities.maturing, TODAY, TODAY).rows[0]
    assert (row.renewed, row.state) == (None, "undecided")
    store.perform(DropRenewalPlan(plan))
    assert store.read(maturities.maturing, TODAY, TODAY).rows[0].state == "open"


def test_assets_elsewhere_are_fresh_for_a_year_and_hint_at_money(store: Store, people: dict[str, ClientId]) -> None:
    wang = people["wang"]
    perform(store, figures.refresh)

    def money() -> float:
        return float(store.read(portfolio.load, TODAY, [wang]).measures["hint_M"][0])

    assert money() != money()  # unknown
    noted = store.perform(NoteElsewhere(wang, Elsewhere("招商银行", AssetKind.TIME, Money(5_000_00, "CNY")))).result
    assert money() == 1.0
    assert store.read(elsewhere.confirmed) == {wang: 5_000_00}
    store.perform(EditElsewhere(noted, Elsewhere("招商银行", AssetKind.TIME, confirmed_on=TODAY - timedelta(366))))
    row = store.read(elsewhere.elsewhere_of, wang)[0]
    assert (row.amount_minor, row.fresh) == (None, False)
    assert money() != money()
    store.perform(RemoveElsewhere(noted))
    assert store.read(elsewhere.elsewhere_of, wang) == ()
    with pytest.raises(Refused) as refused:
        store.perform(NoteElsewhere(wang, Elsewhere(" ", AssetKind.TIME)))
    assert refused.value.field == "place"


def test_the_gap_to_the_next_tier_stands_beside_what_lies_elsewhere(store: Store, people: dict[str, ClientId]) -> None:
    wang = people["wang"]

    def tell(work: UnitOfWork) -> None:
        work.bulk("UPDATE client SET aum_minor = 15000000, currency = 'CNY', aum_on = '2026-11-20'", topics=())
        work.bulk("UPDATE holding SET ended_on = '2026-01-01'", topics=())
        figures.refresh(work)

    perform(store, tell)
    store.perform(NoteElsewhere(wang, Elsewhere("券商", AssetKind.FUND, Money(60_000_00, "CNY"))))
    store.perform(NoteElsewhere(wang, Elsewhere("农商", AssetKind.TIME)))
    gap = store.read(elsewhere.gap_of, wang)
    assert gap is not None
    assert (gap.tier, gap.missing_minor, gap.elsewhere_minor, gap.unknown, gap.reaches) == (
        "T3", 50_000_00, 60_000_00, True, True,
    )  # fmt: skip


def test_the_day_to_speak_about_a_maturity_is_on_today_s_plan_and_the_plan_in_the_brief(
    store: Store, people: dict[str, ClientId]
) -> None:
    store.perform(PlanRenewal("near", RenewalWay.MOVE, "L2", TODAY, "回电话"))
    agenda = store.read(care.agenda)
    assert [(row.kind, row.text) for row in agenda] == [("maturity", "near · 回电话")]
    section = store.read(sections.maturities, people["wang"], TODAY)
    assert section.items[0].text == "near · Plan: Move to another product · L2"
    events = store.read(timeline.events_of, people["wang"], 9)
    assert [(event.title.said, event.text) for event in events] == [
        ("Maturity of near: Move to another product", "L2 · 回电话")
    ]
