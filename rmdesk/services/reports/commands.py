"""Keeping a report for reading, and that it was read. A report is drawn from records and is none itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rmdesk.base import clock
from rmdesk.base.errors import Refused
from rmdesk.base.text import N_
from rmdesk.models.kinds import RecordId, new_id
from rmdesk.models.reports import MadeReport
from rmdesk.services.reports.packing import packed
from rmdesk.services.reports.parts import Report
from rmdesk.services.store.command import Done
from rmdesk.services.store.inverse import BringBack, fields_of
from rmdesk.services.store.work import UnitOfWork


@dataclass(frozen=True, slots=True)
class KeepReport:
    """Keep a report until it is read. Refused when one of the same kind and days is kept."""

    label: ClassVar[str] = N_("Keep report")
    report: Report

    def apply(self, work: UnitOfWork) -> Done[RecordId]:
        told = self.report
        same = "SELECT 1 FROM made_report WHERE kind = ? AND last_on = ?"
        if work.value(same, (told.kind.value, told.last.isoformat())) is not None:
            raise Refused(N_("This report is kept already."), code="kept_already")
        made = MadeReport(
            id=new_id(), kind=told.kind.value, first_on=told.first, last_on=told.last, made_at=clock.now(),
            seen_at=None, content=packed(told),
        )  # fmt: skip
        work.add(made)
        return Done(RecordId(made.id), inverse=RemoveReport(RecordId(made.id)))


@dataclass(frozen=True, slots=True)
class RemoveReport:
    """Throw a kept report away; it can be made anew."""

    label: ClassVar[str] = N_("Remove report")
    id: RecordId

    def apply(self, work: UnitOfWork) -> Done[None]:
        made = work.get(MadeReport, self.id)
        columns = fields_of(made)
        work.delete(made)
        return Done(None, inverse=BringBack(((MadeReport, columns),)))


@dataclass(frozen=True, slots=True)
class ReadReport:
    """Note that a report was read. Nothing to take back."""

    label: ClassVar[str] = N_("Read report")
    id: RecordId

    def apply(self, work: UnitOfWork) -> Done[None]:
        made = work.get(MadeReport, self.id)
        made.seen_at = made.seen_at or clock.now()
        return Done(None)
