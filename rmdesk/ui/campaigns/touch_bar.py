"""Who to call next, with the reason and the script, and one press for what came of it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QSizePolicy, QWidget

from rmdesk.base.text import _
from rmdesk.models.kinds import Channel, TouchOutcome
from rmdesk.services.campaigns.rows import TargetRow
from rmdesk.ui.campaigns import words
from rmdesk.ui.kit import names
from rmdesk.ui.kit.flow import Flow
from rmdesk.ui.kit.form import choices
from rmdesk.ui.kit.widgets import Button, Chip, column, label, row, tier_kind

NAME = 16  # signs of a client's name beside the links
OUTCOMES = tuple(TouchOutcome)


class TouchBar(QWidget):
    """`touched(outcome)` for the client that is shown; `opened`, `logged`, `asked`, `left`: what is done else."""

    touched = Signal(object)
    opened = Signal()
    logged = Signal()
    asked = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.row: TargetRow | None = None
        self.name = label("", "heading")
        self._tier = Chip()
        self._group = label("", "note")
        self._why = label("", "soft", wrap=True)
        self.script = label("", "", wrap=True, select=True)
        self.channel = choices(*((one.value, names.channel(one)) for one in Channel))
        self.channel.setCurrentIndex(self.channel.findData(Channel.PHONE.value))
        self.channel.setAccessibleName(_("Channel"))
        self.note = QLineEdit()
        self.note.setPlaceholderText(_("What was said, in a line"))
        self.note.setAccessibleName(self.note.placeholderText())
        self.note.setProperty("role", "small")
        self.buttons = {
            one: Button(words.outcome(one), partial(self.touched.emit, one), kind="small") for one in OUTCOMES
        }
        acts = Flow()
        for at, one in enumerate(self.buttons.values(), start=1):
            one.setShortcut(f"Alt+{at}")
            one.setToolTip(one.shortcut().toString())
            acts.addWidget(one)
        self.off = Button(_("Take off the list"), self.left.emit, kind="link")
        acts.addWidget(self.off)
        more = Button(_("Log a whole visit"), self.logged.emit, kind="link")
        ask = Button(_("Ask a specialist"), self.asked.emit, kind="link")
        file = Button(_("Client file"), self.opened.emit, kind="link")
        head = row(self.name, self._tier, self._group, None, ask, more, file, gap=10)
        told = row(self.channel, self.note, gap=8)
        told.setStretch(1, 1)
        pressed = QWidget()
        pressed.setLayout(acts)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        pressed.setSizePolicy(policy)
        self.setLayout(column(head, self._why, self.script, told, pressed, gap=8))

    def show_target(self, one: TargetRow | None, *, offers: bool, running: bool) -> None:
        """Show this client; what can't be noted now can't be pressed."""
        if self.row is None or one is None or self.row.client != one.client:
            self.note.clear()
            self.script.clear()
        self.row = one
        self.setVisible(one is not None)
        if one is None:
            return
        name = one.name if len(one.name) <= NAME else f"{one.name[: NAME - 1]}…"
        self.name.setText(f"{one.place}  {name}" if one.place else name)
        self.name.setToolTip(one.name)
        self._tier.say(names.tier(one.tier), tier_kind(one.tier))
        self._tier.setVisible(one.tier is not None)
        self._group.setText(words.value("group", one.group) if one.group else "")
        self._why.setText(words.why(one))
        free = running and one.code in ("", "later")
        self.off.setVisible(running and one.code not in ("out", "ended"))
        for outcome, button in self.buttons.items():
            button.setEnabled(free)
            button.setVisible(offers or outcome is not TouchOutcome.BOUGHT)

    def show_script(self, text: str) -> None:
        """Show what can be said, filled in for this client."""
        self.script.setText(text)
        self.script.setVisible(bool(text))

    def box(self) -> QComboBox:
        """Where the channel is chosen."""
        return self.channel
