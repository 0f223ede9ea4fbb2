"""Tables that are written as markup though they are called .xls: HTML, and the XML spreadsheets of 2003."""

from __future__ import annotations

import html
import re
from datetime import datetime
from pathlib import Path
from typing import Any
from xml.parsers import expat

from rmdesk.base.errors import Refused
from rmdesk.base.text import N_
from rmdesk.services.imports.limits import limit
from rmdesk.services.imports.tables.delimited import TextFile
from rmdesk.services.imports.tables.packed import damaged, local, too_large
from rmdesk.services.imports.tables.raw import InMemory, Rows

_TAG = re.compile(r"<(/?)(table|tr|td|th|br|p|div)\b([^<>]*)>", re.IGNORECASE)
_ANY_TAG = re.compile(r"<[^<>]*>")
_SPAN = re.compile(r"(col|row)span\s*=\s*[\"']?(\d{1,4})", re.IGNORECASE)
_OFFICE = "urn:schemas-microsoft-com:office:spreadsheet"


def is_markup(head: str) -> bool:
    """Whether a text begins as a page or an XML spreadsheet does."""
    begins = head.lstrip("\ufeff \t\r\n").lower()
    if not begins.startswith("<"):
        return False
    return _OFFICE in begins or "<table" in begins or begins.startswith(("<html", "<!doctype html", "<style", "<meta"))


def tables(file: TextFile) -> list[InMemory]:
    """The tables of the file. Raises Refused when it holds none or is too large, Trouble when it is damaged."""
    raw, stream = file.open()
    most = limit("workbook", "markup_bytes")
    with raw, stream:
        text = stream.read(most + 1)
    if len(text) > most:
        raise too_large(file.path)
    found = _spreadsheet(file.path, text) if _OFFICE in text[:8192] else _page(file.path, text)
    if not found:
        raise Refused(
            N_("{name} is a page without a table."),
            do=N_("Export it as CSV, XLSX, ODS or Parquet."),
            code="no_text",
            name=file.path.name,
        )
    return [InMemory(name, rows, encoding=file.encoding) for name, rows in found]


def _page(path: Path, text: str) -> list[tuple[str, Rows]]:
    """All tables of a page with more than one row; cells spanned by others are empty."""
    found: list[Rows] = []
    rows: Rows = []
    row: list[Any] | None = None
    spans: dict[int, int] = {}
    opened = -1
    attributes = ""
    for tag in _TAG.finditer(text):
        closing, name = bool(tag[1]), tag[2].lower()
        if name in ("td", "th", "tr", "table") and opened >= 0:
            _add(path, row, spans, attributes, text[opened : tag.start()])
            opened = -1
        if name == "table":
            found.append(rows)
            rows, row, spans = [], None, {}
        elif name == "tr":
            row = None if closing else []
            if row is not None:
                rows.append(row)
        elif name in ("td", "th") and not closing and row is not None:
            _fill(row, spans)
            opened, attributes = tag.end(), tag[3]
    found.append(rows)
    kept = [rows for rows in found if len(rows) > 1]
    return [(f"#{place}" if len(kept) > 1 else "", rows) for place, rows in enumerate(kept, 1)]


def _fill(row: list[Any], spans: dict[int, int]) -> None:
    """Empty cells where a cell from a row above reaches down."""
    while spans.get(len(row), 0) > 0:
        spans[len(row)] -= 1
        row.append("")


def _add(path: Path, row: list[Any] | None, spans: dict[int, int], attributes: str, inner: str) -> None:
    if row is None:
        return
    told = {kind.lower(): int(count) for kind, count in _SPAN.findall(attributes)}
    wide, high = max(1, told.get("col", 1)), max(1, told.get("row", 1))
    if len(row) + wide > limit("table", "columns"):
        raise too_large(path)
    for place in range(len(row), len(row) + wide):
        if high > 1:
            spans[place] = high - 1
    plain = html.unescape(_ANY_TAG.sub(" ", _without_comments(inner))) if "<" in inner or "&" in inner else inner
    row += [" ".join(plain.split()), *[""] * (wide - 1)]


def _without_comments(text: str) -> str:
    """The text without comments; one that never ends takes the rest with it."""
    first, *others = text.split("<!--")
    return " ".join([first, *(part.partition("-->")[2] for part in others)])


def _spreadsheet(path: Path, text: str) -> list[tuple[str, Rows]]:
    reading = _Reading(path)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = reading.begin
    parser.EndElementHandler = reading.end
    parser.CharacterDataHandler = reading.text
    parser.StartDoctypeDeclHandler = reading.refuse
    try:
        parser.Parse(text, True)
    except expat.ExpatError as error:
        raise damaged(path) from error
    return [(name, rows) for name, rows in reading.sheets if any(rows)]


class _Reading:
    """The state of one run through an XML spreadsheet."""

    def __init__(self, path: Path) -> None:
        self.sheets: list[tuple[str, Rows]] = []
        self._path = path
        self._row: list[Any] = []
        self._parts: list[str] = []
        self._type = ""
        self._listening = False
        self._spanned = 0

    def begin(self, name: str, told: dict[str, str]) -> None:
        tag, attributes = local(name), {local(k): v for k, v in told.items()}
        if tag == "Worksheet":
            self.sheets.append((attributes.get("Name", ""), []))
        elif tag == "Row" and self.sheets:
            rows = self.sheets[-1][1]
            self._row = []
            at = attributes.get("Index", "")
            if at.isdigit() and len(rows) < int(at) - 1 < len(rows) + 10_000:
                rows.extend([] for _ in range(int(at) - 1 - len(rows)))
            rows.append(self._row)
        elif tag == "Cell":
            at = attributes.get("Index", "")
            place = int(at) - 1 if at.isdigit() and len(at) < 6 else len(self._row)
            across = attributes.get("MergeAcross", "0")
            self._spanned = int(across) if across.isdigit() and len(across) < 5 else 0
            if max(place, len(self._row)) + self._spanned >= limit("table", "columns"):
                raise too_large(self._path)
            self._row.extend([""] * (place - len(self._row)))
            self._parts = []
        elif tag == "Data":
            self._type, self._listening = attributes.get("Type", "String"), True

    def text(self, data: str) -> None:
        if self._listening:
            self._parts.append(data)

    def end(self, name: str) -> None:
        tag = local(name)
        if tag == "Data":
            self._listening = False
        elif tag == "Cell":
            self._row += [self._value("".join(self._parts)), *[""] * self._spanned]
            self._parts = []

    def refuse(self, *_: Any) -> None:
        raise too_large(self._path)

    def _value(self, text: str) -> Any:
        try:
            if self._type == "Number" and text:
                return int(text) if text.isdigit() and len(text) > 15 else float(text)
            if self._type == "DateTime" and text:
                moment = datetime.fromisoformat(text[:19])
                return moment.date() if moment.hour == moment.minute == moment.second == 0 else moment
        except ValueError:
            return text
        return text.strip()
