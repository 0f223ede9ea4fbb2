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
    "RemoveTouch": lambda trial: RemoveTouch(trial.do(_touch(trial))),
}
