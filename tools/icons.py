"""The icon of the program as Windows and macOS want it, drawn from the one drawing."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from tools.environment import ROOT

SOURCE = ROOT / "resources" / "icons" / "rmdesk.svg"
SIZES = (16, 24, 32, 48, 64, 128, 256)


def drawn(size: int) -> Image.Image:
    """The icon as a picture of `size` pixels each way."""
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(SOURCE)).render(painter)
    painter.end()
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return Image.open(io.BytesIO(bytes(content.data())))


def write(folder: Path) -> None:
    """rmdesk.ico and rmdesk.icns in `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    largest = drawn(1024)
    largest.save(folder / "rmdesk.ico", sizes=[(size, size) for size in SIZES])
    largest.save(folder / "rmdesk.icns")
