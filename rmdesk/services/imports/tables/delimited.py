"""Text files with delimiters, plain or gzipped, read as a stream in whatever encoding they have."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO, Any, Literal

from rmdesk.base.errors import Refused, Trouble
from rmdesk.base.progress import Progress
from rmdesk.base.text import N_
from rmdesk.services.imports import sniff
from rmdesk.services.imports.layout import Layout
from rmdesk.services.imports.limits import limit
from rmdesk.services.imports.tables.raw import BATCH, Batch, Broken, Rows

_BLOCK = 1 << 18
_MOST_BREAKS = 40  # line breaks that a real cell may hold
_STEP = 256  # rows between looks at how many bytes went by
_MOST_BYTES = 8 << 20  # bytes of one batch, so that wide rows make short batches


@dataclass(frozen=True, slots=True)
class TextFile:
    """A text file looked at once from end to end: what it is encoded in, and what it sums up to."""

    path: Path
    packed: bool
    encoding: str
    sha256: str
    size: int  # bytes on disk
    nulls: bool

    def open(self) -> tuple[IO[bytes], io.TextIOWrapper]:
        """The file's own stream (to tell how far it is) and the text."""
        raw = self.path.open("rb")
        inner: Any = gzip.GzipFile(fileobj=raw) if self.packed else raw
        buffered = io.BufferedReader(inner, _BLOCK) if self.packed else inner
        return raw, io.TextIOWrapper(buffered, encoding=self.encoding, errors="replace", newline="")


def look(path: Path, packed: bool, longest: int, progress: Progress) -> TextFile:
    """Reads a text file once to find its encoding and to hold it to the limits; `longest` is that of a line.

    Raises Refused when it is no text, too large, or packed beyond reason; Trouble when it can't be read.
    """
    digest = hashlib.sha256()
    raw = path.open("rb")
    with raw:
        source = _Hashing(raw, digest, path.stat().st_size)
        stream: Any = gzip.GzipFile(fileobj=io.BufferedReader(source, _BLOCK)) if packed else source
        try:
            scan = _scanned(stream, source, packed, longest, progress)
        except (OSError, EOFError, zlib.error) as error:
            raise Trouble(
                N_("The packed file {name} is damaged or incomplete."),
                do=N_("Fetch the file again."),
                code="damaged",
                name=path.name,
            ) from error
        while source.read(_BLOCK):
            pass
    encoding = scan.encoding()
    if not encoding:
        raise Refused(
            N_("{name} is no text and no table of a known form."),
            do=N_("Export it as CSV, XLSX, ODS or Parquet."),
            code="no_text",
            name=path.name,
        )
    return TextFile(path, packed, encoding, digest.hexdigest(), source.size, scan.nulls > 0)


class _Hashing(io.RawIOBase):
    """A stream that sums up what goes by, whether or not it is unpacked afterwards."""

    def __init__(self, raw: IO[bytes], digest: Any, total: int) -> None:
        self._raw, self._digest, self.total = raw, digest, total
        self.size = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        block = self._raw.read(len(buffer))
        buffer[: len(block)] = block
        self._digest.update(block)
        self.size += len(block)
        return len(block)


def _scanned(stream: Any, source: _Hashing, packed: bool, longest: int, progress: Progress) -> sniff.TextScan:
    block = stream.read(_BLOCK)
    scan = sniff.TextScan(block)
    while block:
        scan.feed(block)
        progress.at(source.size, source.total)
        _hold(scan, source, packed, longest)
        block = stream.read(_BLOCK)
    return scan


def _hold(scan: sniff.TextScan, source: _Hashing, packed: bool, longest: int) -> None:
    if packed:
        most = limit("file", "unpacked_bytes")
        bomb = scan.size > limit("file", "ratio_from_bytes") and scan.size > limit("file", "ratio") * source.size
        if scan.size > most or bomb:
            raise Refused(
                N_("The packed file grows to more than {limit} MB, or more than real exports do."),
                do=N_("Ask where the file comes from; have it split if it is genuine."),
                code="unpacked_too_large",
                limit=most >> 20,
            )
    if scan.longest > longest:
        raise Refused(
            N_("The file has a line of more than {limit} kB: it is no table of records."),
            do=N_("Export it as CSV, XLSX, ODS or Parquet."),
            code="line_too_long",
            limit=longest >> 10,
        )


@dataclass(frozen=True, slots=True)
class Delimited:
    """A text file as a table."""

    file: TextFile
    delimiter: str
    quoted: bool  # quotation marks hold cells together; False where they are open and stand for themselves
    unwrap: bool  # cells are written as ="..." to keep a spreadsheet from changing them
    name: str = ""
    known: Layout | None = None

    @property
    def encoding(self) -> str:
        return self.file.encoding

    def head(self, count: int) -> Rows:
        raw, text = self.file.open()
        with raw, text:
            rows: Rows = []
            _extend(rows, self._rows(text), count)
            return rows[:count]

    def batches(self, skip: int) -> Iterator[Batch]:
        raw, text = self.file.open()
        with raw, text:
            rows = self._rows(text)
            passed: Rows = []
            _extend(passed, rows, skip)
            first = skip + 1
            while True:
                batch = self._batch(rows, raw)
                if not batch:
                    return
                yield Batch(first, batch, raw.tell(), self.file.size)
                first += len(batch)

    def _batch(self, rows: Iterator[list[str]], raw: IO[bytes]) -> Rows:
        """Up to `BATCH` rows, fewer when they are long."""
        batch: Rows = []
        before = raw.tell()
        while len(batch) < BATCH and raw.tell() - before < _MOST_BYTES:
            if not _extend(batch, rows, _STEP):
                break
        return batch

    def _rows(self, text: io.TextIOWrapper) -> Iterator[list[str]]:
        lines: Iterator[str] = iter(text)
        if self.file.nulls:
            lines = (line.replace("\x00", "") for line in lines)
        quoting: Literal[0, 3] = csv.QUOTE_MINIMAL if self.quoted else csv.QUOTE_NONE
        rows: Iterator[list[str]] = csv.reader(lines, delimiter=self.delimiter, quoting=quoting)
        return map(_unwrapped, rows) if self.unwrap else rows


def _extend(rows: Rows, source: Iterator[list[str]], count: int) -> bool:
    """Adds up to `count` rows; one with an endless cell comes as `Broken`. False at the end of the file."""
    wanted = len(rows) + count
    while len(rows) < wanted:
        before = len(rows)
        try:
            rows.extend(islice(source, wanted - before))
        except csv.Error:
            rows.append(Broken())
        if len(rows) == before:
            return False
    return True


def _unwrapped(row: Sequence[str]) -> list[str]:
    return [c[2:-1] if c[:2] == '="' and c[-1:] == '"' else c for c in row]


def table(file: TextFile) -> Delimited:
    """The table of a text file, its delimiter told by its first lines."""
    raw, text = file.open()
    with raw, text:
        sample = list(islice(text, 300))
    if file.nulls:
        sample = [line.replace("\x00", "") for line in sample]
    delimiter = sniff.delimiter_of(sample)
    return Delimited(file, delimiter, _closed_quotes(sample, delimiter), any('="' in line for line in sample))


def _closed_quotes(sample: list[str], delimiter: str) -> bool:
    """Whether quotation marks are used in pairs: an open one swallows line after line."""
    try:
        rows = list(csv.reader(sample, delimiter=delimiter))
    except csv.Error:
        return False
    return not any(cell.count("\n") + cell.count("\r") > _MOST_BREAKS for row in rows for cell in row)
