"""The care list and a receipt as plain data for scripts: the keys of the command line's JSON."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from rmdesk.base.money import Money
from rmdesk.models.kinds import Channel, ClientId, Purpose
from rmdesk.services.care import queries
from rmdesk.services.care.rows import Receipt, ReceiptLine
from rmdesk.services.store.reads import Reads


def today(
    reads: Reads, purpose: Purpose = Purpose.MAINTAIN, limit: int | None = None, day: date | None = None
) -> dict[str, Any]:
    """The day's list: {"date", "purpose", "items": [{"rank", "client", "name", "lane", "score", "lines", "action"}]}.

    The points of an item's lines add up to its score before rounding.
    """
    made, lines = queries.receipts_of(reads, purpose, day, limit)
    return {
        "date": made.day.isoformat(),
        "purpose": made.purpose.value,
        "length": made.length,
        "done": made.done,
        "snoozed": made.snoozed,
        "lanes": {lane.value: count for lane, count in made.lanes.items()},
        "notes": [note.said for note in made.notes],
        "items": [
            {
                "rank": item.rank,
                "client": item.client,
                "number": item.number,
                "name": item.name,
                "lane": item.lane.value,
                "tier": None if item.tier is None else item.tier.value,
                "familiarity": item.familiarity.value,
                "group": item.group,
                "aum": None if item.aum_minor is None else str(Money(item.aum_minor, item.currency)),
                "currency": item.currency,
                "score": item.score,
                "lines": _lines(lines[item.client]),
                "reasons": [{"kind": reason.shade.value, "text": reason.text.said} for reason in item.reasons],
                "action": item.action.text.said,
                "action_kind": item.action.step.value,
            }
            for item in made.items
        ],
    }


def score(
    reads: Reads,
    client: ClientId,
    purpose: Purpose = Purpose.MAINTAIN,
    day: date | None = None,
    what_if: Channel | None = None,
) -> dict[str, Any]:
    """One receipt; a client who is not scored has no lines and says why under "excluded"."""
    return _receipt(queries.receipt(reads, client, purpose, day, what_if))


def _receipt(made: Receipt) -> dict[str, Any]:
    return {
        "date": made.day.isoformat(),
        "purpose": made.purpose.value,
        "client": made.client,
        "rank": made.rank,
        "of": made.of,
        "lane": None if made.lane is None else made.lane.value,
        "score": made.score,
        "lines": _lines(made.lines),
        "facts": [
            {"name": fact.name, "value": fact.value, "input": fact.input.said, "why": fact.why.said}
            for fact in made.facts
        ],
        "reasons": [{"kind": reason.shade.value, "text": reason.text.said} for reason in made.reasons],
        "action": None if made.action is None else made.action.text.said,
        "excluded": None if made.excluded is None else made.excluded.said,
        "what_if": made.what_if,
        "score_before": made.before,
    }


def _lines(lines: Sequence[ReceiptLine]) -> list[dict[str, Any]]:
    return [
        {
            "rule": line.rule,
            "points": line.points,
            "input": line.input.said,
            "as_of": None if line.as_of is None else line.as_of.isoformat(),
            "why": line.why.said,
            "known": line.known,
            "setting": line.setting,
        }
        for line in lines
    ]
