"""What a file is, told by its content. Its ending says nothing: it is set right instead."""

from __future__ import annotations

import io
import zipfile
from enum import StrEnum

from rmdesk.services.imports.tables import compound


class Kind(StrEnum):
    """What may be kept; the value is the media type."""

    JPEG = "image/jpeg"
    PNG = "image/png"
    WEBP = "image/webp"
    PDF = "application/pdf"
    TEXT = "text/plain"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
    DOC = "application/msword"
    XLS = "application/vnd.ms-excel"
    PPT = "application/vnd.ms-powerpoint"
    ODT = "application/vnd.oasis.opendocument.text"
    ODS = "application/vnd.oasis.opendocument.spreadsheet"
    ODP = "application/vnd.oasis.opendocument.presentation"


class Why(StrEnum):
    """Why a file is not kept."""

    EMPTY = "empty"
    HEIC = "heic"
    PROGRAM = "program"
    MACRO = "macro"
    LOCKED = "locked"
    DAMAGED = "damaged"
    UNKNOWN = "unknown"


PICTURES = frozenset({Kind.JPEG, Kind.PNG, Kind.WEBP})

# The first ending is given to a file that has none of them.
ENDINGS: dict[Kind, tuple[str, ...]] = {
    Kind.JPEG: (".jpg", ".jpeg"),
    Kind.PNG: (".png",),
    Kind.WEBP: (".webp",),
    Kind.PDF: (".pdf",),
    Kind.TEXT: (".txt", ".md", ".csv", ".log"),
    Kind.DOCX: (".docx",),
    Kind.XLSX: (".xlsx",),
    Kind.PPTX: (".pptx",),
    Kind.DOC: (".doc",),
    Kind.XLS: (".xls",),
    Kind.PPT: (".ppt",),
    Kind.ODT: (".odt",),
    Kind.ODS: (".ods",),
    Kind.ODP: (".odp",),
}

_HEIC = (b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis")
_PROGRAMS = (
    b"MZ", b"\x7fELF", b"\xfe\xed\xfa\xce", b"\xfe\xed\xfa\xcf", b"\xce\xfa\xed\xfe", b"\xcf\xfa\xed\xfe",
    b"\xca\xfe\xba\xbe", b"#!", b"L\x00\x00\x00\x01\x14\x02\x00", b"\x00asm", b"dex\n",
)  # fmt: skip
_PACKED = {"word/": Kind.DOCX, "xl/": Kind.XLSX, "ppt/": Kind.PPTX}
_OPEN = {str(kind): kind for kind in (Kind.ODT, Kind.ODS, Kind.ODP)}
_OLD = {
    "worddocument": Kind.DOC,
    "workbook": Kind.XLS,
    "book": Kind.XLS,
    "powerpoint document": Kind.PPT,
}
_MACROS = ("vbaproject", "/macrosheets/", "/dialogsheets/", "/activex/")
_OPEN_MACROS = ("basic/", "scripts/")
_OLD_MACROS = ("_vba_project", "vba", "macros", "_vba_project_cur")
_BOUND_SHEET = b"\x85\x00"
_TEXT_CONTROLS = frozenset(range(32)) - {9, 10, 12, 13}


def kind_of(content: bytes, parts: int = 5000) -> Kind | Why:
    """What the content is, or why it is not kept; `parts` is how many an Office file may have."""
    if not content:
        return Why.EMPTY
    if content.startswith(b"\xff\xd8\xff"):
        return Kind.JPEG
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return Kind.PNG
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return Kind.WEBP
    if content.startswith(b"%PDF-"):
        return Kind.PDF
    if content[4:8] == b"ftyp" and content[8:12] in _HEIC:
        return Why.HEIC
    if content.startswith(_PROGRAMS):
        return Why.PROGRAM
    if content.startswith(b"PK\x03\x04"):
        return _packed(content, parts)
    if content.startswith(compound.MAGIC):
        return _old(content)
    return Kind.TEXT if text_of(content) is not None else Why.UNKNOWN


def text_of(content: bytes) -> str | None:
    """The content as text, when it is one: UTF-8, UTF-16 with its mark, or GB 18030; None when it is none."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    elif any(byte in _TEXT_CONTROLS for byte in set(content)):
        return None
    else:
        encodings = ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if any(ord(sign) in _TEXT_CONTROLS for sign in set(text)) else text
    return None


def _packed(content: bytes, parts: int) -> Kind | Why:
    """Office files are ZIPs; only their directory is read, and of their parts the one that says what they are."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            names = [entry.filename.lower().replace("\\", "/") for entry in entries]
            if len(names) > parts:
                return Why.DAMAGED
            if any(entry.flag_bits & 1 for entry in entries):
                return Why.LOCKED
            declared = _declared(archive, names)
    except (zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError, RuntimeError):
        return Why.DAMAGED
    if declared is None:
        return Why.UNKNOWN
    carried = any(name.startswith(_OPEN_MACROS) or any(mark in name for mark in _MACROS) for name in names)
    if carried or "macroenabled" in declared:
        return Why.MACRO
    if declared in _OPEN:
        return _OPEN[declared]
    return next((kind for start, kind in _PACKED.items() if any(n.startswith(start) for n in names)), Why.UNKNOWN)


def _declared(archive: zipfile.ZipFile, names: list[str]) -> str | None:
    """What the file says it is, in lower case; read no further than any real declaration goes."""
    for name, most in (("mimetype", 200), ("[content_types].xml", 1 << 20)):
        if name in names:
            with archive.open(archive.infolist()[names.index(name)]) as part:
                return part.read(most).decode("utf-8", "replace").strip().lower()
    return None


def _old(content: bytes) -> Kind | Why:
    """Word, Excel and PowerPoint files of before 2007."""
    try:
        names = compound.names(content)
        if "encryptedpackage" in names:
            return Why.LOCKED
        if names & set(_OLD_MACROS):
            return Why.MACRO
        kind = next((kind for name, kind in _OLD.items() if name in names), None)
        if kind is Kind.XLS and _has_macro_sheet(compound.stream_of(content, ("workbook", "book")) or b""):
            return Why.MACRO
    except compound.Damaged:
        return Why.DAMAGED
    return kind or Why.UNKNOWN


def _has_macro_sheet(book: bytes) -> bool:
    """Excel 4 macros are sheets of their own kind, named at the head of the book ([MS-XLS] BoundSheet8)."""
    at = 0
    while at + 4 <= len(book):
        size = int.from_bytes(book[at + 2 : at + 4], "little")
        if book[at : at + 2] == _BOUND_SHEET and book[at + 9 : at + 10] == b"\x01":
            return True
        if book[at : at + 2] == b"\x0a\x00":  # the end of the part that names the sheets
            return False
        at += 4 + size
    return False
