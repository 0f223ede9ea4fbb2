"""One picture of all pictures, to look at in one go."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter

WIDTH, GAP, LABEL = 480, 16, 22


def draw(pictures: list[tuple[str, Path]], columns: int, target: Path) -> None:
    """Lay labelled pictures out in rows of `columns` and save them as one."""
    images = [(label, QImage(str(path))) for label, path in pictures]
    heights = [round(image.height() * WIDTH / image.width()) for _, image in images if image.width()]
    if not heights:
        return
    height = max(heights) + LABEL + GAP
    rows = -(-len(images) // columns)
    sheet = QImage(columns * (WIDTH + GAP) + GAP, rows * height + GAP, QImage.Format.Format_RGB32)
    sheet.fill(QColor("#888888"))
    painter = QPainter(sheet)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.setPen(QColor("#ffffff"))
    for number, (label, image) in enumerate(images):
        x, y = GAP + number % columns * (WIDTH + GAP), GAP + number // columns * height
        painter.drawText(QRect(x, y, WIDTH, LABEL), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, label)
        small = image.scaledToWidth(WIDTH, Qt.TransformationMode.SmoothTransformation)
        painter.drawImage(x, y + LABEL, small)
    painter.end()
    sheet.save(str(target))
