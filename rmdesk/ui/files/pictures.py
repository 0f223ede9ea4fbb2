"""Kept pictures as Qt shows them: the right way up, and small ones for the strip. Called on the worker.

Never through a file: the bytes come from the encrypted data and stay in memory.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QTransform

from rmdesk.base.errors import Refused, Trouble
from rmdesk.base.text import N_
from rmdesk.models.kinds import RecordId
from rmdesk.services.files import pictures, queries, rules
from rmdesk.services.files.kinds import PICTURES, Kind, Why
from rmdesk.services.store.reads import Reads

# How to turn a picture that is kept as EXIF's orientation 1 to 8 says: degrees clockwise, mirrored first or not.
TURNS = {1: (0, False), 2: (0, True), 3: (180, False), 4: (180, True), 5: (270, True), 6: (90, False), 7: (90, True),
         8: (270, False)}  # fmt: skip


def image_of(content: bytes, kind: Kind, longest: int = 0) -> QImage:
    """The picture the right way up, its longer side at most `longest` pixels; a null image when Qt can't read it."""
    held = QBuffer()
    held.setData(QByteArray(content))
    held.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(held)
    reader.setAutoTransform(False)
    size = reader.size()
    if longest and size.isValid() and max(size.width(), size.height()) > longest:
        reader.setScaledSize(size.scaled(QSize(longest, longest), Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    turn, mirrored = TURNS[pictures.orientation(content, kind)]
    if mirrored:
        image = image.flipped(Qt.Orientation.Horizontal)
    return image.transformed(QTransform().rotate(turn)) if turn else image


def thumbnail(reads: Reads, file: RecordId, longest: int) -> QImage | None:
    """A small picture of a kept file; None when it is no picture."""
    kept = queries.content_of(reads, file)
    return image_of(kept.content, kept.kind, longest) if kept.kind in PICTURES else None


def taken(path: Path) -> tuple[str, bytes]:
    """Name and bytes of a file on the disk; Refused when it is too large to be read, Trouble when it can't be."""
    try:
        if path.is_dir():
            raise rules.refused(Why.UNKNOWN)
        rules.check_size(path.stat().st_size)
        return path.name, path.read_bytes()
    except OSError as error:
        raise Trouble(
            N_("The file could not be read."),
            do=N_("Check that it is still there and that you may open it."),
            code="file_unread",
        ) from error


def pasted(image: QImage) -> bytes:
    """A picture from the clipboard as PNG; Refused when there is none."""
    held = QBuffer()
    held.open(QIODevice.OpenModeFlag.WriteOnly)
    if image.isNull() or not image.save(held, "PNG"):  # type: ignore[call-overload]
        raise Refused(
            N_("There is no picture on the clipboard."), do=N_("Copy one, and paste again."), code="no_picture"
        )
    return bytes(held.data().data())
