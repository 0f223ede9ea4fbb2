"""What the manager noted of the invented clients as people: likes and taboos, consents, how they like to be reached."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

from rmdesk.services.demo.cast import Plan, shipped
from rmdesk.services.demo.dice import Dice
from rmdesk.services.demo.history import BLOCKS
from rmdesk.services.demo.rows import Rows

CHANNELS = (("chat", 40.0), ("phone", 30.0), ("branch", 15.0), ("at_client", 10.0), ("video", 5.0))
CHIPS = {"familiar": 0.95, "acquainted": 0.7, "stranger": 0.2}  # how likely something is noted
REACH = {"familiar": 0.8, "acquainted": 0.45, "stranger": 0.1}


class Reaches:
    """How clients like to be reached: columns of their row."""

    def __init__(self, day: date, seed: int) -> None:
        self._day, self._dice = day, Dice(seed, "reach")

    def of(self, plan: Plan) -> dict[str, Any]:
        """The desk's own columns of one client."""
        dice = self._dice
        channel, hours = dice.weigh(CHANNELS), dice.pick(shipped("texts")["profile"]["hours"])
        told, ago = dice.chance(REACH[plan.known]), dice.between(10, 420)
        if "reach" in plan.part:
            channel, hours, *since = plan.part["reach"]
            told, ago = True, since[0] if since else 40
        if not told:
            return {"preferred_channel": None, "preferred_hours": None, "kept": None}
        on = (self._day - timedelta(days=ago)).isoformat()
        kept = json.dumps({"preferred_channel": on, "preferred_hours": on})
        return {"preferred_channel": channel, "preferred_hours": hours, "kept": kept}


class Tastes:
    """Writes likes and taboos, consents, and blocks that were confirmed too long ago."""

    def __init__(self, rows: Rows, day: date, seed: int) -> None:
        self._rows, self._day = rows, day
        self._dice = Dice(seed, "tastes")
        self._texts: dict[str, Any] = shipped("texts")

    def write(self, plans: list[Plan]) -> None:
        """Those of these clients; after their history, as what is known already is not known twice."""
        known = {(row["client_id"], row["area"], row["tense"]) for row in self._rows.of("kyc_block")}
        consents = {row["id"]: row["marketing_consent"] for row in self._rows.of("client")}
        for plan in plans:
            self._chips(plan)
            self._consent(plan, consents[plan.id])
            if plan.kind == "person" and plan.known != "stranger":
                self._old_blocks(plan, known)

    def _chips(self, plan: Plan) -> None:
        dice, texts = self._dice, self._texts["profile"]
        told = dice.chance(CHIPS[plan.known])
        likes, taboos = dice.some(texts["likes"], dice.between(1, 4)), dice.some(texts["taboos"], dice.between(0, 2))
        likes, taboos = plan.part.get("chips", likes if told else ()), plan.part.get("no", taboos if told else ())
        ago = dice.between(5, 500)
        for taste, chips in (("like", likes), ("taboo", taboos)):
            for text in chips:
                self._rows.add(
                    "preference", id=dice.id(), client_id=plan.id, taste=taste, text=text,
                    noted_on=self._day - timedelta(days=40 if plan.part else ago), source=dice.pick(texts["sources"]),
                )  # fmt: skip

    def _consent(self, plan: Plan, consent: int | None) -> None:
        dice = self._dice
        if consent is None or not (dice.chance(0.5) or plan.part):
            return
        ago = dice.between(30, 700)
        self._consented(plan, "marketing", ago + 400 if consent == 0 else ago, given=True)
        if consent == 0:
            self._consented(plan, "marketing", ago, given=False)
        if plan.band == "high" and dice.chance(0.4):
            self._consented(plan, "specialist", dice.between(10, 300), given=True)

    def _consented(self, plan: Plan, kind: str, ago: int, *, given: bool) -> None:
        self._rows.add(
            "consent", id=self._dice.id(), client_id=plan.id, person_id=None, kind=kind, given=given,
            on=self._day - timedelta(days=ago), how=self._dice.pick(self._texts["profile"]["how"]), by=None,
        )  # fmt: skip

    def _old_blocks(self, plan: Plan, known: set[tuple[int, str, str]]) -> None:
        """Blocks past their time: they are shown and asked for anew, and do not count as known."""
        dice = self._dice
        free = [(area, tense) for area, tense in BLOCKS if (plan.id, area, tense) not in known]
        for area, tense in dice.some(free, dice.between(0, 2)):
            self._rows.add(
                "kyc_block", client_id=plan.id, area=area, tense=tense, text=dice.pick(self._texts["kyc"][area][tense]),
                confirmed_on=self._day - timedelta(days=dice.between(400, 900)),
            )  # fmt: skip
