"""Reading a hand-over and comparing it, in one go: what the wizard asks for before anything is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from rmdesk.base.progress import Progress, Silent
from rmdesk.services.imports.gathering import Handover, gather
from rmdesk.services.imports.plan import Plan, plan
from rmdesk.services.imports.records import Entity
from rmdesk.services.imports.source import Source
from rmdesk.services.imports.terms import Terms
from rmdesk.services.store.reads import Reads


@dataclass(frozen=True, slots=True)
class Choices:
    """What the user chose; see Terms. `as_of` None: by what the files and their rows say."""

    as_of: date | None = None
    currency: str = "CNY"
    whole: frozenset[Entity] = frozenset()
    ended: frozenset[Entity] = frozenset()
    same: Mapping[str, int] = field(default_factory=dict, hash=False)

    def terms(self, handover: Handover) -> Terms:
        """The same for a hand-over that was read."""
        return Terms(self.as_of or handover.day(), self.currency, self.whole, self.ended, self.same)


@dataclass(frozen=True, slots=True)
class Checked:
    """A hand-over that was read, and what it would do. Whoever holds it closes the hand-over."""

    handover: Handover
    terms: Terms
    plan: Plan


def check(reads: Reads, sources: Sequence[Source], choices: Choices, progress: Progress | None = None) -> Checked:
    """Read all files and compare them with the portfolio; nothing is written."""
    handover = gather(sources, progress)
    try:
        return check_again(reads, handover, choices, progress)
    except BaseException:
        handover.close()
        raise


def check_again(reads: Reads, handover: Handover, choices: Choices, progress: Progress | None = None) -> Checked:
    """Compare what was read by other choices."""
    terms = choices.terms(handover)
    return Checked(handover, terms, plan(reads, handover, terms, progress or Silent()))
