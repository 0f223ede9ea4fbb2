"""The tour: five steps beside the controls that they tell of. Imported when somebody takes it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget
from shiboken6 import isValid

from rmdesk.services.guide.steps import Step, steps
from rmdesk.ui.kit.coach_mark import CoachMark
from rmdesk.ui.kit.theme import theme
from rmdesk.ui.shell.desk import WindowDesk
from rmdesk.ui.shell.window import Window

LOOK_MS, LOOKS = 60, 500  # how often, and how many times, to look whether the page is there
MOVES = (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Hide, QEvent.Type.Show)


def _entry(name: str) -> Callable[[Window], QWidget | None]:
    def find(window: Window) -> QWidget | None:
        return next((item for item in window.nav.items if item.route.name == name), None)

    return find


def _page(window: Window) -> QWidget | None:
    page = window.page()
    return None if page is None or page.stale or page.building or page.reading else page.pointed()


POINTS: dict[str, Callable[[Window], QWidget | None]] = {
    "today": _page,
    "visits": _entry("visits"),
    "imports": _entry("imports"),
    "search": lambda window: window.topbar.search,
    "status": lambda window: window.status,
}


class Tour(QObject):
    """Stands in the window until `ended`, which tells whether it was seen to its end or skipped (True), or taken
    away by a lock (False).
    """

    ended = Signal(bool)

    def __init__(self, desk: WindowDesk) -> None:
        super().__init__(desk)
        self.desk = desk
        self.window = desk.window
        self.at = 0
        self.steps: tuple[Step, ...] = steps()
        self.mark = CoachMark(self.window.frame)
        self.mark.onward.connect(lambda: self._go(1))
        self.mark.backward.connect(lambda: self._go(-1))
        self.mark.skipped.connect(self.skip)
        self._before: QWidget | None = QApplication.focusWidget()
        self._target: QWidget | None = None
        self._left = 0
        self._look = QTimer(self, singleShot=True, interval=LOOK_MS)
        self._look.timeout.connect(self._find)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._place)
        self.window.frame.installEventFilter(self)
        self.window.page_shown.connect(self._look_again)
        desk.rebuilt.connect(self._say)
        theme.changed.connect(self._soon.start)
        self._show()

    # What is pressed.

    def skip(self) -> None:
        """Enough."""
        self._end(True)

    def leave(self) -> None:
        """The desk is being closed; it was not seen to its end."""
        self._end(False)

    def _go(self, step: int) -> None:
        if self.at + step >= len(self.steps):
            self._end(True)
        elif self.at + step >= 0:
            self.at += step
            self._show()

    # Showing.

    def _show(self) -> None:
        """Show the step; one that tells of a page goes there first."""
        step = self.steps[self.at]
        places = self.desk.places()
        if step.page and (not places or places[-1].page != step.page):
            self.desk.go(step.page)
        self._say()
        self._find()
        if not isinstance(QApplication.focusWidget(), QLineEdit | QPlainTextEdit):
            self.mark.next.setFocus()  # nobody's typing is taken away

    def _say(self) -> None:
        step = self.steps[self.at]
        self.mark.say(self.at, len(self.steps), step.title.said, step.text.said)
        self._look_again()

    def _look_again(self) -> None:
        """Another page, or the same one made anew: what is pointed at may be there only in a while."""
        self._left = LOOKS
        self._soon.start()

    def _find(self) -> None:
        """Stand beside the control as soon as it is there."""
        self._left -= 1
        self._place()

    def _place(self) -> None:
        """Stand beside the control, or in the middle while it is looked for."""
        step, places = self.steps[self.at], self.desk.places()
        elsewhere = bool(step.page) and (not places or places[-1].page != step.page)
        found = None if elsewhere else POINTS[step.at](self.window)
        self._watch(found if found is not None and found.isVisible() else None)
        self.mark.stand(self._target)
        if self._target is not None:
            self._left = LOOKS  # should it go
        elif self._left > 0 and not elsewhere:
            self._look.start()

    def _watch(self, target: QWidget | None) -> None:
        if target is self._target:
            return
        if self._target is not None and isValid(self._target):
            self._target.removeEventFilter(self)
        self._target = target
        if target is not None:
            target.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in MOVES:
            self._soon.start()
        return False

    def _end(self, over: bool) -> None:
        self._look.stop()
        self._soon.stop()
        self._watch(None)
        self.window.frame.removeEventFilter(self)
        self.window.page_shown.disconnect(self._look_again)
        self.desk.rebuilt.disconnect(self._say)
        theme.changed.disconnect(self._soon.start)
        focus, before = QApplication.focusWidget(), self._before
        here = focus is not None and self.mark.isAncestorOf(focus)
        self.mark.take_away()
        if here and before is not None and isValid(before) and before.isVisible():
            before.setFocus()
        self.ended.emit(over)
        self.deleteLater()
