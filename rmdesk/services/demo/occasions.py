"""More days of the demo portfolio: leap months, thirtieth days, children with their guardian's consent, greetings."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from rmdesk.base.errors import Refused
from rmdesk.models.kinds import Calendar, OccasionKind
from rmdesk.services.clients.pinyin import family_name
from rmdesk.services.demo.cast import Plan, shipped
from rmdesk.services.demo.dice import Dice
from rmdesk.services.demo.rows import Rows
from rmdesk.services.occasions import lunar, names, rules
from rmdesk.services.occasions.due import Due

PAST = 75  # days back in which greetings were sent
LEAPS, THIRTIETHS, CHILDREN = 4, 4, 6


class Greetings:
    """Writes what is special about days, and who was greeted lately."""

    def __init__(self, rows: Rows, day: date, seed: int) -> None:
        self._rows, self._day = rows, day
        self._dice = Dice(seed, "greetings")
        self._texts: dict[str, Any] = shipped("texts")["occasion"]

    def write(self, plans: list[Plan]) -> None:
        """Everything about these clients."""
        free = self._without_birthday(plans)
        self._leap_months(free)
        self._thirtieths(free)
        self._children([plan for plan in plans if plan.known != "stranger" and 28 <= plan.age <= 45 and not plan.part])
        self._sent(plans)
        self._rows.add("template", id=self._dice.id(), **self._texts["template"])

    def _without_birthday(self, plans: list[Plan]) -> list[Plan]:
        """Who has no birthday on record, and no script of their own."""
        taken = {row["client_id"] for row in self._rows.of("occasion") if row["kind"] == "birthday"}
        return [plan for plan in plans if plan.born and plan.age >= 45 and not plan.part and plan.id not in taken]

    def _leap_months(self, free: list[Plan]) -> None:
        """Born in a leap month; one of them keeps both days in other years."""
        born = [plan for plan in free if plan.born and lunar.leap_month(plan.born.year)]
        for at, plan in enumerate(self._dice.some(born, LEAPS)):
            free.remove(plan)
            assert plan.born is not None
            month = lunar.leap_month(plan.born.year)
            self._birthday(plan, plan.born.year, month, self._dice.between(1, 29), leap=True, both=at == 0)

    def _thirtieths(self, free: list[Plan]) -> None:
        """Born on a 30th, which not every year has; the first on New Year's Eve."""
        soon = lunar.to_lunar(self._day + timedelta(days=20)).month
        for at, plan in enumerate(self._dice.some(free, THIRTIETHS)):
            assert plan.born is not None
            month = 12 if at == 0 else soon if at == 1 else self._dice.between(1, 12)
            year = next(one for one in range(plan.born.year, plan.born.year + 9) if _has_thirty(one, month))
            self._birthday(plan, year, month, 30, leap=False, both=False)

    def _birthday(self, plan: Plan, year: int, month: int, day: int, *, leap: bool, both: bool) -> None:
        self._rows.add(
            "occasion", id=self._dice.id(), client_id=plan.id, kind="birthday", month=month, day=day, leap=leap,
            calendar="lunar", year=year, once=False, both=both,
        )  # fmt: skip

    def _children(self, parents: list[Plan]) -> None:
        """Children under 14, kept since their guardian consented."""
        for plan in self._dice.some(parents, CHILDREN):
            on = self._day + timedelta(days=self._dice.between(4, 200))
            self._rows.add(
                "occasion", id=self._dice.id(), client_id=plan.id, kind="relative_birthday", month=on.month,
                day=min(on.day, 28), leap=False, once=False, calendar="solar", year=on.year - self._dice.between(4, 12),
                person=self._dice.pick(("女儿", "儿子")),
            )  # fmt: skip
            self._rows.add(
                "consent", id=self._dice.id(), client_id=plan.id, kind="child", given=True, person_id=None,
                on=self._day - timedelta(days=self._dice.between(30, 300)), how="书面", by=plan.name,
            )  # fmt: skip

    def _sent(self, plans: list[Plan]) -> None:
        """Greetings for birthdays and festivals of the last weeks."""
        known = {plan.id: plan for plan in plans if plan.known != "stranger" and plan.turn not in _SILENT}
        for row in self._rows.of("occasion"):
            if row["client_id"] in known and row["kind"] in ("birthday", "wedding", "festival"):
                for on in rules.occurrences(_asked(row), self._day - timedelta(days=PAST), self._day):
                    self._greet(known[row["client_id"]], row, on)
        said = {row["client_id"] for row in self._rows.of("occasion") if row["kind"] == "birthday"}
        for plan in known.values():
            if plan.born and plan.id not in said:
                asked = rules.OccasionDay(plan.born.month, plan.born.day)
                for on in rules.occurrences(asked, self._day - timedelta(days=PAST), self._day):
                    self._greet(plan, {"kind": "birthday", "calendar": "solar"}, on)

    def _greet(self, plan: Plan, row: dict[str, Any], on: date) -> None:
        dice = self._dice
        if on == self._day or not dice.chance(0.72):
            return
        kind = OccasionKind(row["kind"])
        one = Due(plan.id, on, kind, Calendar(row["calendar"]), None, row.get("title"), None)
        by_phone = plan.band == "high" and dice.chance(0.4)
        text = dice.pick(self._texts["greetings"][kind.value])
        title = "女士" if plan.sex == "F" else "先生"
        self._rows.add(
            "greeting", id=dice.id(), client_id=plan.id, occasion_id=row.get("id"), name=names.key(one), for_day=on,
            on=on - timedelta(days=1 if dice.chance(0.2) else 0), channel="phone" if by_phone else "chat",
            text=None if by_phone else f"{family_name(plan.name)}{title}，{text}",
        )  # fmt: skip


_SILENT = frozenset({"deceased", "no_contact", "closed", "no_consent"})


def _has_thirty(year: int, month: int) -> bool:
    try:
        return lunar.month_length(year, month) == 30
    except Refused:
        return False


def _asked(row: dict[str, Any]) -> rules.OccasionDay:
    return rules.OccasionDay(
        row["month"], row["day"], row["calendar"], row.get("year"), bool(row["leap"]), bool(row.get("once")),
        row["kind"], row.get("title"), both=bool(row.get("both")),
    )  # fmt: skip
