"""Today as the last computing left it: exact as long as data, day, rules and program are the same.

Reading it loads no numpy, and takes as long with a hundred thousand clients as with a hundred.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Generic, TypeVar

from rmdesk.base import clock
from rmdesk.base.packed import pack, unpack
from rmdesk.base.record import record
from rmdesk.base.text import Phrase
from rmdesk.models.kinds import CareMarkKind, Familiarity, Lane, Purpose, Tier
from rmdesk.services.care import queries, rows
from rmdesk.services.care.words import Compact
from rmdesk.services.rulebook import Words
from rmdesk.services.segments.tables import table
from rmdesk.services.store import kept
from rmdesk.services.store.reads import Reads

if TYPE_CHECKING:
    from rmdesk.services.store.store import Store

T = TypeVar("T")

KINDS = (
    *(rows.CareDay, rows.CareItem, rows.Reason, rows.Action, rows.MarkRow, rows.WarningRow, rows.Shade, rows.Step),
    *(Tier, Familiarity, Lane, Purpose, CareMarkKind, Phrase, Compact, Words),
)


@record
class Known(Generic[T]):
    """A result, its name and what it was made of; `recalled`: it was kept from before."""

    value: T
    name: str
    made_of: str
    recalled: bool


def care_day(reads: Reads, purpose: Purpose = Purpose.MAINTAIN, *, anew: bool = False) -> Known[rows.CareDay]:
    """The day's list for a purpose; computed when it is not kept, or `anew`."""
    table()  # whoever shows the list names tiers: the rules are read here, on the thread, not while it is drawn
    return _known(reads, f"care_day {purpose}", anew, lambda day: queries.care_day(reads, purpose, day))


def warnings(reads: Reads, *, anew: bool = False) -> Known[tuple[rows.WarningRow, ...]]:
    """The day's maturities and warnings, in the same way."""
    return _known(reads, "warnings", anew, lambda day: queries.warnings(reads, day))


def keep(store: Store, known: Known[T]) -> None:
    """Keep it for the next start."""
    kept.keep(store.path, store.key, known.name, known.made_of, pack(known.value))


def _known(reads: Reads, name: str, anew: bool, made: Callable[[date], T]) -> Known[T]:
    day = clock.today()
    of = kept.made_of(reads, day)
    text = None if anew else kept.recall(reads, name, of)
    value: T = made(day) if text is None else unpack(text, KINDS)
    return Known(value, name, of, text is not None)
