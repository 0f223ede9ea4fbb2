"""The journals of the invented manager, and the playbook cards made of them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from rmdesk.services.demo.cast import Plan, shipped
from rmdesk.services.demo.dice import Dice
from rmdesk.services.demo.rows import Rows

OUTCOMES = (("worked", 6.0), ("partly", 3.0), ("not", 1.0), (None, 2.0))


class Lessons:
    """Writes them, after the visits."""

    def __init__(self, rows: Rows, day: date, seed: int) -> None:
        self._rows, self._day = rows, day
        self._dice = Dice(seed, "lessons")
        self._texts: dict[str, Any] = shipped("journals")
        self._cards: dict[str, str] = {}  # by title

    def write(self, plans: list[Plan]) -> None:
        """Journals on contacts of the last months, some with a card made of their insight."""
        entries = self._texts["entry"]
        names = {plan.id: plan for plan in plans}
        since = (self._day - timedelta(110)).isoformat()
        held = [
            row for row in self._rows.of("visit") if row["state"] == "held" and row["on"] > since and row["two_way"]
        ]
        told = [row for row in held if names[row["client_id"]].part]
        chosen = told + self._dice.some(
            sorted((row for row in held if row not in told), key=_order), min(64, len(held))
        )
        for number, visit in enumerate(sorted(chosen, key=_order)):
            plan = names[visit["client_id"]]
            self._journal(plan, visit, entries[number % len(entries)])

    def _journal(self, plan: Plan, visit: dict[str, Any], entry: dict[str, str]) -> None:
        dice, key = self._dice, self._dice.id()
        old = visit["on"] < (self._day - timedelta(self._day.weekday())).isoformat()
        known = old or dice.chance(0.3)
        self._rows.add(
            "journal", id=key, on=visit["on"], content=entry["content"].format(name=plan.name), method=entry["method"],
            insight=entry["insight"] if known else None, reflection=entry["reflection"] if known and old else None,
            purpose=entry.get("purpose"), group=entry.get("group"), entered_at=f"{visit['on']}T10:00:00.000+00:00",
        )  # fmt: skip
        self._rows.add("journal_client", journal_id=key, client_id=plan.id)
        self._rows.add("journal_visit", journal_id=key, visit_id=visit["id"])
        if known and entry.get("card", "") not in {"", *self._cards}:
            self._card(key, visit["on"], entry)
        elif self._cards and dice.chance(0.5):
            card = dice.pick(tuple(self._cards.values()))
            self._rows.add("citation", journal_id=key, card_id=card, outcome=dice.weigh(OUTCOMES))

    def _card(self, journal: str, on: str, entry: dict[str, str]) -> None:
        key = self._dice.id()
        self._cards[entry["card"]] = key
        self._rows.add(
            "playbook_card", id=key, journal_id=journal, title=entry["card"], text=entry["insight"],
            method=entry["method"], group=entry.get("group"), made_on=on, retired_on=None,
        )  # fmt: skip


def _order(visit: dict[str, Any]) -> tuple[str, str]:
    return visit["on"], visit["id"]
