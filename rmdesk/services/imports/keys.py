"""Natural keys: what makes two records of a hand-over speak of the same thing."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from rmdesk.services.imports.records import Entity

Key = Callable[[Sequence[Any]], str | None]

# Keys of clients without a client number begin so; no bank numbers its clients like this.
BY_ID, BY_PERSON = "~i:", "~p:"
NUMBERLESS = "~"


def of_person(name: str | None, birth: str | None, phone: str | None, email: str | None) -> str | None:
    """The key of somebody without any number: all that is told of them; None when that is nothing.

    It finds the very same contact again on a second import. Somebody with another phone is somebody new, and is
    shown as a possible duplicate instead of being matched.
    """
    told = (name, birth, phone, email)
    if not any(told):
        return None
    return BY_PERSON + "|".join((part or "").strip().casefold() for part in told)


def holder(account: str | None, client: str | None) -> str | None:
    """Whose months are meant: an account's, else a client's."""
    if account:
        return f"a:{account}"
    return f"c:{client}" if client else None


def maker(entity: Entity, fields: tuple[str, ...]) -> Key:
    """A function from a record (aligned with `fields`) to its key; None: nothing says what it speaks of."""
    place = {name: index for index, name in enumerate(fields)}

    def cell(row: Sequence[Any], name: str) -> Any:
        index = place.get(name)
        return None if index is None else row[index]

    def named(row: Sequence[Any]) -> str | None:
        value = cell(row, "code" if entity in (Entity.BRANCH, Entity.PRODUCT) else "number")
        return str(value) if value else None

    def client(row: Sequence[Any]) -> str | None:
        number = cell(row, "number")
        if number:
            return str(number)
        document = cell(row, "id_number")
        if document:
            return BY_ID + str(document)
        return of_person(*(cell(row, name) for name in ("name", "birth_date", "phone", "email")))

    def holding(row: Sequence[Any]) -> str | None:
        if cell(row, "key"):
            return str(cell(row, "key"))
        who = (cell(row, "client_number"), cell(row, "account_number"))
        what = (cell(row, "kind"), cell(row, "product_code") or cell(row, "name"))
        if not any(who) or not any(what):
            return None
        when = (cell(row, "started_on"), cell(row, "matures_on"))
        return "|".join("" if part is None else str(part) for part in (*who, *what, *when))

    def month(row: Sequence[Any]) -> str | None:
        owner = holder(cell(row, "account_number"), cell(row, "client_number"))
        return owner and f"{owner}|{cell(row, 'month') or 0:06d}"

    return {Entity.CLIENT: client, Entity.HOLDING: holding, Entity.MONTH: month}.get(entity, named)


def packed(extra: Any) -> str | None:
    """Columns without a meaning as the JSON that is kept; equal contents give equal text."""
    return json.dumps(extra, ensure_ascii=False, sort_keys=True) if extra else None


def listed(values: Iterable[Any]) -> str:
    """Values as one parameter, for `IN (SELECT value FROM json_each(?))`."""
    return json.dumps(list(values), ensure_ascii=False)
