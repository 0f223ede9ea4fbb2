"""The clients behind a mark of a view, as rows to show: who, and what puts them there."""

from __future__ import annotations

import json
from collections.abc import Sequence

import numpy as np

from rmdesk.base import money
from rmdesk.base.record import record
from rmdesk.models.kinds import ClientId
from rmdesk.services.loyalty.queries import ClientTime, Pareto, Silent, Stood
from rmdesk.services.rfm.queries import Rfm
from rmdesk.services.store.reads import Reads

_Row = tuple[int, int | None, dict[str, float | None], tuple[str, ...]]
MOST = 300  # rows shown of one mark; all are counted


@record
class Person:
    """One client of a mark: name (or number), the amount, and figures by name; None is unknown."""

    client: ClientId
    name: str
    aum_minor: int | None
    figures: dict[str, float | None]
    facts: tuple[str, ...] = ()


@record
class People:
    """The first clients of a mark, and how many there are."""

    rows: tuple[Person, ...]
    count: int
    currency: str


def of_tenth(reads: Reads, found: Pareto, tenth: int) -> People:
    """A tenth of the clients by AUM, 0 the wealthiest."""
    size = len(found.client)
    first, last = size * tenth // 10, size * (tenth + 1) // 10
    shown = range(first, min(last, first + MOST))
    unit = 10.0 ** money.digits(found.currency)
    rows: list[_Row] = [
        (int(found.client[at]), round(float(found.amount[at]) * unit), {"held": float(found.held[at])}, ())
        for at in shown
    ]
    return _named(reads, rows, last - first, found.currency)


def of_stance(reads: Reads, found: Sequence[Stood], stance: str, currency: str) -> People:
    """The clients of a corner of the map; `trap`: those in the satisfaction trap, whatever their corner."""
    there = [one for one in found if (one.trap if stance == "trap" else one.stance == stance)]
    rows: list[_Row] = [
        (
            int(one.client), None, {"csat": float(one.csat), "loyalty": one.loyalty, "churn": one.churn},
            tuple(fact.said for fact in one.trap),
        )
        for one in there[:MOST]
    ]  # fmt: skip
    return _named(reads, rows, len(there), currency)


def of_silent(reads: Reads, found: Sequence[Silent], currency: str) -> People:
    """The silent loyal."""
    rows: list[_Row] = [
        (
            int(one.client), one.aum_minor,
            {"loyalty": one.loyalty, "quiet": _number(one.quiet_days), "gap": _number(one.gap_days)}, (),
        )
        for one in found[:MOST]
    ]  # fmt: skip
    return _named(reads, rows, len(found), currency)


def of_time(reads: Reads, found: Sequence[ClientTime], currency: str) -> People:
    """Clients by time and value."""
    rows: list[_Row] = [
        (
            int(one.client), one.aum_minor,
            {"minutes": one.minutes, "time": one.time_share, "aum": one.aum_share, "loyalty": one.loyalty}, (),
        )
        for one in found
    ]  # fmt: skip
    return _named(reads, rows, len(found), currency)


def of_cell(reads: Reads, found: Rfm, recency: int, frequency: int) -> People:
    """The clients of a cell of RFM."""
    places = found.cell(recency, frequency)
    unit = 10.0 ** money.digits(found.currency)
    rows: list[_Row] = []
    for at in places[:MOST].tolist():
        amount = float(found.amount[at])
        figures = {
            "days": _known(found.days[at]), "months": _known(found.months[at]), "money": float(found.money[at]) or None,
            "alive": _known(found.alive[at]), "expected": _known(found.expected[at]),
        }  # fmt: skip
        rows.append((int(found.client[at]), None if np.isnan(amount) else round(amount * unit), figures, ()))
    return _named(reads, rows, len(places), found.currency)


def _named(
    reads: Reads,
    rows: Sequence[_Row],
    count: int,
    currency: str,
) -> People:
    ids = json.dumps([row[0] for row in rows])
    names = {
        row[0]: (row[1], row[2])
        for row in reads.rows(
            "SELECT c.id, coalesce(nullif(c.name, ''), c.number, '#' || c.id), f.aum_minor FROM client c "
            "LEFT JOIN client_figures f ON f.client_id = c.id WHERE c.id IN (SELECT value FROM json_each(?))",
            (ids,),
        )
    }
    people = tuple(
        Person(ClientId(client), names[client][0], amount if amount is not None else names[client][1], figures, facts)
        for client, amount, figures, facts in rows
        if client in names
    )
    return People(people, count, currency)


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _number(value: int | None) -> float | None:
    return None if value is None else float(value)
