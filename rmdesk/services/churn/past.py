"""What the bank had told of accounts and clients by an earlier day, taken from what each hand-over replaced.

A row holds its newest state. Where that is of a later day, the images that the hand-overs left for their undoing are
laid over it, newest first, until it is of that day or earlier; a field that only a later hand-over told stays unknown.
A hand-over of an earlier day stays in force, whenever it came in.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from rmdesk.services.store.reads import Reads

FIELDS = {
    "account": ("balance_minor", "average_minor", "closed_on", "extra"),
    "client": ("aum_minor", "status", "extra"),
}
Told = dict[str, Any]

_IMAGES = """
SELECT b.row_id, b.before FROM batch_before b JOIN batch t ON t.id = b.batch_id
WHERE b.kind = ? AND t.state = 'applied' AND t.as_of > ? AND b.row_id >= 0 ORDER BY b.batch_id DESC, b.id DESC
"""


def rewound(reads: Reads, table: str, day: str, rows: Mapping[int, Told]) -> None:
    """Take these rows (id -> fields with as_of and older), all of a later day, back to what was known on `day`.

    Changes the rows in place: fields nobody had told by then are None, and `as_of` is None where the row itself was
    told later only. Rows from a team hub leave no images: what they say is kept as far as its own day allows.
    """
    waiting = {row for row, told in rows.items() if _later(told["as_of"], day)}
    if waiting:
        for page in reads.pages(_IMAGES, (table, day)):
            for row, text in page:
                before = json.loads(text)
                for one in [row] if row else _ids(before["ids"], waiting):
                    if one in waiting:
                        fields = before if row else before["fields"]
                        rows[one].update({name: fields[name] for name in rows[one] if name in fields})
                        if not _later(rows[one]["as_of"], day):
                            waiting.discard(one)
    days: dict[int, str] = dict(reads.rows("SELECT id, as_of FROM batch"))
    for told in rows.values():
        _forget_later(told, FIELDS[table], day, days)


def _forget_later(told: Told, fields: Iterable[str], day: str, days: Mapping[int, str]) -> None:
    older = told["older"] or {}
    older = json.loads(older) if isinstance(older, str) else older
    row_later = _later(told["as_of"], day)
    for name in fields:
        later = older[name] is not None and days.get(older[name], "9999") > day if name in older else row_later
        if later:
            told[name] = None
    if row_later:
        told["as_of"] = None


def _later(as_of: str | None, day: str) -> bool:
    return as_of is None or as_of > day


def _ids(runs: list[list[int]], wanted: set[int]) -> list[int]:
    return [one for first, last in runs for one in wanted if first <= one <= last]
