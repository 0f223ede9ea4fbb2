"""The ledger by its commands: posting once, redeeming what is there, counter-entries instead of erasures."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from rmdesk.base import clock
from rmdesk.base.errors import Refused
from rmdesk.models.clubs import PointsEntry
from rmdesk.models.kinds import PointsKind
from rmdesk.services.points import plain, queries
from rmdesk.services.points.commands import CorrectEntries, PostDue, RedeemPoints
from rmdesk.services.relations.referrals import AddReferral, Brought
from rmdesk.services.store.store import Store
from tests.conftest import TODAY
from tests.services.clubs.arrange import of
from tests.services.imports.handovers import account, client, holding, take_in


@pytest.fixture
def desk(store: Store) -> Store:
    """A deposit of 125,000, a fund of 20,000, an insurance of 3,500, a loan, and a deposit of long ago."""
    bought = [("time", 125_000_00, 10), ("fund", 20_000_00, 40), ("insurance", 3_500_00, 90), ("loan", 900_000_00, 5),
              ("time", 500_000_00, 400)]  # fmt: skip
    told = [client("C1", name="周文敏"), account("A1", "C1", balance_minor=1_00, currency="CNY")]
    told += [
        holding(key=f"H{at}", client_number="C1", kind=kind, amount_minor=amount, currency="CNY",
                started_on=(TODAY - timedelta(ago)).isoformat())
        for at, (kind, amount, ago) in enumerate(bought)
    ]  # fmt: skip
    take_in(store, told, as_of=TODAY)
    store.perform(AddReferral(of(store, "C1"), Brought("王小明", TODAY - timedelta(3), confirmed=True)))
    return store


def test_deposit_wealth_insurance_and_referral_earn_by_rules_and_are_posted_once(desk: Store) -> None:
    who = of(desk, "C1")
    found = {one.rule: one.points for one in desk.read(queries.due, who)}
    assert found == {"deposit": 120, "wealth": 30, "insurance": 60, "referral": 500}
    assert desk.perform(PostDue(who)).result == 4
    assert desk.perform(PostDue()).result == 0  # done again, it finds nothing
    account_ = desk.read(queries.account_of, who)
    assert account_.balance == sum(entry.points for entry in account_.entries) == 710
    assert account_.entries[0].balance == 710
    deposit = next(entry for entry in account_.entries if entry.rule == "deposit")
    assert (deposit.basis_minor, deposit.expires_on) == (125_000_00, date(2028, 11, 11))
    assert plain.account(account_)["balance"] == 710


def test_no_more_is_redeemed_than_there_is(desk: Store) -> None:
    who = of(desk, "C1")
    desk.perform(PostDue(who))
    desk.perform(RedeemPoints(who, 700, "gift", "茶具"))
    for points in (11, 0, -5):
        with pytest.raises(Refused) as refused:
            desk.perform(RedeemPoints(who, points))
        assert refused.value.field == "points"
    desk.perform(RedeemPoints(who, 10))
    assert desk.read(queries.balance_of, who) == 0
    holder = desk.read(queries.overview).rows[0]
    assert (holder.balance, holder.earned, holder.redeemed) == (0, 710, 710)


def test_a_correction_is_a_counter_entry_and_comes_once(desk: Store) -> None:
    who = of(desk, "C1")
    desk.perform(PostDue(who))
    spent = desk.perform(RedeemPoints(who, 100))
    entry = spent.result
    assert spent.inverse is not None
    desk.perform(spent.inverse)  # undo, too, is a counter-entry
    account_ = desk.read(queries.account_of, who)
    assert account_.balance == 710
    assert [one.corrected for one in account_.entries if one.id == entry] == [True]
    assert len(account_.entries) == 6  # nothing was erased
    with pytest.raises(Refused, match="taken back already"):
        desk.perform(CorrectEntries((entry,)))


def test_points_expire_by_an_entry_and_nothing_is_earned_twice(desk: Store) -> None:
    who = of(desk, "C1")
    desk.perform(PostDue(who))
    desk.perform(RedeemPoints(who, 50))
    clock.fix(date(2028, 12, 1))
    gone = {one.points for one in desk.read(queries.due, who) if one.kind is PointsKind.EXPIRE}
    with pytest.raises(Refused):
        desk.perform(RedeemPoints(who, 100))  # what has expired is not there, posted or not
    desk.perform(PostDue(who))
    account_ = desk.read(queries.account_of, who)
    assert account_.balance == 0
    assert sum(gone) == -660
    assert desk.read(queries.due, who) == ()
    assert {one.rule for one in account_.entries} >= {"expiry"}


def test_a_line_is_never_changed(desk: Store) -> None:
    from rmdesk.wire.registry import BY_NAME

    assert BY_NAME[PointsEntry.__tablename__].final
