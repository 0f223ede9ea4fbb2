"""Charts as pictures inside a document. Drawing one takes a while, so a worker prepares them before they are shown."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray
from PySide6.QtGui import QImage

from rmdesk.services.charts import Chart, Style, draw
from rmdesk.services.documents.blocks import Columns, Document, Picture
from rmdesk.ui.kit import fonts
from rmdesk.ui.kit.tokens import Tokens

WIDE = 640  # units of type: the width of a page
SHARP = 3.0  # dots to a unit, for paper and for dense screens


@lru_cache(maxsize=32)
def drawn(chart: Chart, height: int, tokens: Tokens) -> QImage:
    """The picture of a chart in the colours of a theme."""
    style = Style(
        width=WIDE,
        height=height,
        colours=tokens._asdict(),
        families=tuple(fonts.families()),
        ratio=SHARP,
        form="png",
    )
    return QImage.fromData(QByteArray(draw(chart, style).data))


def prepare(document: Document, tokens: Tokens) -> None:
    """Draw the pictures of a document ahead; belongs on a worker."""
    for block in document.blocks:
        for one in (*block.left, *block.right) if isinstance(block, Columns) else (block,):
            if isinstance(one, Picture):
                drawn(one.chart, one.height, tokens)
