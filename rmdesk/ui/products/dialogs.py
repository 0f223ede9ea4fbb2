"""The forms of products: a card."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QPlainTextEdit

from rmdesk.base.text import _
from rmdesk.services.products.cards import CardRow
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.form import FormDialog
from rmdesk.ui.kit.theme import theme

if TYPE_CHECKING:
    from rmdesk.services.store.command import Command


class CardDialog(FormDialog):
    """What is to be known of a product, a line a point."""

    def __init__(self, desk: Desk, card: CardRow) -> None:
        super().__init__(desk, card.name, said=_("Card saved"))
        self.setMinimumWidth(560)
        self._code = card.code
        note = _("One point a line. No client's name belongs here: the team reads it.")
        for name, title, lines in (
            ("facts", _("Key facts"), 5), ("suits", _("Who it suits"), 3), ("talk", _("Talking points"), 4),
        ):  # fmt: skip
            editor = QPlainTextEdit()
            editor.setFixedHeight(theme.px(22 * lines + 12))
            editor.setTabChangesFocus(True)
            self.form.add(name, title, editor, note=note if name == "facts" else "", needed=name == "facts")
        self.form.fill(facts=card.facts, suits=card.suits, talk=card.talk)
        self.form.fields["facts"].editor.setFocus()

    def command(self) -> Command[Any]:
        from rmdesk.services.products.commands import WriteCard

        return WriteCard(self._code, **self.form.values())


def open_card(desk: Desk, card: CardRow) -> FormDialog:
    """Ask for the card of a product."""
    dialog = CardDialog(desk, card)
    dialog.open()
    return dialog
