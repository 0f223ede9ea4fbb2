"""A field for a day: typed in many ways, stepped by arrows, or picked from a month."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from rmdesk.base import clock
from rmdesk.base.errors import Refused
from rmdesk.base.text import N_, _
from rmdesk.ui.kit.icons import icon
from rmdesk.ui.kit.theme import theme
from rmdesk.ui.kit.typed_day import months_on, read

STEPS = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}
LEAPS = {Qt.Key.Key_PageUp: 1, Qt.Key.Key_PageDown: -1}
EDGES = 30  # pixels around day and button


class DayField(QLineEdit):
    """`day()` is the day, None when empty; Refused in words when it is none, or lies outside `earliest` to `latest`.

    Typed as 2026-11-30, 11-30, tomorrow or +3; arrows step by days, Page keys by months, F4 or Alt+Down opens a
    month. `chosen(day)` tells each new day, `understood(text)` what is wrong with what was typed, "" for nothing.
    """

    chosen = Signal(object)
    understood = Signal(str)

    def __init__(
        self, day: date | None = None, *, earliest: date | None = None, latest: date | None = None,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.earliest, self.latest = earliest, latest
        self._told = day
        self.setPlaceholderText(_("YYYY-MM-DD, 11-30, +3"))
        self._button = QAction(_("Choose a day"), self)
        self._button.triggered.connect(self.open_month)
        self.addAction(self._button, QLineEdit.ActionPosition.TrailingPosition)
        self.setToolTip(self.placeholderText())
        self._tint()
        theme.changed.connect(self._tint)
        self.editingFinished.connect(self.tidy)
        self.set_day(day)

    def minimumSizeHint(self) -> QSize:
        wide = self.fontMetrics().horizontalAdvance("0000-00-00") + theme.px(18) + EDGES
        return QSize(wide, super().minimumSizeHint().height())  # a day that is cut reads as another one

    def day(self) -> date | None:
        """The day that is typed; None when nothing is."""
        found = read(self.text(), clock.today())
        if found is not None and self.earliest is not None and found < self.earliest:
            raise Refused(N_("The day must not be before {day}."), code="too_early", day=self.earliest)
        if found is not None and self.latest is not None and found > self.latest:
            raise Refused(N_("The day must not be after {day}."), code="too_late", day=self.latest)
        return found

    def set_day(self, day: date | None) -> None:
        """Show a day, or nothing."""
        self.setText("" if day is None else day.isoformat())
        self._tell()

    def answer(self) -> date | None:
        """What a form reads out; as `day`."""
        return self.day()

    def take(self, value: date | None) -> None:
        """What a form fills in; as `set_day`."""
        self.set_day(value)

    def tidy(self) -> None:
        """Write what was understood as a whole date; say what is wrong otherwise."""
        try:
            day = self.day()
        except Refused as error:
            self.understood.emit(error.whole)
            return
        self.understood.emit("")
        self.set_day(day)

    def open_month(self) -> None:
        """Pick from a month."""
        from rmdesk.ui.kit.day_picker import DayPicker

        picker = DayPicker(self, self._known() or clock.today())
        picker.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        picker.picked.connect(self._picked)
        picker.show_below(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, alt = Qt.Key(event.key()), event.modifiers() & Qt.KeyboardModifier.AltModifier
        if key == Qt.Key.Key_F4 or (key == Qt.Key.Key_Down and alt):
            self.open_month()
        elif key in STEPS:
            self._step(timedelta(days=STEPS[key]))
        elif key in LEAPS:
            self.set_day(months_on(self._known() or clock.today(), LEAPS[key]))
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.tidy()

    def _step(self, by: timedelta) -> None:
        day = self._known()
        self.set_day(clock.today() if day is None else day + by)

    def _picked(self, day: date) -> None:
        self.set_day(day)
        self.tidy()
        self.setFocus()

    def _known(self) -> date | None:
        try:
            return read(self.text(), clock.today())
        except Refused:
            return None

    def _tell(self) -> None:
        day = self._known()
        if day != self._told:
            self._told = day
            self.chosen.emit(day)

    def _tint(self) -> None:
        self._button.setIcon(icon("calendar"))
