"""A field that holds chips: a few words each, typed or picked from what was used before."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, partial

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QSizePolicy, QWidget

from rmdesk.base.text import _, plural
from rmdesk.ui.kit.flow import Flow
from rmdesk.ui.kit.pick_list import Pick, PickList
from rmdesk.ui.kit.theme import theme
from rmdesk.ui.kit.widgets import Button, Chip, column, restyle, row

MOST = 8  # lines of the list of offers
ENDS = re.compile("[,，;；、\n]+")  # what parts one chip from the next, typed or pasted
ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass(frozen=True, slots=True)
class Offer:
    """Words that were used before: how their pinyin begins (`lqqc` for 龙泉青瓷), and how often they were used."""

    text: str
    initials: str = ""
    uses: int = 0


class ChipField(QFrame):
    """`changed` tells that chips came or went.

    Enter or a comma makes a chip of what is typed, Backspace in an empty line takes the last one away, arrows and
    Enter pick from the offers.
    """

    changed = Signal()

    def __init__(self, values: Iterable[str] = (), *, kind: str = "good", hint: str = "") -> None:
        super().__init__()
        self.setProperty("role", "chips")
        self._kind = kind
        self._values: list[str] = []
        self._offers: tuple[Offer, ...] = ()
        self.line = QLineEdit()
        self.line.setProperty("role", "inline")
        self.line.setPlaceholderText(hint or _("Add, then Enter"))
        self.line.setMinimumWidth(theme.px(170))
        self.line.textChanged.connect(self._typed)
        self.line.installEventFilter(self)
        self.setFocusProxy(self.line)
        self._flow = Flow(6)
        self._chips: list[QWidget] = []
        self._flow.addWidget(self.line)
        outer = column(self._flow)
        outer.setContentsMargins(8, 6, 8, 6)
        self.setLayout(outer)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set_values(values)

    # The offers; most fields are never typed into, so these are made when there is something to offer.

    @cached_property
    def list(self) -> PickList:
        """What may be picked."""
        made = PickList()
        made.picked.connect(self._picked)
        return made

    @cached_property
    def popup(self) -> QFrame:
        """The frame around the offers, under the field."""
        made = QFrame(self, Qt.WindowType.ToolTip)
        made.setObjectName("popup")
        box = column(self.list, gap=0)
        box.setContentsMargins(6, 6, 6, 6)
        made.setLayout(box)
        return made

    @property
    def _offering(self) -> bool:
        return "popup" in self.__dict__ and self.popup.isVisible()

    def _close(self) -> None:
        if self._offering:
            self.popup.hide()

    # What it holds.

    def values(self) -> tuple[str, ...]:
        """The chips, and what is typed and not yet a chip, so that nothing typed is lost."""
        return tuple(_joined(self._values, ENDS.split(self.line.text())))

    def set_values(self, values: Iterable[str]) -> None:
        """Show these chips in place of others; doubles are shown once."""
        self._values = _joined([], values)
        self.line.clear()
        self._draw()

    def offer(self, offers: Sequence[Offer]) -> None:
        """What may be picked while typing, the most used first."""
        self._offers = tuple(offers)
        if self._offering:
            self._typed(self.line.text())

    def setAccessibleName(self, name: str) -> None:
        """The line is what is spoken."""
        super().setAccessibleName(name)
        self.line.setAccessibleName(name)

    # Acting.

    def add(self, text: str) -> None:
        """Make chips of a text; commas part it."""
        self._keep(_joined(self._values, ENDS.split(text)))
        self.line.clear()
        self._close()

    def remove(self, value: str) -> None:
        """Take a chip away; the line has the focus then."""
        self._keep([kept for kept in self._values if kept != value])
        self.line.setFocus()

    def _keep(self, values: Sequence[str]) -> None:
        if values != self._values:
            self._values = [*values]
            self._draw()
            self.changed.emit()

    def _draw(self) -> None:
        for chip in self._chips:
            chip.hide()
            chip.deleteLater()
        while self._flow.takeAt(0) is not None:
            pass
        self._chips = [self._chip(value) for value in self._values]
        for chip in (*self._chips, self.line):
            self._flow.addWidget(chip)
            chip.show()
        self.updateGeometry()

    def _chip(self, value: str) -> QWidget:
        made = QFrame(self)
        made.setProperty("chips", self._kind)
        chip = Chip(value if len(value) <= 24 else f"{value[:23]}…", self._kind)
        chip.setToolTip(value)
        said = _("Remove {text}").format(text=value)
        gone = Button("×", partial(self.remove, value), kind="chip", hint=said, name=said)
        gone.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made.setLayout(row(chip, gone, gap=0))
        return made

    # Typing.

    def _typed(self, text: str) -> None:
        if len(parts := ENDS.split(text)) > 1:
            self._keep(_joined(self._values, parts[:-1]))
            self.line.setText(parts[-1])
            return
        found = self._fitting(text.strip())
        if not found:
            self._close()
            return
        self.popup.setVisible(self.line.hasFocus())
        self.list.show_picks([Pick(one.text, one.text, right=_used(one.uses)) for one in found])
        self.list.setCurrentIndex(self.list.rootIndex())  # Enter takes what is typed, unless an arrow chose
        wide, high = max(self.width(), theme.px(220)), self.list.wanted_height(MOST) + 14
        corner = self.mapToGlobal(QPoint(0, self.height() + 4))
        self.popup.setGeometry(corner.x(), corner.y(), wide, high)

    def _fitting(self, text: str) -> Sequence[Offer]:
        if not text:
            return []
        plain = text.casefold()
        free = (offer for offer in self._offers if offer.text not in self._values and offer.text != text)
        ranked = [(_rank(offer, plain), at, offer) for at, offer in enumerate(free)]
        return [offer for rank, _at, offer in sorted(one for one in ranked if one[0] < 3)][:MOST]

    def _picked(self, what: object) -> None:
        self.line.clear()
        self.add(str(what))
        self.line.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            restyle(self, active=event.type() == QEvent.Type.FocusIn)
            if event.type() == QEvent.Type.FocusOut and self._offering and not self.popup.underMouse():
                self.popup.hide()
        is_key = event.type() in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride)
        if is_key and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape and self._offering:
            event.accept()
            if event.type() == QEvent.Type.KeyPress:
                self.popup.hide()
            return True
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event)
        return False

    def _key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        steered = self._offering and (key not in ENTERS or self.list.currentIndex().isValid())
        if steered and self.list.eventFilter(self.line, event):
            return True
        if key in ENTERS and self.line.text().strip() and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.add(self.line.text())
            return True
        if key == Qt.Key.Key_Backspace and not self.line.text() and self._values:
            self.remove(self._values[-1])
            return True
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.line.setFocus()
        super().mousePressEvent(event)


def _used(uses: int) -> str:
    return plural("{count} client", "{count} clients", uses) if uses else ""


def _rank(offer: Offer, typed: str) -> int:
    """How well an offer answers: it begins so, its initials do, it holds it; 3: not at all."""
    text = offer.text.casefold()
    if text.startswith(typed):
        return 0
    if offer.initials.startswith(typed):
        return 1
    return 2 if typed in text else 3


def _joined(kept: Iterable[str], more: Iterable[str]) -> list[str]:
    """The values in their order, trimmed, each once."""
    return list(dict.fromkeys(plain for value in (*kept, *more) if (plain := " ".join(value.split()))))
