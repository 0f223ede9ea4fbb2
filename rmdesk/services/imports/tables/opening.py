"""Opens a file as tables, by what its bytes are."""

from __future__ import annotations

import gzip
import hashlib
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from rmdesk.base.errors import Refused, Trouble
from rmdesk.base.progress import Progress
from rmdesk.base.text import N_
from rmdesk.services.imports import sniff
from rmdesk.services.imports.limits import limit
from rmdesk.services.imports.sniff import Form
from rmdesk.services.imports.tables import delimited, markup, parquet, vcard, workbook
from rmdesk.services.imports.tables.packed import damaged
from rmdesk.services.imports.tables.raw import Table

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Opened:
    """The tables of a file and the sum of its bytes."""

    sha256: str
    tables: list[Table]


def tables(path: Path, progress: Progress) -> Opened:
    """All tables of a file.

    Raises Refused for an unknown form, an empty file or one over a limit; Trouble when it can't be read.
    """
    try:
        return _tables(path, progress)
    except OSError as error:
        raise _unreadable(path, error) from error


def _tables(path: Path, progress: Progress) -> Opened:
    if path.is_dir():
        raise Refused(N_("{name} is a folder."), do=N_("Choose the files inside it."), code="folder", name=path.name)
    if not path.is_file():  # a device or a pipe may never end, and can't be read twice
        path.stat()
        raise Refused(N_("{name} is no file."), do=N_("Save it as a file first."), code="no_file", name=path.name)
    size = path.stat().st_size
    most = limit("file", "bytes")
    if size == 0:
        raise Refused(N_("{name} is empty."), do=N_("Export the file again."), code="empty", name=path.name)
    if size > most:
        raise Refused(
            N_("{name} is larger than {limit} MB."),
            do=N_("Have it split into several files."),
            code="too_large",
            name=path.name,
            limit=most >> 20,
        )
    with path.open("rb") as stream:
        form = sniff.form_of(stream.read(64))
    if form in (Form.TEXT, Form.GZIP):
        return _text(path, form is Form.GZIP, progress)
    if form is Form.ZIP:
        return Opened(_sum(path), workbook.tables(path))
    if form is Form.OLE:
        return Opened(_sum(path), workbook.old(path))
    if form is Form.PARQUET:
        return Opened(_sum(path), [parquet.table(path)])
    raise Refused(
        N_("{name} is of a form that can't be read here."),
        do=N_("Export it as CSV, XLSX, ODS or Parquet."),
        code="unknown_form",
        name=path.name,
    )


def _text(path: Path, packed: bool, progress: Progress) -> Opened:
    begins = _beginning(path, packed)
    head = begins.decode(sniff.bom_of(begins) or sniff.unmarked_utf16(begins) or "latin-1", "replace")
    cards, pages = vcard.is_vcard(head), markup.is_markup(head)
    longest = limit("workbook", "markup_bytes") if pages else limit("vcard" if cards else "table", "line_bytes")
    file = delimited.look(path, packed, longest, progress)
    if pages:
        return Opened(file.sha256, list(markup.tables(file)))
    return Opened(file.sha256, [vcard.Cards(file) if cards else delimited.table(file)])


def _beginning(path: Path, packed: bool) -> bytes:
    try:
        with gzip.open(path) if packed else path.open("rb") as stream:
            return stream.read(4096)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise damaged(path) from error


def _sum(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def guarded(path: Path, batches: Iterator[T]) -> Iterator[T]:
    """The batches, with what the disk may do told as Trouble."""
    try:
        yield from batches
    except OSError as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: OSError) -> Trouble:
    if isinstance(error, FileNotFoundError):
        message, do = N_("{name} is not there."), N_("Check the folder and the name.")
    elif isinstance(error, PermissionError):
        message, do = N_("{name} may not be read."), N_("Ask for the right to read it, or copy it to your folder.")
    else:
        message, do = N_("{name} can't be read."), N_("Check the drive and try again.")
    return Trouble(message, do=do, code="unreadable", name=path.name)
