"""Clients who are lost and have no case yet, from the bank's facts."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import numpy as np

from rmdesk.base import clock, money
from rmdesk.base.record import record
from rmdesk.models.kinds import ClientId, ClientStatus, Loss
from rmdesk.services.churn import case_rules
from rmdesk.services.churn.case_rules import CaseTable
from rmdesk.services.store.reads import Reads, Row

UNTOLD = -(2**63)


@record
class LostRow:
    """A client who is lost: since when, why, and the amounts in minor units."""

    client: ClientId
    reason: Loss
    on: date
    peak_minor: int | None
    left_minor: int | None
    currency: str | None


_SKIPPED = f"c.status <> '{ClientStatus.DECEASED}' AND c.merged_into IS NULL"
# Of a team whose books lie on this desk, only the clients of one's own: nobody opens a case in a colleague's book.
_OWN = """NOT EXISTS (SELECT 1 FROM sync_client s JOIN sync_scope b ON b.id = 'book:' || s.book AND b.kind = 'book'
    WHERE s.client_id = c.id AND b."write" = 0)"""
_FIGURES = f"""
SELECT f.client_id, f.aum_minor, f.aum_on, f.last_month, f.ends, f.currency
FROM client_figures f JOIN client c ON c.id = f.client_id
WHERE f.aum_minor IS NOT NULL AND f.aum_on IS NOT NULL AND f.ends IS NOT NULL AND f.last_month IS NOT NULL
  AND {_SKIPPED} AND {_OWN} {{some}}
"""
# Who had something and has nothing open left; who never had anything is a prospect.
_EMPTY = f"""
WITH ended AS (
    SELECT client_id, max(closed_on) AS "on", count(*) AS n, sum(closed_on IS NULL) AS open, 1 AS account
    FROM account GROUP BY client_id
    UNION ALL
    SELECT client_id, max(ended_on), count(*), sum(ended_on IS NULL), 0 FROM holding GROUP BY client_id
)
SELECT e.client_id, max(e."on"), max(CASE WHEN e.account THEN e."on" END)
FROM ended e JOIN client c ON c.id = e.client_id
WHERE {_SKIPPED} AND {_OWN} {{some}}
GROUP BY e.client_id HAVING sum(e.open) = 0 AND max(e."on") IS NOT NULL
"""
_CLOSED = f"""
SELECT c.id, coalesce(c.as_of, :day) FROM client c
WHERE c.status = '{ClientStatus.CLOSED}' AND c.merged_into IS NULL AND {_OWN} {{some}}
"""
_CASES = "SELECT client_id, max(lost_on) FROM churn_case GROUP BY client_id"


def due(reads: Reads, day: date | None = None, clients: Sequence[ClientId] | None = None) -> tuple[LostRow, ...]:
    """Clients lost of late without a case, by client; the same rows again until their cases are opened."""
    rule, today = case_rules.table(), day or clock.today()
    known = {ClientId(client): date.fromisoformat(on) for client, on in reads.rows(_CASES)}
    found: dict[ClientId, LostRow] = {}
    for one in (*_gone(reads, today, clients), *_fallen(reads, today, clients, rule)):
        earlier = known.get(one.client)
        if today - timedelta(rule.recent_days) <= one.on <= today and (
            earlier is None or one.on > earlier + timedelta(rule.again_days)
        ):
            found.setdefault(one.client, one)
    return tuple(found[client] for client in sorted(found))


def _fallen(reads: Reads, today: date, clients: Sequence[ClientId] | None, rule: CaseTable) -> Iterator[LostRow]:
    for page in _pages(reads, _FIGURES, "f.client_id", clients, today):
        ends = np.frombuffer(b"".join(row[4] for row in page), dtype="<i8").reshape(len(page), -1)
        series = np.where(ends == UNTOLD, np.nan, ends)
        units = np.array([10.0 ** money.digits(row[5]) for row in page])
        aum = np.array([row[1] for row in page], dtype=np.float64)
        suspects = case_rules.may_have_fallen(series / units[:, None], aum / units, rule)
        for at in np.flatnonzero(suspects).tolist():
            client, left, aum_on, last_month, _ends, currency = page[at]
            fell = case_rules.fell_on(
                series[at] / units[at], last_month, left / units[at], min(date.fromisoformat(aum_on), today), rule
            )
            if fell is not None:
                on, peak = fell
                yield LostRow(ClientId(client), Loss.FALL, on, round(peak * units[at]), left, currency)


def _gone(reads: Reads, today: date, clients: Sequence[ClientId] | None) -> Iterator[LostRow]:
    for page in _pages(reads, _EMPTY, "e.client_id", clients, today):
        for client, on, closed in page:
            reason = Loss.CLOSED if closed is not None and closed >= on else Loss.NO_PRODUCT
            yield _without_figures(reads, client, reason, date.fromisoformat(on))
    for page in _pages(reads, _CLOSED, "c.id", clients, today):
        for client, on in page:
            yield _without_figures(reads, client, Loss.CLOSED, date.fromisoformat(on))


def _without_figures(reads: Reads, client: int, reason: Loss, on: date) -> LostRow:
    """A loss that is no fall of the AUM; its months, if any, tell what there was."""
    month = case_rules.month_of(on)
    row = reads.one(
        "SELECT max(total), currency FROM (SELECT sum(end_minor) AS total, currency FROM month_fact "
        "WHERE client_id = ? AND month BETWEEN ? AND ? AND NOT partial GROUP BY month, currency)",
        (client, month - case_rules.table().months, month),
    )
    peak, currency = row or (None, None)
    return LostRow(ClientId(client), reason, on, peak, 0 if peak is not None else None, currency)


def _pages(reads: Reads, sql: str, key: str, clients: Sequence[ClientId] | None, today: date) -> Iterator[list[Row]]:
    some = "" if clients is None else f"AND {key} IN (SELECT value FROM json_each(:clients))"
    given = {"clients": json.dumps([int(one) for one in clients or ()]), "day": today.isoformat()}
    yield from reads.pages(sql.replace("{some}", some), given)
