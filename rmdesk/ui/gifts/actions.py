"""What can be done with a gift, by its state: the next step first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from rmdesk.base.text import N_
from rmdesk.models.kinds import ApprovalState, GiftState
from rmdesk.services.gifts.queries import GiftRow
from rmdesk.ui.gifts import dialogs
from rmdesk.ui.kit.desk import Desk

S = GiftState


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do with a gift; `name` is what tests and menus call it."""

    name: str
    text: str
    press: Callable[[], object]


_STEPS: dict[GiftState, tuple[str, ...]] = {
    S.IDEA: ("choose", "edit", "drop"),
    S.PLANNED: ("buy", "give", "ask", "edit", "drop"),
    S.AWAITING: ("decide", "withdraw", "give", "edit", "drop"),
    S.APPROVED: ("buy", "give", "edit", "revoke", "drop"),
    S.BOUGHT: ("give", "ask", "revoke", "return"),
    S.GIVEN: ("note", "decide", "return"),
    S.NOTED: ("note", "decide", "return"),
    S.DROPPED: (),
    S.RETURNED: (),
}
_TEXTS = {
    "choose": N_("Plan it"),
    "edit": N_("Edit"),
    "drop": N_("Give up"),
    "buy": N_("Bought…"),
    "give": N_("Given…"),
    "ask": N_("Ask for approval…"),
    "decide": N_("Decide…"),
    "withdraw": N_("Withdraw request"),
    "revoke": N_("Revoke approval…"),
    "return": N_("Returned…"),
    "note": N_("Note reaction…"),
}


def steps(desk: Desk, gift: GiftRow) -> tuple[Step, ...]:
    """What can be done with this gift now."""
    names = [name for name in _STEPS[gift.state] if _fits(name, gift)]
    return tuple(Step(name, _TEXTS[name], _press(desk, gift, name)) for name in names)


def _fits(name: str, gift: GiftRow) -> bool:
    answer = None if gift.approval is None else gift.approval.state
    if name in ("decide", "withdraw"):
        return answer is ApprovalState.ASKED
    if name == "revoke":
        return answer is ApprovalState.APPROVED
    return True


def _press(desk: Desk, gift: GiftRow, name: str) -> Callable[[], object]:
    if name == "edit":
        return partial(dialogs.open_gift, desk, gift=gift)
    if name in ("choose", "withdraw"):
        return partial(_perform, desk, gift, name)
    return partial(dialogs.open_step, desk, gift, name)


def _perform(desk: Desk, gift: GiftRow, name: str) -> None:
    from rmdesk.services.gifts.approvals import WithdrawRequest
    from rmdesk.services.gifts.commands import ChooseIdea

    if name == "choose":
        desk.perform(ChooseIdea(gift.id))
    elif gift.approval is not None:
        desk.perform(WithdrawRequest(gift.approval.id))
