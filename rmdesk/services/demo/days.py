"""The occasions of the demo portfolio: what the bank does not know, from lunar birthdays to a child's exam."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from rmdesk.services.demo.cast import Plan, shipped
from rmdesk.services.demo.dice import Dice
from rmdesk.services.demo.rows import Rows
from rmdesk.services.occasions import lunar


class Days:
    """Writes the occasions."""

    def __init__(self, rows: Rows, day: date, seed: int) -> None:
        self._rows, self._day = rows, day
        self._dice = Dice(seed, "days")
        self._texts: dict[str, Any] = shipped("texts")["occasion"]

    def write(self, plans: list[Plan]) -> None:
        """The occasions of these clients."""
        for plan in plans:
            if "lunar_birthday_in" in plan.part:
                self._lunar(plan, self._day + timedelta(days=plan.part["lunar_birthday_in"]))
            elif plan.born and plan.age >= 55 and self._dice.chance(0.3):
                self._lunar(plan, self._day + timedelta(days=self._dice.between(0, 354)))
            if "occasion" in plan.part:
                kind, title, ahead = plan.part["occasion"]
                self._solar(plan, kind, title or None, ahead)
            elif plan.kind == "company":
                self._solar(plan, "founding", None, self._dice.between(1, 360))
            elif plan.known != "stranger":
                self._family(plan)

    def _family(self, plan: Plan) -> None:
        dice = self._dice
        if dice.chance(0.18):
            self._solar(plan, "wedding", None, dice.between(0, 364))
        if plan.band != "low" and dice.chance(0.2):
            relative = dice.pick(self._texts["relatives"])
            self._solar(plan, "relative_birthday", None, dice.between(0, 364), person=relative)
        if 38 <= plan.age <= 55 and dice.chance(0.15):
            self._solar(plan, "child_event", dice.pick(self._texts["child"]), dice.between(0, 200))
        if dice.chance(0.03):
            self._solar(plan, "promotion", self._texts["promotion"], dice.between(0, 120))
        if dice.chance(0.05):
            self._solar(plan, "custom", dice.pick(self._texts["custom"]), dice.between(0, 360))
        if plan.band == "high" and dice.chance(0.4):
            for festival in dice.some(self._texts["greet"], 2):
                self._add(plan, "festival", title=festival, month=1, day=1)

    def _solar(self, plan: Plan, kind: str, title: str | None, ahead: int, person: str | None = None) -> None:
        on = self._day + timedelta(days=ahead)
        once = kind in ("child_event", "promotion")
        year = on.year if once else None if kind == "relative_birthday" else on.year - self._dice.between(3, 25)
        self._add(plan, kind, year=year, month=on.month, day=on.day, once=once, title=title, person=person)

    def _lunar(self, plan: Plan, on: date) -> None:
        """A birthday kept by the lunar calendar, which falls on this day this time."""
        found = lunar.to_lunar(on)
        self._add(
            plan, "birthday", calendar="lunar", year=found.year - plan.age, month=found.month, day=min(found.day, 29)
        )

    def _add(self, plan: Plan, kind: str, *, month: int, day: int, **more: Any) -> None:
        row: dict[str, Any] = {
            "calendar": "solar", "year": None, "once": False, "person": None, "title": None, **more,
        }  # fmt: skip
        self._rows.add(
            "occasion", id=self._dice.id(), client_id=plan.id, kind=kind, month=month, day=day, leap=False, **row
        )
