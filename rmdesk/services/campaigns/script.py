"""What is said to a client in a campaign: its script with the places filled in, to be changed by whoever speaks."""

from __future__ import annotations

from rmdesk.base.text import N_
from rmdesk.models.kinds import ClientId, RecordId
from rmdesk.services.occasions import templates
from rmdesk.services.store.reads import Reads

PLACES: dict[str, str] = {
    "name": templates.PLACES["name"],
    "honorific": templates.PLACES["honorific"],
    "topic": templates.PLACES["topic"],
    "manager": templates.PLACES["manager"],
    "product": N_("the product"),
    "rate": N_("its rate"),
    "term": N_("its term in days"),
    "minimum": N_("its minimum"),
}


def script_for(reads: Reads, campaign: RecordId, client: ClientId) -> str:
    """The script for this client; places that nothing is known for stay as written, parts in [[ ]] go. Empty without
    a script."""
    row = reads.one("SELECT script, product FROM campaign WHERE id = ?", (campaign,))
    if row is None or not row[0]:
        return ""
    values = templates.values_for(reads, client)
    return templates.fill(row[0], {**values, **values_of(reads, row[1])})


def values_of(reads: Reads, product: str | None) -> dict[str, str]:
    """What a script may say of a product."""
    row = reads.one("SELECT name, rate_bp, term_days, minimum_minor FROM product WHERE code = ?", (product,))
    if row is None:
        return {}
    name, rate, term, minimum = row
    told = {
        "product": name,
        "rate": None if rate is None else f"{rate / 100:.2f}%",
        "term": term,
        "minimum": None if minimum is None else f"{minimum / 100:,.0f}",
    }
    return {place: str(value) for place, value in told.items() if value is not None}
