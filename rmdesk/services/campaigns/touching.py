"""Touches: what one attempt of a campaign came to. The contact is kept as a visit, so that it counts once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from rmdesk.base import clock
from rmdesk.base.errors import Refused
from rmdesk.base.text import N_
from rmdesk.models.campaigns import Campaign, CampaignTarget, CampaignTouch
from rmdesk.models.kinds import CampaignState, Channel, ClientId, Purpose, RecordId, TouchOutcome, new_id
from rmdesk.models.visits import Visit
from rmdesk.services.campaigns import barred, rules
from rmdesk.services.campaigns.tables import PurposeRule, table
from rmdesk.services.campaigns.words import OUTCOMES
from rmdesk.services.profile.secrets import check_text
from rmdesk.services.scoring import tables as scoring
from rmdesk.services.segments import assets
from rmdesk.services.store.command import Command, Done
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
    counts towards the frequency cap; one that was logged for this very call is taken instead. `amount_minor` is what
    was bought.
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
        logged = self._logged(work, campaign, on)
        self._check(work, campaign, on, logged)
        visit, back = self._contact(work, campaign, on, note, logged)
        touch = CampaignTouch(
            id=new_id(), campaign_id=campaign.id, client_id=self.client, on=on, channel=self.channel,
            outcome=self.outcome.value, amount_minor=self.amount_minor,
            currency=None if self.amount_minor is None else self.currency or assets.portfolio_currency(work),
            note=note or None, visit_id=visit, entered_at=clock.now(),
        )  # fmt: skip
        work.add(touch)
        work.flush()
        return Done(RecordId(touch.id), inverse=Several((TakeAway(((CampaignTouch, touch.id),)), back)))

    def _logged(self, work: UnitOfWork, campaign: Campaign, on: date) -> str | None:
        """The visit that was logged whole for this very call, which then is the contact."""
        found: str | None = work.value(
            "SELECT id FROM visit v WHERE client_id = ? AND state = 'held' AND \"on\" = ? AND two_way = ?"
            " AND purpose = ? AND NOT EXISTS (SELECT 1 FROM campaign_touch t WHERE t.visit_id = v.id)"
            " ORDER BY entered_at DESC LIMIT 1",
            (self.client, on.isoformat(), int(rules.two_way(self.outcome)), campaign.name),
        )
        return found

    def _contact(
        self, work: UnitOfWork, campaign: Campaign, on: date, note: str, logged: str | None
    ) -> tuple[str, Command[Any]]:
        """The visit that is the contact, and what takes back what was done to it."""
        marketing = rules.counts_as_marketing(_rule(campaign).marketing, self.outcome, self.channel)
        if logged is not None:
            kept, visit = Kept(), work.get(Visit, logged)
            if marketing and not visit.marketing:
                kept.before(visit, "marketing")
                visit.marketing = True
            return logged, kept.inverse
        entry = Entry(
            self.client, self.channel, note or _said(campaign, self.outcome), on=on,
            two_way=rules.two_way(self.outcome), purpose=campaign.name, marketing=marketing,
        )  # fmt: skip
        done = LogVisit(entry).apply(work)
        assert done.inverse is not None
        return done.result, done.inverse

    def _check(self, work: UnitOfWork, campaign: Campaign, on: date, logged: str | None) -> None:
        if campaign.state != CampaignState.RUNNING:
            raise Refused(
                N_("This campaign is not running."), do=N_("Start it first."), code="state", guide="campaigns"
            )
        target = work.find(CampaignTarget, (self.campaign, self.client))
        if target is None or target.out_on is not None:
            raise Refused(N_("This client is not on the list."), do=N_("Add the client first."), field="client",
                          code="not_listed")  # fmt: skip
        rule = _rule(campaign)
        check_may_contact(work, self.client, marketing=True, doing=self.label)
        if self.outcome is TouchOutcome.BOUGHT and not rule.product:
            raise Refused(
                N_("This campaign offers nothing that could be bought."),
                field="outcome",
                code="locked",
                guide="campaigns",
            )
        if self.outcome is TouchOutcome.BOUGHT and not (self.amount_minor or 0) > 0:
            raise Refused(N_("Say what was bought for."), field="amount", code="no_amount")
        if self.outcome is TouchOutcome.BOUGHT:
            barred.check_suits(work, self.client, campaign.product, self.label)
        if self.outcome is not TouchOutcome.BOUGHT and self.amount_minor is not None:
            raise Refused(N_("An amount belongs to a purchase."), field="amount", code="amount")
        if on < campaign.starts_on:
            raise Refused(N_("The campaign had not begun yet."), field="on", code="early", guide="campaigns")
        if rules.counts_as_marketing(rule.marketing, self.outcome, self.channel) and barred.touched_out(
            work, on, (self.client,), but=logged or ""
        ):
            lanes = scoring.lanes()
            raise Refused(
                N_("The client has {most} marketing contacts within {days} days already."),
                do=N_("Choose a later day; service may be given at any time."), code="touches",
                most=lanes.touches_most, days=lanes.touches_days, guide="campaigns")  # fmt: skip


@dataclass(frozen=True, slots=True)
class RemoveTouch:
    """Take away a touch noted by mistake, with the visit it entered; a visit that says more stays."""

    label: ClassVar[str] = N_("Remove touch")
    touch: RecordId

    def apply(self, work: UnitOfWork) -> Done[None]:
        touch = work.get(CampaignTouch, self.touch)
        kept, visit = Kept(), touch.visit_id
        own = visit is not None and _is_own(work, touch, work.get(Visit, visit))
        kept.before(touch)
        work.delete(touch)
        work.flush()
        if visit is None or not own:
            return Done(None, inverse=kept.inverse)
        gone = RemoveVisit(RecordId(visit)).apply(work)
        assert gone.inverse is not None
        return Done(None, inverse=Several((gone.inverse, kept.inverse)))


def _rule(campaign: Campaign) -> PurposeRule:
    return table().purposes[Purpose(campaign.purpose)]


def _is_own(work: UnitOfWork, touch: CampaignTouch, visit: Visit) -> bool:
    """Whether the visit says no more than the touch that entered it."""
    more = (visit.found, visit.mood, visit.next_step, visit.participants, visit.minutes)
    name = work.get(Campaign, touch.campaign_id).name
    own = visit.content == touch.note if touch.note else (visit.content or "").startswith(f"{name}: ")
    return own and not any(more)


def _said(campaign: Campaign, outcome: TouchOutcome) -> str:
    """One line of a visit that nobody wrote more about."""
    from rmdesk.base.text import _

    return f"{campaign.name}: {_(OUTCOMES[outcome])}"
