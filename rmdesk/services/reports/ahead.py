"""What falls due in the days after a report, and who slips away meanwhile."""

from __future__ import annotations

import json
from datetime import date, timedelta

from rmdesk.base.money import Money
from rmdesk.base.text import Phrase, phrase
from rmdesk.models.kinds import ClientId
from rmdesk.services.calendar import queries as calendar
from rmdesk.services.calendar.rows import EntryKind
from rmdesk.services.calendar.words import SINGLE
from rmdesk.services.churn import at_risk
from rmdesk.services.complaints.queries import open_complaints
from rmdesk.services.reports import rules
from rmdesk.services.reports.done import CLIENT, DAY_
from rmdesk.services.reports.parts import Cell, Column, Form, Part, Who
from rmdesk.services.rulebook import Words
from rmdesk.services.segments import tables as segments
from rmdesk.services.store.reads import Reads
from rmdesk.services.visits.rows import Coverage


def due(reads: Reads, last: date) -> Part:
    """Planned visits, promises, tasks, occasions, maturities and legal clocks of the days after `last`."""
    first, until = last + timedelta(1), last + timedelta(rules.number("ahead", "days"))
    found = calendar.days(reads, first, until, rules.number("ahead", "per_day"), hidden=(EntryKind.PREPARE,))
    rows: list[tuple[Cell, ...]] = [
        (
            one.on,
            phrase(SINGLE[one.kind]),
            Who(one.client, one.name) if one.client is not None else one.name or None,
            one.text,
        )
        for one in found.entries
    ]
    clocks = [one for one in open_complaints(reads) if first <= one.due_on <= until]
    rows += [(one.due_on, phrase("Complaint"), Who(one.client, one.name), one.text) for one in clocks]
    return Part(
        "due",
        phrase("Due next"),
        (DAY_, Column(phrase("Kind"), width=14), CLIENT, Column(phrase("Matter"), width=60)),
        tuple(sorted(rows, key=_by_day)),
        note=f"{first.isoformat()} – {until.isoformat()}",
        empty=phrase("Nothing is due."),
        count=sum(found.counts.values()) + len(clocks),
    )


def _by_day(row: tuple[Cell, ...]) -> str:
    return str(row[0])


def overdue(reads: Reads, found: Coverage, currency: str) -> Part:
    """Clients whose cadence has passed: the highest tier first, in it who is furthest past it."""
    aum = _aum(reads, [one.client for one in found.overdue])
    return Part(
        "overdue",
        phrase("Overdue clients"),
        (
            CLIENT, Column(phrase("Tier"), width=14), Column(phrase("AUM"), Form.MONEY, 14),
            Column(phrase("Days since contact"), Form.COUNT, 14), Column(phrase("Cadence, days"), Form.COUNT, 12),
            Column(phrase("Days overdue"), Form.COUNT, 12),
        ),
        tuple(
            (
                Who(one.client, one.name), tier_name(one.tier), _money(aum.get(one.client), currency), one.gap,
                one.cadence, one.over,
            )
            for one in found.overdue
        ),
        note=phrase("as of {day}", day=found.day),
        empty=phrase("Nobody is overdue."),
        count=found.overdue_count,
    )  # fmt: skip


def warnings(reads: Reads, day: date) -> Part:
    """Clients who may leave, with the reasons; highest risk first."""
    found = at_risk.warnings(reads, day, rules.number("slips", "warnings"))
    return Part(
        "warnings",
        phrase("Churn warnings"),
        (
            CLIENT, Column(phrase("Risk"), Form.SHARE, 9), Column(phrase("AUM"), Form.MONEY, 13),
            Column(phrase("Why"), width=64),
        ),
        tuple(
            (Who(one.client, one.name), one.risk, _money(one.aum_minor, one.currency), _joined(one.reasons))
            for one in found.rows
        ),
        note=phrase("as of {day}", day=day),
        empty=phrase("Nobody gives signs of leaving."),
        count=found.count,
    )  # fmt: skip


def _joined(reasons: tuple[Phrase, ...]) -> Phrase | str:
    if len(reasons) < 2:
        return reasons[0] if reasons else ""
    return phrase("{first}; {more}", first=reasons[0], more=_joined(reasons[1:]))


def tier_name(tier: str | None) -> Words | None:
    """The name of a tier, None for an unknown one."""
    names = segments.table().tier_names
    return None if tier is None else names[[one.value for one in segments.TIERS].index(tier)]


def _aum(reads: Reads, clients: list[ClientId]) -> dict[int, int]:
    sql = "SELECT client_id, aum_minor FROM client_figures WHERE client_id IN (SELECT value FROM json_each(?))"
    return {row[0]: row[1] for row in reads.rows(sql, (json.dumps(clients),)) if row[1] is not None}


def _money(minor: int | None, currency: str) -> Money | None:
    return None if minor is None else Money(minor, currency)
