"""The score as a receipt: a line for each rule with its points, input, date and reason; the lines add up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from rmdesk.base.text import _
from rmdesk.models.kinds import Channel
from rmdesk.services.care.rows import Receipt, ReceiptLine
from rmdesk.ui.care.receipt_line import LineView
from rmdesk.ui.kit import format
from rmdesk.ui.kit.widgets import Button, Figure, column, label, row, rule


class ReceiptView(QWidget):
    """Shows one receipt. `asked_what_if(channel)` asks for it as if the client were called today."""

    asked_what_if = Signal(object)
    asked_setting = Signal(str)
    asked_rule = Signal(str)

    def __init__(self, *, heading: bool = True) -> None:
        super().__init__()
        self._heading = heading
        self.lines: list[LineView] = []
        self._lines = column(gap=0)
        self._facts = label("", "note", wrap=True)
        self._sum = Figure("", bold=True)
        self._sum_text = label("", "strong")
        self._what_if = Button(_("What if I call today?"), self._ask, kind="small", icon="phone")
        self._answer = label("", "small", wrap=True)
        self._answer.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setLayout(
            column(
                self._lines,
                rule(),
                row(self._sum_text, None, self._sum),
                self._facts,
                row(self._what_if, self._answer, gap=12),
                gap=10,
            )
        )
        self.receipt: Receipt | None = None

    def steps(self, receipt: Receipt) -> list[Callable[[], object]]:
        """What makes the lines of a receipt that are missing, unseen, one in each step; then shows it."""
        lines = enumerate(receipt.lines[len(self.lines) :], len(self.lines))
        return [
            *(partial(self._prepare, at, line, receipt.day) for at, line in lines),
            partial(self.show_receipt, receipt),
        ]

    def show_receipt(self, receipt: Receipt) -> None:
        """Show the lines, their sum and what entered several lines."""
        self.receipt = receipt
        for _line in receipt.lines[len(self.lines) :]:
            self._add()
        for view in self.lines[len(receipt.lines) :]:
            view.hide()
        for view, line in zip(self.lines, receipt.lines, strict=False):
            view.show_line(line, receipt.day)
            view.show()
        if receipt.excluded is not None:
            self._sum_text.setText(receipt.excluded.said)
            self._sum.setText("")
        else:
            self._sum_text.setText(_("Total, out of 100"))
            self._sum.setText(format.decimal(receipt.score))
        self._facts.setText(" · ".join(fact.input.said for fact in receipt.facts))
        self._facts.setVisible(bool(receipt.facts))
        self._what_if.setVisible(receipt.excluded is None)
        self._answer.setText("")
        self.updateGeometry()

    def show_what_if(self, supposed: Receipt) -> None:
        """Say what would become of the score."""
        before = self.receipt.score if supposed.before is None and self.receipt else supposed.before
        self._answer.setText(
            _("After a call today: {before} → {after} points").format(
                before=format.decimal(before), after=format.decimal(supposed.score)
            )
        )

    def _ask(self) -> None:
        self.asked_what_if.emit(Channel.PHONE)

    def _prepare(self, at: int, line: ReceiptLine, day: date) -> None:
        if at == len(self.lines):
            self._add()
            self.lines[at].show_line(line, day)
            self.lines[at].heightForWidth(self.width())  # breaks its texts, as the layout will ask for

    def _add(self) -> None:
        made = LineView()
        made.hide()
        made.asked_setting.connect(self.asked_setting)
        made.asked_rule.connect(self.asked_rule)
        self.lines.append(made)
        self._lines.addWidget(made)
        made.ensurePolished()


class ReceiptPanel(QFrame):
    """A receipt on a quiet ground, under the row that it explains."""

    def __init__(self) -> None:
        super().__init__()
        self.view = ReceiptView()
        self.setProperty("role", "panel")
        box = column(self.view)
        box.setContentsMargins(44, 4, 16, 16)
        self.setLayout(box)
