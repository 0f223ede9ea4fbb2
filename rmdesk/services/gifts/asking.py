"""Reads what the form of a gift offers: who may receive it, for which occasion, and what the gates look at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from rmdesk.base import clock
from rmdesk.base.text import Phrase, phrase
from rmdesk.models.kinds import ClientId, RecordId
from rmdesk.services.gifts import tables
from rmdesk.services.gifts.facts import facts_for
from rmdesk.services.gifts.gates import Facts
from rmdesk.services.gifts.library import Suggestion, ideas_for
from rmdesk.services.gifts.rules import Draft
from rmdesk.services.occasions import names
from rmdesk.services.occasions.due import due
from rmdesk.services.relations.queries import relations_of
from rmdesk.services.store.reads import Reads


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody who may receive a gift on behalf of a client: the client first, then people around them."""

    key: str
    said: Phrase
    to_client: ClientId | None = None
    to_person: RecordId | None = None


@dataclass(frozen=True, slots=True)
class OccasionChoice:
    """An occasion of the client that a gift may be for; `occasion` is the id of its record, if it has one."""

    occasion: str | None
    kind: str
    title: Phrase
    on: date


@dataclass(frozen=True, slots=True)
class Choices:
    """What the form offers once the client is known."""

    recipients: tuple[Recipient, ...]
    occasions: tuple[OccasionChoice, ...]


def choices_of(reads: Reads, client: ClientId) -> Choices:
    """Recipients and occasions of a client."""
    return Choices(_recipients(reads, client), _occasions(reads, client))


def look(
    reads: Reads, draft: Draft, kind: str | None = None, gift: str | None = None
) -> tuple[Facts, tuple[Suggestion, ...]]:
    """What the gates look at, and ideas that pass them."""
    return facts_for(reads, draft, gift), ideas_for(reads, draft, kind, gift)


def _recipients(reads: Reads, client: ClientId) -> tuple[Recipient, ...]:
    name = reads.value("SELECT name FROM client WHERE id = ?", (client,))
    found = {f"c{client}": Recipient(f"c{client}", phrase("{name} (the client)", name=name))}
    for row in relations_of(reads, client):
        said = phrase("{name} ({relation})", name=row.other.name, relation=row.called)
        if isinstance(row.other.node, int):
            one = Recipient(f"c{row.other.node}", said, to_client=ClientId(row.other.node))
        else:
            one = Recipient(f"p{row.other.node}", said, to_person=RecordId(row.other.node))
        found.setdefault(one.key, one)
    return tuple(found.values())


def _occasions(reads: Reads, client: ClientId) -> tuple[OccasionChoice, ...]:
    today = clock.today()
    late = timedelta(int(tables.figure("ahead", "late_days")))
    ahead = timedelta(int(tables.figure("ahead", "offered_days")))
    found = sorted(due(reads, today - late, today + ahead, (client,)), key=lambda one: one.on)
    return tuple(OccasionChoice(one.occasion, one.kind.value, names.title(one), one.on) for one in found[:40])
