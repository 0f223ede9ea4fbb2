"""Who is left out of a campaign, by reason: status and consent, an earlier no, too many touches, service owed."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

from rmdesk.base.errors import Refused
from rmdesk.base.text import N_, Phrase, phrase
from rmdesk.models.kinds import ClientId, ClientStatus, TouchOutcome
from rmdesk.services.campaigns import rules
from rmdesk.services.campaigns.choosing import ids
from rmdesk.services.products import suitability
from rmdesk.services.scoring import tables as scoring
from rmdesk.services.store.reads import Reads
from rmdesk.services.visits.rules import touches_full

Barred = tuple[str, Phrase, Sequence[int]]

STATUSES = (
    (ClientStatus.DECEASED, phrase("Has died")),
    (ClientStatus.DO_NOT_CONTACT, phrase("Does not want to be contacted")),
    (ClientStatus.CLOSED, phrase("No longer with the bank")),
)
NO_CONSENT = phrase("Consent to marketing withdrawn")
TOUCHED_OUT = phrase(
    "{most} marketing touches within {days} days already",
    most=scoring.lanes().touches_most,
    days=scoring.lanes().touches_days,
)


def by_status(reads: Reads) -> list[Barred]:
    """The gate of services/clients/standing for many clients, told by reason. Nobody asked for a campaign, whatever its
    purpose: who has withdrawn the consent to marketing is left out of all (domain §9)."""
    found: list[Barred] = [
        (status.value, why, ids(reads, "SELECT id FROM client WHERE status = ?", (status.value,)))
        for status, why in STATUSES
    ]
    found.append(("no_consent", NO_CONSENT, ids(reads, "SELECT id FROM client WHERE marketing_consent = 0")))
    return found


_DECLINED = """
SELECT t.client_id, max(t."on"), t.campaign_id = :campaign FROM campaign_touch t JOIN campaign c ON c.id = t.campaign_id
WHERE t.outcome = :declined AND (t.campaign_id = :campaign OR (c.product IS NOT NULL AND c.product = :product))
GROUP BY t.client_id, t.campaign_id
"""


def declined(reads: Reads, day: date, product: str | None, campaign: str | None, days: int) -> frozenset[int]:
    """Who said no to this campaign, or of late to the same product in another one."""
    found = set()
    given = {"campaign": campaign or "", "product": product, "declined": TouchOutcome.DECLINED.value}
    for page in reads.pages(_DECLINED, given):
        for client, on, same in page:
            if rules.still_declined(date.fromisoformat(on), day, same_campaign=bool(same), days=days):
                found.add(client)
    return frozenset(found)


def with_complaints(reads: Reads) -> list[int]:
    """Who has an open complaint."""
    return ids(reads, "SELECT DISTINCT client_id FROM complaint WHERE state = 'open'")


def with_broken_promises(reads: Reads, day: date) -> list[int]:
    """Who was promised something that is overdue."""
    sql = "SELECT DISTINCT client_id FROM promise WHERE state = 'open' AND due_on < ?"
    return ids(reads, sql, (day.isoformat(),))


def touched_out(reads: Reads, day: date, clients: Sequence[int] | None = None, but: str = "") -> frozenset[int]:
    """For whom a marketing touch on this day would be one too many, by what was held and what is planned; without the
    visit `but`."""
    lanes = scoring.lanes()
    window = timedelta(days=lanes.touches_days)
    sql = (
        "SELECT client_id, \"on\" FROM visit WHERE marketing AND state IN ('held', 'planned')"
        ' AND "on" BETWEEN ? AND ? AND id <> ?'
    )
    params: list[object] = [(day - window).isoformat(), (day + window).isoformat(), but]
    if clients is not None:
        sql += " AND client_id IN (SELECT value FROM json_each(?))"
        params.append(json.dumps([int(one) for one in clients]))
    days: dict[int, list[date]] = defaultdict(list)
    for page in reads.pages(sql, tuple(params)):
        for client, on in page:
            days[client].append(date.fromisoformat(on))
    return frozenset(
        client for client, told in days.items() if touches_full(told, day, lanes.touches_most, lanes.touches_days)
    )


UNSUITED = {
    "no_risk": phrase("The product's risk is not known"),
    "no_level": phrase("Risk level not known"),
    "expired": phrase("Risk assessment expired"),
    "too_risky": phrase("The product's risk is above the client's level"),
}


def unsuited(reads: Reads, product: str, day: date) -> dict[str, tuple[Phrase, list[int]]]:
    """Who must not be offered a product, by the code of the suitability gate (services/products/suitability)."""
    found: dict[str, tuple[Phrase, list[int]]] = {}
    for client, told in suitability.screen(reads, product, day):
        if not told.ok:
            found.setdefault(told.code, (UNSUITED.get(told.code, told.reason), []))[1].append(int(client))
    return found


def check_suits(reads: Reads, client: ClientId, product: str | None, doing: str) -> None:
    """Refused when a product must not be offered to this client; a campaign without a product offers none."""
    if product is None:
        return
    told = suitability.check(reads, client, product)
    if not told.ok:
        raise Refused(
            N_("{doing}: {why}"), do="" if told.do is None else told.do.message, field="client", code=told.code,
            doing=phrase(doing), why=told.reason, guide="campaigns")  # fmt: skip
