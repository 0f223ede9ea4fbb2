"""Counts of what a hand-over does, by kind of thing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from rmdesk.services.imports.compare import Sort, Verdict
from rmdesk.services.imports.kept import PLURAL
from rmdesk.services.imports.records import Entity


@dataclass(slots=True)
class Count:
    """New, changed and unchanged things; `confirmed` of the unchanged were told again on a later day.

    `outdated` counts values (not things) that this hand-over tells and that are known from a newer one.
    """

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    confirmed: int = 0
    refused: int = 0
    outdated: int = 0

    @property
    def total(self) -> int:
        """All things that were taken."""
        return self.new + self.changed + self.unchanged


@dataclass(slots=True)
class Counts:
    """The counts of one hand-over."""

    by_entity: dict[Entity, Count] = field(default_factory=dict)
    ended: dict[Entity, int] = field(default_factory=dict)

    def of(self, entity: Entity) -> Count:
        """The count of one kind of thing."""
        return self.by_entity.setdefault(entity, Count())

    def add(self, entity: Entity, verdicts: list[Verdict]) -> None:
        """Count some things of one kind."""
        count = self.of(entity)
        sorts = Counter(verdict.sort for verdict in verdicts)
        count.new += sorts[Sort.NEW]
        count.changed += sorts[Sort.CHANGED]
        count.unchanged += sorts[Sort.UNCHANGED] + sorts[Sort.CONFIRMED]
        count.confirmed += sorts[Sort.CONFIRMED]
        count.refused += sorts[Sort.REFUSED]
        count.outdated += sum(len(verdict.told.outdated) for verdict in verdicts if verdict.before is not None)

    def left_out(self) -> Mapping[str, int]:
        """How many things could not be kept, as nobody says whose they are; named as in `plain`."""
        return {PLURAL[entity]: count.refused for entity, count in self.by_entity.items() if count.refused}

    @property
    def writes(self) -> bool:
        """Whether anything is to be written at all."""
        return bool(self.ended) or any(c.new or c.changed or c.confirmed for c in self.by_entity.values())

    def plain(self) -> Mapping[str, Mapping[str, int]]:
        """As plain data, named as the command line names them."""
        return {
            PLURAL[entity]: {"new": count.new, "changed": count.changed, "unchanged": count.unchanged}
            for entity, count in self.by_entity.items()
        }
