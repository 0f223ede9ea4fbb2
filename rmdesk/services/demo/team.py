"""What the team lead said of the manager's visits: approved ones, an example, one given back, and an addendum."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from rmdesk.base.record import replace
from rmdesk.models.kinds import VisitState, Word
from rmdesk.services.demo.cast import Plan, shipped
from rmdesk.services.demo.dice import Dice
from rmdesk.services.demo.rows import Rows
from rmdesk.services.store.sealed import content_hash
from rmdesk.services.team import seal

OLDEST, NEWEST = 40, 9  # days ago: what is fresher may still be edited
APPROVED = 5


class Words:
    """Writes reviews after the visits are as they stay; one chain for each client, as the lead would have written."""

    def __init__(self, rows: Rows, day: date, seed: int) -> None:
        self._rows, self._day = rows, day
        self._dice = Dice(seed, "team")
        self._texts: dict[str, Any] = shipped("texts")["review"]
        self._lead = str(shipped("gifts")["lead"])
        self._ends: dict[int, str] = {}

    def write(self, plans: list[Plan]) -> None:
        """Everything about these clients."""
        fit = {plan.id for plan in plans if plan.kind == "person" and plan.known == "familiar"}
        held = [
            visit for visit in self._rows.of("visit")
            if visit["client_id"] in fit and visit["state"] == VisitState.HELD and visit["two_way"]
            and OLDEST >= (self._day - date.fromisoformat(visit["on"])).days >= NEWEST
        ]  # fmt: skip
        chosen = sorted(self._dice.some(held, APPROVED + 2), key=lambda visit: (visit["on"], visit["id"]))
        if len(chosen) < APPROVED + 2:
            return
        *approved, exemplary, returned = chosen
        for visit, (comment, tag) in zip(approved, self._texts["approved"] * 2, strict=False):
            self._word(visit, Word.APPROVED, comment, tag)
        self._word(exemplary, Word.EXEMPLARY, **self._texts["exemplary"])
        self._word(returned, Word.RETURNED, **self._texts["returned"])
        on = date.fromisoformat(approved[0]["on"]) + timedelta(2)
        self._rows.add(
            "addendum", id=self._dice.id(), client_id=approved[0]["client_id"], entity="visit",
            entity_id=approved[0]["id"], text=self._texts["addendum"], by=shipped("texts")["manager"],
            at=f"{on.isoformat()}T01:30:00.000+00:00",
        )  # fmt: skip

    def _word(self, visit: dict[str, Any], word: Word, comment: str, tag: str) -> None:
        client = int(visit["client_id"])
        on = date.fromisoformat(visit["on"]) + timedelta(3)
        one = seal.Entry(
            (client, self._lead), self._dice.id(), "visit", visit["id"], word.value, comment, tag or None,
            self._lead, f"{on.isoformat()}T09:00:00.000+00:00", 0, content_hash("visit", visit),
            self._ends.get(client), "",
        )  # fmt: skip
        one = replace(one, hash=seal.hash_of(one))
        self._ends[client] = one.hash
        self._rows.add(
            "review", id=one.id, client_id=client, entity=one.entity, entity_id=one.entity_id, verdict=one.verdict,
            comment=one.comment, tag=one.tag, by=one.by, at=one.at, rev_reviewed=0, content_hash=one.content_hash,
            before_hash=one.before_hash, hash=one.hash,
        )  # fmt: skip
