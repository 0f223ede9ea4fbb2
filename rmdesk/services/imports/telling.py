"""What is kept of the bank's facts, as it travels to other desks: the other way round of `laying`."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from rmdesk.services.imports.kept import CLIENT
from rmdesk.services.imports.keys import listed
from rmdesk.services.imports.matching import SOUNDS
from rmdesk.services.store.reads import Reads, Row
from rmdesk.wire.bank import ClientFacts, MoneyFacts, Part

PAGE = 500
_LISTED = "IN (SELECT value FROM json_each(?))"
_BRANCH = ("code", "name", "region", "batch_id")


def told(reads: Reads, clients: Sequence[int]) -> Iterator[tuple[ClientFacts, MoneyFacts]]:
    """What the bank told of these clients (ids), in their order; those without a client number are left out."""
    days: dict[int, str] = dict(reads.rows("SELECT id, as_of FROM batch"))
    branches = {
        row[0]: (*row[1:4], days.get(row[4])) for row in reads.rows(f"SELECT id, {', '.join(_BRANCH)} FROM branch")
    }
    for start in range(0, len(clients), PAGE):
        page = listed(clients[start : start + PAGE])
        money = _money(reads, page, days, branches)
        for client, facts in _clients(reads, page, days, branches):
            accounts, holdings, months, named = money.get(client, ([], [], [], {}))
            yield facts, MoneyFacts(facts.number, accounts, holdings, months, list(named.values()))


def products(reads: Reads, clients: Sequence[int]) -> list[Part]:
    """The products that these clients hold, by code; columns as in `wire.bank.PRODUCT_COLUMNS`."""
    return list(
        reads.rows(
            "SELECT p.code, p.name, p.kind, p.risk, p.term_days, p.rate_bp, p.minimum_minor, p.currency, b.as_of"
            " FROM product p LEFT JOIN batch b ON b.id = p.batch_id"
            f" WHERE p.id IN (SELECT product_id FROM holding WHERE client_id {_LISTED}) ORDER BY p.code",
            (listed(clients),),
        )
    )


def _clients(
    reads: Reads, page: str, days: dict[int, str], branches: dict[int, Part]
) -> Iterator[tuple[int, ClientFacts]]:
    columns = [column for column in CLIENT.plain if column != "number"]
    extra = columns.index("extra")
    named = ", ".join(f'c."{column}"' for column in columns)
    rows = reads.rows(
        f"SELECT c.id, number, as_of, older, branch_id, {', '.join(SOUNDS)}, {named} FROM json_each(?) w"
        " CROSS JOIN client c ON c.id = w.value WHERE number IS NOT NULL ORDER BY w.key",
        (page,),
    )
    for client, number, as_of, older, branch, pinyin, initials, also, *values in rows:
        if values[extra] is not None:
            values[extra] = json.loads(values[extra])
        known = {name: value for name, value in zip(columns, values, strict=True) if value is not None}
        sounds = (pinyin, initials, also)
        yield client, ClientFacts(number, as_of, known, _older(older, days), branches.get(branch), sounds)


def _money(
    reads: Reads, page: str, days: dict[int, str], branches: dict[int, Part]
) -> dict[int, tuple[list[Part], list[Part], list[Part], dict[int, Part]]]:
    """Accounts, holdings, months and named branches by client."""
    found: dict[int, tuple[list[Part], list[Part], list[Part], dict[int, Part]]] = defaultdict(lambda: ([], [], [], {}))
    for row in _rows(reads, _ACCOUNTS, page):
        client, branch, number, as_of, older, second, *values, extra = row
        of_client = found[client]
        if branch is not None:
            of_client[3][branch] = branches[branch]
        code = None if branch is None else branches[branch][0]
        of_client[0].append((number, as_of, _older(older, days), second, code, *values, _extra(extra)))
    for client, key, as_of, older, *values, extra in _rows(reads, _HOLDINGS, page):
        found[client][1].append((key, as_of, _older(older, days), *values, _extra(extra)))
    for client, month, batch, *values in _rows(reads, _MONTHS, page):
        found[client][2].append((month, days.get(batch), *values))
    return found


# In the order of wire.bank's columns.
_ACCOUNTS = f"""
SELECT a.client_id, a.branch_id, a.number, a.as_of, a.older, s.number, a.kind, a.currency, a.opened_on, a.closed_on,
       a.balance_minor, a.average_minor, a.year_tx_count, a.extra
FROM account a LEFT JOIN client s ON s.id = a.second_client_id WHERE a.client_id {_LISTED}
"""
_HOLDINGS = f"""
SELECT h.client_id, h.key, h.as_of, h.older, a.number, p.code, h.name, h.kind, h.currency, h.amount_minor,
       h.started_on, h.matures_on, h.ended_on, h.rate_bp, h.renewed, h.extra
FROM holding h LEFT JOIN account a ON a.id = h.account_id LEFT JOIN product p ON p.id = h.product_id
WHERE h.client_id {_LISTED}
"""
_MONTHS = f"""
SELECT m.client_id, m.month, m.batch_id, a.number, m.currency, m.end_minor, m.average_minor, m.in_minor, m.out_minor,
       m.tx_count, m.last_tx_on, m.last_own_on, m.partial
FROM month_fact m LEFT JOIN account a ON a.id = m.account_id WHERE m.client_id {_LISTED}
"""


def _rows(reads: Reads, sql: str, page: str) -> Iterator[Row]:
    return (row for some in reads.pages(sql, (page,)) for row in some)


def _older(text: str | None, days: dict[int, str]) -> dict[str, Any] | None:
    """By field the day of the batch that told it."""
    if not text:
        return None
    return {name: None if batch is None else days.get(batch) for name, batch in json.loads(text).items()}


def _extra(text: str | None) -> Any:
    return None if text is None else json.loads(text)
