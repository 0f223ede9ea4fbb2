"""Which signals could have been seen in the year before a client was lost, and whether anybody answered them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from rmdesk.models.kinds import ClientId
from rmdesk.services.churn import case_rules
from rmdesk.services.churn.case_rules import Seen
from rmdesk.services.scoring import tables as scoring
from rmdesk.services.store.reads import Reads

_CONTACTS = """SELECT "on", inbound FROM visit WHERE client_id = ? AND state = 'held' AND two_way
AND "on" BETWEEN ? AND ? ORDER BY "on" """
_MONTHS = """
SELECT month, sum(end_minor), sum(out_minor), max(last_own_on) FROM month_fact
WHERE client_id = ? AND NOT partial AND (account_id IS NULL) = ?
GROUP BY month ORDER BY month
"""


def seen(reads: Reads, client: ClientId, lost_on: date, cadence: int | None = None) -> tuple[Seen, ...]:
    """The signals of the year before `lost_on`, each on the first day it was visible, in that order.

    `cadence` in days is what silence is held against; without one silence says nothing.
    """
    rule = case_rules.table()
    first = lost_on - timedelta(days=rule.months * 31)
    held = reads.rows(_CONTACTS, (client, (first - timedelta(365)).isoformat(), lost_on.isoformat()))
    contacts = [date.fromisoformat(on) for on, _inbound in held]
    found: dict[str, date] = {}
    for name, on in (
        *_of_money(reads, client),
        *_of_holdings(reads, client),
        *_of_service(reads, client),
        *_of_silence(contacts, first, lost_on, cadence),
    ):
        if first <= on <= lost_on and (name not in found or on < found[name]):
            found[name] = on
    told = [Seen(name, on, case_rules.answered(on, contacts, rule)) for name, on in found.items()]
    return tuple(sorted(told, key=lambda one: (one.on, case_rules.SEEN.index(one.signal))))


def _of_money(reads: Reads, client: ClientId) -> Iterator[tuple[str, date]]:
    signals, large = scoring.table().signals, scoring.lanes().large_transfer
    rows = reads.rows(_MONTHS, (client, 1)) or reads.rows(_MONTHS, (client, 0))
    ends: list[tuple[int, int]] = []
    falling = 0
    quiet: str | None = None
    for month, end, out, own in rows:
        day = case_rules.end_of(month)
        if own is not None and (quiet is None or own > quiet):
            quiet = own
        if quiet is not None and (day - date.fromisoformat(quiet)).days > signals["dormant"].start:
            yield "dormant", day
        if end is None:
            continue
        before = [amount for at, amount in ends if month - signals["fall"].months <= at < month]
        peak = max(before, default=0)
        if peak > 0 and 1 - end / peak > signals["fall"].start:
            yield "fall", day
        falling = falling + 1 if ends and end < ends[-1][1] else 0
        if falling >= signals["decline"].months:
            yield "decline", day
        if out is not None and peak > 0 and out / peak >= large and end < peak:
            yield "transfers", day
        ends.append((month, end))


def _of_holdings(reads: Reads, client: ClientId) -> Iterator[tuple[str, date]]:
    wait = timedelta(scoring.table().signals["lapsed"].days)
    for (on,) in reads.rows(
        "SELECT matures_on FROM holding WHERE client_id = ? AND matures_on IS NOT NULL AND renewed IS NOT 1", (client,)
    ):
        yield "lapsed", date.fromisoformat(on) + wait


def _of_service(reads: Reads, client: ClientId) -> Iterator[tuple[str, date]]:
    rule = scoring.table().signals["cancelled"]
    called_off = [
        date.fromisoformat(on)
        for (on,) in reads.rows(
            "SELECT \"on\" FROM visit WHERE client_id = ? AND state IN ('cancelled', 'postponed') ORDER BY \"on\"",
            (client,),
        )
    ]
    for at, on in enumerate(called_off[rule.times - 1 :]):
        if (on - called_off[at]).days <= rule.days:
            yield "cancelled", on
    changed = reads.value("SELECT manager_since FROM client WHERE id = ?", (client,))
    if changed is not None:
        yield "manager", date.fromisoformat(changed)
    for (on,) in reads.rows(
        "SELECT closed_on FROM complaint WHERE client_id = ? AND verdict = 'unfavourable' AND closed_on IS NOT NULL",
        (client,),
    ):
        yield "complaint", date.fromisoformat(on)


def _of_silence(contacts: list[date], first: date, lost_on: date, cadence: int | None) -> Iterator[tuple[str, date]]:
    """No two-way contact for twice the cadence."""
    if cadence is None or not contacts:
        return
    wait = timedelta(round(scoring.table().signals["silence"].times * cadence))
    for on, following in zip(contacts, [*contacts[1:], lost_on], strict=True):
        if following - on > wait and on + wait >= first:
            yield "silence", on + wait
