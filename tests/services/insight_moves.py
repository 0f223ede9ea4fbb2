"""What a manager may do with lost clients, events, clubs and benefits, drawn by dice; a part of `moves`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from rmdesk.models.kinds import Decision, Reply, WinBack
from rmdesk.services.benefits import commands as benefits
from rmdesk.services.churn import case_rules
from rmdesk.services.churn import commands as churn
from rmdesk.services.clubs import commands as clubs
from rmdesk.services.gatherings import commands as gatherings
from rmdesk.services.gatherings import inviting
from rmdesk.services.gatherings.entry import Plan

if TYPE_CHECKING:
    from rmdesk.services.store.command import Command
    from tests.services.moves import Dice


def _event(dice: Dice) -> Plan:
    return Plan(dice.of("salon", "family"), dice.text(), dice.of(dice.back(), dice.ahead()), cost_minor=9_900)


INSIGHT_MOVES: dict[type[Any], Callable[[Dice], Command[Any]]] = {
    churn.OpenCase: lambda d: churn.OpenCase(d.client(), d.back()),
    churn.NoteCause: lambda d: churn.NoteCause(
        d.key("churn_case"), d.of(*case_rules.table().causes), d.of(None, *case_rules.SEEN), note=d.of("", d.text())
    ),
    churn.NoteWinBack: lambda d: churn.NoteWinBack(d.key("churn_case"), d.text()),
    churn.CloseCase: lambda d: churn.CloseCase(d.key("churn_case"), d.of(*WinBack)),
    churn.ReopenCase: lambda d: churn.ReopenCase(d.key("churn_case")),
    clubs.DecideTerm: lambda d: clubs.DecideTerm(d.client(), d.of(*Decision), reason=d.text()),
    clubs.JudgeTerm: lambda d: clubs.JudgeTerm(d.key("club_term"), d.of(True, False), d.text()),
    clubs.GiveNotice: lambda d: clubs.GiveNotice(d.key("club_term")),
    benefits.UseBenefit: lambda d: benefits.UseBenefit(d.client(), d.of("cinema", "lounge"), d.back()),
    benefits.EditUse: lambda d: benefits.EditUse(d.key("benefit_use"), d.back(), d.text()),
    benefits.RemoveUse: lambda d: benefits.RemoveUse(d.key("benefit_use")),
    gatherings.PlanGathering: lambda d: gatherings.PlanGathering(_event(d), (d.client(), d.client())),
    gatherings.EditGathering: lambda d: gatherings.EditGathering(d.key("gathering"), _event(d)),
    gatherings.CancelGathering: lambda d: gatherings.CancelGathering(d.key("gathering"), d.text()),
    gatherings.ReviveGathering: lambda d: gatherings.ReviveGathering(d.key("gathering")),
    gatherings.HoldGathering: lambda d: gatherings.HoldGathering(d.key("gathering"), guests=d.of(None, 9)),
    gatherings.RemoveGathering: lambda d: gatherings.RemoveGathering(d.key("gathering")),
    inviting.AddGuests: lambda d: inviting.AddGuests(d.key("gathering"), (d.client(), d.client())),
    inviting.DropGuests: lambda d: inviting.DropGuests((d.key("invitation"),)),
    inviting.Invite: lambda d: inviting.Invite((d.key("invitation"),), d.of("chat", "phone")),
    inviting.NoteReply: lambda d: inviting.NoteReply(d.key("invitation"), d.of(None, *Reply), d.of(None, 2), d.text()),
    inviting.NoteAttendance: lambda d: inviting.NoteAttendance((d.key("invitation"),), d.of(True, False, None)),
    inviting.FollowUp: lambda d: inviting.FollowUp(d.key("invitation"), d.text()),
}
