"""Puts rows of one kind over those that are kept, all at once: new ones in, changed ones over, equal ones left."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from rmdesk.models.kinds import BatchState, Origin
from rmdesk.services.imports.gone import ENDING
from rmdesk.services.imports.kept import CLIENT, MONTH, Kept
from rmdesk.services.imports.matching import SOUNDS, Matching
from rmdesk.services.imports.stage import Row
from rmdesk.services.imports.terms import Terms
from rmdesk.services.imports.writing import sounds

if TYPE_CHECKING:
    from rmdesk.services.store.work import UnitOfWork

Sounded = tuple[str, str, str | None]  # SOUNDS
_NAME = CLIENT.columns.index("name")
_ENDS = frozenset(ending.column for ending in ENDING.values()) - {"status"}


class Line(NamedTuple):
    """A row to be: `values` and `header` are aligned with `Kept.columns` and `Kept.header`."""

    key: str
    values: Row
    header: Row


class Put(NamedTuple):
    """The ids of the rows in the order given, and the places of those that were new or changed."""

    ids: list[int]
    new: list[int]
    changed: list[int]
    before: list[Row | None]


class Overlay:
    """Puts rows into tables in one transaction.

    What a hub told before is replaced. Where a row was last told by a hand-over at this desk, an unknown value does
    not take the place of a known one, and its day is kept. A client keeps every value that is unknown here, and what
    was set at the desk.
    """

    def __init__(self, work: UnitOfWork, terms: Terms) -> None:
        self._work = work
        self._matching = Matching(work, terms)
        self._local = {row[0] for row in work.rows("SELECT id FROM batch WHERE state <> ?", (BatchState.TOLD.value,))}
        self._sounds = sounds()
        self._told: Mapping[str, Sounded] = {}

    def put(
        self,
        kept: Kept,
        lines: Sequence[Line],
        known: Mapping[str, int] | None = None,
        sounds: Mapping[str, Sounded] | None = None,
    ) -> Put:
        """Put these rows, each key once. `known` names rows that are to be found by id instead of their key; `sounds`
        says how clients' names sound, where that was told.
        """
        self._told = sounds or {}
        after = int(self._work.value(f"SELECT coalesce(max(id), 0) FROM {kept.table}"))
        if not after:
            self._insert(kept, list(enumerate(lines, start=1)))
            return Put(list(range(1, len(lines) + 1)), list(range(len(lines))), [], [None] * len(lines))
        before = self._before(kept, lines, known or {})
        ids: list[int] = []
        new: list[int] = []
        changed: list[int] = []
        updates: list[tuple[Line, Row]] = []
        own = self._own() if kept is CLIENT else {}
        for place, (line, row) in enumerate(zip(lines, before, strict=True)):
            if row is None:
                after += 1
                ids.append(after)
                new.append(place)
                continue
            ids.append(int(row[0]))
            laid = self._laid(kept, line, row, own.get(row[0], frozenset()))
            if laid is not None:
                changed.append(place)
                updates.append((laid, row))
        self._insert(kept, [(ids[place], lines[place]) for place in new])
        self._update(kept, updates)
        return Put(ids, new, changed, before)

    def _before(self, kept: Kept, lines: Sequence[Line], known: Mapping[str, int]) -> list[Row | None]:
        if not lines:
            return []
        if kept is MONTH:
            return self._matching.months([line.values for line in lines])
        found = self._matching.by_key(kept, [line.key for line in lines])
        for place, line in enumerate(lines):
            if found[place] is None and line.key in known:
                found[place] = self._matching.by_id(kept, known[line.key])
        return found

    def _laid(self, kept: Kept, line: Line, row: Row, own: frozenset[str]) -> Line | None:
        """The row afterwards; None when nothing changes."""
        width = 1 + len(kept.columns)
        old, header = row[1:width], row[width : width + len(kept.header)]
        local = header[-2 if kept.dated else -1]
        local = local is None or local in self._local
        values, new_header = line.values, line.header
        if local or kept is CLIENT:
            values = tuple(
                was if column in own or (told is None and column not in _ENDS) else told
                for column, was, told in zip(kept.columns, old, values, strict=True)
            )
            if local and kept.dated:
                new_header = (*new_header[:2], _older(kept, line, old, header, new_header[2]))
        if values == old and new_header == header:
            return None
        return Line(line.key, values, new_header)

    def _insert(self, kept: Kept, new: list[tuple[int, Line]]) -> None:
        if not new:
            return
        columns: tuple[str, ...] = ("id", *kept.columns, *kept.header, "first_batch_id")
        batch = -2 if kept.dated else -1
        rows: list[Row] = [(at, *values, *header, header[batch]) for at, (_key, values, header) in new]
        if kept is CLIENT:
            columns = (*columns, "origin", *SOUNDS)
            rows = [(*row, Origin.BANK.value, *self._sounded(line)) for row, (_, line) in zip(rows, new, strict=True)]
        marks = ", ".join("?" * len(columns))
        named = ", ".join(f'"{column}"' for column in columns)
        self._work.bulk(f"INSERT INTO {kept.table} ({named}) VALUES ({marks})", rows, topics={kept.topic})

    def _update(self, kept: Kept, updates: list[tuple[Line, Row]]) -> None:
        if not updates:
            return
        sets = ", ".join(f'"{column}" = ?' for column in (*kept.columns, *kept.header))
        rows = [(*line.values, *line.header, row[0]) for line, row in updates]
        self._work.bulk(f"UPDATE {kept.table} SET {sets} WHERE id = ?", rows, topics={kept.topic})
        if kept is CLIENT:
            name = kept.columns.index("name")
            said = [(*self._sounded(line), row[0]) for line, row in updates if line.values[name] != row[1 + name]]
            if said:
                names = ", ".join(f"{column} = ?" for column in SOUNDS)
                self._work.bulk(f"UPDATE client SET {names} WHERE id = ?", said, topics={kept.topic})

    def _sounded(self, line: Line) -> Sounded:
        """As told, so that all desks find a name alike; else worked out."""
        return self._told.get(line.key) or self._sounds(line.values[_NAME] or "")

    def _own(self) -> dict[int, frozenset[str]]:
        """By client the fields that are the desk's: kept ones, and those that another desk told the hub of."""
        kept = self._work.rows("SELECT id, kept FROM client WHERE kept IS NOT NULL")
        own = {client: frozenset(json.loads(fields)) for client, fields in kept}
        told = "SELECT client_id, field_rev, dirty FROM sync_record WHERE entity = 'client' AND client_id IS NOT NULL"
        for client, revs, dirty in self._work.rows(told):
            fields = {*json.loads(revs), *json.loads(dirty)}
            if "origin" not in fields:  # a prospect who became a client of the bank is the bank's to tell of
                own[client] = own.get(client, frozenset()) | fields
        return own


def _older(kept: Kept, line: Line, old: Row, header: Row, told: str | None) -> str | None:
    """Who told the values that the hub does not know."""
    mine: dict[str, Any] = json.loads(header[2]) if header[2] else {}
    merged: dict[str, Any] = json.loads(told) if told else {}
    for column, was, value in zip(kept.columns, old, line.values, strict=True):
        if value is None and was is not None and column not in _ENDS:
            merged[column] = mine.get(column, header[1])
    return json.dumps(merged, sort_keys=True) if merged else None
