"""The privacy table: class, purpose and retention of every field (resources/rules/privacy.toml)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from rmdesk.base.record import record
from rmdesk.services.rulebook import Words, book, words

NONE = "none"
_WORDS = ("name", "of", "alone", NONE)


@record
class Retention:
    """How long something is kept. `keep`: also when the client asks to have it erased, for so many years."""

    code: str
    keep: bool
    years: int
    name: Words
    why: Words
    source: str


@record
class FieldRow:
    """One field that says something on a client: its class, what it is for, how long it is kept."""

    table: str
    field: str
    kind: str  # ordinary, sensitive, bank_secret
    purpose: str
    retention: Retention


@record
class TableRow:
    """One table. `of` and `alone` are SQL conditions with :client (see the head of the file); "": there is none."""

    table: str
    name: Words
    of: str
    alone: str
    fields: tuple[FieldRow, ...]
    silent: tuple[str, ...]  # columns that say nothing on anybody

    @property
    def kept(self) -> Retention | None:
        """The longest retention that outlasts a wish to erase; None when all of a row may go."""
        keeping = [field.retention for field in self.fields if field.retention.keep]
        return max(keeping, key=lambda one: one.years, default=None)

    @property
    def erasable(self) -> tuple[str, ...]:
        """The fields that are erased on request."""
        return tuple(field.field for field in self.fields if not field.retention.keep)


@cache
def tables() -> tuple[TableRow, ...]:
    """Every table, in the order of the file."""
    return tuple(_table(name, entry) for name, entry in book("privacy")["tables"].items())


def personal() -> Iterator[TableRow]:
    """The tables that hold something on clients."""
    return (one for one in tables() if one.of)


def masked(table: str) -> tuple[str, ...]:
    """The fields of a table that are shown only after a click, which is put on record."""
    return tuple(book("privacy")["masked"].get(table, ()))


def class_name(code: str) -> str:
    """The name of a class, in the language in use."""
    return words(book("privacy")["classes"][code]).said


def purpose_name(code: str) -> str:
    """The name of a purpose, in the language in use."""
    return words(book("privacy")["purposes"][code]).said


def label(field: str) -> str:
    """What a field is called in the copy for the client."""
    entry = book("privacy")["labels"].get(field)
    return words(entry).said if entry else field.removesuffix("_minor").replace("_", " ")


def _table(name: str, entry: dict[str, Any]) -> TableRow:
    fields = []
    for group, columns in entry.items():
        if group not in _WORDS:
            kind, purpose, retention = group.split()
            fields += [FieldRow(name, column, kind, purpose, _retention(retention)) for column in columns]
    silent = tuple(entry.get(NONE, ()))
    return TableRow(name, words(entry["name"]), entry.get("of", ""), entry.get("alone", ""), tuple(fields), silent)


@cache
def _retention(code: str) -> Retention:
    entry = book("privacy")["retentions"][code]
    return Retention(
        code, entry["keep"], entry.get("years", 0), words(entry["name"]), words(entry["why"]), entry["source"]
    )
