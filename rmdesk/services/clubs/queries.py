"""Reads clubs: members, the window of each client, and what it proposes with its reasons."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from datetime import date

import numpy as np

from rmdesk.base import clock, money
from rmdesk.base.record import record
from rmdesk.base.text import Phrase, phrase
from rmdesk.models.kinds import ClientId, Proposal
from rmdesk.services.care.words import Compact
from rmdesk.services.clubs import rules, tables, terms
from rmdesk.services.clubs.rules import Half, Window
from rmdesk.services.clubs.tables import Club
from rmdesk.services.clubs.terms import Membership, TermRow
from rmdesk.services.segments.assets import portfolio_currency
from rmdesk.services.store.reads import Reads

UNTOLD, MONTHS = -(2**63), 24
ORDER = (Proposal.LEAVE, Proposal.JOIN, Proposal.WATCH, Proposal.STAY, Proposal.UNKNOWN)


@record
class ProposalRow:
    """What a half-year proposes for a client; amounts in minor units of `currency`. `decided` is what was decided."""

    client: ClientId
    name: str
    number: str | None
    club: str
    half: str
    member: bool
    proposal: Proposal | None
    why: tuple[Phrase, ...]
    limit_minor: int
    mean_minor: int | None
    needed_minor: int | None
    level_minor: int | None
    days: int
    known_days: int
    gaps: tuple[int, ...]
    currency: str
    decided: TermRow | None

    @property
    def days_left(self) -> int:
        """The days of which nothing is known yet."""
        return self.days - self.known_days

    @property
    def open(self) -> bool:
        """Whether it still waits for a decision that changes something."""
        return self.decided is None and self.proposal in (Proposal.JOIN, Proposal.LEAVE)


@record
class Proposals:
    """All that a half-year proposes. `count` is how many there are, rows are those shown."""

    club: Club
    half: Half
    over: bool  # whether the half-year has ended
    rows: tuple[ProposalRow, ...]
    count: int
    limit_minor: int
    currency: str


_FIGURES = """
SELECT f.client_id, f.last_month, f.averages FROM client_figures f JOIN client c ON c.id = f.client_id
WHERE c.merged_into IS NULL AND c.status = 'active' AND f.averages IS NOT NULL
"""


def windows(
    reads: Reads, half: Half, day: date, near: float, clients: Collection[int] = ()
) -> dict[ClientId, tuple[Window, int | None]]:
    """The windows as known on `day`, and the mean of the last month known at all: of these clients, and of whoever
    had at least `near` in one of the last 24 months.

    From the monthly daily averages that the bank told; where it told none, the month end stands for them. Months that
    are covered only in part count as not known.
    """
    found: dict[ClientId, tuple[Window, int | None]] = {}
    over = rules.last_over(day)
    for page in reads.pages(_FIGURES):
        table = np.frombuffer(b"".join([row[2] for row in page]), dtype="<i8").reshape(len(page), MONTHS)
        for at in np.flatnonzero((table.max(axis=1) >= near) | np.isin([row[0] for row in page], list(clients))):
            client, last, _blob = page[int(at)]
            averages = {
                int(last) - MONTHS + 1 + place: int(value)
                for place, value in enumerate(table[at])
                if value != UNTOLD and int(last) - MONTHS + 1 + place <= over
            }
            level = averages[max(averages)] if averages else None
            found[ClientId(client)] = (rules.window(half, averages, day), level)
    return found


def proposals(reads: Reads, half: Half | None = None, club: str | None = None, day: date | None = None) -> Proposals:
    """What a half-year proposes for the members, and for whoever is near the limit; who is to leave or join first."""
    on, which = day or clock.today(), tables.clubs()[club] if club else tables.first()
    shown = half or rules.half_shown(on, int(tables.figure("term", "review_days")))
    currency = portfolio_currency(reads)
    limit = which.limit * 10 ** money.digits(currency)
    known = terms.memberships(reads, which.code, min(on, shown.end))
    decided = {
        term.client: term for term in terms.terms_where(reads, "club = ? AND half = ?", (which.code, shown.code))
    }
    near = limit * tables.figure("proposal", "look_share")
    seen = windows(reads, shown, on, near, {*known, *decided})
    wanted = _wanted(seen, known, decided, near)
    rows = []
    names = _names(reads, wanted)
    for client in wanted:
        row = _row(client, names, which, shown, seen, known, decided.get(client), limit, currency, on)
        if row.proposal is not None or row.decided is not None:
            rows.append(row)
    rows.sort(key=lambda row: (not row.open, ORDER.index(row.proposal) if row.proposal else 9,
                               -(row.mean_minor or 0), row.client))  # fmt: skip
    most = int(tables.figure("proposal", "most"))
    return Proposals(which, shown, on > shown.end, tuple(rows[:most]), len(rows), limit, currency)


def forecast(
    reads: Reads, client: ClientId, club: str | None = None, day: date | None = None, half: Half | None = None
) -> ProposalRow | None:
    """The window of one client, whatever it proposes; None for somebody who is no longer there."""
    on, which = day or clock.today(), tables.clubs()[club] if club else tables.first()
    shown = half or rules.half_shown(on, int(tables.figure("term", "review_days")))
    names = _names(reads, (client,))
    if client not in names:
        return None
    currency = portfolio_currency(reads)
    limit = which.limit * 10 ** money.digits(currency)
    seen = windows(reads, shown, on, float("inf"), (client,))
    known = terms.memberships(reads, which.code, min(on, shown.end))
    decided = terms.term_named(reads, client, which.code, shown.code)
    return _row(client, names, which, shown, seen, known, decided, limit, currency, on)


def _wanted(
    seen: Mapping[ClientId, tuple[Window, int | None]],
    known: Mapping[ClientId, Membership],
    decided: Mapping[ClientId, TermRow],
    near: float,
) -> tuple[ClientId, ...]:
    """Members, those decided on, and whoever's mean or last month comes near the limit."""
    able = {client for client, (one, level) in seen.items() if max(level or 0, one.mean or 0) >= near}
    return tuple(sorted(able | {client for client, one in known.items() if one.member} | set(decided)))


def _row(
    client: ClientId, names: Mapping[ClientId, tuple[str, str | None]], club: Club, half: Half,
    seen: Mapping[ClientId, tuple[Window, int | None]], known: Mapping[ClientId, Membership], decided: TermRow | None,
    limit: int, currency: str, day: date,
) -> ProposalRow:  # fmt: skip
    nothing = rules.window(half, {}, day)
    found, level = seen.get(client, (nothing, None))
    member = known[client].member if client in known else False
    made = rules.propose(
        found, limit, day, member=member, level=level, watch_share=tables.figure("proposal", "watch_share"),
        reach=tables.figure("proposal", "reach"),
    )  # fmt: skip
    needed = found.needed(limit)
    name, number = names.get(client, ("", None))
    return ProposalRow(
        client, name, number, club.code, half.code, member, made.proposal,
        _why(made.why, found, limit, level, currency), limit,
        None if found.mean is None else round(found.mean), None if needed is None else round(needed), level,
        half.days, found.known_days, found.gaps, currency, decided,
    )  # fmt: skip


def _why(why: str, seen: Window, limit: int, level: int | None, currency: str) -> tuple[Phrase, ...]:
    """The reasons in words, with their figures."""
    if why == "missing":
        if not seen.gaps:
            return (phrase("No daily average is known."),)
        months = ", ".join(f"{month // 12}-{month % 12 + 1:02}" for month in seen.gaps)
        return (phrase("Not decidable: no figures for {months}.", months=months),)
    said = []
    if seen.mean is not None:
        said.append(
            phrase("Mean {mean} over {known} of {days} days, asked for is {limit}.", mean=Compact(round(seen.mean),
                   currency), known=seen.known_days, days=seen.half.days, limit=Compact(limit, currency))
        )  # fmt: skip
    if why == "secured":
        said.append(phrase("The half-year is made, whatever the days left bring."))
    needed = seen.needed(limit)
    if why == "needed" and needed is not None:
        said.append(
            phrase("The {left} days left need a mean of {needed}.", left=seen.days_left,
                   needed=Compact(round(needed), currency))
        )  # fmt: skip
        if level is not None:
            said.append(phrase("The last month had {level}.", level=Compact(level, currency)))
    return tuple(said)


def _names(reads: Reads, clients: tuple[ClientId, ...]) -> dict[ClientId, tuple[str, str | None]]:
    rows = reads.rows(
        "SELECT id, name, number FROM client WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(clients),)
    )
    return {ClientId(row[0]): (row[1], row[2]) for row in rows}
