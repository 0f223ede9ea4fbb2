"""What is wrong with a hand-over beyond single cells: rows that disagree, and things that belong to nobody."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rmdesk.base.text import _, phrase
from rmdesk.services.imports.compare import Verdict
from rmdesk.services.imports.gathering import FileRead
from rmdesk.services.imports.kept import ORDER
from rmdesk.services.imports.records import Finding, Severity
from rmdesk.services.imports.stage import Stage
from rmdesk.services.imports.targets import TARGETS
from rmdesk.services.imports.terms import numbers


def clashes(stage: Stage, files: Sequence[FileRead]) -> Iterator[Finding]:
    """Where two rows of the hand-over disagree; the greater value is the one taken."""
    for kept in ORDER:
        found = stage.rows(
            f"SELECT at, clash, file, row FROM {kept.table} WHERE clash IS NOT NULL LIMIT ?", (numbers().findings,)
        )
        for key, field, file, row in found:
            yield Finding(
                _name(files, file),
                row,
                _column(files, file, f"{kept.entity.value}.{field}"),
                key,
                phrase("Another row of this hand-over says something else."),
                phrase("Ask the data team which is right; the greater of the two values is taken."),
                Severity.WARNING,
            )


def refusal(verdict: Verdict, files: Sequence[FileRead]) -> Finding:
    """Why a thing can't be kept: nobody knows whose it is."""
    return Finding(
        _name(files, verdict.file),
        verdict.row,
        _column(files, verdict.file, verdict.lacks),
        verdict.key,
        phrase("Whose this is, neither this hand-over nor the portfolio says."),
        phrase("Import the file of accounts or clients along with it."),
    )


def _name(files: Sequence[FileRead], file: int) -> str:
    return files[file].name if file < len(files) else ""


def _column(files: Sequence[FileRead], file: int, field: str) -> str:
    """What stands above the column in the file; where it has none, what such a column is called here."""
    name = field.rpartition(".")[2]
    linked = ".".join(name.rsplit("_", 1))  # "client_number" of an account is "client.number"
    target = next((target for target in (field, linked) if target in TARGETS), None)
    if target is None:
        return name
    told = files[file].headers.get(target) if file < len(files) else None
    return told or _(TARGETS[target].label)
