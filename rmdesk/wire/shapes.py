"""How a record that travels is described: its fields, where it lives, and what happens when two people differ."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Rule(StrEnum):
    """What a field does when somebody else changed it unseen."""

    KEEP_BOTH = "keep_both"  # the hub's value stays, the other is kept on the record as an open difference
    MACHINE = "machine"  # states have an order: the later one wins, the other stays in the history
    LATEST = "latest"  # settings: the last to arrive wins


class Home(StrEnum):
    """Which scope a record lives in."""

    BOOK = "book"  # the records of a book's clients: their manager, the team's leads
    OWN = "own"  # one person's own: journals, templates, settings
    TEAM = "team"  # everybody of a team


class Kind(StrEnum):
    TEXT = "text"
    INT = "int"
    DAY = "day"
    INSTANT = "instant"
    FLAG = "flag"
    JSON = "json"
    CLIENT = "client"  # a client's wire id
    LINK = "link"  # the id of another record


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a record. `to` names the record a link points to; `order` the states of a machine, lowest first."""

    name: str
    kind: Kind = Kind.TEXT
    rule: Rule = Rule.KEEP_BOTH
    to: str = ""
    order: tuple[str, ...] = ()
    lead: bool = False  # only a team lead may change it
    both: bool = False  # the client's manager and a team lead may
    since: int = 1  # the schema of the wire that says it first (wire/messages.py)


@dataclass(frozen=True, slots=True)
class Type:
    """One kind of record, named after its table on the desk.

    `key`: the columns of the primary key there. `natural`: fields that make two records the same one; its wire id is
    then worked out from them (`wire/ids.py`), so that two desks that note the same thing offline meet in one record.
    `client`: the fields that name the client, the first that is filled, through whom the record finds its book;
    else its parent's client; a BOOK record without either belongs to its author's own book. `parent`: the link
    without which the record cannot stand. `sparse`: the hub knows only what desks have set; what it does not know,
    it leaves as it is. `final`: written once, never changed.
    """

    name: str
    home: Home
    fields: tuple[Field, ...]
    key: tuple[str, ...] = ("id",)
    natural: tuple[str, ...] = ()
    client: tuple[str, ...] = ()
    parent: str = ""
    sparse: bool = False
    final: bool = False
    lead: bool = False  # only a team lead may write it
    since: int = 1  # the schema of the wire that says it first

    def field(self, name: str) -> Field | None:
        """The field of that name, or None."""
        return next((field for field in self.fields if field.name == name), None)


def fields(told: str) -> tuple[Field, ...]:
    """Fields from a line of `name`, `name:kind`, `name:>type` (a link). At the end `!` makes it the lead's, `+` theirs
    too, and `@2` says that the wire knows it since schema 2.
    """
    found = []
    for word in told.split():
        word, _, since = word.partition("@")
        name, _, kind = word.rstrip("!+").partition(":")
        lead, both, known = word.endswith("!"), word.endswith("+"), int(since or 1)
        if kind.startswith(">"):
            found.append(Field(name, Kind.LINK, to=kind[1:], lead=lead, both=both, since=known))
        elif kind.startswith("machine="):
            order = tuple(kind[8:].split("<"))
            found.append(Field(name, rule=Rule.MACHINE, order=order, lead=lead, both=both, since=known))
        else:
            found.append(Field(name, Kind(kind or "text"), lead=lead, both=both, since=known))
    return tuple(found)


def latest(told: str) -> tuple[Field, ...]:
    """Fields of which the last to arrive wins."""
    return tuple(Field(one.name, one.kind, Rule.LATEST, since=one.since) for one in fields(told))
