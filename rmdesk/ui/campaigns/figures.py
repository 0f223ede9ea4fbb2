"""What a campaign brought, as one line: traffic x conversion x ticket x margin = profit."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QWidget

from rmdesk.base.text import _
from rmdesk.services.campaigns.rows import Came
from rmdesk.ui.kit import format
from rmdesk.ui.kit.widgets import Button, Figure, clear, column, label, row


class FunnelLine(QWidget):
    """`asked(clients, name)`: show the clients a figure is made of."""

    asked = Signal(tuple, str)

    def __init__(self) -> None:
        super().__init__()
        self._formula = row(gap=10)
        self._steps = row(gap=12)
        self.setLayout(column(self._formula, self._steps, gap=4))

    def show_came(self, came: Came, offers: bool) -> None:
        """Show the figures; a campaign that offers nothing has steps alone."""
        clear(self._formula)
        clear(self._steps)
        told, money = came.funnel, came.currency
        if offers:
            parts = (
                (_("Traffic"), format.whole(told.traffic)),
                (_("Conversion"), format.percent(told.conversion, 1)),
                (_("Ticket"), _money(told.ticket_minor, money)),
                (_("Margin"), format.percent(told.margin, 2)),
                (_("Profit"), _money(told.profit_minor, money)),
            )
            for at, (name, figure) in enumerate(parts):
                if at:
                    self._formula.addWidget(_sign("=" if at == len(parts) - 1 else "×"))
                self._formula.addLayout(
                    column(label(name, "note"), Figure(figure, size=20, bold=True, left=True), gap=0)
                )
            self._formula.addStretch(1)
        steps = (
            (_("On the list"), came.targets), (_("Touched"), came.touched), (_("Reached"), came.reached),
            (_("Interested"), came.interested), (_("Declined"), came.declined),
            *(((_("Sale made"), came.bought),) if offers else ()),
        )  # fmt: skip
        for name, clients in steps:
            press = partial(self.asked.emit, clients, name)
            self._steps.addWidget(label(name, "note"))
            self._steps.addWidget(Button(format.whole(len(clients)), press, kind="link"))
        if came.sold_elsewhere:
            self._steps.addWidget(label(_("{count} in other currencies").format(count=came.sold_elsewhere), "note"))
        self._steps.addStretch(1)


def _money(minor: float | None, currency: str) -> str:
    return format.UNKNOWN if minor is None else format.short_amount(round(minor), currency)


def _sign(text: str) -> QLabel:
    return label(text, "soft")
