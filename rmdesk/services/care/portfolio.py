"""The whole portfolio as columns, loaded from the store; kept as long as the store does not change."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from threading import RLock
from weakref import WeakKeyDictionary

from rmdesk.base import clock
from rmdesk.models.kinds import Channel
from rmdesk.services.care import facts
from rmdesk.services.care.frame import Portfolio
from rmdesk.services.care.loading import Loading
from rmdesk.services.segments import settings
from rmdesk.services.segments.tables import SegmentTable
from rmdesk.services.store.reads import COUNTED, Reader, Reads, revision

__all__ = ["Portfolio", "current", "forget", "load"]

# The portfolio of each reading connection, with the revision of the data that it was made of; one for all of a file.
_kept: WeakKeyDictionary[Reader, tuple[str, Portfolio]] = WeakKeyDictionary()
_loading = RLock()


def load(
    reads: Reads,
    day: date | None = None,
    clients: Sequence[int] | None = None,
    what_if: Channel | None = None,
    table: SegmentTable | None = None,
) -> Portfolio:
    """The portfolio as of `day` (today), or some of its clients; `what_if` assumes a contact of that kind today,
    `table` other rules of segmentation than those set."""
    scope = facts.Scope(reads, day or clock.today(), None if clients is None else tuple(map(int, clients)))
    return Loading(scope, table or settings.table(reads), what_if).done()


def current(reads: Reads, day: date | None = None) -> Portfolio:
    """The whole portfolio as of `day`; the one loaded last when nothing was written since."""
    if not isinstance(reads, Reader):
        return load(reads, day)
    day = day or clock.today()
    with _loading:  # who comes meanwhile waits for it instead of making another
        version = revision(reads)
        for other, known in _kept.items():
            if known[0] == version and known[1].day == day and (other is reads or _same(other, reads, version)):
                _kept[reads] = known
                return known[1]
        known = _kept[reads] = (version, load(reads, day))
        return known[1]


def _same(other: Reader, reads: Reader, version: str) -> bool:
    """Whether both read one file, and the version is that of the file and no count of one connection."""
    return other.path == reads.path and not version.startswith(COUNTED)


def forget(reads: Reads) -> None:
    """Keep no portfolio for this connection: it takes forty megabytes of a hundred thousand clients, and another
    connection has one already. For whoever reads long, once, beside the others."""
    if isinstance(reads, Reader):
        _kept.pop(reads, None)
