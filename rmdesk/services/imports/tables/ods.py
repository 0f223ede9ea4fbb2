"""ODS sheets read as a stream; repeated cells and rows are counted before they are laid out."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from rmdesk.services.imports.layout import Layout
from rmdesk.services.imports.limits import limit
from rmdesk.services.imports.tables.packed import Package, local, too_large
from rmdesk.services.imports.tables.raw import Batch, Rows, in_batches

_FAR = 10_000  # blank rows after which nothing belongs to the table


@dataclass(slots=True)
class Sheet:
    """One sheet as a table."""

    path: Path
    name: str
    place: int  # its position among the sheets
    encoding: str | None = None
    delimiter: str | None = None
    known: Layout | None = None

    def head(self, count: int) -> Rows:
        with closing(self._rows()) as rows:
            return list(islice(rows, count))

    def batches(self, skip: int) -> Iterator[Batch]:
        with closing(self._rows()) as rows:
            yield from in_batches(rows, skip)

    def _rows(self) -> Generator[list[Any], None, None]:
        with Package(self.path) as package:
            reading = _Reading(self.path, self.place)
            for _ in package.parsing("content.xml", reading.begin, end=reading.end, text=reading.text):
                if reading.ready:
                    yield from reading.ready
                    reading.ready = []


class _Reading:
    """The state of one run through the sheets; only the rows of sheet `place` are kept."""

    def __init__(self, path: Path, place: int) -> None:
        self.names: list[str] = []
        self.ready: list[list[Any]] = []
        self._path, self._place = path, place
        self._row: list[Any] = []
        self._cell: dict[str, str] = {}
        self._parts: list[str] = []
        self._listening = self._note = 0
        self._blank_cells = self._blank_rows = self._rows = 0
        self._row_repeat = 1
        self._length = 0
        self._longest = limit("table", "cell_length")

    @property
    def _here(self) -> bool:
        return len(self.names) - 1 == self._place

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        tag = local(name)
        if tag == "table":
            self.names.append(next((v for k, v in attributes.items() if local(k) == "name"), ""))
        elif not self._here:
            return
        elif tag == "table-row":
            self._row, self._blank_cells = [], 0
            self._row_repeat = _count(attributes, "number-rows-repeated")
        elif tag in ("table-cell", "covered-table-cell"):
            self._cell = {local(k): v for k, v in attributes.items()}
            self._parts, self._length = [], 0
        elif tag == "annotation":
            self._note += 1
        elif tag == "p" and not self._note:
            if self._parts:
                self._parts.append("\n")
            self._listening = 1
        elif tag == "s" and self._listening:
            self._parts.append(" " * min(_count(attributes, "c"), 100))

    def text(self, data: str) -> None:
        if self._listening and self._length <= self._longest:
            self._parts.append(data[: self._longest + 1 - self._length])
            self._length += len(data)

    def end(self, name: str) -> None:
        if not self._here:
            return
        tag = local(name)
        if tag == "p":
            self._listening = 0
        elif tag == "annotation":
            self._note -= 1
        elif tag in ("table-cell", "covered-table-cell"):
            self._end_cell()
        elif tag == "table-row":
            self._end_row()

    def _end_cell(self) -> None:
        repeat = _count(self._cell, "number-columns-repeated")
        value = _value(self._cell, "".join(self._parts))
        if value == "":
            self._blank_cells += repeat
            return
        if len(self._row) + self._blank_cells + repeat > limit("table", "columns"):
            raise too_large(self._path)
        self._row += [""] * self._blank_cells + [value] * repeat
        self._blank_cells = 0

    def _end_row(self) -> None:
        if not self._row:
            self._blank_rows += self._row_repeat
            return
        if self._blank_rows < _FAR:
            self.ready.extend([] for _ in range(self._blank_rows))
            self._rows += self._blank_rows
        self._blank_rows = 0
        self._rows += self._row_repeat
        if self._rows > limit("table", "rows") or self._row_repeat * len(self._row) > 200_000:
            raise too_large(self._path)
        self.ready.extend(self._row for _ in range(self._row_repeat))


def _count(attributes: dict[str, str], name: str) -> int:
    told = next((v for k, v in attributes.items() if local(k) == name), "1")
    return int(told) if told.isdigit() and 0 < len(told) < 9 else 1


def _value(cell: dict[str, str], text: str) -> Any:
    kind = cell.get("value-type", "")
    if kind in ("float", "currency", "percentage"):
        told = cell.get("value", "")
        try:
            number = float(told)
        except ValueError:
            return text
        return int(told) if abs(number) >= 1e15 and told.isdigit() else number
    if kind == "date":
        return _day(cell.get("date-value", "")) or text
    if kind == "boolean":
        return cell.get("boolean-value") == "true"
    return text


def _day(told: str) -> Any:
    try:
        return date.fromisoformat(told) if len(told) == 10 else datetime.fromisoformat(told[:19])
    except ValueError:
        return None


def sheets(path: Path) -> list[Sheet]:
    """The sheets of the workbook that hold anything."""
    reading = _Reading(path, -2)
    with Package(path) as package:
        for _ in package.parsing("content.xml", reading.begin):
            pass
    found = [Sheet(path, name, place) for place, name in enumerate(reading.names[: limit("table", "sheets")])]
    return [sheet for sheet in found if any(sheet.head(700))]
