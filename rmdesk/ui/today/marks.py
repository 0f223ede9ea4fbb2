"""What stands under the list: who was dealt with today, and in a quiet line who is put off."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from rmdesk.base.text import _, plural
from rmdesk.models.kinds import CareMarkKind
from rmdesk.services.care.rows import MarkRow
from rmdesk.ui.kit import format
from rmdesk.ui.kit.widgets import Button, column, label, row, rule

TakeBack = Callable[[MarkRow], object]


class DealtWith(QWidget):
    """The clients that were marked done today, each with a way back."""

    def __init__(self, marks: Sequence[MarkRow], take_back: TakeBack) -> None:
        super().__init__()
        head = row(label(_("Dealt with today"), "strong"), label(str(len(marks)), "note"), None)
        head.setContentsMargins(8, 18, 0, 6)
        box = column(gap=0)
        box.addLayout(head)
        for mark in marks:
            box.addWidget(_line(mark, _("done"), _back(mark, _("Put back"), take_back)))
            box.addWidget(rule())
        self.setLayout(box)


class PutOff(QWidget):
    """How many are put off; their names, days and reasons when one asks."""

    def __init__(self, marks: Sequence[MarkRow], take_back: TakeBack, *, shown: bool) -> None:
        super().__init__()
        self.toggle = Button("", self._toggle, kind="link")
        count = label(plural("{count} put off", "{count} put off", len(marks)), "note")
        head = row(count, self.toggle, None, gap=10)
        head.setContentsMargins(8, 14, 0, 6)
        self.lines = QWidget()
        box = column(gap=0)
        self.backs = []
        for mark in sorted(marks, key=lambda mark: (mark.until is None, mark.until)):
            self.backs.append(_back(mark, _("Put back"), take_back))
            box.addWidget(_line(mark, _until(mark), self.backs[-1]))
            box.addWidget(rule())
        self.lines.setLayout(box)
        whole = column(gap=0)
        whole.addLayout(head)
        whole.addWidget(self.lines)
        self.setLayout(whole)
        self._show(shown)

    @property
    def shown(self) -> bool:
        """Whether the names are shown."""
        return not self.lines.isHidden()

    def _toggle(self) -> None:
        self._show(not self.shown)

    def _show(self, on: bool) -> None:
        self.lines.setVisible(on)
        self.toggle.setText(_("Hide") if on else _("Show"))
        self.toggle.setAccessibleName(_("Hide who is put off") if on else _("Show who is put off"))


def split(marks: Sequence[MarkRow]) -> tuple[list[MarkRow], list[MarkRow]]:
    """Those who are done, and those who are put off."""
    done = [mark for mark in marks if mark.kind is CareMarkKind.DONE]
    return done, [mark for mark in marks if mark.kind is not CareMarkKind.DONE]


def _back(mark: MarkRow, said: str, take_back: TakeBack) -> Button:
    button = Button(said, partial(take_back, mark), kind="link")
    button.setAccessibleName(_("Put {name} back on the list").format(name=mark.name))
    return button


def _line(mark: MarkRow, said: str, back: Button) -> QWidget:
    made = QWidget()
    parts = row(label(mark.name, "soft"), label(said, "note"), None, back, gap=10)
    parts.setContentsMargins(40, 6, 12, 6)
    made.setLayout(parts)
    return made


def _until(mark: MarkRow) -> str:
    until = _("until {day}").format(day=format.short_day(mark.until))
    return f"{until} · {mark.reason}" if mark.reason else until
