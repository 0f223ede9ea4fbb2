"""The icons: small drawings in resources/icons, tinted with a token of the theme."""

from __future__ import annotations

import math
from functools import lru_cache

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from rmdesk.base import paths
from rmdesk.ui.kit.theme import theme


def icon(name: str, token: str = "ink2", size: int = 18) -> QIcon:
    """The icon `resources/icons/<name>.svg` in the colour of a token."""
    made = QIcon()
    for ratio in sorted({math.ceil(screen.devicePixelRatio()) for screen in QGuiApplication.screens()}):
        made.addPixmap(pixmap(name, token, size, ratio))
    return made


def pixmap(name: str, token: str = "ink2", size: int = 18, ratio: float = 1) -> QPixmap:
    """The same as a picture of `size` pixels on a screen with this many dots a pixel."""
    return _drawn(name, theme.colour(token).name(), theme.px(size), ratio)


@lru_cache(maxsize=512)
def _drawn(name: str, colour: str, size: int, ratio: float) -> QPixmap:
    source = paths.resource("icons", f"{name}.svg").read_text(encoding="utf-8").replace("currentColor", colour)
    made = QPixmap(round(size * ratio), round(size * ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    QSvgRenderer(QByteArray(source.encode())).render(painter)
    painter.end()
    return made
