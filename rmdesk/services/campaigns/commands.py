"""What is done with campaigns: make, edit, start, close; put clients on the list and take them off. Each names its
inverse."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from rmdesk.base import clock
from rmdesk.base.errors import Refused
from rmdesk.base.text import N_
from rmdesk.models.campaigns import Campaign, CampaignTarget
from rmdesk.models.clients import Client
from rmdesk.models.kinds import CampaignState, ClientId, Purpose, RecordId, new_id
from rmdesk.services.campaigns import barred, conditions, drafts, gates
from rmdesk.services.campaigns.drafts import Draft
from rmdesk.services.campaigns.tables import table
from rmdesk.services.store.command import Done
from rmdesk.services.store.inverse import Kept, PutBack, TakeAway, fields_of
from rmdesk.services.store.work import UnitOfWork
from rmdesk.services.visits.entry import needed
from rmdesk.services.visits.gates import check_may_contact

PLAIN = ("name", "product", "starts_on", "ends_on", "with_open", "margin_bp")


@dataclass(frozen=True, slots=True)
class MakeCampaign:
    """Write down a campaign; nobody is approached before it is started."""

    label: ClassVar[str] = N_("New campaign")
    draft: Draft

    def apply(self, work: UnitOfWork) -> Done[RecordId]:
        campaign = Campaign(id=new_id(), state=CampaignState.DRAFT.value, made_on=clock.today())
        _write(campaign, drafts.checked(work, self.draft))
        work.add(campaign)
        return Done(RecordId(campaign.id), inverse=TakeAway(((Campaign, campaign.id),)))


@dataclass(frozen=True, slots=True)
class EditCampaign:
    """Change a campaign; its purpose and product stay once somebody was approached."""

    label: ClassVar[str] = N_("Edit campaign")
    campaign: RecordId
    draft: Draft

    def apply(self, work: UnitOfWork) -> Done[None]:
        campaign = work.get(Campaign, self.campaign)
        draft = drafts.checked(work, self.draft)
        moved = (draft.purpose.value, draft.product) != (campaign.purpose, campaign.product)
        if moved and _touched(work, self.campaign):
            raise Refused(
                N_("Clients were approached already: purpose and product stay."), do=N_("Make a new campaign."),
                field="purpose", code="touched",
            )  # fmt: skip
        before = fields_of(campaign)
        _write(campaign, draft)
        return Done(None, inverse=PutBack(Campaign, self.campaign, before))


@dataclass(frozen=True, slots=True)
class RemoveCampaign:
    """Take away a campaign nobody was approached in, with its list."""

    label: ClassVar[str] = N_("Remove campaign")
    campaign: RecordId

    def apply(self, work: UnitOfWork) -> Done[None]:
        if _touched(work, self.campaign):
            raise Refused(
                N_("Clients were approached in this campaign: it stays on record."), do=N_("Close it."), code="touched"
            )
        if work.value("SELECT 1 FROM specialist_request WHERE campaign_id = ?", (self.campaign,)) is not None:
            raise Refused(
                N_("A specialist was asked for this campaign: it stays on record."),
                do=N_("Close it."),
                code="asked",
                guide="campaigns",
            )
        kept = Kept()
        for (client,) in work.rows("SELECT client_id FROM campaign_target WHERE campaign_id = ?", (self.campaign,)):
            target = work.get(CampaignTarget, (self.campaign, client))
            kept.before(target)
            work.delete(target)
        work.flush()
        campaign = work.get(Campaign, self.campaign)
        kept.before(campaign)
        work.delete(campaign)
        return Done(None, inverse=kept.inverse)


@dataclass(frozen=True, slots=True)
class StartCampaign:
    """Let a campaign run, with those on its list who pass the gates today. Gives back how many came onto the list."""

    label: ClassVar[str] = N_("Start campaign")
    campaign: RecordId

    def apply(self, work: UnitOfWork) -> Done[int]:
        campaign = _in(work, self.campaign, CampaignState.DRAFT, N_("This campaign was started already."))
        kept = Kept()
        kept.before(campaign, "state")
        campaign.state = CampaignState.RUNNING.value
        return Done(_enlist(work, kept, campaign), inverse=kept.inverse)


@dataclass(frozen=True, slots=True)
class RenewTargets:
    """Put those on the list who pass the gates by now; nobody is taken off. Gives back how many came."""

    label: ClassVar[str] = N_("Renew the target list")
    campaign: RecordId

    def apply(self, work: UnitOfWork) -> Done[int]:
        campaign = _in(work, self.campaign, CampaignState.RUNNING, N_("This campaign is not running."))
        kept = Kept()
        count = _enlist(work, kept, campaign)
        return Done(count, inverse=kept.inverse)


@dataclass(frozen=True, slots=True)
class CloseCampaign:
    """End a campaign: nobody is approached any more, its figures stay."""

    label: ClassVar[str] = N_("Close campaign")
    campaign: RecordId
    on: date | None = None

    def apply(self, work: UnitOfWork) -> Done[None]:
        campaign = _in(work, self.campaign, CampaignState.RUNNING, N_("This campaign is not running."))
        before = fields_of(campaign, "state", "ends_on")
        campaign.state = CampaignState.CLOSED.value
        campaign.ends_on = max(self.on or clock.today(), campaign.starts_on)
        return Done(None, inverse=PutBack(Campaign, self.campaign, before))


@dataclass(frozen=True, slots=True)
class ReopenCampaign:
    """Let a closed campaign run on."""

    label: ClassVar[str] = N_("Reopen campaign")
    campaign: RecordId

    def apply(self, work: UnitOfWork) -> Done[None]:
        campaign = _in(work, self.campaign, CampaignState.CLOSED, N_("This campaign is not closed."))
        before = fields_of(campaign, "state", "ends_on")
        campaign.state, campaign.ends_on = CampaignState.RUNNING.value, None
        return Done(None, inverse=PutBack(Campaign, self.campaign, before))


@dataclass(frozen=True, slots=True)
class AddTarget:
    """Put a client on the list by hand; the gates of status, consent and suitability hold all the same."""

    label: ClassVar[str] = N_("Add to the campaign")
    campaign: RecordId
    client: ClientId

    def apply(self, work: UnitOfWork) -> Done[None]:
        campaign = work.get(Campaign, self.campaign)
        work.get(Client, self.client)
        check_may_contact(work, self.client, marketing=True, doing=self.label)
        barred.check_suits(work, self.client, campaign.product, self.label)
        target = work.find(CampaignTarget, (self.campaign, self.client))
        if target is not None and target.out_on is None:
            raise Refused(N_("This client is on the list already."), field="client", code="listed")
        if target is not None:
            before = fields_of(target, "out_on", "out_why")
            target.out_on = target.out_why = None
            return Done(None, inverse=PutBack(CampaignTarget, (self.campaign, self.client), before))
        work.add(CampaignTarget(campaign_id=self.campaign, client_id=self.client, added_on=clock.today()))
        return Done(None, inverse=TakeAway(((CampaignTarget, (self.campaign, self.client)),)))


@dataclass(frozen=True, slots=True)
class TakeOffTarget:
    """Take a client off the list, with the reason; what was done stays."""

    label: ClassVar[str] = N_("Take off the list")
    campaign: RecordId
    client: ClientId
    why: str

    def apply(self, work: UnitOfWork) -> Done[None]:
        target = work.get(CampaignTarget, (self.campaign, self.client))
        if target.out_on is not None:
            raise Refused(N_("This client is off the list already."), code="out")
        before = fields_of(target, "out_on", "out_why")
        target.out_on, target.out_why = clock.today(), needed(self.why, "why", N_("Say why."))
        return Done(None, inverse=PutBack(CampaignTarget, (self.campaign, self.client), before))


def _write(campaign: Campaign, draft: Draft) -> None:
    for name in PLAIN:
        setattr(campaign, name, getattr(draft, name))
    campaign.purpose = draft.purpose.value
    campaign.filter = conditions.plain(draft.conditions) or None
    campaign.script, campaign.note = draft.script or None, draft.note or None


def _touched(work: UnitOfWork, campaign: RecordId) -> bool:
    return work.value("SELECT 1 FROM campaign_touch WHERE campaign_id = ? LIMIT 1", (campaign,)) is not None


def _in(work: UnitOfWork, key: RecordId, state: CampaignState, otherwise: str) -> Campaign:
    campaign = work.get(Campaign, key)
    if campaign.state != state:
        raise Refused(otherwise, do=N_("Reload the page."), code="state", guide="campaigns")
    return campaign


def _enlist(work: UnitOfWork, kept: Kept, campaign: Campaign) -> int:
    asked = conditions.read(campaign.filter)
    found = gates.pipeline(work, Purpose(campaign.purpose), campaign.product, asked, campaign.id)
    wanted = {*found.clients, *(found.asking if campaign.with_open else ())}
    known = {row[0] for row in work.rows(
        "SELECT client_id FROM campaign_target WHERE campaign_id = ?", (campaign.id,)
    )}  # fmt: skip
    if len(wanted) > table().list_most:
        raise Refused(
            N_("{count} clients are too many for one list."), do=N_("Add conditions."), field="filter", code="too_many",
            count=len(wanted),
        )  # fmt: skip
    for client in sorted(wanted - known):
        target = CampaignTarget(campaign_id=campaign.id, client_id=client, added_on=clock.today())
        work.add(target)
        kept.made(target)
    return len(wanted - known)
