"""What is written about maturities: a plan for each holding, a plan and no more until the bank tells."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from rmdesk.base import clock
from rmdesk.base.errors import Refused
from rmdesk.base.text import N_
from rmdesk.models.kinds import ClientId, RecordId, RenewalWay, new_id
from rmdesk.models.products import RenewalPlan
from rmdesk.services.products import suitability
from rmdesk.services.profile.secrets import check_text
from rmdesk.services.store.command import Done
from rmdesk.services.store.inverse import PutBack, TakeAway, fields_of
from rmdesk.services.store.work import UnitOfWork

_FIELDS = ("way", "product_code", "on", "note", "planned_on")


@dataclass(frozen=True, slots=True)
class PlanRenewal:
    """Say what is to become of a holding that matures, or say it anew. Gives back the plan's id.

    Moving needs the product; that product, or the one that is renewed, has to pass the suitability gate.
    """

    label: ClassVar[str] = N_("Plan a maturity")
    holding: str  # its key
    way: RenewalWay
    product: str | None = None
    on: date | None = None
    note: str = ""

    def apply(self, work: UnitOfWork) -> Done[RecordId]:
        client = self._check(work)
        note = check_text(self.note, "note") or None
        moves_to = self.product if self.way is RenewalWay.MOVE else None
        key = work.value("SELECT id FROM renewal_plan WHERE holding_key = ?", (self.holding,))
        if key is None:
            plan = RenewalPlan(
                id=new_id(),
                client_id=client,
                holding_key=self.holding,
                way=self.way.value,
                product_code=moves_to,
                on=self.on,
                note=note,
                planned_on=clock.today(),
            )
            work.add(plan)
            return Done(RecordId(plan.id), inverse=TakeAway(((RenewalPlan, plan.id),)))
        plan = work.get(RenewalPlan, key)
        before = fields_of(plan, *_FIELDS)
        plan.way, plan.product_code, plan.on, plan.note = self.way.value, moves_to, self.on, note
        plan.planned_on = clock.today()
        return Done(RecordId(plan.id), inverse=PutBack(RenewalPlan, plan.id, before))

    def _check(self, work: UnitOfWork) -> ClientId:
        held = work.one(
            "SELECT h.client_id, h.matures_on, p.code FROM holding h LEFT JOIN product p ON p.id = h.product_id"
            " WHERE h.key = ?",
            (self.holding,),
        )
        if held is None:
            raise Refused(N_("This record no longer exists."), do=N_("Reload the page."), code="gone")
        client, matures, own = ClientId(held[0]), held[1], held[2]
        if matures is None:
            raise Refused(N_("This holding has no day on which it matures."), field="holding", code="no_maturity")
        if self.on is not None and self.on.isoformat() > matures:
            raise Refused(
                N_("It matures on {day}."),
                do=N_("Speak with the client before."),
                field="on",
                code="late",
                day=matures,
                guide="suitability",
            )
        goal = {RenewalWay.MOVE: self.product, RenewalWay.RENEW: own}.get(self.way)
        if self.way is RenewalWay.MOVE and not goal:
            raise Refused(N_("Say which product it moves to."), field="product", code="no_product")
        if goal:
            told = suitability.check(work, client, goal)
            if not told.ok:
                field = "product" if self.way is RenewalWay.MOVE else "way"
                raise Refused("{why}", field=field, code=told.code, why=told.whole, guide="suitability")
        return client


@dataclass(frozen=True, slots=True)
class DropRenewalPlan:
    """Take away what was planned for a holding."""

    label: ClassVar[str] = N_("Remove the plan for a maturity")
    plan: RecordId

    def apply(self, work: UnitOfWork) -> Done[None]:
        return Done(None, inverse=TakeAway(((RenewalPlan, self.plan),)).apply(work).inverse)
