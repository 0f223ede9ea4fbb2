"""Whom to call first among some clients, from what the desk knows of them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np

from rmdesk.base import clock
from rmdesk.base.record import record
from rmdesk.models.kinds import AssetKind, ClientId
from rmdesk.services.response import rules
from rmdesk.services.response.tables import LINES, table
from rmdesk.services.store.reads import Reads


@record
class Earlier:
    """What became of earlier campaigns with a client: whether there was a yes, and days since the last contact."""

    success: bool
    days: int


@record
class CallRow:
    """A client in the order to call, and the lines (name, points) that put them there."""

    client: ClientId
    points: float
    lines: tuple[tuple[str, float], ...]


_CLIENTS = """
SELECT c.id, c.phone IS NOT NULL OR c.other_phones IS NOT NULL,
       CASE WHEN c.birth_date GLOB '[12][0-9][0-9][0-9]-*' THEN
           CAST(substr(:day, 1, 4) AS INTEGER) - CAST(substr(c.birth_date, 1, 4) AS INTEGER)
           - (length(c.birth_date) = 10 AND substr(c.birth_date, 6) > substr(:day, 6)) END,
       f.aum_minor,
       (SELECT group_concat(lower(h.name || ' ' || coalesce(p.name, '')), '|') FROM holding h
        LEFT JOIN product p ON p.id = h.product_id
        WHERE h.client_id = c.id AND h.kind = :loan AND h.ended_on IS NULL)
FROM client c LEFT JOIN client_figures f ON f.client_id = c.id
WHERE c.id IN (SELECT value FROM json_each(:clients)) AND c.merged_into IS NULL ORDER BY c.id
"""


def call_order(
    reads: Reads,
    clients: Sequence[ClientId],
    day: date | None = None,
    earlier: Mapping[ClientId, Earlier] | None = None,
    tries: Mapping[ClientId, int] | None = None,
) -> tuple[CallRow, ...]:
    """These clients, the likeliest to say yes first; `tries` counts the contacts of this campaign so far."""
    rule, known, called = table(), earlier or {}, tries or {}
    given = {"day": (day or clock.today()).isoformat(), "loan": AssetKind.LOAN.value}
    rows = []
    for page in reads.pages(_CLIENTS, {**given, "clients": json.dumps([int(one) for one in clients])}):
        for client, phone, age, balance, loans in page:
            homes = [any(word in name for word in rule.home_loan_words) for name in (loans or "").split("|") if name]
            past = known.get(client)
            rows.append(
                (
                    client, float(past is not None and past.success), float(past is not None),
                    np.nan if past is None else past.days, phone, float(any(homes)), float(not all(homes)), np.nan,
                    np.nan if age is None else age, np.nan if balance is None else balance,
                    called.get(client, 0) + 1,
                )
            )  # fmt: skip
    table_ = np.array(rows, dtype=np.float64).reshape(len(rows), 11)
    asked = rules.Asked(*table_[:, 1:].T)
    lines = rules.points(asked, rule)
    sums = rules.total(lines)
    ids = table_[:, 0].astype(np.int64)
    return tuple(
        CallRow(
            ClientId(int(ids[at])),
            float(sums[at]),
            tuple((rule.lines[name].name.said, float(lines[name][at])) for name in LINES if lines[name][at]),
        )
        for at in rules.ordered(sums, ids).tolist()
    )
