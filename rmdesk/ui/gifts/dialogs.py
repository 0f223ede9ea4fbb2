"""Opens the forms of gifts."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QDialog

from rmdesk.models.kinds import ClientId
from rmdesk.services.gifts.queries import GiftRow
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.opening import opened


def open_gift(desk: Desk, client: ClientId | None = None, **filled: Any) -> QDialog:
    """Plan a gift, or edit one; `filled` as in `GiftDialog`."""
    from rmdesk.ui.gifts.gift_dialog import GiftDialog

    return opened(GiftDialog(desk, client, **filled))


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
    return opened(dialog)
