"""Who may be in the portfolio twice: suggested with the reason, never merged by itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from rmdesk.services.imports import keys
from rmdesk.services.imports.terms import numbers
from rmdesk.services.store.reads import Reads

LISTED = "IN (SELECT value FROM json_each(?))"


class Reason(StrEnum):
    """What two clients have in common."""

    DOCUMENT = "document"
    BIRTH = "birth"
    PHONE = "phone"


@dataclass(frozen=True, slots=True)
class Person:
    """What tells one client from another. `id` is None for one that is only in a hand-over, under `key`."""

    id: int | None
    key: str
    number: str | None
    name: str
    birth_date: str | None
    id_number: str | None
    phone: str | None


@dataclass(frozen=True, slots=True)
class Suspect:
    """Two clients that may be one: `other` is in the portfolio already."""

    person: Person
    other: Person
    reasons: tuple[Reason, ...]


def alike(one: Person, other: Person, tail: int) -> tuple[Reason, ...]:
    """What two clients have in common, when that is enough to suspect that they are one; else nothing.

    The same ID document is; so is the same name with the same birth date or the same end of the phone number. Two
    different documents or birth dates say that they are not one.
    """
    if one.id_number and other.id_number:
        return (Reason.DOCUMENT,) if one.id_number == other.id_number else ()
    if not one.name or one.name != other.name:
        return ()
    if one.birth_date and other.birth_date and one.birth_date != other.birth_date:
        return ()
    reasons = []
    if one.birth_date and one.birth_date == other.birth_date:
        reasons.append(Reason.BIRTH)
    if one.phone and other.phone and len(one.phone) >= tail and one.phone[-tail:] == other.phone[-tail:]:
        reasons.append(Reason.PHONE)
    return tuple(reasons)


def suspects_of(reads: Reads, people: Iterable[Person]) -> list[Suspect]:
    """For clients of a hand-over that are new: who of the portfolio each may be."""
    wanted = list(people)
    names = {person.name for person in wanted if person.name}
    documents = {person.id_number for person in wanted if person.id_number}
    by_name: dict[str, list[Person]] = defaultdict(list)
    by_document: dict[str, list[Person]] = defaultdict(list)
    for person in _people(reads, f"name {LISTED}", keys.listed(names)) if names else ():
        by_name[person.name].append(person)
    for person in _people(reads, f"id_number {LISTED}", keys.listed(documents)) if documents else ():
        by_document[person.id_number or ""].append(person)
    found = []
    for person in wanted:
        near = {other.id: other for other in by_name[person.name] + by_document[person.id_number or ""]}
        for other in near.values():
            reasons = alike(person, other, numbers().phone_tail)
            if reasons:
                found.append(Suspect(person, other, reasons))
    return found


def suspects(reads: Reads, limit: int | None = None) -> list[Suspect]:
    """Clients of the portfolio that may be one, those with the same document first."""
    most = limit or numbers().samples
    pairs = reads.rows(
        """
        SELECT a.id, b.id, 0 FROM client a JOIN client b ON b.id_number = a.id_number AND b.id > a.id
        WHERE a.id_number <> '' AND a.merged_into IS NULL AND b.merged_into IS NULL
        UNION ALL
        SELECT a.id, b.id, 1 FROM client a JOIN client b ON b.name = a.name AND b.id > a.id
        WHERE a.name <> '' AND a.merged_into IS NULL AND b.merged_into IS NULL
            AND (a.birth_date = b.birth_date OR substr(a.phone, -:tail) = substr(b.phone, -:tail))
        ORDER BY 3, 1, 2 LIMIT :most
        """.replace(":tail", str(numbers().phone_tail)),
        {"most": 4 * most},
    )
    ids = {one for pair in pairs for one in pair[:2]}
    people = {person.id: person for person in _people(reads, f"id {LISTED}", keys.listed(ids))}
    found: dict[tuple[int, int], Suspect] = {}
    for one, other, _order in pairs:
        reasons = alike(people[other], people[one], numbers().phone_tail)
        if reasons:
            found[one, other] = Suspect(people[other], people[one], reasons)
    return list(found.values())[:most]


def _people(reads: Reads, where: str, listed: str) -> list[Person]:
    rows = reads.rows(
        f"SELECT id, number, name, birth_date, id_number, phone FROM client WHERE merged_into IS NULL AND {where}",
        (listed,),
    )
    return [Person(row[0], "", *row[1:]) for row in rows]
