"""Writes chosen rows of the table to a file, or as text for the clipboard.

Client data leave the encrypted file here, so the user chooses columns and path and is told so, and a change record
says how many clients went out. Texts that a spreadsheet would run as a formula are defused.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from rmdesk.base.errors import Trouble
from rmdesk.base.progress import Progress, Silent
from rmdesk.base.text import N_, _
from rmdesk.services.store.command import Done
from rmdesk.services.store.place import FULL, disk_full

if TYPE_CHECKING:
    from rmdesk.services.store.work import UnitOfWork

Cell = str | int | float | Decimal | date | None

# A cell that begins with one of these is taken for a formula by spreadsheets (CSV injection, OWASP).
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@dataclass(frozen=True, slots=True)
class NoteExport:
    """Leaves a change record that client data were written to a file or copied; done before the data go out."""

    label: ClassVar[str] = N_("Export clients")
    count: int
    form: str  # csv, xlsx, copy
    columns: tuple[str, ...]

    def apply(self, work: UnitOfWork) -> Done[int]:
        work.note(
            "client",
            "*",
            None,
            after={"exported": self.count, "form": self.form, "columns": list(self.columns)},
        )
        return Done(self.count)


def defused(cell: Cell) -> Cell:
    """A text that a spreadsheet would run gets an apostrophe before it; everything else stays."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_STARTS) else cell


def write(
    path: Path,
    titles: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    count: int,
    progress: Progress | None = None,
    *,
    sheet: str = "",
) -> int:
    """Write rows to `path`, as XLSX (on a sheet called `sheet`) or as CSV by its ending; gives back how many.

    Raises Trouble when the file can't be written; a file begun is taken away when the work fails or is stopped.
    """
    told = _counted(rows, count, progress or Silent())
    partial = path.with_name(f".{path.name}.part")
    try:
        if path.suffix.lower() == ".xlsx":
            written = _xlsx(partial, titles, told, sheet or _("Clients"))
        else:
            written = _csv(partial, titles, told)
        partial.replace(path)
    except OSError as error:
        if error.errno in FULL:
            raise disk_full() from error
        raise Trouble(
            N_("The file could not be written."),
            do=N_("Close it in other programs, or choose another folder."),
            code="export_failed",
        ) from error
    finally:
        partial.unlink(missing_ok=True)
    return written


def as_text(titles: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """Rows as tab-separated text, for pasting into a spreadsheet."""
    lines = ["\t".join(titles)]
    lines += ["\t".join(_flat(cell) for cell in row) for row in rows]
    return "\n".join(lines)


def _counted(rows: Iterable[Sequence[Cell]], count: int, progress: Progress) -> Iterator[Sequence[Cell]]:
    for number, row in enumerate(rows):
        if number % 500 == 0:
            progress.at(number, count, _("Writing the file"))
        yield row


def _csv(path: Path, titles: Sequence[str], rows: Iterable[Sequence[Cell]]) -> int:
    # With a byte order mark, without which spreadsheets take Chinese text for another encoding.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(titles)
        written = 0
        for row in rows:
            writer.writerow(["" if cell is None else defused(cell) for cell in row])
            written += 1
    return written


def _xlsx(path: Path, titles: Sequence[str], rows: Iterable[Sequence[Cell]], name: str) -> int:
    import xlsxwriter

    book = xlsxwriter.Workbook(
        str(path),
        {
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "in_memory": True,  # no plain copy of client data in the system's folder of temporary files
        },
    )
    sheet = book.add_worksheet(name)
    bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.write_row(0, 0, titles, bold)
    sheet.freeze_panes(1, 1)
    written = 0
    for row in rows:
        written += 1
        for column, cell in enumerate(row):
            if isinstance(cell, date):
                sheet.write_datetime(written, column, cell, day)
            elif isinstance(cell, str):
                sheet.write_string(written, column, cell)
            elif cell is not None:
                sheet.write_number(written, column, float(cell))
    book.close()
    return written


def _flat(cell: Cell) -> str:
    return "" if cell is None else " ".join(str(defused(cell)).split())
