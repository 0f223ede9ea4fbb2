"""What is written of hand-overs: taken in, taken back, brought in again; and the layouts remembered per bank."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from sqlalchemy.exc import IntegrityError

from rmdesk.base import clock
from rmdesk.base.errors import Refused
from rmdesk.base.text import N_, _
from rmdesk.models.imports import Batch
from rmdesk.models.imports import Layout as KeptLayout
from rmdesk.models.kinds import BatchId, BatchState, RecordId, Topic, new_id
from rmdesk.services.imports import hanging, images, settle
from rmdesk.services.imports.counting import Counts
from rmdesk.services.imports.findings import clashes, refusal
from rmdesk.services.imports.gathering import Handover
from rmdesk.services.imports.layout import Layout
from rmdesk.services.imports.queries import may_import
from rmdesk.services.imports.records import Finding
from rmdesk.services.imports.terms import Terms, numbers
from rmdesk.services.imports.writing import Writer
from rmdesk.services.segments import figures
from rmdesk.services.store.command import Done
from rmdesk.services.store.work import UnitOfWork

ADDING_UP = N_("Adding up the clients' figures…")
_MOST_TOUCHED = 20_000  # beyond so many clients it is quicker to add up all of them


@dataclass(frozen=True, slots=True)
class Applied:
    """What an import did. `batch` is None when the hand-over told nothing new: then nothing was written."""

    batch: BatchId | None
    counts: Counts
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class ApplyImport:
    """Take in a hand-over, all files together, in one transaction."""

    label: ClassVar[str] = N_("Import")
    handover: Handover
    terms: Terms

    def apply(self, work: UnitOfWork) -> Done[Applied]:
        may_import(work)
        stage, terms = self.handover.stage, self.terms
        settle.settle(work, stage, terms.as_of, work.progress)
        batch = _begin(work, terms.as_of)
        writer = Writer(work, stage, terms, batch)
        writer.write()
        files = self.handover.files
        findings = (
            *self.handover.findings,
            *clashes(stage, files),
            *(refusal(verdict, files) for verdict in writer.refused),
        )
        if not writer.counts.writes:
            work.bulk("DELETE FROM batch WHERE id = ?", (batch,), topics={Topic.IMPORTS})
            return Done(Applied(None, writer.counts, findings))
        images.forget_undone(work)
        _finish(work, batch, self.handover, writer.counts, findings)
        touched = sorted(writer.touched) if len(writer.touched) <= _MOST_TOUCHED else None
        _add_up(work, touched)
        return Done(Applied(batch, writer.counts, findings), UndoImport(batch))


@dataclass(frozen=True, slots=True)
class UndoImport:
    """Take a whole hand-over back; refused when something made since hangs on it."""

    label: ClassVar[str] = N_("Undo import")
    batch: BatchId

    def apply(self, work: UnitOfWork) -> Done[BatchId]:
        may_import(work)
        batch = _batch(work, self.batch, BatchState.APPLIED, N_("This import was undone already."))
        hanging.check(work, self.batch)
        images.take_away(work, self.batch)
        batch.state = BatchState.UNDONE.value
        _add_up(work, None)
        return Done(self.batch, RedoImport(self.batch))


@dataclass(frozen=True, slots=True)
class RedoImport:
    """Bring an undone hand-over in again, exactly as it was."""

    label: ClassVar[str] = N_("Import again")
    batch: BatchId

    def apply(self, work: UnitOfWork) -> Done[BatchId]:
        may_import(work)
        batch = _batch(work, self.batch, BatchState.UNDONE, N_("This import is there already."))
        hanging.check_again(work, self.batch)
        try:
            images.bring_back(work, self.batch)
        except IntegrityError as error:  # what its rows are linked to is gone
            raise Refused(
                N_("This import builds on an earlier one that was undone."),
                do=N_("Bring the earlier import back first."),
                code="earlier_batch",
                guide="imports",
            ) from error
        batch.state = BatchState.APPLIED.value
        _add_up(work, None)
        return Done(self.batch, UndoImport(self.batch))


@dataclass(frozen=True, slots=True)
class KeepLayout:
    """Remember what the columns of a bank's file mean, under a name; an older one of that name is replaced."""

    label: ClassVar[str] = N_("Remember layout")
    name: str
    layout: Layout

    def apply(self, work: UnitOfWork) -> Done[RecordId]:
        name = self.name.strip()
        if not name:
            raise Refused(N_("The layout needs a name."), do=N_("Name it after the bank or the report."), field="name")
        spec: dict[str, Any] = self.layout.to_dict() | {"name": name}
        known = work.value("SELECT id FROM layout WHERE name = ?", (name,))
        if known is None:
            kept = KeptLayout(id=new_id(), name=name, spec=spec, used_at=clock.now())
            work.add(kept)
            return Done(RecordId(kept.id), ForgetLayout(name))
        kept = work.get(KeptLayout, known)
        before = Layout.from_dict(kept.spec)
        if kept.spec == json.loads(json.dumps(spec)):
            return Done(RecordId(kept.id))
        kept.spec, kept.used_at = spec, clock.now()
        return Done(RecordId(kept.id), KeepLayout(name, before))


@dataclass(frozen=True, slots=True)
class ForgetLayout:
    """Forget a remembered layout; what was imported by it stays."""

    label: ClassVar[str] = N_("Forget layout")
    name: str

    def apply(self, work: UnitOfWork) -> Done[None]:
        known = work.value("SELECT id FROM layout WHERE name = ?", (self.name,))
        if known is None:
            raise Refused(N_("There is no layout {name}."), code="no_layout", field="layout", name=self.name)
        kept = work.get(KeptLayout, known)
        before = Layout.from_dict(kept.spec)
        work.delete(kept)
        return Done(None, KeepLayout(self.name, before))


def _begin(work: UnitOfWork, as_of: date) -> BatchId:
    """The batch's row; without the ORM, as it leaves no trace when nothing turns out to be new."""
    work.bulk(
        "INSERT INTO batch (at, who, as_of, state) VALUES (?, ?, ?, ?)",
        (clock.now().isoformat(timespec="milliseconds"), work.who, as_of.isoformat(), BatchState.APPLIED.value),
        topics={Topic.IMPORTS},
    )
    return BatchId(int(work.value("SELECT last_insert_rowid()")))


def _finish(
    work: UnitOfWork, batch: BatchId, handover: Handover, counts: Counts, findings: tuple[Finding, ...]
) -> None:
    told = [_plain(finding) for finding in findings[: numbers().findings]]
    work.bulk(
        "UPDATE batch SET counts = ?, findings = ? WHERE id = ?",
        (json.dumps(counts.plain(), sort_keys=True), json.dumps(told, ensure_ascii=False, sort_keys=True), batch),
        topics={Topic.IMPORTS},
    )
    if not handover.files:
        return
    files = [(batch, file.name, file.sha256, file.layout, file.encoding, file.rows) for file in handover.files]
    work.bulk(
        "INSERT INTO batch_file (batch_id, name, sha256, layout, encoding, rows) VALUES (?, ?, ?, ?, ?, ?)",
        files,
        topics={Topic.IMPORTS},
    )
    used = [(clock.now().isoformat(timespec="milliseconds"), file.layout) for file in handover.files]
    work.bulk("UPDATE layout SET used_at = ? WHERE name = ?", used, topics={Topic.IMPORTS})


def _plain(finding: Finding) -> dict[str, Any]:
    return {
        "file": finding.file,
        "row": finding.row,
        "column": finding.column,
        "why": finding.why.said,
        "severity": finding.severity.value,
    }


def _batch(work: UnitOfWork, batch: BatchId, state: BatchState, otherwise: str) -> Batch:
    kept = work.get(Batch, batch)
    if kept.state == BatchState.TOLD.value:
        raise Refused(
            N_("This came through a team hub and is not undone here."),
            do=N_("Ask whoever keeps the hub to load a corrected file."),
            code="batch_state",
        )
    if kept.state != state.value:
        raise Refused(otherwise, code="batch_state")
    return kept


def _add_up(work: UnitOfWork, clients: Sequence[int] | None) -> None:
    work.progress.at(0, 0, _(ADDING_UP))
    if clients is None or clients:
        figures.refresh(work, clients)
