"""Every command with an inverse, ready to be tried on the demo portfolio: CASES has one entry for each."""

from tests.shape.tried import (
    around,
    campaigns,
    churn,
    clients,
    clubs,
    following,
    gatherings,
    groups,
    insights,
    products,
    records,
    team,
    visits,
)
from tests.shape.tried.trial import Case

CASES: dict[str, Case] = (
    clients.CASES
    | visits.CASES
    | records.CASES
    | following.CASES
    | around.CASES
    | team.CASES
    | churn.CASES
    | campaigns.CASES
    | products.CASES
    | groups.CASES
    | gatherings.CASES
    | clubs.CASES
    | insights.CASES
)
