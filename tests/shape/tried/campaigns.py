"""Commands on campaigns and specialists."""

from __future__ import annotations

from rmdesk.models.kinds import ClientId, Purpose, RecordId, TouchOutcome
from rmdesk.services.campaigns.commands import (
    AddTarget,
    CloseCampaign,
    EditCampaign,
    MakeCampaign,
    RemoveCampaign,
    RenewTargets,
    ReopenCampaign,
    StartCampaign,
    TakeOffTarget,
)
from rmdesk.services.campaigns.conditions import Condition
from rmdesk.services.campaigns.drafts import Draft
from rmdesk.services.campaigns.touching import LogTouch, RemoveTouch
from rmdesk.services.specialists.commands import (
    AddSpecialist,
    AskSpecialist,
    CloseQuestion,
    Details,
    DropQuestion,
    EditSpecialist,
    NoteReply,
    RetireSpecialist,
)
from rmdesk.services.strategy.commands import AskAtNextVisit
from tests.conftest import TODAY
from tests.shape.tried.trial import Case, Trial

DRAFT = Draft("客户回访", Purpose.MAINTAIN, TODAY, conditions=(Condition("tier", ("T5",)),))


def _made(trial: Trial) -> RecordId:
    return trial.do(MakeCampaign(DRAFT))


def _running(trial: Trial) -> RecordId:
    campaign = _made(trial)
    trial.do(StartCampaign(campaign))
    return campaign


def _target(trial: Trial, campaign: RecordId) -> ClientId:
    return ClientId(trial.one("SELECT client_id FROM campaign_target WHERE campaign_id = ? LIMIT 1", campaign))


def _grown(trial: Trial) -> RenewTargets:
    campaign = _running(trial)
    trial.do(EditCampaign(campaign, Draft("客户回访", Purpose.MAINTAIN, TODAY)))
    return RenewTargets(campaign)


def _closed(trial: Trial) -> RecordId:
    campaign = _running(trial)
    trial.do(CloseCampaign(campaign))
    return campaign


def _off(trial: Trial) -> TakeOffTarget:
    campaign = _running(trial)
    return TakeOffTarget(campaign, _target(trial, campaign), "客户出国")


def _touch(trial: Trial) -> LogTouch:
    campaign = _running(trial)
    return LogTouch(campaign, _target(trial, campaign), TouchOutcome.REACHED, note="一切都好")


WHO = Details("沈律", "law", "合作律所")


def _who(trial: Trial) -> RecordId:
    return trial.do(AddSpecialist(WHO))


def _asked(trial: Trial) -> RecordId:
    return trial.do(AskSpecialist(trial.client(3), "law", "婚前财产如何隔离？"))


def _answered(trial: Trial) -> RecordId:
    request = _asked(trial)
    trial.do(NoteReply(request, "做婚前财产公证", "转告客户"))
    return request


CASES: dict[str, Case] = {
    "MakeCampaign": lambda trial: MakeCampaign(DRAFT),
    "EditCampaign": lambda trial: EditCampaign(_made(trial), Draft("年末回访", Purpose.WAKE, TODAY)),
    "RemoveCampaign": lambda trial: RemoveCampaign(_running(trial)),
    "StartCampaign": lambda trial: StartCampaign(_made(trial)),
    "RenewTargets": _grown,
    "CloseCampaign": lambda trial: CloseCampaign(_running(trial)),
    "ReopenCampaign": lambda trial: ReopenCampaign(_closed(trial)),
    "AddTarget": lambda trial: AddTarget(_made(trial), trial.client()),
    "TakeOffTarget": _off,
    "LogTouch": _touch,
    "AddSpecialist": lambda trial: AddSpecialist(WHO),
    "EditSpecialist": lambda trial: EditSpecialist(_who(trial), Details("沈律师", "tax")),
    "RetireSpecialist": lambda trial: RetireSpecialist(_who(trial)),
    "AskSpecialist": lambda trial: AskSpecialist(trial.client(3), "law", "婚前财产如何隔离？", _who(trial)),
    "NoteReply": lambda trial: NoteReply(_asked(trial), "做婚前财产公证", "转告客户"),
    "CloseQuestion": lambda trial: CloseQuestion(_answered(trial)),
    "DropQuestion": lambda trial: DropQuestion(_asked(trial)),
    "AskAtNextVisit": lambda trial: AskAtNextVisit(trial.client(5), "A"),
    "RemoveTouch": lambda trial: RemoveTouch(trial.do(_touch(trial))),
}
