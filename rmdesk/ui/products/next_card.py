"""The next product for a client: what, why in words, and whether it suits."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QLayout

from rmdesk.base.text import _
from rmdesk.services.products.suggesting import Suggested, Suggestion
from rmdesk.services.products.tables import kind_name
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.widgets import Button, Card, Chip, block, clear, column, label, row
from rmdesk.ui.products import words


class NextCard(Card):
    """Shows suggestions with their reasons; the name leads to the product's card."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("Next product"), "")
        self._desk = desk
        self._rows = column(gap=12)
        self.add(self._rows)

    def show_suggested(self, found: Suggested) -> None:
        """Show what to suggest, or why nothing."""
        clear(self._rows)
        if not found.items:
            text = _("Nothing stands out: those most like this client hold the same.")
            self._rows.addWidget(label(found.stop.said if found.stop else text, "note", wrap=True))
        for one in found.items:
            parts = column(*self._head(one), gap=4)
            for reason in one.reasons:
                parts.addWidget(label(reason.said, "small", wrap=True))
            if one.gate is not None:
                parts.addWidget(label(one.gate.whole, "note", wrap=True))
            self._rows.addWidget(block(parts))

    def _head(self, one: Suggestion) -> list[QLayout]:
        chips = [Chip(kind_name(one.kind), "opportunity")]
        if one.gate is not None:
            chips.append(Chip(*words.gate(one.gate)))
        if one.product is None:
            return [row(*chips, None)]
        press = partial(self._desk.go, "products", code=one.product)
        name = Button(one.product_name, press, kind="link")
        name.setProperty("flush", True)
        return [row(*chips, None), row(name, None)]
