"""Money, Authority, Need with what the data hint at, the range that is left, and the question for the next visit."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLayout, QWidget

from rmdesk.base.text import N_, _
from rmdesk.models.kinds import Answer
from rmdesk.services.strategy.man import Letter, ManFile
from rmdesk.ui.kit import format
from rmdesk.ui.kit.widgets import Button, Card, Chip, block, clear, column, label, row, rule

NAMES = {"M": N_("Money"), "A": N_("Authority"), "N": N_("Need")}
ANSWERS = {Answer.YES: (N_("Yes"), "good"), Answer.NO: (N_("No"), "risk"), None: (N_("Unknown"), "plain")}


class MansCard(Card):
    """`answered(letter, answer)` confirms or takes back, `asked(letter)` puts a question to the next visit."""

    answered = Signal(str, object)
    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__(_("MAN"), _("Money, Authority, Need"))
        self.found: ManFile | None = None
        self.hints: dict[str, Button] = {}
        self.ask: Button | None = None
        self._lines = column(gap=10)
        self.add(self._lines)

    def show_man(self, found: ManFile) -> None:
        """Show how the client stands."""
        self.found = found
        self.hints.clear()
        clear(self._lines)
        lines: list[QLayout | QWidget] = [self._range(found), rule()]
        lines += [self._letter(one) for one in found.letters]
        if found.ask is not None:
            lines += [rule(), self._next(found, found.ask)]
        self._lines.addWidget(block(*lines, gap=10))

    def _range(self, found: ManFile) -> QLayout:
        said = (
            str(found.low) if found.low == found.high else _("{low} to {high}").format(low=found.low, high=found.high)
        )
        chip = Chip(_("develop first"), "good") if found.easy else Chip(_("to be asked"), "occasion")
        if found.low > found.develop_first:
            chip = Chip(_("hard for now"), "risk")
        return row(label(_("Difficulty to develop"), "field"), label(said, "figure"), chip, None, gap=10)

    def _letter(self, one: Letter) -> QLayout:
        text, kind = ANSWERS[one.answer]
        day = format.short_day(one.answered_on) if one.answered_on else ""
        head = row(label(one.letter, "strong"), label(_(NAMES[one.letter])), Chip(_(text), kind), label(day, "note"),
                   None, gap=8)  # fmt: skip
        for answer in (Answer.YES, Answer.NO, None):
            if answer is not one.answer:
                button = Button(_(ANSWERS[answer][0]), partial(self.answered.emit, one.letter, answer), kind="link")
                button.setAccessibleName(f"{_(NAMES[one.letter])}: {_(ANSWERS[answer][0])}")
                head.addWidget(button)
        lines: list[QLayout | QWidget] = [head]
        if one.hints and one.answer is None:
            told = "; ".join(hint.said for hint in one.hints)
            confirm = self.hints[one.letter] = Button(
                _("It is so"), partial(self.answered.emit, one.letter, Answer.YES), kind="small"
            )
            line = row(label(_("Hint: {told}").format(told=told), "note", wrap=True), confirm, gap=8)
            line.setStretch(0, 1)
            lines.append(line)
        return column(*lines, gap=4)

    def _next(self, found: ManFile, letter: Letter) -> QLayout:
        line = row(label(letter.question.said, wrap=True), gap=8)
        line.setStretch(0, 1)
        self.ask = None
        if found.asked:
            line.addWidget(Chip(_("on the list"), "good"))
        else:
            self.ask = Button(_("Ask at the next visit"), partial(self.asked.emit, letter.letter), kind="small")
            line.addWidget(self.ask)
        where = (
            _("goes into the plan of {day}").format(day=format.short_day(found.planned_on))
            if found.planned_on
            else _("no visit is planned: becomes a task, and stands in the brief")
        )
        return column(label(_("The question that is open"), "field"), line, label(where, "note", wrap=True), gap=4)
