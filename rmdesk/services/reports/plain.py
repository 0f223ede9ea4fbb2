"""A report for programs: figures and tables with their values."""

from __future__ import annotations

from datetime import date
from typing import Any

from rmdesk.base.money import Money
from rmdesk.services.documents.blocks import said
from rmdesk.services.reports.parts import Cell, Part, Report, Who


def plain(report: Report) -> dict[str, Any]:
    """{"report", "from", "to", "date", "figures": {…}, "parts": {name: {"title", "note", "columns", "rows", …}}}."""
    return {
        "report": report.kind.value,
        "name": report.name.said,
        "from": report.first.isoformat(),
        "to": report.last.isoformat(),
        "date": report.day.isoformat(),
        "who": report.who,
        "figures": {one.label.said: value(one.value) for one in report.figures},
        "notes": [note.said for note in report.notes],
        "parts": {part.name: _part(part) for part in report.parts},
    }


def _part(part: Part) -> dict[str, Any]:
    return {
        "title": part.title.said,
        "note": said(part.note),
        "columns": [column.title.said for column in part.columns],
        "rows": [[value(cell) for cell in row] for row in part.rows],
        "left_out": part.left_out,
    }


def value(cell: Cell) -> Any:
    """A cell as JSON has it: days as text, amounts with their currency, clients by number; null is unknown."""
    if isinstance(cell, Money):
        return {"minor": cell.minor, "currency": cell.currency}
    if isinstance(cell, Who):
        return {"client": cell.client, "name": cell.name}
    if isinstance(cell, date):
        return cell.isoformat()
    if cell is None or isinstance(cell, str | int | float):
        return cell
    return said(cell)
