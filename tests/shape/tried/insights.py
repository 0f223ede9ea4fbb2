"""The command of the Insights page."""

from __future__ import annotations

from rmdesk.models.kinds import Purpose
from rmdesk.services.insights.commands import ChangeWeights
from tests.shape.tried.trial import Case

CASES: dict[str, Case] = {
    "ChangeWeights": lambda trial: ChangeWeights(Purpose.MAINTAIN, {"C": 30.0, "R": 20.0}, "多联系久未见面的客户"),
}
