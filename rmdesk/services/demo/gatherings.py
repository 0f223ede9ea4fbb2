"""Events of the demo portfolio: some that have been, with guests who came and what followed, some ahead."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from rmdesk.models.kinds import Channel, GatheringState, Reply, TaskState, VisitState
from rmdesk.services.demo.cast import Plan, shipped
from rmdesk.services.demo.dice import Dice
from rmdesk.services.demo.rows import Rows
from rmdesk.services.gatherings.tables import kinds

QUIET = {"deceased", "no_contact", "closed", "incomplete", "no_consent"}
FEN = 100
ASKED_BEFORE = 18  # days before an event


class Gatherings:
    """Writes them, with the visits of who came and the tasks that follow."""

    def __init__(self, rows: Rows, day: date, seed: int) -> None:
        self._rows, self._day = rows, day
        self._dice = Dice(seed, "gatherings")
        self._texts: dict[str, Any] = shipped("gatherings")
        self._met = {(row["client_id"], row["on"]) for row in rows.of("visit")}

    def write(self, plans: list[Plan]) -> None:
        """The events for these clients."""
        free = [plan for plan in plans if plan.kind == "person" and plan.turn not in QUIET and not plan.part]
        for entry in self._texts["event"]:
            able = [plan for plan in free if self._fits(plan, entry["band"])]
            self._event(entry, self._dice.some(able, entry["asked"]))

    def _fits(self, plan: Plan, band: str) -> bool:
        if band == "top":
            return plan.tier == "T5"
        return plan.band == band and plan.known != "stranger" and plan.turn != "loyal"

    def _event(self, entry: dict[str, Any], guests: list[Plan]) -> None:
        on = self._day - timedelta(days=entry["ago"])
        kind = kinds()[entry["kind"]]
        cancelled = entry.get("cancelled")
        held = on < self._day - timedelta(days=5) and not cancelled
        state = GatheringState.CANCELLED if cancelled else GatheringState.HELD if held else GatheringState.PLANNED
        yuan = entry.get("yuan")
        asked = min(self._day - timedelta(days=2), on - timedelta(days=ASKED_BEFORE))
        row = {
            "id": self._dice.id(), "kind": kind.code, "title": entry["title"], "on": on, "at": entry.get("at"),
            "minutes": kind.minutes, "place": entry.get("place"), "club": entry.get("club"),
            "seats": entry.get("seats"), "state": state.value, "cost_minor": None if yuan is None else yuan * FEN,
            "currency": None if yuan is None else "CNY", "guests": entry.get("guests"), "note": None,
            "lesson": entry.get("lesson") if held else None, "reason": cancelled,
            "entered_at": f"{asked - timedelta(days=6)}T02:00:00.000+00:00",
        }  # fmt: skip
        self._rows.add("gathering", **row)
        for at, plan in enumerate(guests):
            self._guest(row, plan, asked, at, held=held)

    def _guest(self, event: dict[str, Any], plan: Plan, asked: date, at: int, *, held: bool) -> None:
        dice, on = self._dice, event["on"]
        invited = held or event["state"] != GatheringState.PLANNED.value or at % 4 != 3
        reply = dice.weigh(((Reply.YES, 5.0), (Reply.NO, 2.0), (Reply.MAYBE, 1.0), (None, 2.0))) if invited else None
        came = (reply is Reply.YES and dice.chance(0.85)) or (reply is Reply.MAYBE and dice.chance(0.4))
        visit = self._visit(event, plan, asked) if held and came else None
        task = self._task(plan, on, visit) if visit is not None and dice.chance(0.4) else None
        note = dice.pick(self._texts["notes"]["list"]) if reply is not None and dice.chance(0.2) else None
        self._rows.add(
            "invitation", id=dice.id(), client_id=plan.id, gathering_id=event["id"], title=event["title"], on=on,
            invited_on=asked if invited else None,
            channel=dice.pick((Channel.CHAT.value, Channel.PHONE.value)) if invited else None,
            reply=None if reply is None else reply.value, replied_on=asked if reply is not None else None,
            companions=1 if reply is Reply.YES and dice.chance(0.25) else None, came=came if held else None,
            visit_id=visit, task_id=task, note=note,
        )  # fmt: skip

    def _visit(self, event: dict[str, Any], plan: Plan, asked: date) -> str | None:
        on: date = event["on"]
        if (plan.id, on.isoformat()) in self._met or plan.gap is None or plan.gap > (self._day - on).days:
            return None  # the last contact stays where the client's story has it
        number = self._dice.id()
        self._rows.add(
            "visit", id=number, client_id=plan.id, state=VisitState.HELD.value, channel=Channel.EVENT.value, on=on,
            at=event["at"], minutes=event["minutes"], two_way=True, inbound=False, marketing=False,
            purpose=event["title"], content=event["title"], place=event["place"],
            entered_at=f"{on}T09:30:00.000+00:00",
        )  # fmt: skip
        return number

    def _task(self, plan: Plan, on: date, visit: str) -> str:
        number, due = self._dice.id(), on + timedelta(days=7)
        done = due < self._day
        self._rows.add(
            "task", id=number, client_id=plan.id, visit_id=visit, text=self._dice.pick(self._texts["notes"]["follow"]),
            made_on=on, due_on=due, state=(TaskState.DONE if done else TaskState.OPEN).value,
            closed_on=due if done else None,
        )  # fmt: skip
        return number
