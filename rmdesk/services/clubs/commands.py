"""What is decided on clients and clubs: the manager decides, the lead has the word, the client is told. Each names
its inverse."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from rmdesk.base import clock
from rmdesk.base.errors import Refused
from rmdesk.base.text import N_
from rmdesk.models.clients import Client
from rmdesk.models.clubs import ClubTerm
from rmdesk.models.kinds import ClientId, Decision, Proposal, RecordId, TermState, new_id
from rmdesk.services.clubs import queries, rules, tables
from rmdesk.services.clubs.queries import ProposalRow
from rmdesk.services.desk_user import desk_user
from rmdesk.services.profile.secrets import check_text
from rmdesk.services.store.command import Done
from rmdesk.services.store.inverse import Kept
from rmdesk.services.store.work import UnitOfWork

# What a decision may be without a reason: it does what the figures say.
FOLLOWS: dict[Proposal, tuple[Decision, ...]] = {
    Proposal.JOIN: (Decision.JOIN,),
    Proposal.STAY: (Decision.STAY,),
    Proposal.WATCH: (Decision.WATCH, Decision.DECLINE),
    Proposal.LEAVE: (Decision.LEAVE,),
    Proposal.UNKNOWN: (),
}


@dataclass(frozen=True, slots=True)
class DecideTerm:
    """Decide on a client for a half-year, whatever is proposed; against the figures, or without them, with a reason.

    It goes to the lead. Decided again it goes there anew, until the client was told. Gives the id of the record.
    """

    label: ClassVar[str] = N_("Decide on membership")
    client: ClientId
    decision: Decision
    half: str = ""  # the half-year that is shown today
    club: str = ""
    reason: str = ""
    circles: tuple[str, ...] = ()

    def apply(self, work: UnitOfWork) -> Done[RecordId]:
        reason = check_text(self.reason, "reason")
        known = work.get(Client, self.client)
        row = _proposed(work, self.client, self.club, self.half)
        if row.decided is not None and row.decided.noticed:
            raise Refused(
                N_("The client was told already."),
                do=N_("Decide anew for the next half-year."),
                code="noticed",
                guide="clubs",
            )
        _check_fits(self.decision, row)
        proposal = row.proposal or Proposal.WATCH
        if self.decision not in FOLLOWS[proposal] and not reason:
            raise Refused(
                N_("This decision is not what the figures propose."), do=N_("Say why."), field="reason",
                code="no_reason", guide="clubs")  # fmt: skip
        if self.decision in rules.MEMBERS and known.status != "active":
            raise Refused(N_("The client is no longer with the bank."), field="decision", code="status", guide="clubs")
        wrong = [code for code in self.circles if code not in tables.clubs()[row.club].circles]
        if wrong:
            raise Refused(N_("There is no such sub-club."), field="circles", code="no_circle")
        kept = Kept()
        term = _term(work, kept, row)
        term.proposal, term.facts = proposal.value, _facts(row)
        term.decision, term.reason = self.decision.value, reason or None
        term.circles = " ".join(self.circles) or None
        term.decided_on, term.decided_by = clock.today(), work.who
        term.state, term.lead_on, term.lead_by, term.comment = TermState.ASKED.value, None, None, None
        work.flush()
        return Done(RecordId(term.id), inverse=kept.inverse)


@dataclass(frozen=True, slots=True)
class JudgeTerm:
    """The lead's word on a decision; a refusal says why. Nobody judges a decision of their own."""

    label: ClassVar[str] = N_("Judge membership")
    term: RecordId
    approve: bool
    comment: str = ""

    def apply(self, work: UnitOfWork) -> Done[None]:
        comment = check_text(self.comment, "comment")
        if not self.approve and not comment:
            why = N_("A refusal needs a word of why.")
            raise Refused(why, do=N_("Write one."), field="comment", code="no_comment", guide="clubs")
        term, kept = work.get(ClubTerm, self.term), Kept()
        _check_is_lead(work, term.client_id)
        _check_state(term, TermState.ASKED)
        kept.before(term, "state", "lead_on", "lead_by", "comment")
        term.state = (TermState.APPROVED if self.approve else TermState.REFUSED).value
        term.lead_on, term.lead_by, term.comment = clock.today(), work.who, comment or None
        return Done(None, inverse=kept.inverse)


@dataclass(frozen=True, slots=True)
class GiveNotice:
    """The client was told: from this day the term runs, for half a year; who leaves is no member from then on."""

    label: ClassVar[str] = N_("Notice given")
    term: RecordId
    on: date | None = None

    def apply(self, work: UnitOfWork) -> Done[None]:
        on = self.on or clock.today()
        if on > clock.today():
            raise Refused(N_("This day has not come yet."), field="on", code="future")
        term, kept = work.get(ClubTerm, self.term), Kept()
        _check_state(term, TermState.APPROVED)
        if on < term.decided_on:
            raise Refused(N_("The notice comes after the decision."), field="on", code="too_early", guide="clubs")
        kept.before(term, "starts_on", "ends_on")
        member = Decision(term.decision) in rules.MEMBERS
        term.starts_on = on
        term.ends_on = rules.ends_on(on, int(tables.figure("term", "months"))) if member else None
        return Done(None, inverse=kept.inverse)


def _proposed(work: UnitOfWork, client: ClientId, club: str, half: str) -> ProposalRow:
    if club and club not in tables.clubs():
        raise Refused(N_("There is no such club."), field="club", code="no_club")
    window = rules.half_named(half) if half else None
    if half and window is None:
        raise Refused(N_("A half-year is written as 2026H2."), field="half", code="bad_half")
    row = queries.forecast(work, client, club or None, half=window)
    assert row is not None  # the client is there
    return row


def _check_fits(decision: Decision, row: ProposalRow) -> None:
    """Who is a member stays or leaves, who is none joins or does not."""
    able = (Decision.STAY, Decision.WATCH, Decision.LEAVE) if row.member else (Decision.JOIN, Decision.DECLINE)
    if decision not in able:
        said = N_("The client is a member.") if row.member else N_("The client is no member.")
        raise Refused(said, do=N_("Choose another decision."), field="decision", code="membership", guide="clubs")


def _term(work: UnitOfWork, kept: Kept, row: ProposalRow) -> ClubTerm:
    if row.decided is not None:
        term = work.get(ClubTerm, row.decided.id)
        kept.before(term)
        return term
    term = ClubTerm(
        id=new_id(), client_id=row.client, club=row.club, half=row.half, proposal="", decision="",
        decided_on=clock.today(), decided_by="", state=TermState.ASKED.value,
    )  # fmt: skip
    work.add(term)
    kept.made(term)
    return term


def _facts(row: ProposalRow) -> dict[str, object]:
    """What was known when it was decided."""
    return {
        "limit_minor": row.limit_minor, "mean_minor": row.mean_minor, "needed_minor": row.needed_minor,
        "level_minor": row.level_minor, "days": row.days, "known_days": row.known_days, "gaps": list(row.gaps),
        "currency": row.currency,
    }  # fmt: skip


def _check_state(term: ClubTerm, state: TermState) -> None:
    if term.state != state:
        text = {
            TermState.ASKED: N_("The lead's word on this is there already."),
            TermState.APPROVED: N_("The lead has not approved this."),
        }[state]
        raise Refused(text, do=N_("Reload the page."), code="state", guide="clubs")


def _check_is_lead(work: UnitOfWork, client: int) -> None:
    user = desk_user(work)
    own = user.joined and bool(
        work.value("SELECT 1 FROM sync_client WHERE client_id = ? AND book = ?", (client, user.book))
    )
    if not user.lead or own:
        raise Refused(
            N_("A manager can't decide on a request of their own; the team lead does."),
            do=N_("Ask the lead. Whoever leads the team says so under Your role in the settings."),
            code="not_lead",
            guide="clubs",
        )
