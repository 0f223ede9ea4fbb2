"""Reads churn cases: the list, and one with its rebuilt year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from rmdesk.base.text import phrase
from rmdesk.models.kinds import CaseState, ClientId, Loss, RecordId, WinBack
from rmdesk.services.churn import case_rules, seen
from rmdesk.services.churn.case_rules import Seen
from rmdesk.services.complaints import timeline as complaints
from rmdesk.services.events import Event, EventKind
from rmdesk.services.gifts import timeline as gifts
from rmdesk.services.holdings import timeline as holdings
from rmdesk.services.journals import timeline as journals
from rmdesk.services.satisfaction import timeline as satisfaction
from rmdesk.services.steps import StepRow
from rmdesk.services.store.reads import Reads, Row
from rmdesk.services.visits import timeline as visits


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A churn case. Amounts in minor units as they were when it opened; `steps` counts what was done."""

    id: RecordId
    client: ClientId
    number: str | None
    name: str
    reason: Loss
    lost_on: date
    opened_on: date
    peak_minor: int | None
    left_minor: int | None
    currency: str | None
    open: bool
    cause: str | None
    signal: str | None
    signal_on: date | None
    note: str
    outcome: WinBack | None
    closed_on: date | None
    steps: int

    @property
    def days_before(self) -> int | None:
        """How many days before the loss the missed signal was visible."""
        return None if self.signal_on is None else (self.lost_on - self.signal_on).days


@dataclass(frozen=True, slots=True)
class MonthEnd:
    """The client's assets at the end of a month, in minor units."""

    on: date
    minor: int


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A case with everything that was known of the year before: assets by month, what happened, which signals."""

    case: CaseRow
    steps: tuple[StepRow, ...]
    months: tuple[MonthEnd, ...]
    events: tuple[Event, ...]
    seen: tuple[Seen, ...]
    missed: Seen | None  # the first one


# `services/timeline` shows cases among all else, so that they are not asked from there.
_SOURCES = (
    visits.events_of,
    complaints.events_of,
    satisfaction.events_of,
    journals.events_of,
    gifts.events_of,
    holdings.events_of,
)
_MOST = 1000
_CASES = """
SELECT k.id, k.client_id, c.number, c.name, k.reason, k.lost_on, k.opened_on, k.peak_minor, k.left_minor, k.currency,
       k.state, k.cause, k.signal, k.signal_on, k.note, k.outcome, k.closed_on,
       (SELECT count(*) FROM churn_step s WHERE s.case_id = k.id)
FROM churn_case k JOIN client c ON c.id = k.client_id
"""


def cases(reads: Reads, client: ClientId | None = None) -> tuple[CaseRow, ...]:
    """All cases (of a client), open ones first, then the newest."""
    where, params = ("", ()) if client is None else ("WHERE k.client_id = ?", (client,))
    rows = reads.rows(f"{_CASES} {where} ORDER BY k.state = 'closed', k.lost_on DESC, k.id", params)
    return tuple(_case(row) for row in rows)


def case_of(reads: Reads, case: RecordId) -> CaseFile | None:
    """One case with its year; None when it is gone."""
    row = reads.one(f"{_CASES} WHERE k.id = ?", (case,))
    if row is None:
        return None
    one = _case(row)
    steps = tuple(
        StepRow(RecordId(step), date.fromisoformat(on), who, text)
        for step, on, who, text in reads.rows(
            'SELECT id, "on", who, text FROM churn_step WHERE case_id = ? ORDER BY "on", id', (case,)
        )
    )
    first = one.lost_on - timedelta(days=31 * case_rules.table().months)
    found = seen.seen(reads, one.client, one.lost_on, cadences(reads, [one.client]).get(one.client))
    return CaseFile(
        one, steps, _months(reads, one), _events(reads, one, first), found, case_rules.first_missed(list(found))
    )


def case_named(reads: Reads, name: str) -> CaseFile | None:
    """The case of this id, or the newest of the client with this number."""
    known = reads.value(
        "SELECT k.id FROM churn_case k JOIN client c ON c.id = k.client_id WHERE k.id = ?1 OR c.number = ?1 "
        "ORDER BY k.lost_on DESC LIMIT 1",
        (name,),
    )
    return None if known is None else case_of(reads, RecordId(known))


def _case(row: Row) -> CaseRow:
    return CaseRow(
        id=RecordId(row[0]),
        client=ClientId(row[1]),
        number=row[2],
        name=row[3],
        reason=Loss(row[4]),
        lost_on=date.fromisoformat(row[5]),
        opened_on=date.fromisoformat(row[6]),
        peak_minor=row[7],
        left_minor=row[8],
        currency=row[9],
        open=row[10] == CaseState.OPEN,
        cause=row[11],
        signal=row[12],
        signal_on=None if row[13] is None else date.fromisoformat(row[13]),
        note=row[14] or "",
        outcome=None if row[15] is None else WinBack(row[15]),
        closed_on=None if row[16] is None else date.fromisoformat(row[16]),
        steps=row[17],
    )


def _months(reads: Reads, one: CaseRow) -> tuple[MonthEnd, ...]:
    """The month ends from a year before the loss on, told of the client as a whole or added up."""
    sql = (
        "SELECT month, sum(end_minor) FROM month_fact WHERE client_id = ? AND (account_id IS NULL) = ? "
        "AND month >= ? AND end_minor IS NOT NULL AND NOT partial GROUP BY month ORDER BY month"
    )
    first = case_rules.month_of(one.lost_on) - case_rules.table().months
    rows = reads.rows(sql, (one.client, 1, first)) or reads.rows(sql, (one.client, 0, first))
    return tuple(MonthEnd(case_rules.end_of(month), minor) for month, minor in rows)


def _events(reads: Reads, one: CaseRow, first: date) -> tuple[Event, ...]:
    """What happened in that year, and since: visits, journals, complaints, gifts, money, changes of the manager."""
    found = [event for source in _SOURCES for event in source(reads, one.client, _MOST) if event.on >= first]
    changed, by = reads.one("SELECT manager_since, manager FROM client WHERE id = ?", (one.client,)) or (None, None)
    if changed is not None and date.fromisoformat(changed) >= first:
        found.append(Event(date.fromisoformat(changed), EventKind.RELATION, phrase("Manager changed"), by or ""))
    return tuple(sorted(found, key=lambda event: event.on, reverse=True))


def cadences(reads: Reads, clients: Sequence[ClientId]) -> dict[ClientId, int]:
    """The cadence in days of those of these clients that have one."""
    import numpy as np

    from rmdesk.services.care import portfolio

    whole = portfolio.load(reads, clients=clients)
    known = ~np.isnan(whole.cadence)
    return {
        ClientId(client): int(days)
        for client, days in zip(whole.client[known].tolist(), whole.cadence[known].tolist(), strict=True)
    }
