"""Reads where each value of a client comes from: which hand-over told it, or when the desk set it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from rmdesk.base import clock
from rmdesk.base.text import N_
from rmdesk.models.kinds import ClientId, Origin
from rmdesk.services.clients import freshness, rules
from rmdesk.services.profile.masks import masked_email, masked_handle
from rmdesk.services.store.reads import Reads


@dataclass(frozen=True, slots=True)
class Fact:
    """One value of a client and where it comes from; numbers come masked."""

    field: str
    label: str  # untranslated
    value: str
    told: date | None
    batch: int | None
    file: str  # the file of the hand-over, where it had only one
    kept: bool  # set at the desk; no hand-over overwrites it
    stale: bool


# The fields whose origin the history tab tells, in its order.
FACTS: dict[str, str] = {
    "number": N_("Client number"),
    "name": N_("Name"),
    "pinyin": N_("Reading"),
    "status": N_("Status"),
    "sex": N_("Sex"),
    "birth_date": N_("Birth date"),
    "id_number": N_("ID document"),
    "phone": N_("Phone"),
    "email": N_("E-mail"),
    "wechat": N_("WeChat"),
    "address": N_("Address"),
    "district": N_("District"),
    "occupation": N_("Occupation"),
    "employer": N_("Employer"),
    "manager": N_("Relationship manager"),
    "risk_level": N_("Risk level"),
    "risk_on": N_("Risk assessed on"),
    "opened_on": N_("Client since"),
    "marketing_consent": N_("Consent to marketing"),
    "note": N_("Note"),
}


def facts_of(reads: Reads, client: ClientId, day: date | None = None) -> tuple[Fact, ...]:
    """The known values of a client with the hand-over that told each, or the day it was set at the desk."""
    names = tuple(FACTS)
    row = reads.one(
        f"SELECT {', '.join(names)}, as_of, batch_id, older, kept, origin FROM client WHERE id = ?", (client,)
    )
    if row is None:
        return ()
    values = dict(zip(names, row, strict=False))
    as_of, batch, older, kept, origin = row[len(names) :]
    older_batches: dict[str, int] = json.loads(older) if older else {}
    kept_days: dict[str, str] = json.loads(kept) if kept else {}
    batches = _batches(reads, {batch, *older_batches.values()} - {None})
    facts = []
    for name, label in FACTS.items():
        if values[name] in (None, ""):
            continue
        own = name in kept_days or origin == Origin.DESK
        teller = None if own else older_batches.get(name, batch)
        told = _date(kept_days.get(name, as_of)) if own else batches.get(teller, (_date(as_of), ""))[0]
        facts.append(
            Fact(
                field=name,
                label=label,
                value=_shown(name, values[name]),
                told=told,
                batch=teller,
                file=batches[teller][1] if teller in batches else "",
                kept=own,
                stale=not own and freshness.is_stale(told, day or clock.today()),
            )
        )
    return tuple(facts)


def _batches(reads: Reads, numbers: set[int]) -> dict[int | None, tuple[date | None, str]]:
    if not numbers:
        return {}
    rows = reads.rows(
        f"""
        SELECT b.id, b.as_of, CASE WHEN count(f.id) = 1 THEN max(f.name) ELSE '' END
        FROM batch b LEFT JOIN batch_file f ON f.batch_id = b.id
        WHERE b.id IN ({", ".join("?" * len(numbers))}) GROUP BY b.id
        """,
        tuple(numbers),
    )
    return {row[0]: (_date(row[1]), row[2]) for row in rows}


def _shown(name: str, value: object) -> str:
    if name == "phone":
        return rules.masked_phone(str(value))
    if name == "id_number":
        return rules.masked_document(str(value))
    if name == "email":
        return masked_email(str(value))
    if name == "wechat":
        return masked_handle(str(value))
    return str(value)


def _date(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
