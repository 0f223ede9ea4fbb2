"""A report as a workbook: a sheet for each table, with real days and numbers; nothing in it runs."""

from __future__ import annotations

import io
import re
from datetime import date
from typing import Any

from rmdesk.base.money import Money, digits
from rmdesk.base.text import _
from rmdesk.services.documents.blocks import said
from rmdesk.services.exports.cells import clean
from rmdesk.services.exports.rules import Mark
from rmdesk.services.reports.document import days
from rmdesk.services.reports.parts import Cell, Form, Part, Report, Who

UNFIT = re.compile(r"[\[\]:*?/\\']")  # what no sheet's name may hold
NAME, WIDEST = 31, 60  # signs
OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "in_memory": True,  # no plain copy of client data in the system's folder of temporary files
}


def workbook(report: Report, mark: Mark) -> bytes:
    """The report as XLSX: an overview with the mark, then a sheet for each table, its head frozen."""
    import xlsxwriter

    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, OPTIONS)
    pen = _Pen(book, mark)
    pen.overview(report)
    for part in report.parts:
        pen.part(part)
    book.close()
    return made.getvalue()


class _Pen:
    """Writes the sheets of one workbook."""

    def __init__(self, book: Any, mark: Mark) -> None:
        self._book, self._mark = book, mark
        self._names: set[str] = set()
        self._forms: dict[str, Any] = {}

    def overview(self, report: Report) -> None:
        """What the report is, its figures, its notes, and whose export it is."""
        page = self._page(report.name.said)
        page.set_column(0, 0, 32)
        page.set_column(1, 1, 24)
        page.write_string(0, 0, report.name.said, self._form("head"))
        page.write_string(0, 1, days(report))
        page.write_string(1, 0, _("Manager"))
        page.write_string(1, 1, clean(report.who))
        page.write_string(2, 0, _("Read on"))
        self._cell(page, 2, 1, report.day)
        row = 4
        for figure in report.figures:
            page.write_string(row, 0, clean(figure.label.said))
            self._cell(page, row, 1, figure.value, figure.form)
            row += 1
        for note in (*(one.said for one in report.notes), self._mark.line):
            row += 1
            page.write_string(row, 0, clean(note), self._form("soft"))

    def part(self, part: Part) -> None:
        """One table under a frozen head; amounts with their currency in a column of its own."""
        page = self._page(part.title.said)
        page.freeze_panes(1, 1)
        columns = list(_columns(part))
        for at, (title, _form, _place) in enumerate(columns):
            page.write_string(0, at, clean(title), self._form("head"))
        wide = [_width(title) for title, _form, _place in columns]
        for number, row in enumerate(part.rows, 1):
            for at, (_title, form, place) in enumerate(columns):
                cell = _currency(row[place]) if form is None else row[place]
                self._cell(page, number, at, cell, form or Form.TEXT)
                wide[at] = max(wide[at], _width(_read(cell)))
        for at, width in enumerate(wide):
            page.set_column(at, at, min(WIDEST, width + 2))
        if part.rows:
            page.autofilter(0, 0, len(part.rows), len(columns) - 1)
        if part.left_out:
            told = _("{count} more rows are left out.").format(count=part.left_out)
            page.write_string(len(part.rows) + 2, 0, told, self._form("soft"))

    def _page(self, title: str) -> Any:
        whole = name = UNFIT.sub(" ", clean(title)).strip()[:NAME] or "-"
        at = 2
        while name.casefold() in self._names:
            name = f"{whole[: NAME - 3]} {at}"
            at += 1
        self._names.add(name.casefold())
        page = self._book.add_worksheet(name)
        page.set_footer("&L" + clean(self._mark.line).replace("&", "&&")[:200] + "&R&P / &N")
        page.set_landscape()
        page.set_paper(9)  # A4
        page.fit_to_pages(1, 0)
        page.repeat_rows(0)
        return page

    def _cell(self, page: Any, row: int, at: int, cell: Cell, form: Form = Form.TEXT) -> None:
        if cell is None:
            return  # unknown: an empty cell, which no sum counts as zero
        if isinstance(cell, Money):
            page.write_number(row, at, float(cell.amount), self._form(f"money{digits(cell.currency)}"))
        elif isinstance(cell, date):
            page.write_datetime(row, at, cell, self._form("day"))
        elif isinstance(cell, int | float):
            page.write_number(row, at, cell, self._form("share" if form is Form.SHARE else "number"))
        else:
            page.write_string(row, at, clean(_read(cell)), self._form("text"))

    def _form(self, name: str) -> Any:
        """A format by name, made once."""
        if name not in self._forms:
            self._forms[name] = self._book.add_format(_FORMS[name])
        return self._forms[name]


_FORMS: dict[str, dict[str, Any]] = {
    "head": {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"},
    "soft": {"italic": True},
    "text": {"text_wrap": True, "valign": "top"},
    "day": {"num_format": "yyyy-mm-dd", "align": "left", "valign": "top"},
    "number": {"num_format": "#,##0.##;-#,##0.##;0", "valign": "top"},
    "share": {"num_format": "0%", "valign": "top"},
    "money0": {"num_format": "#,##0", "valign": "top"},
    "money2": {"num_format": "#,##0.00", "valign": "top"},
    "money3": {"num_format": "#,##0.000", "valign": "top"},
}


def _columns(part: Part) -> list[tuple[str, Form | None, int]]:
    """Title, form and place in a row of each column of the sheet; None is the currency of the amount beside it."""
    found: list[tuple[str, Form | None, int]] = []
    for at, column in enumerate(part.columns):
        found.append((column.title.said, column.form, at))
        if column.form is Form.MONEY:
            found.append((_("Currency"), None, at))
    return found


def _currency(cell: Cell) -> str | None:
    return cell.currency if isinstance(cell, Money) else None


def _read(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Money):
        return f"{cell.amount:,}"
    if isinstance(cell, Who):
        return cell.name
    return said(cell) if not isinstance(cell, int | float | date) else str(cell)


def _width(text: str) -> int:
    """Columns that the longest line of a text takes: Chinese signs two."""
    return max(sum(2 if sign > "⺀" else 1 for sign in line) for line in text.split("\n"))
