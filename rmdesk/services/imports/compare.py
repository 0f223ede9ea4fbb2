"""Compares a staged hand-over with what is kept, thing by thing: new, changed, confirmed, unchanged or refused."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from rmdesk.services.imports import months, rules
from rmdesk.services.imports.kept import ACCOUNT, BY_ENTITY, CLIENT, MONTH, Kept
from rmdesk.services.imports.matching import Matching
from rmdesk.services.imports.rules import Told, Values
from rmdesk.services.imports.stage import DAY, FILE, ROW, VALUES, Row, Stage, Staged
from rmdesk.services.imports.terms import Terms
from rmdesk.services.store.reads import Reads

TO_COME = -1  # stands for the id of a row that this hand-over will make


class Sort(StrEnum):
    """What becomes of a thing. Confirmed: the same values, told again on a later day."""

    NEW = "new"
    CHANGED = "changed"
    CONFIRMED = "confirmed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Verdict:
    """One thing: its row before (id, columns, header; None when new) and after."""

    key: str
    sort: Sort
    before: Row | None
    told: Told
    file: int
    row: int | None
    lacks: str = ""  # for refused things: the field whose thing nobody knows

    @property
    def id(self) -> int | None:
        """The id of the row, None when it is new."""
        return None if self.before is None else int(self.before[0])


@dataclass(frozen=True, slots=True)
class _Shape:
    """Where things stand among the values of one kind; looked up once, as every row needs them."""

    nothing: Values
    defaults: tuple[tuple[int, object], ...]
    currency: int | None
    priced: int | None  # the amount without which a currency would say nothing
    client: int | None
    account: int | None
    needs_client: bool

    @classmethod
    def of(cls, kept: Kept) -> _Shape:
        place = {column: at for at, column in enumerate(kept.columns)}
        return cls(
            (None,) * len(kept.columns),
            tuple((place[column], value) for column, value in kept.defaults.items()),
            place.get("currency"),
            place.get({"client": "aum_minor", "product": "minimum_minor"}.get(kept.table, "")),
            place.get("client_id"),
            place.get("account_id"),
            "client_id" in place,
        )


class Comparison:
    """One comparison of a stage with the portfolio; `batch` is 0 in a dry run, where nothing is written."""

    def __init__(self, reads: Reads, stage: Stage, terms: Terms, batch: int = 0) -> None:
        self._reads, self._stage, self._terms, self._batch = reads, stage, terms, batch
        self._day = terms.as_of.isoformat()
        self._days: dict[int, str] = dict(reads.rows("SELECT id, as_of FROM batch"))
        self._matching = Matching(reads, terms)
        self._own = {
            client: frozenset(json.loads(fields))
            for client, fields in reads.rows("SELECT id, kept FROM client WHERE kept IS NOT NULL")
        }

    def remember(self, key: str, client: int) -> None:
        """A client without a number that was just made; the rest of the hand-over may name it by this key."""
        self._matching.remember(key, client)

    def verdicts(self, kept: Kept) -> Iterator[list[Verdict]]:
        """Everything that was told of one kind of thing, in pages, in the order of the keys."""
        shape = _Shape.of(kept)
        for page in self._stage.pages(kept):
            links = self._links(kept, page)
            versions = [self._versions(kept, shape, thing, links) for thing in page]
            rows = self._rows(kept, page, versions)
            yield [
                self._new(kept, shape, thing, told) if row is None else self._known(kept, thing, told, row)
                for thing, told, row in zip(page, versions, rows, strict=True)
            ]

    def _versions(
        self, kept: Kept, shape: _Shape, thing: Staged, links: list[tuple[int, dict[str, int]]]
    ) -> list[tuple[str, Values]]:
        """The versions with ids in place of natural keys, oldest first."""
        out = []
        for version in thing.versions:
            values = list(version[VALUES:])
            for place, ids in links:
                if values[place] is not None:
                    values[place] = ids.get(values[place])
            if kept is MONTH and not values[0]:
                values[0] = months.number(self._terms.as_of)
            # A holding or month that names only its account belongs to the account's client.
            if shape.account is not None and shape.client is not None and values[shape.client] is None:
                account = values[shape.account]
                values[shape.client] = None if account is None else self._matching.owner_of(account)
            out.append((version[DAY] or self._day, tuple(values)))
        if len(out) > 1:
            out.sort(key=lambda told: told[0])
        return out

    def _known(self, kept: Kept, thing: Staged, versions: list[tuple[str, Values]], row: Row) -> Verdict:
        first = thing.versions[0]
        width = 1 + len(kept.columns)
        old, header = row[1:width], row[width : width + len(kept.header)]
        own = self._own.get(row[0], frozenset()) if kept is CLIENT else frozenset()
        if kept.dated:
            heard, deaf = rules.without(kept.columns, own, old, versions)
            told = rules.laid_over(kept.columns, old, header, heard, self._batch, self._day_of)
            told = replace(told, outdated=tuple(sorted({*told.outdated, *deaf}))) if deaf else told
        else:
            told = rules.laid_plainly(old, header, self._whole(kept, old, versions), self._batch, self._day_of)
        sort = Sort.CHANGED if told.changed else Sort.CONFIRMED if told.header != header else Sort.UNCHANGED
        return Verdict(thing.key, sort, row, told, first[FILE], first[ROW])

    def _new(self, kept: Kept, shape: _Shape, thing: Staged, versions: list[tuple[str, Values]]) -> Verdict:
        header: Values
        if len(versions) == 1:
            day, found = versions[0]
            header = (day, self._batch, None) if kept.dated else (self._batch,)
        elif kept.dated:
            told = rules.laid_over(kept.columns, shape.nothing, (None, None, None), versions, self._batch, self._day_of)
            found, header = told.values, told.header
        else:
            found = rules.laid_plainly(shape.nothing, (None,), versions, self._batch, self._day_of).values
            header = (self._batch,)
        values = list(found)
        for place, value in shape.defaults:
            if values[place] is None:
                values[place] = value
        # Amounts without a currency are in that of the hand-over.
        if (
            shape.currency is not None
            and values[shape.currency] is None
            and (shape.priced is None or values[shape.priced] is not None)
        ):
            values[shape.currency] = self._terms.currency
        first = thing.versions[0]
        lacks = ""
        if shape.needs_client and shape.client is not None and values[shape.client] is None:
            lacks = "client_number" if kept is ACCOUNT else "account_number"
        sort = Sort.REFUSED if lacks else Sort.NEW
        return Verdict(thing.key, sort, None, Told(tuple(values), header), first[FILE], first[ROW], lacks)

    def _whole(self, kept: Kept, old: Values, versions: list[tuple[str, Values]]) -> list[tuple[str, Values]]:
        """Without the half months that would cover a whole one."""
        if kept is not MONTH:
            return versions
        place = kept.columns.index("partial")
        return [told for told in versions if old[place] or not told[1][place]]

    def _rows(self, kept: Kept, page: list[Staged], versions: list[list[tuple[str, Values]]]) -> list[Row | None]:
        if kept is CLIENT:
            return self._matching.clients(page)
        if kept is MONTH:
            return self._matching.months([told[-1][1] for told in versions])
        return self._matching.by_key(kept, [thing.key for thing in page])

    def _links(self, kept: Kept, page: list[Staged]) -> list[tuple[int, dict[str, int]]]:
        """For each link its place among the values, and the ids of the things named on this page."""
        out = []
        for offset, link in enumerate(kept.links, start=len(kept.plain)):
            named = {v[VALUES + offset] for thing in page for v in thing.versions} - {None}
            ids = self._matching.ids(link.to, named) if named else {}
            missing = [name for name in named if name not in ids]
            if missing and not self._batch:
                ids |= dict.fromkeys(self._stage.known(BY_ENTITY[link.to], missing), TO_COME)
            out.append((offset, ids))
        return out

    def _day_of(self, batch: int | None) -> str:
        if batch == self._batch:
            return self._day
        return self._days.get(batch, "") if batch is not None else ""
