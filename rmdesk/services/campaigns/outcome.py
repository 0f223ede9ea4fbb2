"""Reads what came of a campaign."""

from __future__ import annotations

from rmdesk.models.kinds import RecordId, TouchOutcome
from rmdesk.services.campaigns import rules
from rmdesk.services.campaigns.rows import Came
from rmdesk.services.campaigns.rules import Funnel
from rmdesk.services.segments import assets
from rmdesk.services.store.reads import Reads


def came_of(reads: Reads, campaign: RecordId) -> Came:
    """What came of a campaign so far; who was reached in any touch counts as reached."""
    currency = assets.portfolio_currency(reads)
    rates = assets.factors(reads, currency)
    targets = [row[0] for row in reads.rows(
        "SELECT client_id FROM campaign_target WHERE campaign_id = ? AND out_on IS NULL ORDER BY client_id", (campaign,)
    )]  # fmt: skip
    by: dict[TouchOutcome, set[int]] = {outcome: set() for outcome in TouchOutcome}
    touched: set[int] = set()
    sold, elsewhere, touches = 0.0, 0, 0
    for page in reads.pages(
        "SELECT client_id, outcome, amount_minor, currency FROM campaign_touch WHERE campaign_id = ?", (campaign,)
    ):
        for client, outcome, amount, coin in page:
            touches += 1
            touched.add(client)
            by[TouchOutcome(outcome)].add(client)
            if outcome == TouchOutcome.BOUGHT and amount is not None:
                if coin in rates:
                    sold += amount * rates[coin]
                else:
                    elsewhere += 1
    margin = reads.value("SELECT margin_bp FROM campaign WHERE id = ?", (campaign,))
    reached = set().union(*(by[outcome] for outcome in rules.SPOKEN))
    ends = (TouchOutcome.INTERESTED, TouchOutcome.DECLINED, TouchOutcome.BOUGHT)
    told = {outcome.value: tuple(sorted(by[outcome])) for outcome in ends}
    funnel = Funnel(len(touched), len(by[TouchOutcome.BOUGHT]), round(sold), margin)
    return Came(
        tuple(targets), tuple(sorted(touched)), tuple(sorted(reached)), **told, touches=touches, funnel=funnel,
        currency=currency, sold_elsewhere=elsewhere,
    )  # fmt: skip
