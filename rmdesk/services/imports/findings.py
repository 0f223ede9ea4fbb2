"""What is wrong with a hand-over beyond single cells: rows that disagree, and things that belong to nobody."""

from __future__ import annotations

from collections.abc import Iterator

from rmdesk.base.text import phrase
from rmdesk.services.imports.compare import Verdict
from rmdesk.services.imports.kept import ORDER
from rmdesk.services.imports.records import Finding, Severity
from rmdesk.services.imports.stage import Stage
from rmdesk.services.imports.terms import numbers


def clashes(stage: Stage, files: tuple[str, ...]) -> Iterator[Finding]:
    """Where two rows of the hand-over disagree; the greater value is the one taken."""
    for kept in ORDER:
        found = stage.rows(
            f"SELECT at, clash, file, row FROM {kept.table} WHERE clash IS NOT NULL LIMIT ?", (numbers().findings,)
        )
        for key, field, file, row in found:
            yield Finding(
                files[file] if file < len(files) else "",
                row,
                field,
                key,
                phrase("Another row of this hand-over says something else."),
                phrase("Ask the data team which is right; the greater of the two values is taken."),
                Severity.WARNING,
            )


def refusal(verdict: Verdict, names: tuple[str, ...]) -> Finding:
    """Why a thing can't be kept: nobody knows whose it is."""
    return Finding(
        names[verdict.file] if verdict.file < len(names) else "",
        verdict.row,
        verdict.lacks,
        verdict.key,
        phrase("Whose this is, neither this hand-over nor the portfolio says."),
        phrase("Import the file of accounts or clients along with it."),
    )
