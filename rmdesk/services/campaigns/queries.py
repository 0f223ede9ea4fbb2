"""Reads campaigns: the list, one with what came of it, and its clients in the order to call."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date

from rmdesk.base import clock
from rmdesk.base.record import replace
from rmdesk.base.text import Phrase, phrase
from rmdesk.models.kinds import CampaignState, ClientId, Purpose, RecordId, Tier, TouchOutcome
from rmdesk.services.campaigns import barred, conditions, rules
from rmdesk.services.campaigns.rows import CampaignRow, TargetRow, TouchRow
from rmdesk.services.campaigns.tables import table
from rmdesk.services.care import portfolio
from rmdesk.services.response.queries import Earlier, call_order
from rmdesk.services.store.reads import Reads, Row

_CAMPAIGNS = """
SELECT k.id, k.name, k.purpose, k.product, coalesce(p.name, k.product, ''), k.state, k.starts_on, k.ends_on, k.filter,
       k.with_open, k.script, k.margin_bp, k.note,
       (SELECT count(*) FROM campaign_target t WHERE t.campaign_id = k.id AND t.out_on IS NULL),
       (SELECT count(DISTINCT t.client_id) FROM campaign_touch t WHERE t.campaign_id = k.id),
       (SELECT count(DISTINCT t.client_id) FROM campaign_touch t WHERE t.campaign_id = k.id AND t.outcome = 'bought')
FROM campaign k LEFT JOIN product p ON p.code = k.product
"""
_ORDER = "ORDER BY CASE k.state WHEN 'running' THEN 0 WHEN 'draft' THEN 1 ELSE 2 END, k.starts_on DESC, k.id"


def campaigns(reads: Reads) -> tuple[CampaignRow, ...]:
    """All campaigns: those that run first, then drafts, then the closed ones; the newest first in each."""
    return tuple(_campaign(row) for row in reads.rows(f"{_CAMPAIGNS} {_ORDER}"))


def campaign_of(reads: Reads, campaign: RecordId) -> CampaignRow | None:
    """One campaign; None when it is gone."""
    row = reads.one(f"{_CAMPAIGNS} WHERE k.id = ?", (campaign,))
    return None if row is None else _campaign(row)


def campaign_named(reads: Reads, name: str) -> CampaignRow | None:
    """The campaign of this id, or of this name: the newest of several."""
    key = reads.value(
        "SELECT id FROM campaign WHERE id = ?1 OR name = ?1 ORDER BY id = ?1 DESC, starts_on DESC LIMIT 1", (name,)
    )
    return None if key is None else campaign_of(reads, RecordId(key))


_TARGETS = """
SELECT t.client_id, c.number, c.name, t.out_on, t.out_why,
       (SELECT count(*) FROM campaign_touch h WHERE h.campaign_id = t.campaign_id AND h.client_id = t.client_id),
       (SELECT sum(h.amount_minor) FROM campaign_touch h
        WHERE h.campaign_id = t.campaign_id AND h.client_id = t.client_id AND h.outcome = 'bought')
FROM campaign_target t JOIN client c ON c.id = t.client_id
WHERE t.campaign_id = ? AND c.merged_into IS NULL ORDER BY t.client_id
"""
_LAST = """
SELECT client_id, outcome, "on", row_number() OVER (PARTITION BY client_id ORDER BY "on" DESC, entered_at DESC, id DESC)
FROM campaign_touch WHERE campaign_id = ?
"""


def targets(reads: Reads, campaign: RecordId, day: date | None = None) -> tuple[TargetRow, ...]:
    """The clients of a campaign: first those to call, in their order, then the others with the reason why not now."""
    today = day or clock.today()
    found = campaign_of(reads, campaign)
    if found is None:
        return ()
    rows = [row for page in reads.pages(_TARGETS, (campaign,)) for row in page]
    last = {
        client: (TouchOutcome(outcome), date.fromisoformat(on))
        for client, outcome, on, place in reads.rows(_LAST, (campaign,))
        if place == 1
    }
    stopped = _stops(reads, found, [row[0] for row in rows], today)
    standing = _standing(reads, today, [row[0] for row in rows])
    made = [_target(row, last.get(row[0]), stopped.get(row[0]), standing.get(row[0]), today) for row in rows]
    return _ordered(reads, campaign, made, today)


def touches_of(reads: Reads, client: ClientId, limit: int = 50) -> tuple[TouchRow, ...]:
    """What campaigns had to do with a client, newest first."""
    rows = reads.rows(
        """
        SELECT t.id, t.campaign_id, k.name, t.client_id, t."on", t.channel, t.outcome, t.amount_minor, t.currency,
               t.note, t.visit_id
        FROM campaign_touch t JOIN campaign k ON k.id = t.campaign_id
        WHERE t.client_id = ? ORDER BY t."on" DESC, t.entered_at DESC LIMIT ?
        """,
        (client, limit),
    )
    return tuple(
        TouchRow(
            RecordId(row[0]), RecordId(row[1]), row[2], ClientId(row[3]), date.fromisoformat(row[4]), row[5],
            TouchOutcome(row[6]), row[7], row[8] or "", row[9] or "", None if row[10] is None else RecordId(row[10]),
        )
        for row in rows
    )  # fmt: skip


def products(reads: Reads) -> tuple[tuple[str, str], ...]:
    """The products that can be sold, code and name, by name."""
    return tuple(reads.rows("SELECT code, name FROM product ORDER BY name, code LIMIT 500"))


def _campaign(row: Row) -> CampaignRow:
    return CampaignRow(
        id=RecordId(row[0]),
        name=row[1],
        purpose=Purpose(row[2]),
        product=row[3],
        product_name=row[4],
        state=CampaignState(row[5]),
        starts_on=date.fromisoformat(row[6]),
        ends_on=None if row[7] is None else date.fromisoformat(row[7]),
        conditions=conditions.read(None if row[8] is None else json.loads(row[8])),
        with_open=bool(row[9]),
        script=row[10] or "",
        margin_bp=row[11],
        note=row[12] or "",
        targets=row[13],
        touched=row[14],
        bought=row[15],
    )


def _stops(reads: Reads, found: CampaignRow, clients: Sequence[int], day: date) -> dict[int, tuple[str, Phrase]]:
    """Who must not be approached today although on the list, with the code and the words of the reason."""
    rule, known = table().purposes[found.purpose], set(clients)
    told = barred.by_status(reads)
    declined = barred.declined(reads, day, found.product, found.id, table().declined_days)
    told.append(("declined", phrase("Said no already"), sorted(declined)))
    if found.product is not None:
        told += [(code, why, some) for code, (why, some) in barred.unsuited(reads, found.product, day).items()]
    told.append(("complaint", phrase("A complaint is open: settle it first"), barred.with_complaints(reads)))
    told.append(("promise", phrase("A promise is overdue: keep it first"), barred.with_broken_promises(reads, day)))
    if rule.marketing:
        told.append(("touches", barred.TOUCHED_OUT, sorted(barred.touched_out(reads, day, clients))))
    stops: dict[int, tuple[str, Phrase]] = {}
    for code, why, some in told:
        for client in known.intersection(some):
            stops.setdefault(client, (code, why))
    return stops


def _standing(reads: Reads, day: date, clients: Sequence[int]) -> dict[int, tuple[Tier | None, str | None]]:
    whole = portfolio.current(reads, day)
    tiers = (None, *Tier)
    places = ((client, whole.place(client)) for client in clients)
    found = ((client, int(whole.tier[at]), int(whole.group[at])) for client, at in places if at is not None)
    return {client: (tiers[tier], f"G{group}" if group else None) for client, tier, group in found}


def _target(
    row: Row,
    last: tuple[TouchOutcome, date] | None,
    stop: tuple[str, Phrase] | None,
    standing: tuple[Tier | None, str | None] | None,
    day: date,
) -> TargetRow:
    outcome, on = last or (None, None)
    again = rules.may_call_again(outcome, on, day, table().again)
    code, why = "", Phrase("", {})
    if row[3] is not None:
        code, why = "out", phrase("Taken off the list: {why}", why=row[4] or "")
    elif again is None:
        code, why = "ended", phrase("Done") if outcome is TouchOutcome.BOUGHT else phrase("Said no")
    elif stop is not None:
        code, why = stop[0], stop[1]
    elif again > day:
        code, why = "later", phrase("Again from {day}", day=again.isoformat())
    tier, group = standing or (None, None)
    return TargetRow(
        client=ClientId(row[0]),
        number=row[1],
        name=row[2],
        tier=tier,
        group=group,
        place=None,
        why=why if code else None,
        code=code,
        points=0.0,
        lines=(),
        tries=row[5],
        last=outcome,
        last_on=on,
        again_on=again,
        sold_minor=row[6],
        currency="",
    )


_LAST_FIRST = {"": 0, "later": 1, "touches": 2}


def _ordered(reads: Reads, campaign: RecordId, made: list[TargetRow], day: date) -> tuple[TargetRow, ...]:
    """Those to call by the calling order, an interest that is due first; then those for later, then the rest."""
    by_client = {row.client: row for row in made}
    free = [row.client for row in made if not row.code]
    tries = {row.client: row.tries for row in made}
    order = call_order(reads, free, day, earlier_of(reads, campaign, day), tries)
    # Who asked to hear more is called before anybody new; within, the order stays.
    called = sorted(order, key=lambda one: by_client[one.client].last is not TouchOutcome.INTERESTED)
    first = [
        replace(by_client[one.client], place=at, points=one.points, lines=one.lines)
        for at, one in enumerate(called, start=1)
    ]
    rest = [row for row in made if row.code]
    rest.sort(key=lambda row: (_LAST_FIRST.get(row.code, 4 if row.code in ("ended", "out") else 3), row.client))
    return (*first, *rest)


def earlier_of(reads: Reads, campaign: RecordId, day: date) -> dict[ClientId, Earlier]:
    """What became of other campaigns with each client, as the calling order asks for it."""
    found = {}
    for page in reads.pages(
        "SELECT client_id, max(outcome IN ('interested', 'bought')), max(\"on\") FROM campaign_touch"
        " WHERE campaign_id <> ? AND outcome <> 'not_reached' GROUP BY client_id",
        (campaign,),
    ):
        for client, success, on in page:
            found[ClientId(client)] = Earlier(bool(success), (day - date.fromisoformat(on)).days)
    return found
