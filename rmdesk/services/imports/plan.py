"""The dry run: what a hand-over would do, worked out without writing anything."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from rmdesk.base.progress import Progress, Silent
from rmdesk.base.text import N_, _
from rmdesk.services.imports import duplicates, gone, settle
from rmdesk.services.imports.compare import TO_COME, Comparison, Sort, Verdict
from rmdesk.services.imports.counting import Counts
from rmdesk.services.imports.duplicates import Person, Suspect
from rmdesk.services.imports.findings import clashes, refusal
from rmdesk.services.imports.gathering import FileRead, Handover, balance_totals
from rmdesk.services.imports.gone import Gone
from rmdesk.services.imports.kept import BY_ENTITY, CLIENT, ORDER, Kept
from rmdesk.services.imports.records import Entity, Finding
from rmdesk.services.imports.stage import Stage
from rmdesk.services.imports.terms import Terms, numbers
from rmdesk.services.store.reads import Reads

COMPARING = N_("Comparing…")


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field before and after, as kept: minor units, YYYY-MM-DD, 0/1; links by their natural key."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is new (all fields told) or changes; `known` fields stay, as they are told from a later day."""

    entity: Entity
    key: str
    name: str
    currency: str
    id: int | None
    fields: tuple[FieldChange, ...]
    known: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """What a hand-over of all things of a kind lacks: how many, and the first of them."""

    count: int
    samples: tuple[Gone, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What a hand-over would do."""

    counts: Counts
    new: dict[Entity, tuple[Difference, ...]]
    changed: dict[Entity, tuple[Difference, ...]]
    outdated: dict[Entity, tuple[Difference, ...]]
    gone: dict[Entity, Missing]
    findings: tuple[Finding, ...]
    suspects: tuple[Suspect, ...]
    totals: dict[str, str]


def plan(reads: Reads, handover: Handover, terms: Terms, progress: Progress | None = None) -> Plan:
    """Compare a hand-over with the portfolio; nothing is written."""
    progress = progress or Silent()
    stage = handover.stage
    settle.settle(reads, stage, terms.as_of, progress)
    comparison = Comparison(reads, stage, terms)
    gathering = _Gathering(reads, stage, handover.files)
    total, done = sum(stage.size(kept) for kept in ORDER), 0
    for kept in ORDER:
        for page in comparison.verdicts(kept):
            gathering.take(kept, page)
            done += len(page)
            progress.at(done, total, _(COMPARING))
    missing = {
        entity: _missing(gone.gone(reads, stage, terms, entity))
        for entity in sorted(terms.whole)
        if entity in gone.ENDING
    }
    findings = (*handover.findings, *clashes(stage, handover.files), *gathering.findings)
    return Plan(
        gathering.counts,
        {entity: tuple(found) for entity, found in gathering.of(Sort.NEW)},
        {entity: tuple(found) for entity, found in gathering.of(Sort.CHANGED)},
        {entity: tuple(found) for entity, found in gathering.outdated.items()},
        missing,
        findings,
        tuple(gathering.suspects),
        balance_totals(handover),
    )


def differences(
    reads: Reads, handover: Handover, terms: Terms, entity: Entity, sort: Sort, skip: int, limit: int
) -> list[Difference]:
    """More of what `plan` gave samples of: `limit` things of one sort after the first `skip`."""
    kept = BY_ENTITY[entity]
    found: list[Difference] = []
    for page in Comparison(reads, handover.stage, terms).verdicts(kept):
        for verdict in page:
            if verdict.sort is not sort:
                continue
            if skip:
                skip -= 1
                continue
            found.append(_difference(reads, handover.stage, kept, verdict))
            if len(found) == limit:
                return found
    return found


class _Gathering:
    """Collects counts, samples, suspects and findings of a comparison."""

    def __init__(self, reads: Reads, stage: Stage, files: tuple[FileRead, ...]) -> None:
        self._reads, self._stage, self._files = reads, stage, files
        self._samples: dict[tuple[Sort, Entity], list[Difference]] = {}
        self._clients = reads.value("SELECT 1 FROM client LIMIT 1") is not None
        self.counts = Counts()
        self.outdated: dict[Entity, list[Difference]] = {}
        self.suspects: list[Suspect] = []
        self.findings: list[Finding] = []

    def take(self, kept: Kept, page: list[Verdict]) -> None:
        self.counts.add(kept.entity, page)
        for verdict in page:
            if verdict.sort in (Sort.NEW, Sort.CHANGED):
                self._sample(self._samples.setdefault((verdict.sort, kept.entity), []), kept, verdict)
            if verdict.told.outdated:
                self._sample(self.outdated.setdefault(kept.entity, []), kept, verdict)
            if verdict.sort is Sort.REFUSED and len(self.findings) < numbers().findings:
                self.findings.append(refusal(verdict, self._files))
        if kept is CLIENT and self._clients:
            new = [_person(verdict) for verdict in page if verdict.sort is Sort.NEW]
            self.suspects += duplicates.suspects_of(self._reads, new)[: numbers().samples - len(self.suspects)]

    def of(self, sort: Sort) -> Iterator[tuple[Entity, list[Difference]]]:
        for (which, entity), found in self._samples.items():
            if which is sort:
                yield entity, found

    def _sample(self, into: list[Difference], kept: Kept, verdict: Verdict) -> None:
        if len(into) < numbers().samples:
            into.append(_difference(self._reads, self._stage, kept, verdict))


def _missing(pages: Iterator[list[Gone]]) -> Missing:
    count = 0
    samples: list[Gone] = []
    for page in pages:
        count += len(page)
        samples += page[: numbers().samples - len(samples)]
    return Missing(count, tuple(samples))


def _person(verdict: Verdict) -> Person:
    told = dict(zip(CLIENT.columns, verdict.told.values, strict=True))
    return Person(
        None, verdict.key, told["number"], told["name"] or "", told["birth_date"], told["id_number"], told["phone"]
    )


def _difference(reads: Reads, stage: Stage, kept: Kept, verdict: Verdict) -> Difference:
    before, after = verdict.before, verdict.told.values
    named = _named(reads, stage, kept, verdict)
    old = (None,) * len(after) if before is None else before[1 : 1 + len(after)]
    places = [p for p, v in enumerate(after) if v not in (None, "")] if before is None else list(verdict.told.changed)
    told = dict(zip(kept.columns, after, strict=True))
    return Difference(
        kept.entity,
        verdict.key,
        str(told.get("name") or ""),
        str(told.get("currency") or ""),
        verdict.id,
        tuple(_told(kept, places, [named(p, old[p]) for p in places], [named(p, after[p]) for p in places])),
        tuple(FieldChange(kept.fields[p], named(p, old[p]), None) for p in verdict.told.outdated),
    )


def _told(kept: Kept, places: list[int], before: list[Any], after: list[Any]) -> Iterator[FieldChange]:
    """The fields before and after; columns without a meaning stand by the name they have in the file."""
    for place, old, new in zip(places, before, after, strict=True):
        if kept.fields[place] != "extra":
            yield FieldChange(kept.fields[place], old, new)
            continue
        was, told = json.loads(old or "{}"), json.loads(new or "{}")
        yield from (FieldChange(name, was.get(name), told[name]) for name in told if told[name] != was.get(name))


def _named(reads: Reads, stage: Stage, kept: Kept, verdict: Verdict) -> Any:
    """Turns the id in a link into the natural key of what it links to; other values stay."""

    def of(place: int, value: Any) -> Any:
        if place < len(kept.plain) or value is None:
            return value
        link = kept.links[place - len(kept.plain)]
        if value == TO_COME:
            row = stage.rows(f'SELECT max("{link.field}") FROM {kept.table} WHERE at = ?', (verdict.key,))
            return row[0][0] if row else None
        target = BY_ENTITY[link.to]
        shown = "coalesce(number, name)" if target is CLIENT else target.key
        return reads.value(f"SELECT {shown} FROM {target.table} WHERE id = ?", (value,))

    return of
