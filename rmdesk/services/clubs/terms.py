"""Reads what was decided on clients and clubs, and who is a member."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from rmdesk.base import clock
from rmdesk.base.record import record
from rmdesk.models.kinds import ClientId, Decision, Proposal, RecordId, TermState
from rmdesk.services.clubs import rules, tables
from rmdesk.services.store.reads import Reads


@record
class TermRow:
    """A decision on a client and a club for a half-year."""

    id: RecordId
    client: ClientId
    club: str
    half: str
    proposal: Proposal
    decision: Decision
    reason: str
    circles: tuple[str, ...]
    decided_on: date
    decided_by: str
    starts_on: date | None
    ends_on: date | None
    state: TermState
    lead_on: date | None
    lead_by: str
    comment: str

    @property
    def noticed(self) -> bool:
        """Whether the client was told, so that it holds."""
        return self.state is TermState.APPROVED and self.starts_on is not None


@record
class Membership:
    """Whether a client is a member on a day, and the term that says so; None: never was."""

    member: bool
    term: TermRow | None


_TERMS = """
SELECT id, client_id, club, half, proposal, decision, coalesce(reason, ''), coalesce(circles, ''), decided_on,
       decided_by, starts_on, ends_on, state, lead_on, coalesce(lead_by, ''), coalesce(comment, '')
FROM club_term WHERE {where} ORDER BY coalesce(starts_on, decided_on), half, id
"""


def terms_of(reads: Reads, client: ClientId) -> tuple[TermRow, ...]:
    """The decisions on a client, the newest first."""
    return tuple(reversed(terms_where(reads, "client_id = ?", (client,))))


def term_named(reads: Reads, client: ClientId, club: str, half: str) -> TermRow | None:
    """The decision on a client for a half-year."""
    found = terms_where(reads, "client_id = ? AND club = ? AND half = ?", (client, club, half))
    return found[0] if found else None


def waiting(reads: Reads) -> tuple[TermRow, ...]:
    """Decisions that wait for the lead's word."""
    return terms_where(reads, "state = ?", (TermState.ASKED.value,))


def memberships(reads: Reads, club: str, day: date | None = None) -> dict[ClientId, Membership]:
    """Everybody on whom there is a term, and whether they are members on a day (today)."""
    on, grace = day or clock.today(), int(tables.figure("term", "review_days"))
    by_client: dict[ClientId, list[TermRow]] = defaultdict(list)
    for term in terms_where(reads, "club = ? AND state = ?", (club, TermState.APPROVED.value)):
        by_client[term.client].append(term)
    return {client: membership(terms, on, grace) for client, terms in by_client.items()}


def membership(terms: list[TermRow], day: date, grace: int) -> Membership:
    """Whether a client is a member, by the last of these terms that has begun."""
    begun = [term for term in terms if term.noticed and term.starts_on is not None and term.starts_on <= day]
    if not begun:
        return Membership(False, None)
    last = max(begun, key=lambda term: (term.starts_on, term.half))
    return Membership(rules.is_member(last.decision, last.starts_on, last.ends_on, day, grace), last)


def of(reads: Reads, client: ClientId, club: str, day: date | None = None) -> Membership:
    """Whether one client is a member on a day (today)."""
    approved = (client, club, TermState.APPROVED.value)
    found = terms_where(reads, "client_id = ? AND club = ? AND state = ?", approved)
    return membership(list(found), day or clock.today(), int(tables.figure("term", "review_days")))


def members(reads: Reads, club: str, day: date | None = None) -> frozenset[ClientId]:
    """Who is a member on a day (today)."""
    return frozenset(client for client, one in memberships(reads, club, day).items() if one.member)


def terms_where(reads: Reads, where: str, params: tuple[object, ...]) -> tuple[TermRow, ...]:
    """The terms that an SQL condition finds, the oldest first."""
    return tuple(
        TermRow(
            RecordId(row[0]), ClientId(row[1]), row[2], row[3], Proposal(row[4]), Decision(row[5]), row[6],
            tuple(row[7].split()), date.fromisoformat(row[8]), row[9], _day(row[10]), _day(row[11]),
            TermState(row[12]), _day(row[13]), row[14], row[15],
        )
        for row in reads.rows(_TERMS.format(where=where), params)
    )  # fmt: skip


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
