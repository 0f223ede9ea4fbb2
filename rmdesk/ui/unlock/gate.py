"""What stands in front of the data: a quiet sheet in the middle of the window."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QLayout, QVBoxLayout, QWidget

from rmdesk.base.errors import Known
from rmdesk.base.record import record
from rmdesk.base.text import _, plural
from rmdesk.ui.kit.icons import pixmap
from rmdesk.ui.kit.scroller import scroller
from rmdesk.ui.kit.theme import theme
from rmdesk.ui.kit.widgets import Button, clear, column, label, row
from rmdesk.ui.unlock import reasons
from rmdesk.ui.unlock.reasons import Reason

WIDTH = 460


@record
class Locked:
    """Why the desk is locked (a Reason), since when (UTC), after how many idle minutes, and how many records wait."""

    reason: Reason
    at: datetime
    minutes: int = 0
    waiting: int = 0


class Gate(QWidget):
    """Brand, a sheet to fill (`sheet`), and the language at the foot. `language_wanted` asks for the other one."""

    language_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._card = QFrame()
        self._card.setProperty("role", "card")
        self._card.setFixedWidth(theme.px(WIDTH))
        self.sheet = QVBoxLayout(self._card)
        self.sheet.setContentsMargins(32, 32, 32, 32)
        self.sheet.setSpacing(16)
        brand = label("rmdesk", "brand")
        self._motto = label(_("Your clients, on this computer only"), "ground-note")
        self._language = Button(_("中文 / English"), self.language_wanted.emit, kind="link")
        self._locked: Locked | None = None
        self._why: QLabel | None = None
        self._since: QLabel | None = None
        middle = column(
            None,
            row(None, brand, None),
            row(None, self._motto, None),
            20,
            row(None, self._card, None),
            16,
            row(None, self._language, None),
            None,
            gap=2,
        )
        whole = QWidget()
        whole.setLayout(middle)
        self.setLayout(column(scroller(whole)))
        self.error = label("", "error", wrap=True)
        self.error.hide()

    def begin(self, icon: str, title: str, note: str = "") -> None:
        """Empty the sheet and write its head."""
        self.error.setParent(self)
        self.error.hide()
        clear(self.sheet)
        picture = QLabel()
        picture.setPixmap(pixmap(icon, "accent", 32, self.devicePixelRatioF()))
        self.sheet.addWidget(picture)
        self.sheet.addWidget(label(title, "title", wrap=True))
        self._why = self._since = None
        if note:
            self.sheet.addWidget(label(note, "soft", wrap=True))
        else:
            self._why, self._since = label("", "soft", wrap=True), label("", "note", wrap=True)
            told = column(self._why, self._since, gap=2)
            self.sheet.addLayout(told)
            self._show_locked()

    def add(self, part: QWidget | QLayout) -> None:
        """Add to the sheet."""
        if isinstance(part, QLayout):
            self.sheet.addLayout(part)
        else:
            self.sheet.addWidget(part)

    def tell_locked(self, locked: Locked) -> None:
        """Say why the desk is locked, since when, and what still waits for the hub; never about whom."""
        self._locked = locked
        self._show_locked()

    def _show_locked(self) -> None:
        locked, why, since = self._locked, self._why, self._since
        if why is None or since is None:
            return
        why.setVisible(locked is not None)
        since.setVisible(locked is not None)
        if locked is None:
            return
        why.setText(reasons.said(locked.reason, locked.minutes))
        told = [_("Locked at {time}").format(time=f"{locked.at.astimezone():%H:%M}")]
        if locked.waiting:
            waits = plural("{count} record waits to be uploaded", "{count} records wait to be uploaded", locked.waiting)
            told.append(waits)
        since.setText(" · ".join(told))

    def fail(self, error: BaseException) -> None:
        """Say what went wrong and what to do."""
        if isinstance(error, Known):
            self.error.setText(f"{error.said}\n{error.advice}".strip())
        else:
            self.error.setText(_("rmdesk made a mistake. Your data is safe."))
        self.error.show()
