"""Commands on products."""

from __future__ import annotations

from rmdesk.base.money import Money
from rmdesk.models.kinds import AssetKind, RecordId, RenewalWay
from rmdesk.services.products.commands import RemoveCard, WriteCard
from rmdesk.services.products.noting import EditElsewhere, Elsewhere, NoteElsewhere, RemoveElsewhere
from rmdesk.services.products.planning import DropRenewalPlan, PlanRenewal
from tests.shape.tried.trial import Case, Trial

HELD = Elsewhere("招商银行", AssetKind.TIME, Money(1_000_00, "CNY"))


def _plan(trial: Trial) -> PlanRenewal:
    """For something that matures and has no plan, so that there is one more."""
    held = trial.one(
        "SELECT key FROM holding WHERE matures_on > '2026-12-01' AND ended_on IS NULL"
        " AND key NOT IN (SELECT holding_key FROM renewal_plan) ORDER BY id LIMIT 1"
    )
    return PlanRenewal(held, RenewalWay.MOVE, "DT12", note="约当面谈")


def _elsewhere(trial: Trial) -> RecordId:
    return RecordId(trial.one("SELECT id FROM asset_elsewhere LIMIT 1"))


CASES: dict[str, Case] = {
    "WriteCard": lambda trial: WriteCard("XT24", "起点 100 万元", "传承需求", "先谈家庭"),
    "RemoveCard": lambda trial: RemoveCard("DT12"),
    "PlanRenewal": _plan,
    "DropRenewalPlan": lambda trial: DropRenewalPlan(RecordId(trial.one("SELECT id FROM renewal_plan LIMIT 1"))),
    "NoteElsewhere": lambda trial: NoteElsewhere(trial.client(3), HELD),
    "EditElsewhere": lambda trial: EditElsewhere(_elsewhere(trial), HELD),
    "RemoveElsewhere": lambda trial: RemoveElsewhere(_elsewhere(trial)),
}
