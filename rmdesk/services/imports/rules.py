"""How what a hand-over says is laid over what is kept. Pure: no database, no clock."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

Values = tuple[Any, ...]
Versions = Sequence[tuple[str, Values]]  # the day of a telling, and what it tells
DayOf = Callable[[int | None], str]  # of a batch


@dataclass(frozen=True, slots=True)
class Told:
    """A row after a hand-over: its values and its header, and which fields (by place) came out how.

    `changed` have another value than before; `outdated` are told by this hand-over but known from a newer one, so
    the newer value stays.
    """

    values: Values
    header: Values
    changed: tuple[int, ...] = ()
    outdated: tuple[int, ...] = ()


def laid_over(
    columns: Sequence[str], old: Values, header: Values, versions: Versions, batch: int, day_of: DayOf
) -> Told:
    """A row that keeps its own day, after versions (day, values), oldest first, told by `batch`.

    None in a version is "not told": an empty cell never erases what is known. A value gives way to one of the same
    or a later day; an empty field takes what there is. `header` is (as_of, batch, older as JSON); `day_of` gives
    the day of an earlier batch.
    """
    values = list(old)
    as_of, teller, older_text = header
    older: dict[str, int | None] = json.loads(older_text) if older_text else {}
    changed: set[int] = set()
    outdated: set[int] = set()
    for day, new in versions:
        filled: list[str] = []
        newer = as_of is None or day >= as_of
        touched = as_of is None or day > as_of
        for place, value in enumerate(new):
            was = values[place]
            if value is None:
                continue
            column = columns[place]
            if value == was:
                outdated.discard(place)
                if column in older and day > day_of(older[column]):  # known from longer ago than it is told now
                    filled.append(column)
                    touched = True
                continue
            known_on = day_of(older[column]) if column in older else (as_of or "")
            if column == "extra" and was is not None:
                value = _joined(was, value, day >= known_on)
                if value == was:
                    continue
            elif was is not None and day < known_on:
                outdated.add(place)
                continue
            outdated.discard(place)
            values[place] = value
            changed.add(place)
            touched = True
            filled.append(column)
        if not touched:
            continue
        if newer:
            older = _not_told(columns, values, new, older, teller)
            as_of, teller = day, batch
        else:
            older.update(dict.fromkeys(filled, batch))
    kept = {column: told_by for column, told_by in older.items() if told_by != teller}
    text = json.dumps(kept, sort_keys=True) if kept else None
    if not changed and (as_of, text) == (header[0], older_text):
        return Told(old, header, (), tuple(sorted(outdated)))
    really = tuple(place for place in sorted(changed) if values[place] != old[place])
    return Told(tuple(values), (as_of, teller, text), really, tuple(sorted(outdated)))


def without(
    columns: Sequence[str], own: frozenset[str], old: Values, versions: list[tuple[str, Values]]
) -> tuple[list[tuple[str, Values]], tuple[int, ...]]:
    """The versions less the fields that were set at the desk (`own`), and the places where they said otherwise.

    What a manager set, as "do not contact", is a record of the desk: no hand-over undoes it, whatever its day.
    """
    places = [place for place, column in enumerate(columns) if column in own]
    if not places:
        return versions, ()
    deaf = {place for _, told in versions for place in places if told[place] not in (None, old[place])}
    heard = [(day, tuple(None if at in places else value for at, value in enumerate(told))) for day, told in versions]
    return heard, tuple(sorted(deaf))


def laid_plainly(old: Values, header: Values, versions: Versions, batch: int, day_of: DayOf) -> Told:
    """The same for a row that keeps only which batch told it last: `header` is (batch,)."""
    values = list(old)
    known_on = day_of(header[0])
    outdated: set[int] = set()
    for day, new in versions:
        for place, value in enumerate(new):
            was = values[place]
            if value is None or value == was:
                continue
            if was is not None and day < known_on:
                outdated.add(place)
            else:
                values[place] = value
    changed = tuple(place for place, was in enumerate(old) if values[place] != was)
    return Told(tuple(values), (batch,) if changed else header, changed, tuple(sorted(outdated)))


def _not_told(
    columns: Sequence[str], values: Values | list[Any], new: Values, older: dict[str, int | None], teller: int | None
) -> dict[str, int | None]:
    """Who told the fields that the newest version leaves out."""
    return {
        column: older.get(column, teller)
        for column, value, told in zip(columns, values, new, strict=True)
        if told is None and value is not None
    }


def _joined(was: str, new: str, newer: bool) -> str:
    """Two sets of extra columns as one; of a column in both the newer value."""
    first, second = json.loads(was), json.loads(new)
    both = {**first, **second} if newer else {**second, **first}
    return json.dumps(both, ensure_ascii=False, sort_keys=True)
