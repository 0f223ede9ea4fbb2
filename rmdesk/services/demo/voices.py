"""What the invented clients say of the bank: how their complaints went on, feedback, and answers on satisfaction."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from rmdesk.models.kinds import FeedbackKind
from rmdesk.services.demo.cast import Plan, shipped
from rmdesk.services.demo.dice import Dice
from rmdesk.services.demo.rows import Rows

CHANNELS = ("phone", "branch", "chat")


class Voices:
    """Writes them, after the complaints themselves."""

    def __init__(self, rows: Rows, day: date, seed: int) -> None:
        self._rows, self._day = rows, day
        self._dice = Dice(seed, "voices")
        self._texts: dict[str, Any] = shipped("texts")

    def write(self, plans: list[Plan]) -> None:
        """Everything about these clients."""
        for complaint in self._rows.of("complaint"):
            self._steps(complaint)
        for plan in plans:
            named = bool(plan.part) and plan.known != "stranger"
            if named or (plan.known == "familiar" and self._dice.chance(0.35)):
                self._answer(plan)
            if named or (plan.known != "stranger" and self._dice.chance(0.06)):
                self._feedback(plan)

    def _steps(self, complaint: dict[str, Any]) -> None:
        received = date.fromisoformat(complaint["received_on"])
        last = date.fromisoformat(complaint["closed_on"]) if complaint["closed_on"] else self._day - timedelta(1)
        steps = self._texts["complaint"]["steps"]
        for at, text in enumerate(steps if complaint["closed_on"] else steps[:2]):
            on = received + timedelta(1 + 2 * at)
            if on <= last:
                self._rows.add(
                    "complaint_step", id=self._dice.id(), complaint_id=complaint["id"], on=on,
                    who=self._texts["manager"], text=text,
                )  # fmt: skip

    def _answer(self, plan: Plan) -> None:
        csat = self._dice.weigh(((5, 4.0), (4, 4.0), (3, 1.0), (2, 0.5)))
        nps = min(10, 2 * csat - self._dice.between(0, 2)) if self._dice.chance(0.6) else None
        self._rows.add(
            "satisfaction", id=self._dice.id(), client_id=plan.id,
            on=self._day - timedelta(self._dice.between(10, 300)), csat=csat, nps=nps,
            channel=self._dice.pick(CHANNELS), note=None,
        )  # fmt: skip

    def _feedback(self, plan: Plan) -> None:
        kind = self._dice.pick((*FeedbackKind,))
        ago = self._dice.between(3, 200)
        text, reply = self._dice.pick(self._texts["feedback"][kind.value])
        answered = ago > 8
        self._rows.add(
            "feedback", id=self._dice.id(), client_id=plan.id, kind=kind.value, channel=self._dice.pick(CHANNELS),
            text=text, received_on=self._day - timedelta(ago), reply=reply if answered else None,
            replied_on=self._day - timedelta(ago - self._dice.between(1, 5)) if answered else None,
            valued=kind is FeedbackKind.SUGGESTION and answered,
        )  # fmt: skip
