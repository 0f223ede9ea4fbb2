"""Commands on clubs, benefits and points."""

from __future__ import annotations

import json

from rmdesk.base import clock
from rmdesk.models.kinds import ClientId, Decision, RecordId, Topic
from rmdesk.services.benefits.commands import EditUse, RemoveUse, SettleUse, UseBenefit
from rmdesk.services.clubs.commands import DecideTerm, GiveNotice, JudgeTerm
from rmdesk.services.points.commands import CorrectEntries, PostDue, RedeemPoints
from rmdesk.services.settings.commands import ChangeSetting
from tests.shape.tried.trial import Case, Trial
from tests.support.build import perform


def _candidate(trial: Trial) -> ClientId:
    return ClientId(
        trial.one(
            "SELECT f.client_id FROM client_figures f JOIN client c ON c.id = f.client_id WHERE c.status = 'active' "
            "AND NOT EXISTS (SELECT 1 FROM club_term t WHERE t.client_id = f.client_id) ORDER BY f.aum_minor LIMIT 1"
        )
    )


def _decided(trial: Trial, *, approved: bool = False) -> RecordId:
    trial.do(ChangeSetting("general.role", "lead"))
    term = trial.do(DecideTerm(_candidate(trial), Decision.DECLINE, reason="再看半年"))
    if approved:
        trial.do(JudgeTerm(term, approve=True))
    return term


def _use(trial: Trial) -> RecordId:
    return trial.do(UseBenefit(trial.client(1), "cinema"))


def _told_twice(trial: Trial) -> RecordId:
    """As a round with the hub leaves it: another desk's version of the same turn waits."""
    use = _use(trial)
    waits = {"a" * 32: {"field": "place", "value": "南站", "by": "b" * 32, "device": "d" * 32, "at": "", "base": 0}}
    row = (use, trial.client(1), use, json.dumps(waits))
    columns = "entity, entity_id, client_id, wire_id, state, conflicts"
    sql = f"INSERT INTO sync_record ({columns}) VALUES ('benefit_use', ?, ?, ?, 'clean', ?)"
    perform(trial.store, lambda work: work.bulk(sql, row, topics={Topic.SYNC}))
    return use


def _points(trial: Trial) -> ClientId:
    return ClientId(
        trial.one("SELECT client_id FROM points_entry GROUP BY 1 HAVING sum(points) > 500 ORDER BY 1 LIMIT 1")
    )


CASES: dict[str, Case] = {
    "DecideTerm": lambda trial: DecideTerm(_candidate(trial), Decision.JOIN, reason="企业主，资产在途"),
    "JudgeTerm": lambda trial: JudgeTerm(_decided(trial), approve=True),
    "GiveNotice": lambda trial: GiveNotice(_decided(trial, approved=True)),
    "UseBenefit": lambda trial: UseBenefit(trial.client(0), "lounge", place="禄口机场"),
    "EditUse": lambda trial: EditUse(_use(trial), clock.today(), "大华影城", "两张票"),
    "RemoveUse": lambda trial: RemoveUse(_use(trial)),
    "SettleUse": lambda trial: SettleUse(_told_twice(trial), second=True),
    "PostDue": lambda trial: PostDue(),
    "RedeemPoints": lambda trial: RedeemPoints(_points(trial), 100, note="茶具"),
    "CorrectEntries": lambda trial: CorrectEntries((trial.do(RedeemPoints(_points(trial), 100)),), "登记有误"),
}
