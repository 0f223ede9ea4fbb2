"""The one way to the system's clipboard: what is copied is marked as not to be kept, and does not stay there.

Clipboard histories ask for such marks by name: KDE's Klipper and those like it on Linux, Windows' own history and its
cloud, and the managers on macOS that keep to nspasteboard.org. What Qt's own fields copy is marked as well.
"""

from __future__ import annotations

import hashlib
import sys
from contextlib import suppress

from PySide6.QtCore import QByteArray, QMimeData, QObject, QTimer
from PySide6.QtGui import QClipboard, QGuiApplication

CLEAR_MS = 30_000
OURS = "application/x-rmdesk"
CONCEALED = "application/x-nspasteboard-concealed-type"
WINDOWS = 'application/x-qt-windows-mime;value="{}"'
NO = bytes(4)  # a DWORD of zero
MARKS = {
    OURS: b"1",
    "x-kde-passwordManagerHint": b"secret",
    WINDOWS.format("ExcludeClipboardContentFromMonitorProcessing"): b"1",
    WINDOWS.format("CanIncludeInClipboardHistory"): NO,
    WINDOWS.format("CanUploadToCloudClipboard"): NO,
    CONCEALED: b"1",
}


class Clipboard(QObject):
    """There is one, `clipboard`. What was put there goes after half a minute, unless something else took its place."""

    def __init__(self) -> None:
        super().__init__()
        self._hash = b""
        self._timer = QTimer(self, singleShot=True, interval=CLEAR_MS)
        self._timer.timeout.connect(self.clear)
        self._watched = False
        self._concealing: object = None

    def put(self, text: str) -> None:
        """Copy a text."""
        data = QMimeData()
        data.setText(text)
        self._put(data)

    def watch(self) -> None:
        """Mark what fields copy by themselves, too, and leave nothing behind at the end; called once at the start."""
        app = QGuiApplication.instance()
        if self._watched or app is None:
            return
        self._watched = True
        self._concealing = _concealing()
        QGuiApplication.clipboard().dataChanged.connect(self._changed)
        app.aboutToQuit.connect(self.clear)

    def clear(self) -> None:
        """Take away what was copied here, if it is still there."""
        self._timer.stop()
        board = QGuiApplication.clipboard()
        if self._hash and (self._owns(board) or self._seen(board.text()) == self._hash):
            board.clear()
        if board.supportsSelection() and board.ownsSelection():  # what is marked with the mouse, on X11 and Wayland
            board.clear(QClipboard.Mode.Selection)
        self._hash = b""

    @property
    def holds(self) -> bool:
        """Whether something that was copied here may still be there."""
        return bool(self._hash)

    def _put(self, data: QMimeData) -> None:
        for name, value in MARKS.items():
            data.setData(name, QByteArray(value))
        self._hash = self._seen(data.text())
        QGuiApplication.clipboard().setMimeData(data)
        self._timer.start()

    def _changed(self) -> None:
        board = QGuiApplication.clipboard()
        if not self._owns(board):
            if self._hash and self._seen(board.text()) != self._hash:
                self._hash = b""  # another program's now
                self._timer.stop()
            return
        found = board.mimeData()
        if found is None or not found.formats() or found.hasFormat(OURS):
            return
        marked = QMimeData()
        for name in found.formats():
            marked.setData(name, found.data(name))
        self._put(marked)

    @staticmethod
    def _owns(board: QClipboard) -> bool:
        return board.ownsClipboard()

    @staticmethod
    def _seen(text: str) -> bytes:
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()


def _concealing() -> object:
    """On macOS a mark needs a type of the system's own; elsewhere nothing is needed."""
    if sys.platform == "darwin":
        with suppress(ImportError):
            from rmdesk.ui.kit.concealing import Concealing

            return Concealing()
    return None


clipboard = Clipboard()
