"""Opens the forms of gifts."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog

from rmdesk.models.kinds import ClientId
from rmdesk.services.gifts.queries import GiftRow
from rmdesk.ui.kit.desk import Desk


def open_gift(
    desk: Desk,
    client: ClientId | None = None,
    gift: GiftRow | None = None,
    occasion: str | None = None,
    feedback: str | None = None,
    title: str = "",
) -> QDialog:
    """Plan a gift, or edit one. `occasion` is the id of a record, its title, or kind and day as `birthday 2026-11-30`;
    `feedback` is the suggestion it thanks for, `title` what it may be."""
    from rmdesk.ui.gifts.gift_dialog import GiftDialog

    return _opened(GiftDialog(desk, client, gift, occasion, feedback, title))


def open_step(desk: Desk, gift: GiftRow, step: str) -> QDialog:
    """The question of a step: buy, give, note, return, drop, ask, decide, revoke."""
    from rmdesk.ui.gifts import steps

    kinds: dict[str, type[steps.StepDialog]] = {
        "buy": steps.BuyDialog,
        "give": steps.GiveDialog,
        "note": steps.ReactionDialog,
        "return": steps.ReturnDialog,
        "drop": steps.DropDialog,
        "ask": steps.AskDialog,
        "decide": steps.DecideDialog,
        "revoke": steps.RevokeDialog,
    }
    dialog = kinds[step](desk, gift)  # type: ignore[call-arg]
    return _opened(dialog)


def _opened(dialog: QDialog) -> QDialog:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog
