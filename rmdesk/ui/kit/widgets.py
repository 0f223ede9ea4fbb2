"""The small parts: labels, buttons, chips, cards, rules."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from rmdesk.base.text import _
from rmdesk.ui.kit import faces
from rmdesk.ui.kit.icons import icon
from rmdesk.ui.kit.theme import theme

TIER_KINDS = {"T5": "occasion", "T4": "opportunity", "T3": "overdue", "T2": "value", "T1": "plain"}


def label(text: str = "", role: str = "", *, wrap: bool = False, select: bool = False) -> QLabel:
    """A plain-text label; roles: title, heading, figure, strong, note, soft, small, field, error."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if role:
        made.setProperty("role", role)
    if select:
        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made


def rule() -> QFrame:
    """A hairline between things."""
    made = QFrame()
    made.setProperty("role", "rule")
    made.setFixedHeight(1)
    return made


def row(*parts: QWidget | QLayout | int | None, gap: int = 8) -> QHBoxLayout:
    """Things side by side; an int is a fixed gap, None takes the space that is left."""
    made = QHBoxLayout()
    _fill(made, parts, gap)
    return made


def column(*parts: QWidget | QLayout | int | None, gap: int = 8) -> QVBoxLayout:
    """Things below one another; as `row`."""
    made = QVBoxLayout()
    _fill(made, parts, gap)
    return made


def beside(*parts: QWidget | QLayout | int | None, gap: int = 8) -> QWidget:
    """Things side by side in a widget, which stays together where lines are filled (`Flow`)."""
    made = QWidget()
    made.setLayout(row(*parts, gap=gap))
    return made


def block(*parts: QWidget | QLayout | int | None, gap: int = 8) -> QWidget:
    """Things below one another in a widget, to be put whole into what is seen already.

    Qt lays out all around anew for each widget that appears among others that are seen: a block appears once.
    """
    made = QWidget()
    made.setLayout(column(*parts, gap=gap))
    return made


def _fill(box: QHBoxLayout | QVBoxLayout, parts: tuple[QWidget | QLayout | int | None, ...], gap: int) -> None:
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(gap)
    for part in parts:
        if part is None:
            box.addStretch(1)
        elif isinstance(part, int):
            box.addSpacing(part)
        elif isinstance(part, QLayout):
            box.addLayout(part)
        else:
            box.addWidget(part)


def restyle(widget: QWidget, **properties: object) -> None:
    """Set dynamic properties that the style sheet looks at; nothing happens when they are so already."""
    before = {name: widget.property(name) for name in properties}
    if all(before[name] == value or (before[name] is None and value == "") for name, value in properties.items()):
        return
    for name, value in properties.items():
        widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def clearable(field: QLineEdit) -> None:
    """Give a field the button that empties it."""
    field.setClearButtonEnabled(True)
    button = field.findChild(QAction, "_q_qlineeditclearaction")  # Qt gives it a picture and no name
    if button is not None:
        button.setText(_("Empty the field"))


class Button(QPushButton):
    """A button; kinds: plain, primary, small, faint, link, danger, filter, icon, choice, tab."""

    def __init__(
        self,
        text: str = "",
        press: Callable[[], object] | None = None,
        *,
        kind: str = "plain",
        icon: str = "",
        hint: str = "",
        name: str = "",
    ) -> None:
        super().__init__(text)
        self.setProperty("kind", kind)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)
        self._icon = icon
        self._token = {"primary": "on_accent", "link": "accent", "danger": "risk_ink"}.get(kind, "ink2")
        if hint:
            self.setToolTip(hint)
        if name or (not text and hint):
            self.setAccessibleName(name or hint)
        if press is not None:
            self.clicked.connect(lambda: press())
        if icon:
            self._tint()
            theme.changed.connect(self._tint)

    def _tint(self) -> None:
        size = theme.px(18)
        self.setIcon(icon(self._icon, self._token))
        self.setIconSize(QSize(size, size))


class Chip(QLabel):
    """A short fact on a soft ground; kinds: value, overdue, occasion, risk, opportunity, good, plain."""

    def __init__(self, text: str = "", kind: str = "plain") -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("chip", kind)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def say(self, text: str, kind: str = "plain") -> None:
        """Change both."""
        self.setText(text)
        restyle(self, chip=kind)


def tier_kind(tier: str | None) -> str:
    """The chip kind of a tier."""
    return TIER_KINDS.get(tier or "", "plain")


class Figure(QLabel):
    """A number in tabular numerals, aligned to the right; big for the head of a card."""

    def __init__(self, text: str = "", *, size: int = 14, bold: bool = False, left: bool = False) -> None:
        super().__init__(text)
        self._size, self._bold = size, bold
        self.setProperty("figure", str(size))  # the style sheet has the size; a sheet of its own would be costly
        self.setProperty("bold", bold)
        side = Qt.AlignmentFlag.AlignLeft if left else Qt.AlignmentFlag.AlignRight
        self.setAlignment(side | Qt.AlignmentFlag.AlignVCenter)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._dress()
        theme.changed.connect(self._dress)

    def _dress(self) -> None:
        self.setFont(theme.font(self._size, bold=self._bold, tabular=True))


class Card(QFrame):
    """A white sheet with rounded corners: a heading with a note at its right, and a body to fill."""

    told_as = faces.GROUP

    def __init__(self, heading: str = "", note: str = "", *, gap: int = 8) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.head = label(heading, "heading")
        self.note = label(note, "note")
        self.corner = row(gap=4)
        self.body = column(gap=gap)
        self._top = QWidget()
        self._top.setLayout(row(self.head, self.note, None, self.corner))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        policy.setHeightForWidth(True)  # a heading that wraps gets its second line
        self._top.setSizePolicy(policy)
        if not heading and not note:
            self._top.hide()  # never `setVisible(True)` before it has a parent: that opens a window
        outer = column(self._top, self.body, gap=12)
        outer.setContentsMargins(16, 16, 16, 16)
        outer.setStretch(1, 1)
        self.setLayout(outer)
        if heading:
            self.setAccessibleName(heading)

    def title(self, heading: str, note: str = "") -> None:
        """Change heading and note."""
        self.head.setText(heading)
        self.note.setText(note)
        self._top.setVisible(True)
        self.setAccessibleName(heading)

    def add(self, *parts: QWidget | QLayout | None) -> None:
        """Add to the body, from top to bottom; None takes the space that is left."""
        for part in parts:
            if part is None:
                self.body.addStretch(1)
            elif isinstance(part, QLayout):
                self.body.addLayout(part)
            else:
                self.body.addWidget(part)


def clear(box: QLayout) -> None:
    """Take everything out of a layout and delete it."""
    while (item := box.takeAt(0)) is not None:
        inner, widget = item.layout(), item.widget()
        if inner is not None:
            clear(inner)
            inner.deleteLater()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
