"""Commands on products."""

from __future__ import annotations

from rmdesk.services.products.commands import RemoveCard, WriteCard
from tests.shape.tried.trial import Case

CASES: dict[str, Case] = {
    "WriteCard": lambda trial: WriteCard("XT24", "起点 100 万元", "传承需求", "先谈家庭"),
    "RemoveCard": lambda trial: RemoveCard("DT12"),
}
