"""What is read of campaigns."""

from __future__ import annotations

from datetime import date

from rmdesk.base.record import record
from rmdesk.base.text import Phrase
from rmdesk.models.kinds import CampaignState, ClientId, Purpose, RecordId, Tier, TouchOutcome
from rmdesk.services.campaigns.conditions import Condition
from rmdesk.services.campaigns.rules import Funnel


@record
class CampaignRow:
    """A campaign in the list. `product` is the bank's code, `product_name` empty without one."""

    id: RecordId
    name: str
    purpose: Purpose
    product: str | None
    product_name: str
    state: CampaignState
    starts_on: date
    ends_on: date | None
    conditions: tuple[Condition, ...]
    with_open: bool
    script: str
    margin_bp: int | None
    note: str
    targets: int
    touched: int
    bought: int


@record
class Came:
    """What came of a campaign: the clients of each step, so that every figure leads to them, and the funnel.

    `sold_elsewhere`: amounts in another currency than the portfolio's without a rate, which are left out.
    """

    targets: tuple[int, ...]
    touched: tuple[int, ...]
    reached: tuple[int, ...]
    interested: tuple[int, ...]
    declined: tuple[int, ...]
    bought: tuple[int, ...]
    touches: int
    funnel: Funnel
    currency: str
    sold_elsewhere: int = 0


@record
class TargetRow:
    """A client on the list. `place` in the order to call, from 1; None: not now, and `why` says the reason.

    `points` with their `lines` (words, points) put the client at this place; `again_on` is when to call again.
    """

    client: ClientId
    number: str | None
    name: str
    tier: Tier | None
    group: str | None
    place: int | None
    why: Phrase | None
    code: str  # of the reason: ended, later, out, touches, a status ...
    points: float
    lines: tuple[tuple[str, float], ...]
    tries: int
    last: TouchOutcome | None
    last_on: date | None
    again_on: date | None
    sold_minor: int | None
    currency: str


@record
class TouchRow:
    """One touch, as a client's file lists it; the amount sold in minor units of its currency."""

    id: RecordId
    campaign: RecordId
    campaign_name: str
    client: ClientId
    on: date
    channel: str
    outcome: TouchOutcome
    amount_minor: int | None
    currency: str
    note: str
    visit: RecordId | None
