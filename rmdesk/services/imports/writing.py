"""Writes what a comparison found: new rows, changed rows with their images, confirmed rows, and rows that ended."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from rmdesk.base.text import N_, _
from rmdesk.models.kinds import ClientStatus, Origin
from rmdesk.services.imports import images, keys
from rmdesk.services.imports.compare import Comparison, Sort, Verdict
from rmdesk.services.imports.counting import Counts
from rmdesk.services.imports.gone import ENDING, gone
from rmdesk.services.imports.kept import ACCOUNT, CLIENT, NAMES, ORDER, Kept
from rmdesk.services.imports.matching import SOUNDS
from rmdesk.services.imports.records import Entity
from rmdesk.services.imports.stage import Row, Stage
from rmdesk.services.imports.terms import Terms, numbers

if TYPE_CHECKING:
    from rmdesk.services.store.work import UnitOfWork

SAVING = N_("Saving: {things}")
Sounds = Callable[[str], tuple[str, str, str | None]]


class Writer:
    """Writes one hand-over as one batch; gathers the counts and the clients that were touched."""

    def __init__(self, work: UnitOfWork, stage: Stage, terms: Terms, batch: int) -> None:
        self._work, self._stage, self._terms, self._batch = work, stage, terms, batch
        self._comparison = Comparison(work, stage, terms, batch)
        self._total = sum(stage.size(kept) for kept in ORDER)
        self._done = 0
        self._sounds = sounds()
        self.counts = Counts()
        self.refused: list[Verdict] = []
        self.touched: set[int] = set()  # clients whose money has to be added up again

    def write(self) -> None:
        """All kinds of things, those first that others are linked to."""
        for kept in ORDER:
            alike = images.Alike()
            for page in self._comparison.verdicts(kept):
                self._page(kept, page, alike)
                self._done += len(page)
                self._work.progress.at(self._done, self._total, _(SAVING).format(things=_(NAMES[kept.entity])))
            alike.save(self._work, self._batch, kept)
        for entity in self._terms.ended:
            self._end(entity)

    def _page(self, kept: Kept, page: list[Verdict], alike: images.Alike) -> None:
        by_sort: dict[Sort, list[Verdict]] = {sort: [] for sort in Sort}
        for verdict in page:
            by_sort[verdict.sort].append(verdict)
        self.counts.add(kept.entity, page)
        self.refused += by_sort[Sort.REFUSED][: numbers().findings - len(self.refused)]
        self._insert(kept, by_sort[Sort.NEW])
        self._change(kept, by_sort[Sort.CHANGED])
        self._confirm(kept, by_sort[Sort.CONFIRMED], alike)
        if kept is not CLIENT and "client_id" in kept.columns:
            self._touch(kept, by_sort[Sort.NEW] + by_sort[Sort.CHANGED])

    def _insert(self, kept: Kept, new: list[Verdict]) -> None:
        if not new:
            return
        columns: tuple[str, ...] = (*kept.columns, *kept.header, "first_batch_id")
        rows: list[Row] = [(*v.told.values, *v.told.header, self._batch) for v in new]
        if kept is CLIENT:
            columns = (*columns, "origin", "merged_into", *SOUNDS)
            name = kept.columns.index("name")
            rows = [
                (*row, _origin(verdict), self._merged(verdict), *self._sounds(row[name]))
                for row, verdict in zip(rows, new, strict=True)
            ]
        marks = ", ".join("?" * len(columns))
        self._work.bulk(f"INSERT INTO {kept.table} ({', '.join(columns)}) VALUES ({marks})", rows, topics={kept.topic})
        if kept is CLIENT:
            self._remember(new)

    def _change(self, kept: Kept, changed: list[Verdict]) -> None:
        if not changed:
            return
        images.save(self._work, self._batch, kept.table, [_image(kept, verdict) for verdict in changed])
        sets = ", ".join(f'"{column}" = ?' for column in (*kept.columns, *kept.header))
        rows = [(*v.told.values, *v.told.header, v.id) for v in changed]
        self._work.bulk(f"UPDATE {kept.table} SET {sets} WHERE id = ?", rows, topics={kept.topic})
        if kept is CLIENT:
            self._respell(changed)
            self.touched.update(v.id for v in changed if v.id is not None)
        if kept is ACCOUNT:
            self._follow(changed)

    def _confirm(self, kept: Kept, confirmed: list[Verdict], alike: images.Alike) -> None:
        if not confirmed:
            return
        width = 1 + len(kept.columns)
        for verdict in confirmed:
            if verdict.before is not None:
                alike.add(tuple(verdict.before[width : width + len(kept.header)]), verdict.before[0])
        sets = ", ".join(f"{column} = ?" for column in kept.header)
        rows = [(*v.told.header, v.id) for v in confirmed]
        self._work.bulk(f"UPDATE {kept.table} SET {sets} WHERE id = ?", rows, topics={kept.topic})
        if kept is CLIENT:
            self.touched.update(v.id for v in confirmed if v.id is not None)
        elif "client_id" in kept.columns:
            self._touch(kept, confirmed)

    def _respell(self, changed: list[Verdict]) -> None:
        """How changed names sound."""
        name = CLIENT.columns.index("name")
        rows = [(*self._sounds(v.told.values[name]), v.id) for v in changed if name in v.told.changed]
        if rows:
            sets = ", ".join(f"{column} = ?" for column in SOUNDS)
            self._work.bulk(f"UPDATE client SET {sets} WHERE id = ?", rows, topics={CLIENT.topic})

    def _follow(self, changed: list[Verdict]) -> None:
        """The months of an account go along to its new client."""
        place = ACCOUNT.columns.index("client_id")
        for verdict in changed:
            if place not in verdict.told.changed or verdict.before is None:
                continue
            months = self._work.rows("SELECT id, client_id FROM month_fact WHERE account_id = ?", (verdict.id,))
            before = [(row[0], {"client_id": row[1]}) for row in months]
            images.save(self._work, self._batch, "month_fact", before)
            self._work.bulk(
                "UPDATE month_fact SET client_id = ? WHERE account_id = ?",
                (verdict.told.values[place], verdict.id),
                topics={ACCOUNT.topic},
            )

    def _touch(self, kept: Kept, verdicts: list[Verdict]) -> None:
        place = kept.columns.index("client_id")
        self.touched.update(verdict.told.values[place] for verdict in verdicts)
        self.touched.update(v.before[1 + place] for v in verdicts if v.before is not None)

    def _end(self, entity: Entity) -> None:
        """Close what the hand-over no longer has; nothing is deleted."""
        ending = ENDING[entity]
        value = ClientStatus.CLOSED.value if entity is Entity.CLIENT else self._terms.as_of.isoformat()
        for page in gone(self._work, self._stage, self._terms, entity):
            before = [(row.id, {ending.column: row.value, "batch_id": row.batch}) for row in page]
            images.save(self._work, self._batch, ending.table, before)
            rows = [(value, self._batch, row.id) for row in page]
            self._work.bulk(
                f"UPDATE {ending.table} SET {ending.column} = ?, batch_id = ? WHERE id = ?", rows, topics=images.TOPICS
            )
            self.touched.update(row.client for row in page)
            self.counts.ended[entity] = self.counts.ended.get(entity, 0) + len(page)

    def _remember(self, new: list[Verdict]) -> None:
        """The ids of new clients; those without a number can be named by their own file row alone."""
        last = int(self._work.value("SELECT max(id) FROM client"))
        first = last - len(new) + 1  # ids of one executemany follow one another
        self.touched.update(range(first, last + 1))
        for offset, verdict in enumerate(new):
            if verdict.key.startswith(keys.NUMBERLESS):
                self._comparison.remember(verdict.key, first + offset)

    def _merged(self, verdict: Verdict) -> int | None:
        """A client with a number of its own that was confirmed to be somebody known is kept as merged into them."""
        return self._terms.same.get(verdict.key)


def _origin(verdict: Verdict) -> str:
    return Origin.DESK.value if verdict.key.startswith(keys.NUMBERLESS) else Origin.BANK.value


def _image(kept: Kept, verdict: Verdict) -> tuple[int, dict[str, Any]]:
    """The changed fields and the header as they were."""
    before = verdict.before or ()
    width = 1 + len(kept.columns)
    fields = {kept.columns[place]: before[1 + place] for place in verdict.told.changed}
    fields |= dict(zip(kept.header, before[width : width + len(kept.header)], strict=True))
    if kept is CLIENT and "name" in fields:
        fields |= dict(zip(SOUNDS, before[-len(SOUNDS) :], strict=True))
    return int(before[0]), fields


def sounds() -> Sounds:
    """Pinyin and initials of a name; loaded with the first name that has Chinese characters."""
    known: dict[str, tuple[str, str, str | None]] = {"": ("", "", None)}

    def of(name: str) -> tuple[str, str, str | None]:
        found = known.get(name)
        if found is None:
            found = known[name] = _reading(name)
        return found

    return of


def _reading(name: str) -> tuple[str, str, str | None]:
    from rmdesk.services.clients import pinyin

    reading = pinyin.reading(name)
    return reading.pinyin, reading.initials, reading.also
