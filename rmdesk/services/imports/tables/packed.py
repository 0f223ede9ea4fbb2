"""Opens XLSX and ODS packages without trusting them: every part is counted while it is unpacked."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.parsers import expat

from rmdesk.base.errors import Refused, Trouble
from rmdesk.base.text import N_
from rmdesk.services.imports.limits import limit

_BLOCK = 1 << 16
_LONGEST_TAG = 1 << 20
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


class Package:
    """A zip file of parts. What is unpacked in all is held to the limits, whatever its directory says."""

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            self._zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError) as error:
            raise damaged(path) from error
        parts = self._zip.infolist()
        if len(parts) > limit("workbook", "parts"):
            raise too_large(path)
        self._parts = {part.filename.lstrip("/").lower(): part for part in parts}
        self._unpacked = 0

    def __enter__(self) -> Package:
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    def __contains__(self, name: str) -> bool:
        return name.lstrip("/").lower() in self._parts

    def blocks(self, name: str) -> Iterator[bytes]:
        """The bytes of a part as they are unpacked; Refused beyond the limits, Trouble when damaged."""
        part = self._parts[name.lstrip("/").lower()]
        if part.flag_bits & 1:
            raise Refused(
                N_("{name} is protected with a password."),
                do=N_("Save it without the password, and choose it again."),
                code="encrypted",
                name=self._path.name,
            )
        if part.compress_type not in _METHODS:
            raise damaged(self._path)
        try:
            with self._zip.open(part) as stream:
                size = 0
                while block := stream.read(_BLOCK):
                    size += len(block)
                    self._count(len(block), size, part.compress_size)
                    yield block
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, UnicodeDecodeError) as error:
            raise damaged(self._path) from error

    def _count(self, block: int, size: int, packed: int) -> None:
        self._unpacked += block
        bomb = size > limit("workbook", "ratio_from_bytes") and size > limit("workbook", "part_ratio") * max(packed, 1)
        if bomb or self._unpacked > limit("workbook", "unpacked_bytes"):
            raise too_large(self._path)

    def parser(self, begin: Callable[[str, dict[str, str]], None], **handlers: Callable[..., None]) -> Parser:
        """An XML parser that calls `begin(name, attributes)`, `end(name)` and `text(data)`; it expands no entities."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = begin
        parser.EndElementHandler = handlers.get("end")
        parser.CharacterDataHandler = handlers.get("text")
        parser.StartDoctypeDeclHandler = self._no_doctype
        return Parser(parser, self._path)

    def parse(self, name: str, begin: Callable[[str, dict[str, str]], None], **handlers: Callable[..., None]) -> None:
        """Runs a whole small part through a parser."""
        for _ in self.parsing(name, begin, **handlers):
            pass

    def parsing(
        self, name: str, begin: Callable[[str, dict[str, str]], None], **handlers: Callable[..., None]
    ) -> Iterator[None]:
        """Runs a part through a parser, pausing after each block so that the caller can hand rows on."""
        parser = self.parser(begin, **handlers)
        for block in self.blocks(name):
            parser.feed(block)
            yield
        parser.close()
        yield

    def _no_doctype(self, *_: Any) -> None:
        raise Refused(
            N_("{name} holds definitions that no spreadsheet program writes."),
            do=N_("Ask where the file comes from; don't open it elsewhere."),
            code="hostile",
            name=self._path.name,
        )


class Parser:
    """An XML parser that is fed block by block; what is no XML is told as damage."""

    def __init__(self, parser: Any, path: Path) -> None:
        self._parser, self._path = parser, path
        self._open = 0  # bytes since the last tag ended: a parser keeps a tag whole until it ends

    def feed(self, block: bytes) -> None:
        """Parse the next block."""
        at = block.rfind(b">")
        self._open = len(block) - at - 1 if at >= 0 else self._open + len(block)
        if self._open > _LONGEST_TAG:
            raise too_large(self._path)
        self._parse(block, False)

    def close(self) -> None:
        """Tell that the part is complete."""
        self._parse(b"", True)

    def _parse(self, block: bytes, final: bool) -> None:
        try:
            self._parser.Parse(block, final)
        except expat.ExpatError as error:
            raise damaged(self._path) from error
        except (LookupError, ValueError) as error:
            if "encoding" not in str(error):  # the parser's words for one it doesn't know; the rest is ours
                raise
            raise damaged(self._path) from error


def local(name: str) -> str:
    """An XML name without its prefix."""
    return name.rpartition(":")[2]


def damaged(path: Path) -> Trouble:
    """What is raised for a workbook that ends too early or contradicts itself."""
    return Trouble(
        N_("{name} is damaged or incomplete."), do=N_("Fetch the file again."), code="damaged", name=path.name
    )


def too_large(path: Path) -> Refused:
    """What is raised when a workbook would take more memory than any real export does."""
    return Refused(
        N_("{name} unpacks to more than any real export does."),
        do=N_("Ask where the file comes from; if it is genuine, have it exported as CSV."),
        code="unpacked_too_large",
        name=path.name,
    )
