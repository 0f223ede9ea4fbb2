"""Which occasions ask for nothing any more: nobody is greeted twice for one (domain §5)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date

from rmdesk.services.occasions import names
from rmdesk.services.occasions.due import Due
from rmdesk.services.store.reads import Reads


def with_greetings(
    reads: Reads, found: Iterable[Due], first: date, last: date, clients: Sequence[int] | None = None
) -> list[tuple[Due, date | None]]:
    """Each occasion from `first` to `last` with the day on which the client was greeted for it, None for not yet."""
    done = _greetings(reads, first, last, clients)
    people = {client for client, _name, _day in done}
    return [
        (one, done.get((one.client, names.key(one), f"{one.on}")) if one.client in people else None) for one in found
    ]


def _greetings(
    reads: Reads, first: date, last: date, clients: Sequence[int] | None
) -> dict[tuple[int, str, str], date]:
    some = "" if clients is None else "AND client_id IN (SELECT value FROM json_each(:clients))"
    given = {"first": first.isoformat(), "last": last.isoformat(), "clients": json.dumps(list(clients or ()))}
    sql = f'SELECT client_id, name, for_day, "on" FROM greeting WHERE for_day BETWEEN :first AND :last {some}'
    return {
        (client, name, day): date.fromisoformat(on)
        for page in reads.pages(sql, given)
        for client, name, day, on in page
    }
