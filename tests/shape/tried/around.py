"""Commands on gifts, and on people, relationships, households and referrals."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from rmdesk.base import clock
from rmdesk.models.kinds import RecordId
from rmdesk.services.gifts.approvals import AskApproval, DecideApproval, RevokeApproval, WithdrawRequest
from rmdesk.services.gifts.commands import (
    BuyGift,
    ChooseIdea,
    DropGift,
    EditGift,
    GiveGift,
    NoteReaction,
    PlanAndAsk,
    PlanGift,
    ReturnGift,
)
from rmdesk.services.gifts.ideas import AddIdea, EditIdea, Idea, RetireIdea
from rmdesk.services.gifts.rules import Draft
from rmdesk.services.relations.becoming import LinkPersonToClient
from rmdesk.services.relations.commands import AddRelationship, EditRelationship, RemoveRelationship
from rmdesk.services.relations.households import (
    AddToHousehold,
    DissolveHousehold,
    EditHousehold,
    MakeHousehold,
    RemoveFromHousehold,
)
from rmdesk.services.relations.persons import EditPerson, RemovePerson, make
from rmdesk.services.relations.referrals import (
    AddReferral,
    Brought,
    ConfirmReferral,
    EditReferral,
    RemoveReferral,
)
from rmdesk.services.relations.rows import Details
from rmdesk.services.settings.commands import ChangeSetting
from rmdesk.services.store.command import Command
from rmdesk.services.store.inverse import Kept
from tests.shape.tried.trial import Case, Trial
from tests.support.build import perform

DEAR = 5_000_000


def _draft(trial: Trial, title: str) -> Draft:
    return Draft(trial.client(30), title, cost_minor=100)


def _plan(trial: Trial, title: str, *, idea: bool = False) -> RecordId:
    return trial.do(PlanGift(_draft(trial, title), idea=idea))


def _bought(trial: Trial, title: str) -> RecordId:
    gift = _plan(trial, title)
    trial.do(BuyGift(gift, 100))
    return gift


def _given(trial: Trial, title: str) -> RecordId:
    gift = _bought(trial, title)
    trial.do(GiveGift(gift))
    return gift


def _asked(trial: Trial, title: str) -> RecordId:
    trial.do(ChangeSetting("general.role", "lead"))
    gift = trial.do(PlanGift(replace(_draft(trial, title), cost_minor=DEAR)))
    return trial.do(AskApproval(gift, "老客户"))


def _decided(trial: Trial, title: str) -> RecordId:
    request = _asked(trial, title)
    trial.do(DecideApproval(request, approve=True))
    return request


def _hasty(trial: Trial) -> Command[Any]:
    """Taking back a gift that was given knowingly before the lead had allowed it."""
    gift = trial.do(PlanGift(replace(_draft(trial, "卯"), client=trial.client(36), cost_minor=DEAR)))
    back = trial.store.perform(GiveGift(gift, knowingly=True)).inverse
    assert back is not None
    return back


def _person(trial: Trial, name: str = "试小妹") -> RecordId:
    made: RecordId = perform(trial.store, lambda work: make(work, Kept(), Details(name), None))
    return made


def _tie(trial: Trial) -> RecordId:
    return trial.do(AddRelationship(trial.client(31), "friend", _person(trial)))


def _lonely(trial: Trial, at: int) -> int:
    """Somebody in no household."""
    free = "SELECT c.id FROM client c WHERE c.kind = 'person' AND c.status = 'active' AND NOT EXISTS "
    return int(trial.one(f"{free} (SELECT 1 FROM household_member m WHERE m.client_id = c.id) LIMIT 1 OFFSET ?", at))


def _home(trial: Trial, at: int) -> RecordId:
    return trial.do(MakeHousehold("试家", (_lonely(trial, at), _lonely(trial, at + 1))))


def _referral(trial: Trial) -> RecordId:
    return trial.do(AddReferral(trial.client(32), Brought("试先生", clock.today())))


def _idea(trial: Trial) -> RecordId:
    return trial.do(AddIdea(Idea("竹编茶席", None, 9900)))


def _relinked(trial: Trial) -> LinkPersonToClient:
    person = _person(trial, "试大妹")
    trial.do(AddRelationship(trial.client(33), "friend", person))
    return LinkPersonToClient(person, trial.client(34))


CASES: dict[str, Case] = {
    "PlanGift": lambda trial: PlanGift(_draft(trial, "甲")),
    "PlanAndAsk": lambda trial: PlanAndAsk(replace(_draft(trial, "乙"), cost_minor=DEAR), "老客户"),
    "EditGift": lambda trial: EditGift(_plan(trial, "丙"), _draft(trial, "丙二")),
    "ChooseIdea": lambda trial: ChooseIdea(_plan(trial, "丁", idea=True)),
    "BuyGift": lambda trial: BuyGift(_plan(trial, "戊"), 100),
    "GiveGift": lambda trial: GiveGift(_bought(trial, "己")),
    "NoteReaction": lambda trial: NoteReaction(_given(trial, "庚"), "喜欢", 5),
    "DropGift": lambda trial: DropGift(_plan(trial, "辛"), "改送别的"),
    "ReturnGift": lambda trial: ReturnGift(_given(trial, "壬"), why="不便收"),
    "AskApproval": lambda trial: AskApproval(
        trial.do(PlanGift(replace(_draft(trial, "癸"), cost_minor=DEAR))), "老客户"
    ),
    "WithdrawRequest": lambda trial: WithdrawRequest(_asked(trial, "子")),
    "DecideApproval": lambda trial: DecideApproval(_asked(trial, "丑"), approve=True),
    "RevokeApproval": lambda trial: RevokeApproval(_decided(trial, "寅"), "预算调整"),
    "AddIdea": lambda trial: AddIdea(Idea("竹编茶席", None, 9900)),
    "EditIdea": lambda trial: EditIdea(_idea(trial), Idea("竹编茶席一套")),
    "RetireIdea": lambda trial: RetireIdea(_idea(trial)),
    "AddRelationship": lambda trial: AddRelationship(trial.client(31), "friend", Details("试新友")),
    "EditRelationship": lambda trial: EditRelationship(_tie(trial), trial.client(31), "colleague"),
    "RemoveRelationship": lambda trial: RemoveRelationship(_tie(trial)),
    "MakeHousehold": lambda trial: MakeHousehold("试家", (_lonely(trial, 0), _lonely(trial, 1))),
    "EditHousehold": lambda trial: EditHousehold(_home(trial, 0), "试家二"),
    "AddToHousehold": lambda trial: AddToHousehold(_home(trial, 2), _lonely(trial, 4)),
    "RemoveFromHousehold": lambda trial: RemoveFromHousehold(
        RecordId(trial.one("SELECT id FROM household_member WHERE household_id = ? LIMIT 1", _home(trial, 6)))
    ),
    "DissolveHousehold": lambda trial: DissolveHousehold(_home(trial, 8)),
    "EditPerson": lambda trial: EditPerson(_person(trial), Details("试小妹", occupation="教师")),
    "RemovePerson": lambda trial: RemovePerson(_person(trial, "试路人")),
    "LinkPersonToClient": _relinked,
    "AddReferral": lambda trial: AddReferral(trial.client(32), Brought("试先生", clock.today())),
    "EditReferral": lambda trial: EditReferral(_referral(trial), Brought("试女士", clock.today())),
    "ConfirmReferral": lambda trial: ConfirmReferral(_referral(trial)),
    "RemoveReferral": lambda trial: RemoveReferral(_referral(trial)),
    "TakeBackGiving": _hasty,  # last: what it prepares uses up the budget
}
