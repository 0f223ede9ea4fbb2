"""XLSX sheets read as a stream.

Not through a library: those at hand lay out every sheet as a full rectangle and copy each shared text per cell, so
that a file of 1 kB with a cell in the last corner takes all memory. Here a sheet costs what its rows cost.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from rmdesk.base.errors import Refused
from rmdesk.base.text import N_
from rmdesk.services.imports.layout import Layout
from rmdesk.services.imports.limits import limit
from rmdesk.services.imports.tables import sheet_text, styles
from rmdesk.services.imports.tables.packed import Package, damaged, local, too_large
from rmdesk.services.imports.tables.raw import Batch, Rows, in_batches


@dataclass(slots=True)
class Book:
    """What all sheets of a workbook share."""

    path: Path
    sheets: list[tuple[str, str]]  # name and part, in the order of the tabs
    days: list[bool]  # per cell style: whether its numbers are days
    epoch: str  # serial or serial1904
    texts: list[str] | None = None  # shared texts, read when first needed

    def shared(self, package: Package) -> list[str]:
        """The shared texts."""
        if self.texts is None:
            self.texts = _shared_texts(package, self.path)
        return self.texts


@dataclass(slots=True)
class Sheet:
    """One sheet as a table."""

    book: Book
    name: str
    part: str
    encoding: str | None = None
    delimiter: str | None = None
    known: Layout | None = None
    first_rows: Rows = field(default_factory=list)

    def head(self, count: int) -> Rows:
        if not self.first_rows:
            self.first_rows = list(islice(self._rows(), 700))
        return self.first_rows[:count]

    def batches(self, skip: int) -> Iterator[Batch]:
        return in_batches(self._rows(), skip)

    def _rows(self) -> Iterator[list[Any]]:
        """All rows from the first of the sheet on; rows that the file leaves out come as empty ones."""
        with Package(self.book.path) as package:
            reading = _Reading(self.book, package)
            parser = package.parser(reading.begin, end=reading.end, text=reading.text)
            for piece, whole in sheet_text.pieces(package.blocks(self.part)):
                if not (whole and sheet_text.read(piece, reading)):
                    parser.feed(piece)
                if reading.ready:
                    yield from reading.ready
                    reading.ready = []
            parser.close()


class _Reading:
    """The state of one run through a sheet; both ways of reading it tell their rows and cells here."""

    def __init__(self, book: Book, package: Package) -> None:
        self.ready: list[list[Any]] = []
        self._book, self._package = book, package
        self._columns: dict[str, int] = {}
        self._days = {str(style) for style, is_day in enumerate(book.days) if is_day}
        self._row: list[Any] = []
        self._number = self._next = 0
        self._place = ("", "", "")
        self._parts: list[str] = []
        self._length = 0
        self._listening = self._phonetic = False
        self._most_columns = limit("table", "columns")
        self._most_rows = limit("table", "rows")
        self._longest = limit("table", "cell_length")

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        """An XML tag that opens."""
        name = local(name) if ":" in name else name
        if name == "c":
            letters = attributes.get("r", "").rstrip("0123456789")
            self._place = letters, attributes.get("s", ""), attributes.get("t", "")
            self._parts, self._length = [], 0
            if not letters:
                self._place = _letters(self._next), *self._place[1:]
            self._next = self._index(self._place[0]) + 1
        elif name == "v" or name == "t":
            self._listening = not self._phonetic
        elif name == "row":
            self.new_row(attributes.get("r", ""))
        elif name == "rPh":
            self._phonetic = True

    def text(self, data: str) -> None:
        """Text between XML tags; of one cell no more than a cell may hold, and one character to tell so."""
        if self._listening and self._length <= self._longest:
            self._parts.append(data[: self._longest + 1 - self._length])
            self._length += len(data)

    def end(self, name: str) -> None:
        """An XML tag that closes."""
        name = local(name) if ":" in name else name
        if name == "c":
            if self._parts:
                self.cell(*self._place, "".join(self._parts))
                self._parts = []
        elif name == "v" or name == "t":
            self._listening = False
        elif name == "row":
            self.end_row()
        elif name == "rPh":
            self._phonetic = False

    def new_row(self, told: str) -> None:
        """A row begins; rows left out before it come as empty ones."""
        number = int(told) if told.isdigit() and len(told) < 9 else self._number + 1
        if number <= self._number:
            raise damaged(self._book.path)
        if number > self._most_rows:
            raise too_large(self._book.path)
        if number - self._number > 10_000:
            # a far row below nothing: what stands there is no part of the table
            number = self._number + 2
        self.ready.extend([] for _ in range(number - self._number - 1))
        self._number, self._next, self._row = number, 0, []

    def end_row(self) -> None:
        """The row is complete."""
        self.ready.append(self._row)
        self._row = []

    def cell(self, letters: str, style: str, kind: str, text: str) -> None:
        """A cell that holds something."""
        index = self._columns.get(letters, -1)
        if index < 0:
            index = self._index(letters)
        row = self._row
        if len(row) < index:
            row.extend([""] * (index - len(row)))
        if len(row) == index:
            row.append(self._value(style, kind, text))

    def _index(self, letters: str) -> int:
        if letters in self._columns:
            return self._columns[letters]
        index = 0
        for letter in letters.upper():
            if not "A" <= letter <= "Z" or index > 20_000:
                raise damaged(self._book.path)
            index = index * 26 + ord(letter) - 64
        if not letters:
            raise damaged(self._book.path)
        if index > self._most_columns:
            raise Refused(
                N_("{name} has more than {limit} columns."),
                do=N_("Export only the columns that are needed."),
                code="too_many_columns",
                name=self._book.path.name,
                limit=self._most_columns,
            )
        self._columns[letters] = index - 1
        return index - 1

    def _value(self, style: str, kind: str, text: str) -> Any:
        if kind == "s":
            texts = self._book.shared(self._package)
            return texts[int(text)] if text.isdigit() and len(text) < 9 and int(text) < len(texts) else ""
        if not kind or kind == "n":
            return self._number_of(style, text)
        if kind == "b":
            return text.strip() == "1"
        return "" if kind == "e" else text

    def _number_of(self, style: str, text: str) -> Any:
        try:
            number = float(text)
        except ValueError:
            return text
        if style in self._days:
            return styles.day(number, self._book.epoch)
        # A whole number that the file spells out keeps all its digits; as a float it would lose them.
        return int(text) if abs(number) >= 1e15 and text.isdigit() and len(text) < 64 else number


def _letters(index: int) -> str:
    """The letters of a column, 0 for A."""
    letters = ""
    index += 1
    while index > 0:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _shared_texts(package: Package, path: Path) -> list[str]:
    """The texts that cells refer to, without readings for pronunciation."""
    name = next((n for n in ("xl/sharedStrings.xml", "sharedStrings.xml") if n in package), "")
    texts: list[str] = []
    parts: list[str] = []
    state = {"t": False, "rPh": False}
    size = length = 0
    most, longest = limit("workbook", "text_bytes"), limit("table", "cell_length")

    def begin(tag: str, attributes: dict[str, str]) -> None:
        tag = local(tag)
        if tag in state:
            state[tag] = True

    def text(data: str) -> None:
        nonlocal size, length
        if state["t"] and not state["rPh"] and length <= longest:
            parts.append(data[: longest + 1 - length])
            length += len(data)
            size += 60 + len(data) * (1 if data.isascii() else 2)

    def end(tag: str) -> None:
        nonlocal size, length
        tag = local(tag)
        if tag in state:
            state[tag] = False
        elif tag == "si":
            texts.append("".join(parts).strip())
            parts.clear()
            length = 0
            size += 60
            if size > most:
                raise too_large(path)

    if name:
        package.parse(name, begin, end=end, text=text)
    return texts


def sheets(path: Path) -> list[Sheet]:
    """The sheets of a workbook that hold anything; Refused or Trouble when it can't be read."""
    with Package(path) as package:
        if "xl/workbook.xml" not in package:
            raise damaged(path)
        book = _book(path, package)
        found = [Sheet(book, name, part) for name, part in book.sheets if part in package]
    most = limit("table", "sheets")
    return [sheet for sheet in found[:most] if any(any(c != "" for c in row) for row in sheet.head(700))]


def _book(path: Path, package: Package) -> Book:
    names: list[tuple[str, str]] = []
    epoch = ["serial"]

    def sheet(tag: str, attributes: dict[str, str]) -> None:
        tag = local(tag)
        if tag == "sheet":
            link = next((v for k, v in attributes.items() if local(k) == "id"), "")
            names.append((attributes.get("name", ""), link))
        elif tag == "workbookPr" and attributes.get("date1904", "0") in ("1", "true"):
            epoch[0] = "serial1904"

    package.parse("xl/workbook.xml", sheet)
    targets = _targets(package)
    sheets = [(name, targets[link]) for name, link in names if link in targets]
    return Book(path, sheets, styles.day_styles(package), epoch[0])


def _targets(package: Package) -> dict[str, str]:
    """Link id -> part of the sheets."""
    targets: dict[str, str] = {}

    def relation(tag: str, attributes: dict[str, str]) -> None:
        if local(tag) == "Relationship" and attributes.get("Type", "").endswith("/worksheet"):
            target = attributes.get("Target", "")
            part = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
            targets[attributes.get("Id", "")] = part

    if "xl/_rels/workbook.xml.rels" in package:
        package.parse("xl/_rels/workbook.xml.rels", relation)
    return targets
