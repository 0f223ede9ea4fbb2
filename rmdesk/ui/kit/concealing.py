"""The mark of nspasteboard.org on macOS: histories do not keep what carries it. Imported there only."""

from __future__ import annotations

import sys
from typing import Any

CONCEALED_TYPE = "org.nspasteboard.ConcealedType"
MIME = "application/x-nspasteboard-concealed-type"

if sys.platform == "darwin":
    from PySide6.QtCore import QMimeData
    from PySide6.QtGui import QUtiMimeConverter

    class Concealing(QUtiMimeConverter):
        """Writes the mark under its own type; Qt registers a converter that exists."""

        def mimeForUti(self, uti: str) -> str:
            return MIME if uti == CONCEALED_TYPE else ""

        def utiForMime(self, mime: str) -> str:
            return CONCEALED_TYPE if mime == MIME else ""

        def canConvert(self, mime: str, uti: str) -> bool:
            return mime == MIME and uti == CONCEALED_TYPE

        def convertFromMime(self, mime: str, data: Any, uti: str) -> list[bytes]:
            return [b"1"] if self.canConvert(mime, uti) else []

        def convertToMime(self, mime: str, data: Any, uti: str) -> object:
            return None

        def count(self, data: QMimeData) -> int:
            return 1
