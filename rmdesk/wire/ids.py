"""Ids that two desks work out alike without asking each other."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from rmdesk.wire.registry import Home, Type

NAMESPACE = uuid.UUID("6b1f4f0e-6f0a-5d0c-9a52-0a6d2f6f7c11")


def named(*parts: object) -> str:
    """The id of what these parts name: 32 hex digits, the same on every desk (RFC 9562, version 5)."""
    return uuid.uuid5(NAMESPACE, "\x1f".join("" if part is None else str(part) for part in parts)).hex


def client_id(number: str) -> str:
    """The wire id of a client of the bank, from the bank's client number. Prospects have random ones."""
    return named("client", number)


def natural_id(kind: Type, values: Mapping[str, Any], user: str) -> str | None:
    """The wire id of a record that its own fields name; None for records with random ids.

    `values` as they travel (clients as wire ids). What is one person's own is told apart by `user`.
    """
    if not kind.natural:
        return None
    owner = (user,) if kind.home is Home.OWN else ()
    return named(kind.name, *owner, *(values.get(name) for name in kind.natural))


def scope_id(home: str, owner: str) -> str:
    """The name of a scope: `bank:` and `book:` with a book's id, `own:` with a user's, `team:` with a team's."""
    return f"{home}:{owner}"
