"""A record's values as people read them: days, money, names of codes, clients by name."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from functools import cached_property
from typing import Any

from rmdesk.base.money import Money
from rmdesk.base.text import _
from rmdesk.models.kinds import ClientId
from rmdesk.services.store.reads import Reads
from rmdesk.services.sync import words
from rmdesk.wire.registry import BY_NAME, Kind, Type

ABOUT = 60  # signs of what tells one record from another
PARTS = 2
CURRENCY = "CNY"
SIGNS = {"CNY": "¥"}


class Saying:
    """Says values of records; asks for names as they are needed, each once."""

    def __init__(self, reads: Reads) -> None:
        self._reads = reads
        self._clients: dict[str, str] = {}
        self._rows: dict[tuple[str, str], dict[str, Any] | None] = {}

    @cached_property
    def people(self) -> dict[str, str]:
        """The names of the team by user id."""
        return {str(row[0]): str(row[1]) for row in self._reads.rows("SELECT id, name FROM colleague")}

    def person(self, user: str | None) -> str:
        """The name of a colleague, "" when nobody told."""
        return self.people.get(user or "", "")

    def client(self, client: ClientId | int | None) -> str:
        """The name of a client of this desk."""
        if client is None:
            return ""
        return str(self._reads.value("SELECT name FROM client WHERE id = ?", (client,)) or "")

    def row(self, entity: str, key: str) -> dict[str, Any] | None:
        """A record's fields as SQLite stores them; None when there is none (any more)."""
        if (entity, key) not in self._rows:
            self._rows[entity, key] = row_of(self._reads, BY_NAME[entity], key)
        return self._rows[entity, key]

    def about(self, entity: str, values: Mapping[str, Any] | None) -> str:
        """What tells a record from another of its kind, in a few words."""
        told = []
        for name in words.about(entity):
            if not values:
                break
            said = " ".join(self.said(entity, name, values[name], values).split()) if values.get(name) else ""
            if said:
                told.append(said)
        text = " · ".join(told[: PARTS + 1])
        return text if len(text) <= ABOUT else f"{text[: ABOUT - 1]}…"

    def said(self, entity: str, field: str, value: Any, values: Mapping[str, Any] | None = None) -> str:
        """A value that travels, or that the desk keeps, in words; "" for nothing. `values`: the rest of the record."""
        if value is None or value == "":
            return ""
        told = BY_NAME[entity].field(field)
        kind = Kind.TEXT if told is None else told.kind
        if field.endswith("_minor") and isinstance(value, int):
            currency = str((values or {}).get("currency") or CURRENCY)
            return f"{SIGNS.get(currency, currency)} {Money(value, currency).amount:,f}"
        if kind is Kind.CLIENT:
            return self._client_by_any_id(value)
        if kind is Kind.LINK and told is not None:
            return self._linked(told.to, str(value))
        if kind is Kind.FLAG:
            return _("Yes") if int(value) else _("No")
        if kind is Kind.INSTANT:
            return f"{instant(value):%Y-%m-%d %H:%M}" if instant(value) else str(value)
        if kind is Kind.JSON:
            return _plain(value)
        return words.code_name(entity, field, value) or str(value)

    def _client_by_any_id(self, value: Any) -> str:
        """By wire id as values travel, by number as the desk keeps them."""
        key = str(value)
        if key not in self._clients:
            sql = "SELECT name FROM client WHERE id = ?" if isinstance(value, int) else _BY_WIRE
            self._clients[key] = str(self._reads.value(sql, (value,)) or _("a client of another book"))
        return self._clients[key]

    def _linked(self, entity: str, key: str) -> str:
        name = words.record_name(entity).said
        values = self.row(entity, key)
        told = self.about(entity, values) if values else ""
        return f"{name} {told}" if told else name


_BY_WIRE = "SELECT c.name FROM sync_client s JOIN client c ON c.id = s.client_id WHERE s.wire_id = ?"


def row_of(reads: Reads, kind: Type, key: str) -> dict[str, Any] | None:
    """A record by the text of its primary key, its fields as SQLite stores them; None when there is none."""
    names = [field.name for field in kind.fields]
    columns = ", ".join(f'"{name}"' for name in names)
    where = " AND ".join(f'"{name}" = ?' for name in kind.key)
    found = reads.one(f"SELECT {columns} FROM {kind.name} WHERE {where}", key.split("/", len(kind.key) - 1))
    return None if found is None else dict(zip(names, found, strict=True))


def instant(text: str | None) -> datetime | None:
    """An instant from its text, in the time of this computer; None when there is none, or nobody can read it."""
    if not text:
        return None
    try:
        return datetime.fromisoformat(text).astimezone()
    except ValueError:
        return None


def _plain(value: Any) -> str:
    """What is kept as JSON, its texts one after another."""
    try:
        told = json.loads(value) if isinstance(value, str) else value
    except ValueError:
        return str(value)
    return _("; ").join(_texts(told))


def _texts(told: Any) -> list[str]:
    if isinstance(told, dict):
        if isinstance(told.get("text"), str):
            return [told["text"]]
        return [text for part in told.values() for text in _texts(part)]
    if isinstance(told, list):
        return [text for part in told for text in _texts(part)]
    return [] if told is None else [str(told)]
