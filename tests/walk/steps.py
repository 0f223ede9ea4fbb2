"""The steps of the walk: each calls the function that does it, and says where that function is and what came out."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from rmdesk.models.kinds import ClientId
from rmdesk.services.care import lists, portfolio, queries
from rmdesk.services.care.commands import MarkDone
from rmdesk.services.imports.commands import ApplyImport
from rmdesk.services.imports.gathering import Handover, gather
from rmdesk.services.imports.plan import plan
from rmdesk.services.imports.records import Entity
from rmdesk.services.imports.source import open_sources
from rmdesk.services.imports.terms import Terms
from rmdesk.services.scoring import rules as scoring
from rmdesk.services.segments import figures
from rmdesk.services.segments import rules as segments
from rmdesk.services.store.store import Store
from tests.walk import handover

ROOT = Path(__file__).parents[2]
ACCOUNTS = 20


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what is done, by which function (file:line), and what came out."""

    title: str
    where: str
    came: tuple[str, ...]


class Walk:
    """Takes one hand-over through a demo portfolio; `steps` fills as it goes."""

    def __init__(self, store: Store, folder: Path, day: date) -> None:
        self.store = store
        self.day = day
        self.steps: list[Step] = []
        self._file = folder / "core_export_gbk.csv"
        self._told = store.read(handover.largest, ACCOUNTS)
        self._client = ClientId(self._told[0].client)

    def go(self) -> list[Step]:
        """All steps, in the order of the data."""
        handover.write(self._file, self._told, self.day)
        read = self._read()
        before = self._rank()
        self._take_in(read)
        self._figures()
        self._place()
        self._points()
        self._list(before)
        self._receipt()
        self._done()
        return self.steps

    def _note(self, title: str, function: Callable[..., Any], *came: object) -> None:
        self.steps.append(Step(title, where(function), tuple(map(str, came))))

    def _rank(self) -> int | None:
        return self.store.read(queries.receipt, self._client, day=self.day).rank

    def _read(self) -> Handover:
        sources = open_sources(self._file)
        source = sources[0]
        self._note(
            "open the bank's file",
            open_sources,
            f"{source.encoding}, header in row {source.header_row}, layout {source.layout.name!r}",
            f"columns: {', '.join(source.headers)}",
        )
        read = gather(sources)
        self._note("read it into records", gather, f"{read.files[0].rows} rows, {len(read.findings)} findings")
        made = self.store.read(plan, read, Terms(self.day))
        self._note("work out what it would change (dry run)", plan, *(_counts(made.counts, e) for e in _TOLD))
        return read

    def _take_in(self, read: Handover) -> None:
        outcome = self.store.perform(ApplyImport(read, Terms(self.day)))
        read.close()
        topics = ", ".join(sorted(outcome.topics))
        self._note("write it in one transaction", ApplyImport.apply, f"pages told about: {topics}")

    def _figures(self) -> None:
        row = self.store.read(
            lambda reads: reads.one(
                "SELECT aum_minor, currency, last_own_on FROM client_figures WHERE client_id = ?", (self._client,)
            )
        )
        assert row is not None
        self._note("add up the client's figures", figures.refresh, f"AUM {row[0] / 100:,.2f} {row[1]}")

    def _place(self) -> None:
        whole = self.store.read(portfolio.load, self.day)
        at = whole.place(self._client)
        assert at is not None
        self._note("load the portfolio as columns", portfolio.load, f"{whole.size} clients")
        self._note("decide the tier", segments.tier_of, f"T{whole.tier[at]}, watch: {bool(whole.watch[at])}")
        self._note("decide the familiarity", segments.familiarity, f"{whole.familiarity[at]} of 0..2")
        self._note("decide the group", segments.group_of, f"G{whole.group[at]}")

    def _points(self) -> None:
        shown = self.store.read(queries.receipt, self._client, day=self.day)
        lines = (f"{line.rule} {line.points:6.2f}  {line.input}" for line in shown.lines)
        self._note("give points, rule by rule", scoring.points, *lines)

    def _list(self, before: int | None) -> None:
        day = self.store.read(queries.care_day, day=self.day)
        lanes = ", ".join(f"{lane.value} {count}" for lane, count in day.lanes.items())
        self._note("rank the portfolio", lists.rank, f"rank before the file: {before}, now: {self._rank()}")
        self._note("put the day together", queries.care_day, f"{len(day.items)} to care for; belong to {lanes}")

    def _receipt(self) -> None:
        shown = self.store.read(queries.receipt, self._client, day=self.day)
        action = shown.action.text if shown.action else "nothing to do"
        reasons = (str(reason.text) for reason in shown.reasons)
        self._note("write the receipt", queries.receipt, f"score {shown.score}: {action}", *reasons)

    def _done(self) -> None:
        outcome = self.store.perform(MarkDone(self._client))
        changes = self.store.read(
            lambda reads: reads.value("SELECT count(*) FROM \"change\" WHERE command = 'MarkDone'")
        )
        self._note("the manager is done with it", MarkDone.apply, f"{changes} change record, pages: care")
        assert outcome.inverse is not None
        undone = self.store.perform(outcome.inverse)
        self._note("and takes it back", type(outcome.inverse).apply, f"by the command {undone.label!r}")


_TOLD = (Entity.CLIENT, Entity.ACCOUNT)


def _counts(counts: Any, entity: Entity) -> str:
    count = counts.of(entity)
    return f"{entity.value}: {count.new} new, {count.changed} changed, {count.unchanged} unchanged"


def where(function: Callable[..., Any]) -> str:
    """The file and line of a function, from the project's root."""
    plain = inspect.unwrap(function)
    file = Path(inspect.getfile(plain)).resolve().relative_to(ROOT)
    return f"{file.as_posix()}:{inspect.getsourcelines(plain)[1]}"
