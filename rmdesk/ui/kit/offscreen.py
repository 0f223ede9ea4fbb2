"""Qt without a window, for commands that draw: a PDF needs fonts, not a screen."""

from __future__ import annotations

import os
import sys

from PySide6.QtGui import QGuiApplication


def drawing() -> QGuiApplication:
    """The application that drawing needs; keep it until the drawing is done.

    On Linux no screen is asked for. Elsewhere the system's own way is taken, as only that knows the system's fonts.
    """
    running = QGuiApplication.instance()
    if isinstance(running, QGuiApplication):
        return running
    if sys.platform.startswith("linux"):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    return QGuiApplication(["rmdesk"])
