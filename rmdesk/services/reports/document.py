"""A report as a document: what is read on the screen, printed and saved as PDF. Long tables are cut, and say so."""

from __future__ import annotations

from datetime import date

from rmdesk.base.money import Money
from rmdesk.services.care.words import Compact
from rmdesk.services.charts import Bars, Chart
from rmdesk.services.documents import Block, Break, Document, Facts, Heading, Lines, Note, Picture, TableBlock, Title
from rmdesk.services.documents import words as documents
from rmdesk.services.documents.blocks import Text
from rmdesk.services.reports import rules
from rmdesk.services.reports.parts import Cell, Form, Part, Report, Who

FIGURES = (Form.COUNT, Form.NUMBER, Form.MONEY, Form.SHARE)  # to the right


def document_of(report: Report) -> Document:
    """The report with as many rows of each table as are read on paper."""
    blocks: list[Block] = [Title(report.name, days(report))]
    blocks.append(
        Facts(tuple((one.label, told(one.value, one.form, report.last)) for one in report.figures), columns=2)
    )
    blocks += [Note(note) for note in report.notes]
    blocks += [Picture(chart, height_of(chart)) for chart in report.charts]
    for part in report.parts:
        if not part.sheet:
            blocks += _part(part, report.last)
    for section in report.sections:
        blocks += [Break(), *section.blocks]
    return Document(report.name, tuple(blocks), report.day, report.who)


def height_of(chart: Chart) -> int:
    """How high a chart is drawn: bars as many as there are."""
    return 24 * len(chart.bars) + 8 if isinstance(chart, Bars) else 150


def days(report: Report) -> str:
    """The days that a report covers."""
    first, last = report.first.isoformat(), report.last.isoformat()
    return first if first == last else f"{first} – {last}"


def _part(part: Part, last: date) -> list[Block]:
    blocks: list[Block] = [Heading(part.title, part.note)]
    if not part.rows:
        return [*blocks, Note(part.empty)]
    most = rules.number("paper", "rows")
    forms = [column.form for column in part.columns]
    rows = tuple(
        tuple(_short(told(cell, form, last)) for cell, form in zip(row, forms, strict=True)) for row in part.rows[:most]
    )
    blocks.append(
        TableBlock(
            tuple(column.title for column in part.columns),
            rows,
            right=tuple(at for at, form in enumerate(forms) if form in FIGURES),
            widths=_widths(part),
        )
    )
    left = max(0, len(part.rows) - most) + part.left_out
    return [*blocks, Lines((), left)] if left else blocks


def _widths(part: Part) -> tuple[int, ...]:
    """Shares of the page that add up to 100; the widest column takes what rounding leaves."""
    widths = [column.width for column in part.columns]
    shares = [100 * width // sum(widths) for width in widths]
    shares[widths.index(max(widths))] += 100 - sum(shares)
    return tuple(shares)


def _short(text: Text) -> Text:
    most = rules.number("paper", "text_length")
    if not isinstance(text, str) or len(text) <= most:
        return text
    return text[: most - 1].rstrip() + "…"


def told(cell: Cell, form: Form, last: date) -> Text:
    """A cell in words; a dash for what is not known. Days of the report's last year are told without the year."""
    if cell is None:
        return documents.UNKNOWN
    if isinstance(cell, Money):
        return str(Compact(cell.minor, cell.currency))
    if isinstance(cell, Who):
        return cell.name
    if isinstance(cell, date):
        return f"{cell:%m-%d}" if cell.year == last.year else cell.isoformat()
    if isinstance(cell, float):
        return _share(cell) if form is Form.SHARE else f"{cell:,.1f}"
    if isinstance(cell, int):
        return f"{cell:,}"
    return cell


def _share(part: float) -> str:
    """Whole percent; small ones with a decimal, and without a sign before zero."""
    percent = round(part * 100, 0 if abs(part) >= 0.1 else 1) + 0.0
    return f"{percent:g}%".replace("-", "\N{MINUS SIGN}")
