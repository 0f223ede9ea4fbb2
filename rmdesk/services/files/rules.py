"""Which files are kept, under which name, and how much of them; the limits are in resources/rules/files.toml."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from rmdesk.base.errors import Refused
from rmdesk.base.text import N_
from rmdesk.services.files import pictures
from rmdesk.services.files.kinds import ENDINGS, PICTURES, Kind, Why, kind_of
from rmdesk.services.rulebook import book

UNFIT = re.compile(r'[\\/:*?"<>|\s]+')
NAMELESS = "file"
RESERVED = frozenset({"con", "prn", "aux", "nul", *(f"com{n}" for n in range(10)), *(f"lpt{n}" for n in range(10))})

_REFUSALS: dict[Why, tuple[str, str]] = {
    Why.EMPTY: (N_("The file is empty."), N_("Choose another file.")),
    Why.HEIC: (
        N_("Photos in the HEIC format cannot be kept here."),
        N_("Save it as JPEG; on the phone, set the camera to “most compatible”."),
    ),
    Why.PROGRAM: (N_("Programs and scripts are not kept."), N_("Keep what it is about as a text or a picture.")),
    Why.MACRO: (
        N_("The file carries macros, which are small programs."),
        N_("Save it without macros, or as PDF, and add that."),
    ),
    Why.LOCKED: (
        N_("The file is protected by a password, so its content cannot be checked."),
        N_("Save it without the password; here it is encrypted anyway."),
    ),
    Why.DAMAGED: (N_("The file is damaged."), N_("Open it in the program it came from and save it again.")),
    Why.UNKNOWN: (
        N_("Files of this kind are not kept."),
        N_("Kept are JPEG, PNG and WebP pictures, PDF, text, and Word, Excel and PowerPoint files."),
    ),
}


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A file as it may be kept: what it is, a harmless name, the bytes without a camera's notes."""

    name: str
    kind: Kind
    content: bytes = field(repr=False)

    @property
    def sha256(self) -> str:
        """The checksum of the bytes that are kept."""
        return hashlib.sha256(self.content).hexdigest()


def limit(name: str) -> int:
    """A limit of the rule book."""
    return int(book("files")["limits"][name]["value"])


def cleaned(name: str, content: bytes) -> Cleaned:
    """The file as it may be kept; Refused, with what to do, when it may not."""
    check_size(len(content))
    kind = kind_of(content, limit("parts"))
    if isinstance(kind, Why):
        raise refused(kind)
    if kind in PICTURES:
        content = _picture(content, kind)
    if kind is Kind.TEXT and len(content) > limit("text_bytes"):
        raise _too_large(limit("text_bytes"))
    return Cleaned(safe_name(name, kind), kind, content)


def check_size(size: int) -> None:
    """Refused when a file is over the limit; asked before a large file is read."""
    if size > limit("bytes"):
        raise _too_large(limit("bytes"))


def check_room(count: int, total: int, size: int) -> None:
    """Refused when a record has `count` files already, or all files together would pass the limit."""
    if count >= limit("record_files"):
        raise Refused(
            N_("There are {count} files here already; more are not kept."),
            do=N_("Remove one that is no longer needed."),
            field="file",
            code="too_many_files",
            count=count,
        )
    if total + size > limit("total_bytes"):
        raise Refused(
            N_("All files together would take more than {size} MB."),
            do=N_("Remove large files that are no longer needed."),
            field="file",
            code="files_full",
            size=limit("total_bytes") >> 20,
        )


def safe_name(name: str, kind: Kind) -> str:
    """The name without path, signs that steer or deceive, and with the ending of what the file really is."""
    last = PurePosixPath(name.replace("\\", "/")).name
    shown = "".join(sign for sign in unicodedata.normalize("NFC", last) if unicodedata.category(sign)[0] != "C")
    stem = UNFIT.sub(" ", shown).strip(" .")
    ending = next((end for end in ENDINGS[kind] if stem.lower().endswith(end)), "")
    stem = (stem[: len(stem) - len(ending)] if ending else stem).strip(" .")
    if not stem or stem.lower() in RESERVED:
        stem = NAMELESS
    ending = ending or ENDINGS[kind][0]
    return stem[: limit("name_length") - len(ending)].strip() + ending


def refused(why: Why) -> Refused:
    """The refusal in words."""
    said, do = _REFUSALS[why]
    return Refused(said, do=do, field="file", code=f"file_{why.value}")


def _picture(content: bytes, kind: Kind) -> bytes:
    try:
        width, height = pictures.size_of(content, kind)
        if width * height > limit("megapixels") * 1_000_000:
            raise Refused(
                N_("The picture has more than {count} megapixels."),
                do=N_("Save it smaller."),
                field="file",
                code="file_pixels",
                count=limit("megapixels"),
            )
        return pictures.stripped(content, kind)
    except pictures.Damaged as error:
        raise refused(Why.DAMAGED) from error


def _too_large(most: int) -> Refused:
    return Refused(
        N_("The file is larger than {size} MB."),
        do=N_("Make it smaller, or split it."),
        field="file",
        code="file_large",
        size=most >> 20,
    )
