"""Maturities of the portfolio: the ladder of the next months, and the list behind the month that is chosen."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from rmdesk.base.text import _
from rmdesk.services.products.maturities import Found, Ladder
from rmdesk.ui.kit import format
from rmdesk.ui.kit.as_table import AsTable
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.swatch import Swatch
from rmdesk.ui.kit.widgets import column, label, row
from rmdesk.ui.products.ladder_chart import PARTS, LadderChart
from rmdesk.ui.products.maturity_list import MaturityList


class MaturitiesView(QWidget):
    """`chart.chosen` asks for a month; the page reads it and gives it to `show_month`."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.said = label("", "strong", wrap=True)
        legend = row(None, *(row(Swatch(token), label(_(text), "small"), gap=5) for _s, token, text in PARTS), gap=12)
        head = row(self.said, gap=12)
        head.addLayout(legend)
        head.setStretch(0, 1)
        self.chart = LadderChart()
        self.told = AsTable(self.chart, self.chart.facts)
        head.addWidget(self.told.toggle)
        self.month = label("", "heading")
        self.note = label("", "note")
        self.list = MaturityList(desk)
        whole = column(head, self.told, row(self.month, self.note, None, gap=10), self.list, gap=10)
        whole.setStretch(3, 1)
        self.setLayout(whole)

    def show_ladder(self, ladder: Ladder) -> None:
        """Show the months."""
        self.chart.show_ladder(ladder)
        self.told.refresh()
        text = _("{amount} matures in {months} months; {open} of it is not decided.")
        self.said.setText(
            text.format(
                amount=format.short_amount(ladder.amount_minor, ladder.currency, sign=True),
                months=len(ladder.rungs),
                open=format.short_amount(ladder.undecided_minor, ladder.currency, sign=True),
            )
        )

    def show_month(self, found: Found) -> None:
        """Show what matures in the month that is chosen."""
        ladder = self.chart.ladder
        if ladder is None or not ladder.rungs:
            return
        rung = ladder.rungs[self.chart.at]
        self.month.setText(
            _("{month} {year}").format(month=format.month_name(rung.month % 12 + 1), year=rung.month // 12)
        )
        notes = [_("{count} holdings").format(count=format.whole(found.count))]
        if rung.unknown:
            notes.append(_("at least: {count} without an amount").format(count=rung.unknown))
        if len(found.rows) < found.count:
            notes.append(_("the nearest {shown} are shown").format(shown=format.whole(len(found.rows))))
        self.note.setText(" · ".join(notes))
        self.list.show_found(found)
