"""How the states of gifts are called, what a gift may be tied to, and how it was received."""

from __future__ import annotations

from rmdesk.base.text import N_
from rmdesk.models.kinds import GiftState, TiedTo

STATES: dict[GiftState, str] = {
    GiftState.IDEA: N_("Idea"),
    GiftState.PLANNED: N_("Planned"),
    GiftState.AWAITING: N_("With the lead"),
    GiftState.APPROVED: N_("Approved"),
    GiftState.BOUGHT: N_("Bought"),
    GiftState.GIVEN: N_("Given"),
    GiftState.NOTED: N_("Given"),
    GiftState.DROPPED: N_("Given up"),
    GiftState.RETURNED: N_("Returned"),
}
TIES: dict[TiedTo, str] = {
    TiedTo.DEPOSIT: N_("To a deposit"),
    TiedTo.SALE: N_("To a product sale"),
    TiedTo.NEW_MONEY: N_("To new money"),
}
LIKINGS = {5: N_("Delighted"), 4: N_("Liked it"), 3: N_("Polite"), 2: N_("Cool"), 1: N_("Not at all")}
