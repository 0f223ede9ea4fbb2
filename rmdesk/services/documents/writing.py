"""Where a document's bytes go: one file that the user chose, never a temporary one elsewhere."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from rmdesk.base.errors import Trouble
from rmdesk.base.text import N_, Phrase
from rmdesk.services.store.place import FULL, disk_full

UNFIT = dict.fromkeys(map(ord, '/\\:*?"<>|'), "-")  # what some file systems refuse in a name


def file_name(name: Phrase, day: date, ending: str = "pdf") -> str:
    """The proposed name: day and kind of document, as in 2026-11-21-拜访简报.pdf.

    Whose it is, is left out: names of files show in lists of recent files, mails and copies of the disk, where
    nobody expects the name of a client. Who wants it there types it.
    """
    return f"{day}-{name.said.translate(UNFIT)}.{ending}"


def write(path: Path, content: bytes) -> None:
    """Write the whole file or nothing; Trouble when the place refuses it."""
    partial = path.with_name(f".{path.name}.part")
    try:
        partial.write_bytes(content)
        partial.replace(path)
    except OSError as error:
        if error.errno in FULL:
            raise disk_full() from error
        raise Trouble(
            N_("The file could not be written."),
            do=N_("Close it in other programs, or choose another folder. Your data was not changed."),
            code="write_failed",
        ) from error
    finally:
        partial.unlink(missing_ok=True)
