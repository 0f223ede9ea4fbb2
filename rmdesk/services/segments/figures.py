"""Rebuilds the figures of clients' money from the facts, in the transaction that changes the facts.

AUM counts the kinds that rules/products.toml calls assets: what the bank tells of the client as a whole when that is
as new as its parts, or the only thing known; else the balances of open accounts and the holdings. A holding on an
account of its own kind (a deposit on a deposit account) is that account's balance told twice and not counted; one on
the account that pays for it (a deposit linked to a demand account) is other money and counted. An account of which
only months were told has the balance of its last month end. Foreign currencies count by the rates in the settings,
or are left out and named.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from rmdesk.models.kinds import AssetKind, Topic
from rmdesk.services.segments import assets, months
from rmdesk.services.store.work import UnitOfWork

_TOPICS = (Topic.SEGMENTS,)


def refresh(work: UnitOfWork, clients: Sequence[int] | None = None) -> None:
    """Rebuild the figures of these clients, or of all (None)."""
    currency = assets.portfolio_currency(work)
    before = work.value("SELECT currency FROM client_figures LIMIT 1")
    if before is not None and before != currency:
        clients = None  # amounts in another currency than the rest would be compared with them
    chosen = "" if clients is None else "WHERE client_id IN (SELECT value FROM json_each(:clients))"
    params = {
        "clients": "[]" if clients is None else _with_holders(work, clients),
        "currency": currency,
        "rates": json.dumps(assets.factors(work, currency)),
        "assets": json.dumps(assets.asset_kinds()),
    }
    work.bulk(f"DELETE FROM client_figures {chosen}", params, topics=_TOPICS)
    work.bulk(_figures(chosen), params, topics=_TOPICS)
    months.refresh(work, chosen, params)


def _with_holders(work: UnitOfWork, clients: Sequence[int]) -> str:
    """These clients, and who has a holding on an account of theirs: it counts where the account does not. As JSON."""
    given = json.dumps([int(client) for client in clients])
    holders = work.rows(
        """
        SELECT h.client_id FROM account a JOIN holding h ON h.account_id = a.id
        WHERE a.client_id IN (SELECT value FROM json_each(:clients)) AND h.client_id <> a.client_id
        """,
        {"clients": given},
    )
    return json.dumps(sorted({*json.loads(given), *(row[0] for row in holders)}))


def converted(amount: str, factor: str) -> str:
    """SQL of an amount in the portfolio's minor units: exact in its own currency, NULL without a rate."""
    return f"CASE {factor} WHEN 1.0 THEN {amount} ELSE CAST(round({amount} * {factor}) AS INTEGER) END"


def _figures(chosen: str) -> str:
    held = " + ".join(f"max(kind = '{kind.value}')" for kind in AssetKind)
    given = {"chosen": chosen, "held": held, "amount": converted("amount", "factor")}
    for name, of in (
        ("account", "m.account_id = a.id"),
        ("client", "m.client_id = c.id AND ifnull(account_id, 0) = 0"),
    ):
        given[f"{name}_end"] = assets.last_end(of)
        given[f"{name}_end_on"] = assets.last_end_on(of)
    return _SQL.format(**given)


# One row per client from two sources: what is known of the parts, and what the bank told of the whole.
_SQL = """
INSERT INTO client_figures (client_id, currency, aum_minor, aum_on, demand_minor, product_kinds, since, left_out)
WITH rate(currency, factor) AS MATERIALIZED (SELECT key, value FROM json_each(:rates)),
asset(kind) AS MATERIALIZED (SELECT value FROM json_each(:assets)),
part AS (
    SELECT client_id, kind, currency, coalesce(balance_minor, {account_end}) AS amount,
           CASE WHEN balance_minor IS NULL THEN {account_end_on} ELSE as_of END AS as_of, opened_on
    FROM account a WHERE closed_on IS NULL
    UNION ALL
    SELECT h.client_id, h.kind, h.currency,
           CASE WHEN coalesce(a.balance_minor, {account_end}) IS NULL OR a.closed_on IS NOT NULL OR a.kind <> h.kind
                THEN h.amount_minor END, h.as_of, NULL
    FROM holding h LEFT JOIN account a ON a.id = h.account_id
    WHERE h.ended_on IS NULL
),
valued AS (
    SELECT client_id, kind, part.currency, as_of, opened_on, factor,
           CASE WHEN kind IN asset THEN amount END AS amount
    FROM part LEFT JOIN rate ON rate.currency = part.currency
    {chosen}
),
summed AS (
    SELECT client_id,
           sum({amount}) AS amount,
           max(CASE WHEN amount IS NOT NULL THEN as_of END) AS as_of,
           sum(CASE WHEN kind = 'demand' THEN {amount} END) AS demand,
           {held} AS kinds,
           min(opened_on) AS since,
           group_concat(DISTINCT CASE WHEN amount IS NOT NULL AND factor IS NULL THEN currency END) AS left_out
    FROM valued GROUP BY client_id
),
whole AS (
    SELECT c.id AS client_id, opened_on, factor, c.currency, coalesce(aum_minor, {client_end}) AS amount,
           CASE WHEN aum_minor IS NULL THEN {client_end_on} ELSE coalesce(aum_on, as_of) END AS as_of
    FROM client c LEFT JOIN rate ON rate.currency = coalesce(c.currency, :currency)
),
joined AS (
    SELECT w.client_id, s.amount AS parts, s.as_of AS parts_on, s.demand, coalesce(s.kinds, 0) AS kinds,
           min(coalesce(w.opened_on, s.since), coalesce(s.since, w.opened_on)) AS since, s.left_out,
           w.as_of AS whole_on, w.factor, w.currency, w.amount,
           w.amount IS NOT NULL AND w.factor IS NOT NULL
               AND (s.amount IS NULL OR w.as_of >= coalesce(s.as_of, w.as_of)) AS told
    FROM whole w LEFT JOIN summed s ON s.client_id = w.client_id
)
SELECT client_id, :currency,
       CASE WHEN told THEN {amount} ELSE parts END,
       CASE WHEN told THEN whole_on ELSE parts_on END,
       demand, kinds, since,
       CASE WHEN told THEN NULL
            WHEN parts IS NULL AND amount IS NOT NULL AND factor IS NULL THEN currency
            ELSE replace(left_out, ',', ' ') END
FROM joined {chosen}
"""
