"""Which persons and households go along with clients who move, and which are copied as others need them too. Pure.

Neither belongs to one client: a daughter may be known through father and mother, who have different managers. What only
those who move need, moves; what somebody who stays needs too, stays, and a copy moves under an id that is worked out
from the original, so that moving twice makes one copy.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from rmdesk.wire.ids import named
from rmdesk.wire.messages import Row, Value
from rmdesk.wire.registry import BY_NAME, Kind, Type

KIN = ("person", "household", "household_member")
# The types that point to a person or a household.
LINKING = tuple(
    kind.name
    for kind in BY_NAME.values()
    if any(one.kind is Kind.LINK and one.to in ("person", "household") for one in kind.fields)
)


class Going(NamedTuple):
    """What goes along: ids that move as they are, and by id the id of the copy."""

    move: frozenset[str]
    copy: dict[str, str]


def going(moved: Iterable[Row], staying: Iterable[Row], to_book: str) -> Going:
    """Sort the persons and households (and their members who are no clients) that the moved records need.

    `moved`: the clients' own records. `staying`: all other records of the book of the types LINKING and KIN.
    """
    others = {row.id: row for row in staying}
    wanted = {link for row in moved for link in links(row)}
    needed_by: dict[str, set[str]] = {}
    members: dict[str, list[Row]] = {}
    for row in others.values():
        if row.deleted:
            continue
        for link in links(row):
            needed_by.setdefault(link, set()).add(row.id)
        if row.type == "household_member" and row.client is None:
            members.setdefault(str(row.fields.get("household_id")), []).append(row)
    move: set[str] = set()
    copy: set[str] = set()
    for household in sorted(one for one in wanted if _is(others, one, "household")):
        own = {row.id for row in members.get(household, ())}
        (copy if needed_by.get(household, set()) - own else move).update({household, *own})
        wanted |= {link for row in members.get(household, ()) for link in links(row)}
    for person in sorted(one for one in wanted if _is(others, one, "person")):
        (copy if needed_by.get(person, set()) - move else move).add(person)
    return Going(frozenset(move), {one: named("copy", one, to_book) for one in sorted(copy)})


def links(row: Row) -> set[str]:
    """The persons and households a record points to."""
    kind = BY_NAME.get(row.type)
    return set() if kind is None else {str(row.fields[name]) for name in _names(kind) if row.fields.get(name)}


def pointed(row: Row, copies: Mapping[str, str]) -> dict[str, Value]:
    """The fields of a record that must point to copies from now on."""
    kind = BY_NAME.get(row.type)
    if kind is None:
        return {}
    return {
        name: copies[str(row.fields[name])]
        for name in _names(kind)
        if row.fields.get(name) and str(row.fields[name]) in copies
    }


def _names(kind: Type) -> list[str]:
    return [one.name for one in kind.fields if one.kind is Kind.LINK and one.to in ("person", "household")]


def _is(rows: Mapping[str, Row], record: str, kind: str) -> bool:
    return record in rows and rows[record].type == kind
