"""Touches: what one attempt of a campaign came to. The contact is kept as a visit, so that it counts once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from rmdesk.base import clock
from rmdesk.base.errors import Refused
from rmdesk.base.text import N_
from rmdesk.models.campaigns import Campaign, CampaignTarget, CampaignTouch
from rmdesk.models.kinds import CampaignState, Channel, ClientId, Purpose, RecordId, TouchOutcome, new_id
from rmdesk.services.campaigns import barred, rules
from rmdesk.services.campaigns.tables import table
from rmdesk.services.campaigns.words import OUTCOMES
from rmdesk.services.profile.secrets import check_text
from rmdesk.services.scoring import tables as scoring
from rmdesk.services.segments import assets
from rmdesk.services.store.command import Done
from rmdesk.services.store.inverse import Kept, TakeAway
from rmdesk.services.store.several import Several
from rmdesk.services.store.work import UnitOfWork
from rmdesk.services.visits.commands import LogVisit, RemoveVisit
from rmdesk.services.visits.entry import Entry
from rmdesk.services.visits.gates import check_may_contact


@dataclass(frozen=True, slots=True)
class LogTouch:
    """Note what came of an attempt. Refused for whom the gates stop, and when marketing would be too much.

    A visit is entered with it (held; two-way unless nobody was reached), which alone resets the contact clock and
    counts towards the frequency cap. `amount_minor` is what was bought.
    """

    label: ClassVar[str] = N_("Note touch")
    campaign: RecordId
    client: ClientId
    outcome: TouchOutcome
    channel: str = Channel.PHONE.value
    on: date | None = None
    amount_minor: int | None = None
    currency: str | None = None
    note: str = ""

    def apply(self, work: UnitOfWork) -> Done[RecordId]:
        campaign = work.get(Campaign, self.campaign)
        on = self.on or clock.today()
        note = check_text(self.note, "note")
        self._check(work, campaign, on)
        marketing = table().purposes[Purpose(campaign.purpose)].marketing
        entry = Entry(
            self.client, self.channel, note or _said(campaign, self.outcome), on=on,
            two_way=rules.two_way(self.outcome), purpose=campaign.name,
            marketing=rules.counts_as_marketing(marketing, self.outcome, self.channel),
        )  # fmt: skip
        visit = LogVisit(entry).apply(work)
        touch = CampaignTouch(
            id=new_id(), campaign_id=campaign.id, client_id=self.client, on=on, channel=self.channel,
            outcome=self.outcome.value, amount_minor=self.amount_minor,
            currency=None if self.amount_minor is None else self.currency or assets.portfolio_currency(work),
            note=note or None, visit_id=visit.result, entered_at=clock.now(),
        )  # fmt: skip
        work.add(touch)
        work.flush()
        assert visit.inverse is not None
        return Done(RecordId(touch.id), inverse=Several((TakeAway(((CampaignTouch, touch.id),)), visit.inverse)))

    def _check(self, work: UnitOfWork, campaign: Campaign, on: date) -> None:
        if campaign.state != CampaignState.RUNNING:
            raise Refused(N_("This campaign is not running."), do=N_("Start it first."), code="state")
        target = work.find(CampaignTarget, (self.campaign, self.client))
        if target is None or target.out_on is not None:
            raise Refused(N_("This client is not on the list."), do=N_("Add the client first."), field="client",
                          code="not_listed")  # fmt: skip
        rule = table().purposes[Purpose(campaign.purpose)]
        check_may_contact(work, self.client, marketing=rule.marketing, doing=self.label)
        if self.outcome is TouchOutcome.BOUGHT and not rule.product:
            raise Refused(N_("This campaign offers nothing that could be bought."), field="outcome", code="locked")
        if self.outcome is TouchOutcome.BOUGHT and not (self.amount_minor or 0) > 0:
            raise Refused(N_("Say what was bought for."), field="amount", code="no_amount")
        if self.outcome is not TouchOutcome.BOUGHT and self.amount_minor is not None:
            raise Refused(N_("An amount belongs to a purchase."), field="amount", code="amount")
        if on < campaign.starts_on:
            raise Refused(N_("The campaign had not begun yet."), field="on", code="early")
        if rules.counts_as_marketing(rule.marketing, self.outcome, self.channel) and barred.touched_out(
            work, on, (self.client,)
        ):
            lanes = scoring.lanes()
            raise Refused(
                N_("The client has {most} marketing contacts within {days} days already."),
                do=N_("Choose a later day; service may be given at any time."), code="touches",
                most=lanes.touches_most, days=lanes.touches_days,
            )  # fmt: skip


@dataclass(frozen=True, slots=True)
class RemoveTouch:
    """Take away a touch noted by mistake, with the visit it entered."""

    label: ClassVar[str] = N_("Remove touch")
    touch: RecordId

    def apply(self, work: UnitOfWork) -> Done[None]:
        touch = work.get(CampaignTouch, self.touch)
        kept, visit = Kept(), touch.visit_id
        kept.before(touch)
        work.delete(touch)
        work.flush()
        if visit is None:
            return Done(None, inverse=kept.inverse)
        gone = RemoveVisit(RecordId(visit)).apply(work)
        assert gone.inverse is not None
        return Done(None, inverse=Several((gone.inverse, kept.inverse)))


def _said(campaign: Campaign, outcome: TouchOutcome) -> str:
    """One line of a visit that nobody wrote more about."""
    from rmdesk.base.text import _

    return f"{campaign.name}: {_(OUTCOMES[outcome])}"
