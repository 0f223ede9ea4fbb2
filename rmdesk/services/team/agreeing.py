"""Agreeing a cadence: one proposes, the other says yes or no, either may end it. Without a hub one person does both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rmdesk.base import clock
from rmdesk.base.errors import Refused
from rmdesk.base.text import N_
from rmdesk.models.kinds import RecordId, new_id
from rmdesk.models.team import AgreedCadence
from rmdesk.services.desk_user import DeskUser, desk_user
from rmdesk.services.profile.secrets import check_text
from rmdesk.services.segments import tables
from rmdesk.services.store.command import Done
from rmdesk.services.store.inverse import Kept
from rmdesk.services.store.work import UnitOfWork
from rmdesk.services.team import rules
from rmdesk.services.team.members import team_of
from rmdesk.services.team.rules import Agreement

TIERS = tuple(tier.value for tier in tables.TIERS)


@dataclass(frozen=True, slots=True)
class ProposeCadence:
    """Propose how often clients of a tier (in `group`, or in all) of a book are contacted; the note says why.

    Where there is nobody else to ask, that is the agreement.
    """

    label: ClassVar[str] = N_("Propose cadence")
    tier: str
    days: int
    note: str
    group: str | None = None
    book: str = ""

    def apply(self, work: UnitOfWork) -> Done[RecordId]:
        least, most = rules.number("cadence", "least_days"), rules.number("cadence", "most_days")
        if self.tier not in TIERS or self.group not in (None, *tables.GROUPS):
            raise Refused(N_("There is no such tier or group."), field="tier", code="no_tier")
        if not least <= self.days <= most:
            raise Refused(
                N_("A cadence is {least} to {most} days."), field="days", code="bad_days", least=least, most=most
            )
        note = check_text(self.note, "note", rules.number("cadence", "note_most"))
        if not note:
            raise Refused(
                N_("An agreed cadence needs a note."), do=N_("Say why."), field="note", code="no_note", guide="review"
            )
        me, today, kept = desk_user(work), clock.today(), Kept()
        _check_party(work, me, self.book)
        made = AgreedCadence(
            id=new_id(), book=self.book, tier=self.tier, group=self.group, days=self.days, note=note,
            state=Agreement.PROPOSED.value, proposed_by=me.signs, proposed_on=today, agreed_by=None, agreed_on=None,
            ended_on=None,
        )  # fmt: skip
        work.add(made)
        kept.made(made)
        if not me.joined:
            _agree(work, made, me, kept)
        return Done(RecordId(made.id), inverse=kept.inverse)


@dataclass(frozen=True, slots=True)
class AnswerCadence:
    """Say yes or no to what the other side proposed; yes ends what was agreed before for the same clients."""

    label: ClassVar[str] = N_("Answer proposed cadence")
    cadence: RecordId
    yes: bool

    def apply(self, work: UnitOfWork) -> Done[None]:
        one, me, kept = work.get(AgreedCadence, self.cadence), desk_user(work), Kept()
        if one.state != Agreement.PROPOSED:
            raise Refused(N_("This proposal was answered already."), code="answered")
        _check_party(work, me, one.book)
        if one.proposed_by == me.signs and me.joined:
            raise Refused(
                N_("You have proposed it yourself."),
                do=N_("The other side says yes or no."),
                code="own_proposal",
                guide="review",
            )
        kept.before(one)
        if self.yes:
            _agree(work, one, me, kept)
        else:
            one.state = Agreement.DECLINED.value
        return Done(None, inverse=kept.inverse)


@dataclass(frozen=True, slots=True)
class EndCadence:
    """End what was agreed, or take a proposal back: from now on the table's cadence holds again."""

    label: ClassVar[str] = N_("End agreed cadence")
    cadence: RecordId

    def apply(self, work: UnitOfWork) -> Done[None]:
        one, kept = work.get(AgreedCadence, self.cadence), Kept()
        _check_party(work, desk_user(work), one.book)
        if one.state not in (Agreement.PROPOSED, Agreement.AGREED):
            raise Refused(N_("This agreement has ended already."), code="ended")
        kept.before(one)
        one.state, one.ended_on = Agreement.ENDED.value, clock.today()
        return Done(None, inverse=kept.inverse)


def _agree(work: UnitOfWork, one: AgreedCadence, me: DeskUser, kept: Kept) -> None:
    """Both have said yes; what held for the same clients has ended."""
    work.flush()
    sql = (
        "SELECT id FROM agreed_cadence WHERE book = ? AND tier = ? AND \"group\" IS ? AND state = 'agreed' AND id <> ?"
    )
    for (key,) in work.rows(sql, (one.book, one.tier, one.group, one.id)):
        older = work.get(AgreedCadence, key)
        kept.before(older)
        older.state, older.ended_on = Agreement.ENDED.value, clock.today()
    one.state, one.agreed_by, one.agreed_on = Agreement.AGREED.value, me.signs, clock.today()


def _check_party(work: UnitOfWork, me: DeskUser, book: str) -> None:
    """Refuse whoever is neither the book's manager nor a lead of the manager's team."""
    own = me.book if me.joined else ""
    if book != own and book not in {one.book for one in team_of(work).members}:
        raise Refused(
            N_("A cadence is agreed between the manager of a book and the team lead."),
            field="book",
            code="not_party",
            guide="review",
        )
