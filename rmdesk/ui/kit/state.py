"""What the window remembers between starts: sizes, columns, sort orders, language. Never client data."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QSettings

FILE = "window.ini"


class State:
    """A small file in the profile's folder; a missing or broken one is as good as an empty one."""

    def __init__(self, folder: Path | None) -> None:
        self._kept: QSettings | None = None
        self._memory: dict[str, str] = {}
        if folder is not None:
            self._kept = QSettings(str(folder / FILE), QSettings.Format.IniFormat)

    def value(self, key: str, default: Any = None) -> Any:
        """What was kept under a key: anything that JSON can say."""
        text = self._memory.get(key) if self._kept is None else self._kept.value(key)
        try:
            return default if text is None else json.loads(str(text))
        except ValueError:
            return default

    def keep(self, key: str, value: Any) -> None:
        """Remember a plain value; written to disk by and by."""
        text = json.dumps(value, ensure_ascii=False)
        if self._kept is None:
            self._memory[key] = text
        else:
            self._kept.setValue(key, text)

    def geometry(self, key: str) -> QByteArray | None:
        """A window geometry, or None."""
        text = self.value(key)
        return QByteArray.fromBase64(QByteArray(text.encode("ascii"))) if isinstance(text, str) else None

    def keep_geometry(self, key: str, geometry: QByteArray) -> None:
        """Remember a window geometry."""
        self.keep(key, bytes(geometry.toBase64().data()).decode("ascii"))

    def save(self) -> None:
        """Write to disk now."""
        if self._kept is not None:
            self._kept.sync()
