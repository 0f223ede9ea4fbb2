"""What a manager may do with campaigns and specialists, drawn by dice."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from rmdesk.models.kinds import ClientId, Purpose, RecordId, TouchOutcome
from rmdesk.services.campaigns import commands as campaigns
from rmdesk.services.campaigns import touching
from rmdesk.services.campaigns.conditions import Condition
from rmdesk.services.campaigns.drafts import Draft as Plan
from rmdesk.services.specialists import commands as specialists
from rmdesk.services.store.command import Command
from rmdesk.services.strategy import commands as strategy
from tests.conftest import TODAY

if TYPE_CHECKING:
    from tests.services.moves import Dice


def _who(dice: Dice) -> specialists.Details:
    return specialists.Details(dice.of("沈律", "何静"), dice.of("law", "wealth"), dice.of("", "分行"))


def _plan(dice: Dice) -> Plan:
    chosen = dice.of((), (Condition("kind", ("person",)),))
    return Plan(dice.of("回访", "问候"), dice.of(Purpose.WAKE, Purpose.MAINTAIN), TODAY, conditions=chosen)


def _listed(dice: Dice, *, off: bool = False) -> tuple[RecordId, ClientId]:
    where = "out_on IS NULL" if off else "1"
    campaign = RecordId(dice.row("campaign_target", "campaign_id", where))
    return campaign, ClientId(dice.row("campaign_target", "client_id", f"campaign_id = '{campaign}' AND {where}"))


MOVES: dict[type[Any], Callable[[Dice], Command[Any]]] = {
    campaigns.MakeCampaign: lambda d: campaigns.MakeCampaign(_plan(d)),
    campaigns.EditCampaign: lambda d: campaigns.EditCampaign(d.key("campaign"), _plan(d)),
    campaigns.RemoveCampaign: lambda d: campaigns.RemoveCampaign(d.key("campaign")),
    campaigns.StartCampaign: lambda d: campaigns.StartCampaign(d.key("campaign")),
    campaigns.RenewTargets: lambda d: campaigns.RenewTargets(d.key("campaign")),
    campaigns.CloseCampaign: lambda d: campaigns.CloseCampaign(d.key("campaign")),
    campaigns.ReopenCampaign: lambda d: campaigns.ReopenCampaign(d.key("campaign")),
    campaigns.AddTarget: lambda d: campaigns.AddTarget(d.key("campaign"), d.client()),
    campaigns.TakeOffTarget: lambda d: campaigns.TakeOffTarget(*_listed(d, off=True), "出国"),
    touching.LogTouch: lambda d: touching.LogTouch(
        *_listed(d), d.of(TouchOutcome.NOT_REACHED, TouchOutcome.REACHED, TouchOutcome.DECLINED), d.of("phone", "chat")
    ),
    touching.RemoveTouch: lambda d: touching.RemoveTouch(d.key("campaign_touch")),
    specialists.AddSpecialist: lambda d: specialists.AddSpecialist(_who(d)),
    specialists.EditSpecialist: lambda d: specialists.EditSpecialist(d.key("specialist"), _who(d)),
    specialists.RetireSpecialist: lambda d: specialists.RetireSpecialist(d.key("specialist")),
    specialists.AskSpecialist: lambda d: specialists.AskSpecialist(
        d.client(), "law", d.text(), d.maybe(lambda: d.key("specialist")), None, None, d.maybe(lambda: d.key("visit"))
    ),
    specialists.NoteReply: lambda d: specialists.NoteReply(d.key("specialist_request"), d.text(), d.of("", "转告")),
    specialists.CloseQuestion: lambda d: specialists.CloseQuestion(d.key("specialist_request")),
    specialists.DropQuestion: lambda d: specialists.DropQuestion(d.key("specialist_request")),
    strategy.AskAtNextVisit: lambda d: strategy.AskAtNextVisit(d.client(), d.of("M", "A", "N")),
}
