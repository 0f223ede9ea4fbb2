"""What a load should tell a person: what the importer found in the files, and what distributing them brought up.

Kept without values: a code, the file, the row and the column are enough to look it up.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from psycopg import Connection
from psycopg.types.json import Jsonb

from rmdesk.base.text import Phrase, phrase
from rmdesk.services.imports.records import Finding, Severity

MOST = 1000  # kept of one load; the rest is counted


@dataclass(frozen=True, slots=True)
class Note:
    """Something found. `why` is told to whoever runs the load; kept of it are code, file, line and `told`."""

    code: str
    severity: Severity
    why: Phrase
    file: str = ""
    line: int | None = None
    told: dict[str, Any] = field(default_factory=dict)


def of_files(findings: Iterable[Finding]) -> list[Note]:
    """What the importer found."""
    return [
        Note("row", one.severity, one.why, one.file, one.row, {"column": one.column, "why": one.why.message})
        for one in findings
    ]


def unknown_managers(counts: dict[str, int]) -> list[Note]:
    """Managers of no book, with how many of their new clients went to the unassigned ones."""
    return [
        Note(
            "unknown_manager",
            Severity.WARNING,
            phrase("No book is {manager}'s: {count} new clients wait unassigned.", manager=manager, count=count),
            told={"manager": manager, "clients": count},
        )
        for manager, count in sorted(counts.items())
    ]


def numberless(count: int) -> list[Note]:
    """Clients without a client number: nobody could tell next time who they are."""
    if not count:
        return []
    why = phrase("{count} clients have no client number and were left out.", count=count)
    return [Note("no_number", Severity.REFUSED, why, told={"clients": count})]


def proposed(count: int, book: str) -> Note:
    """Clients for whom the files name the manager of another book."""
    why = phrase(
        "{count} clients have another manager in the files: hand-overs to book {book} wait.", count=count, book=book
    )
    return Note("handover", Severity.WARNING, why, told={"clients": count, "book": book})


def keep(connection: Connection[Any], load: str, notes: Sequence[Note]) -> None:
    """Keep the first of them, in place of those kept before of the same load."""
    connection.execute("DELETE FROM bank_finding WHERE load_id = %s", (load,))
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO bank_finding (load_id, no, severity, code, file, line, told)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s)",
            [
                (load, number, note.severity.value, note.code, note.file, note.line, Jsonb(note.told))
                for number, note in enumerate(notes[:MOST], start=1)
            ],
        )
