"""What goes by itself once its time is over: periods and days are data (resources/rules/privacy.toml, `expiry`)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, ClassVar

from rmdesk.base import clock
from rmdesk.base.record import record
from rmdesk.base.text import N_
from rmdesk.models.kinds import Topic
from rmdesk.services.audit import trimming
from rmdesk.services.audit.acts import Act
from rmdesk.services.audit.writing import note
from rmdesk.services.profile import privacy
from rmdesk.services.profile.privacy import TableRow
from rmdesk.services.rulebook import book
from rmdesk.services.store.command import Done
from rmdesk.services.store.reads import Reads
from rmdesk.services.sync import state, traces

if TYPE_CHECKING:
    from rmdesk.services.store.store import Store
    from rmdesk.services.store.work import UnitOfWork

LOG = "audit_entry"
DONE = "retention"  # the day on which it was last applied
DAYS_A_YEAR = 365.25


@record
class Expiry:
    """Rows of one table that go so many days after `ended` (SQL for a day)."""

    table: TableRow
    ended: str
    days: int
    local: bool


@record
class Over:
    """So many rows of a table whose time is over; what ended before `before`."""

    expiry: Expiry
    before: date
    count: int


@cache
def expiries() -> tuple[Expiry, ...]:
    """What goes, and when."""
    rules, tables = book("privacy"), {one.table: one for one in privacy.tables()}
    found = []
    for name, entry in rules["expiry"].items():
        years = rules["retentions"][entry["retention"]]["years"] if "retention" in entry else 0
        days = entry.get("days") or round(years * DAYS_A_YEAR)
        found.append(Expiry(tables[name], entry["ended"], days, entry.get("local", False)))
    return tuple(found)


def over(reads: Reads, today: date | None = None) -> tuple[Over, ...]:
    """What would go today."""
    day = today or clock.today()
    joined = bool(reads.value("SELECT joined FROM sync_control"))
    found = []
    for one in expiries():
        if joined and not one.local:
            continue
        before = day - timedelta(days=one.days)
        count = trimming.due(reads, before) if one.table.table == LOG else int(reads.value(*_asked(one, before)))
        if count:
            found.append(Over(one, before, count))
    return tuple(found)


def is_due(reads: Reads) -> bool:
    """Whether it was not applied today."""
    return bool(state.get(reads, DONE) != clock.today().isoformat())


@dataclass(frozen=True, slots=True)
class ApplyRetention:
    """Remove what has been kept long enough. Gives how many rows went, by table. Cannot be undone: they are gone."""

    label: ClassVar[str] = N_("Apply retention")

    def apply(self, work: UnitOfWork) -> Done[dict[str, int]]:
        gone: dict[str, int] = {}
        for one in over(work):
            name = one.expiry.table.table
            gone[name] = one.count
            if name == LOG:
                trimming.trim(work, one.before)
                continue
            where = f"{one.expiry.ended} < ? AND {one.expiry.ended} <> ''"
            work.bulk(f"DELETE FROM {name} WHERE {where}", (one.before.isoformat(),), topics=set(Topic))
        if gone:
            note(work, Act.RETENTION, facts={"rows": sum(gone.values()), "what": ",".join(sorted(gone))})
            state.put(work, traces.MARK, True)
        state.put(work, DONE, clock.today().isoformat())
        return Done(gone, forgets=bool(gone))


def keep_up(store: Store) -> None:
    """In an idle moment: apply the retention once a day, and sweep the file of what went. Writes; for a worker."""
    if store.read(is_due):
        store.perform(ApplyRetention())
    if store.read(traces.is_due):
        traces.sweep(store)


def _asked(one: Expiry, before: date) -> tuple[str, tuple[str, ...]]:
    sql = f"SELECT count(*) FROM {one.table.table} WHERE {one.ended} < ? AND {one.ended} <> ''"
    return sql, (before.isoformat(),)
