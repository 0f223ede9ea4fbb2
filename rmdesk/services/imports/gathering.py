"""Reads all files of a hand-over into one staging area, ready to be compared and written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date

from rmdesk.base import clock, money
from rmdesk.base.progress import Progress, Silent
from rmdesk.services.imports.records import Finding, Severity
from rmdesk.services.imports.source import Source
from rmdesk.services.imports.stage import Stage
from rmdesk.services.imports.terms import numbers


@dataclass(frozen=True, slots=True)
class FileRead:
    """One table of a hand-over, with how it was read and what was left out."""

    name: str
    sha256: str
    layout: str
    encoding: str | None
    header_row: int | None
    rows: int
    refused: tuple[Finding, ...]
    more_refused: int
    headers: Mapping[str, str] = field(default_factory=dict, hash=False)  # what stands above a column, by its target


@dataclass(frozen=True, slots=True)
class Handover:
    """What the files of one hand-over say. Close it when it is no longer needed: it holds client data in memory."""

    stage: Stage
    files: tuple[FileRead, ...]
    findings: tuple[Finding, ...]
    as_of: date | None  # the latest day that a file names

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the files, in their order."""
        return tuple(file.name for file in self.files)

    def day(self) -> date:
        """The day of the hand-over: told by a file, else today."""
        return self.as_of or clock.today()

    def close(self) -> None:
        """Forget what was read."""
        self.stage.close()


def gather(sources: Sequence[Source], progress: Progress | None = None) -> Handover:
    """Read all records of these sources. Raises what reading raises; nothing is left behind then."""
    stage = Stage()
    try:
        files, findings = [], []
        for number, source in enumerate(sources):
            loose: list[Finding] = []
            for chunk in source.chunks(progress or Silent()):
                loose += stage.add(chunk, number, source.name)
            told = [*source.findings, *loose][: numbers().findings]
            findings += told
            refused = tuple(finding for finding in told if finding.severity is Severity.REFUSED)
            all_refused = source.refused + len(loose)
            files.append(
                FileRead(
                    source.name,
                    source.sha256,
                    source.layout.name,
                    source.encoding,
                    source.header_row,
                    source.rows - len(loose),
                    refused,
                    max(0, all_refused - len(refused)),
                    {column.target: column.header for column in source.layout.columns},
                )
            )
        days = [source.as_of for source in sources if source.as_of is not None]
        return Handover(stage, tuple(files), tuple(findings), max(days, default=None) or stage.last_day())
    except BaseException:
        stage.close()
        raise


@contextmanager
def gathered(sources: Sequence[Source], progress: Progress | None = None) -> Iterator[Handover]:
    """The same, closed afterwards."""
    handover = gather(sources, progress)
    try:
        yield handover
    finally:
        handover.close()


def balance_totals(handover: Handover) -> dict[str, str]:
    """The sum of the account balances in the files by currency, as plain decimals; of several days the last."""
    rows = handover.stage.rows(
        "SELECT currency, sum(balance_minor) FROM (SELECT currency, balance_minor, max(as_of) FROM account"
        " WHERE balance_minor IS NOT NULL GROUP BY at) GROUP BY currency ORDER BY currency"
    )
    return {currency: str(money.Money(total, currency)) for currency, total in rows if currency}
