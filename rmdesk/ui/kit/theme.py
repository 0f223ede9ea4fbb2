"""The theme in use: tokens and text size, turned into one palette and one style sheet.

The style sheet is set on windows, not on the application: under an application's sheet Qt dresses a widget anew each
time anything around it gets a parent, which made a page take three times as long to build.

Widgets that paint themselves ask `theme.colour(...)` and `theme.px(...)` while painting, and update on `theme.changed`.
"""

from __future__ import annotations

import re
from enum import StrEnum
from weakref import WeakSet

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from rmdesk.base import paths
from rmdesk.ui.kit import fonts
from rmdesk.ui.kit.tokens import DARK, LIGHT, Tokens, values

# The style sheet builds on Fusion; named here because asking the application for its style costs 15 ms at the start.
ARGUMENTS = ("rmdesk", "-style", "fusion")


class Scheme(StrEnum):
    """Which tokens: one of the two, or what the system asks for."""

    LIGHT = "light"
    DARK = "dark"
    SYSTEM = "system"


class Theme(QObject):
    """Holds what is in use; there is one, `theme`."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.tokens: Tokens = LIGHT
        self.scheme = Scheme.LIGHT
        self.percent = 100
        self._colours: dict[str, QColor] = {}
        self._windows: WeakSet[QWidget] = WeakSet()
        self._fonts: dict[tuple[float, bool, bool], QFont] = {}

    @property
    def dark(self) -> bool:
        """Whether the dark tokens are in use."""
        return self.tokens is DARK

    def use(self, scheme: Scheme, percent: int = 100) -> None:
        """Dress the whole application; `percent` is the size of text, 100 to 150."""
        self.scheme, self.percent = scheme, max(100, min(150, percent))
        self._fonts.clear()
        self.tokens = DARK if _wants_dark(scheme) else LIGHT
        self._colours = {name: QColor(value) for name, value in values(self.tokens).items()}
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.setFont(self.font())
            app.setPalette(self.palette())
        for window in list(self._windows):
            if isValid(window):
                window.setStyleSheet(self.sheet())
        self.changed.emit()

    def dress(self, window: QWidget) -> None:
        """Give a window the style sheet, now and whenever it changes; what is made inside it, and dialogs over it,
        have it from there. Best called when the window is built: its widgets are then dressed only once.
        """
        self._windows.add(window)
        window.setStyleSheet(self.sheet())

    def window(self) -> QWidget | None:
        """What a dialog belongs to: the active window, or the one that was dressed."""
        active = QApplication.activeWindow()
        if active is not None and active.isVisible():  # one that is going takes along what belongs to it
            return active
        return next((one for one in self._windows if isValid(one) and one.isVisible()), None)

    def colour(self, name: str) -> QColor:
        """The colour of a token, to be made paler or not."""
        return QColor(self._colours.get(name) or str(getattr(self.tokens, name)))

    def px(self, size: float) -> int:
        """Pixels for a size at 100 % text: heights of rows and type follow the text size, gaps do not."""
        return round(size * self.percent / 100)

    def font(self, size: float = 14, *, bold: bool = False, tabular: bool = False) -> QFont:
        """The interface font at a size in pixels at 100 %; `tabular` makes all figures equally wide.

        Not to be changed: everybody who asks for it gets the same one.
        """
        made = self._fonts.get((size, bold, tabular))
        if made is None:
            made = self._fonts[size, bold, tabular] = self._made_font(size, bold, tabular)
        return made

    def _made_font(self, size: float, bold: bool, tabular: bool) -> QFont:
        made = QFont()
        made.setFamilies(fonts.families())
        made.setPixelSize(self.px(size))
        made.setWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
        if tabular:
            made.setFeature(QFont.Tag("tnum"), 1)
        return made

    def palette(self) -> QPalette:
        """The palette of the tokens, for what the style sheet does not reach."""
        made = QPalette()
        role = QPalette.ColorRole
        for part, name in (
            (role.Window, "ground"),
            (role.Base, "card"),
            (role.AlternateBase, "hover"),
            (role.Button, "card"),
            (role.WindowText, "ink"),
            (role.Text, "ink"),
            (role.ButtonText, "ink"),
            (role.PlaceholderText, "ink3"),
            (role.Highlight, "accent"),
            (role.HighlightedText, "on_accent"),
            (role.ToolTipBase, "tip"),
            (role.ToolTipText, "on_tip"),
            (role.Link, "accent"),
            (role.Mid, "line"),
        ):
            made.setColor(part, self.colour(name))
        for part in (role.Text, role.WindowText, role.ButtonText):
            made.setColor(QPalette.ColorGroup.Disabled, part, self.colour("ink3"))
        return made

    def sheet(self) -> str:
        """The style sheet: resources/style/rmdesk.qss with `@token` and `@14` (a text size) filled in."""
        named = values(self.tokens)
        named["icons"] = paths.resource("icons").as_posix()
        named["shade"] = "dark" if self.dark else "light"

        def fill(found: re.Match[str]) -> str:
            word = found.group(1)
            return f"{self.px(int(word))}px" if word.isdigit() else named[word]

        source = paths.resource("style", "rmdesk.qss").read_text(encoding="utf-8")
        return re.sub(r"@(\w+)", fill, source)


def _wants_dark(scheme: Scheme) -> bool:
    if scheme is Scheme.SYSTEM:
        return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
    return scheme is Scheme.DARK


theme = Theme()
