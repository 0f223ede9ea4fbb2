"""What invented visits brought to light: moods, needs and signals, next steps that became tasks, late entries."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from rmdesk.models.kinds import Channel, TaskState, VisitState
from rmdesk.services.demo.cast import Plan, shipped
from rmdesk.services.demo.dice import Dice
from rmdesk.services.demo.rows import Rows

FACE = frozenset({Channel.AT_CLIENT.value, Channel.BRANCH.value, Channel.EVENT.value, Channel.VIDEO.value})
STEPS_SINCE, LATE_SHARE, STEP_SHARE = 45, 0.04, 0.35  # days; shares of the visits
OWN_TASKS = 3
MORE = ("mood", "found", "next_step", "next_on", "reason", "place", "participants")


class Findings:
    """Adds to the visits that are there; who was met, and when, stays."""

    def __init__(self, rows: Rows, day: date, seed: int) -> None:
        self._rows, self._day = rows, day
        self._dice = Dice(seed, "findings")
        self._texts: dict[str, Any] = shipped("texts")["visit"]

    def write(self, plans: list[Plan]) -> None:
        """Everything about these clients."""
        people = {plan.id for plan in plans if plan.kind == "person"}
        for visit in self._rows.take("visit"):
            more = dict.fromkeys(MORE) | self._of(visit, person=visit["client_id"] in people)
            self._rows.add("visit", **{**visit, **more})
            if more["next_step"] is not None and more["next_on"] is not None:
                self._task(visit, str(more["next_step"]), date.fromisoformat(str(more["next_on"])))
        for text in self._dice.some(self._texts["own_tasks"], OWN_TASKS):
            self._add_task(None, None, text, self._day - timedelta(3), self._day + timedelta(self._dice.between(0, 6)))

    def _of(self, visit: dict[str, Any], *, person: bool) -> dict[str, Any]:
        dice, state = self._dice, visit["state"]
        if state in (VisitState.CANCELLED, VisitState.POSTPONED):
            return {"reason": dice.pick(self._texts["reasons"])}
        if state == VisitState.PLANNED:
            at_client = visit["channel"] == Channel.AT_CLIENT
            return {"place": dice.pick(self._texts["places"][0 if person else 1]) if at_client else None}
        if not visit["two_way"]:
            return {}
        found: dict[str, Any] = {}
        if visit["channel"] in FACE:
            found["mood"] = dice.weigh((("pleased", 5.0), ("calm", 4.0), ("unhappy", 1.0)))
        chips = [chip for word, chip in self._texts["findings"].items() if word in (visit["content"] or "")]
        if chips:
            found["found"] = _found(chips)
        on = date.fromisoformat(visit["on"])
        if (self._day - on).days <= STEPS_SINCE and visit["channel"] in FACE and dice.chance(STEP_SHARE):
            found["next_step"] = dice.pick(self._texts["steps"])
            found["next_on"] = (on + timedelta(days=dice.between(4, 30))).isoformat()
        if dice.chance(LATE_SHARE) and on < self._day - timedelta(8):
            later = datetime.fromisoformat(visit["entered_at"]) + timedelta(days=dice.between(2, 5))
            found["entered_at"] = later.isoformat(timespec="milliseconds")
        return found

    def _task(self, visit: dict[str, Any], text: str, due: date) -> None:
        self._add_task(visit["client_id"], visit["id"], text, date.fromisoformat(visit["on"]), due)

    def _add_task(self, client: int | None, visit: str | None, text: str, made: date, due: date) -> None:
        done = due < self._day - timedelta(days=2)
        self._rows.add(
            "task", id=self._dice.id(), client_id=client, visit_id=visit, text=text, made_on=made, due_on=due,
            state=(TaskState.DONE if done else TaskState.OPEN).value, closed_on=due if done else None,
        )  # fmt: skip


def _found(chips: list[str]) -> str:
    """As the model keeps them: a chip that begins with an exclamation mark is a signal, others are needs."""
    import json

    said = [{"kind": "signal" if chip[0] == "!" else "need", "text": chip.lstrip("!")} for chip in chips]
    return json.dumps(said, ensure_ascii=False, sort_keys=True)
