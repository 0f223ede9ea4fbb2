"""Rows as a sheet: XLSX, CSV, or text for the clipboard. No cell is a formula; a mark says whose export it is."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from rmdesk.base.progress import Progress, Silent
from rmdesk.base.text import _
from rmdesk.services.exports.cells import Cell, clean, defused
from rmdesk.services.exports.rules import Mark


def sheet(
    form: str,
    titles: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    count: int,
    mark: Mark,
    progress: Progress | None = None,
    *,
    name: str = "",
) -> bytes:
    """The rows as `form`, xlsx (on a sheet called `name`) or csv."""
    told = _counted(rows, count, progress or Silent())
    return _xlsx(titles, told, mark, name or _("Clients")) if form == "xlsx" else _csv(titles, told, mark)


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


def _csv(titles: Sequence[str], rows: Iterable[Sequence[Cell]], mark: Mark) -> bytes:
    file = io.StringIO(newline="")
    # All texts in quotation marks: where the semicolon or the tab separates, a text must not come apart either.
    writer = csv.writer(file, quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow([defused(title) for title in titles])
    for row in rows:
        writer.writerow(["" if cell is None else defused(cell) for cell in row])
    writer.writerow([])
    writer.writerow([defused(mark.line)])
    # With a byte order mark, without which spreadsheets take Chinese text for another encoding.
    return file.getvalue().encode("utf-8-sig")


def _xlsx(titles: Sequence[str], rows: Iterable[Sequence[Cell]], mark: Mark, name: str) -> bytes:
    import xlsxwriter

    made = io.BytesIO()
    book = xlsxwriter.Workbook(
        made,
        {
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "in_memory": True,  # no plain copy of client data in the system's folder of temporary files
        },
    )
    page = book.add_worksheet(name)
    bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
    for column, title in enumerate(titles):
        page.write_string(0, column, clean(title), bold)
    page.freeze_panes(1, 1)
    page.set_footer("&L" + clean(mark.line).replace("&", "&&")[:200] + "&R&P / &N")
    for number, row in enumerate(rows, 1):
        for column, cell in enumerate(row):
            if isinstance(cell, date):
                page.write_datetime(number, column, cell, day)
            elif isinstance(cell, str):
                page.write_string(number, column, clean(cell))
            elif cell is not None:
                page.write_number(number, column, float(cell))
    about = book.add_worksheet(_("About this export"))
    about.set_column(0, 0, 90)
    about.write_string(0, 0, clean(mark.line), bold)
    about.write_string(1, 0, _("Keep it only where the bank allows, and delete it when it has served its purpose."))
    book.close()
    return made.getvalue()


def _flat(cell: Cell) -> str:
    return "" if cell is None else " ".join(str(defused(cell)).split())
