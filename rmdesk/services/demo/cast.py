"""Who is in the portfolio: a plan for each client, made before any row is."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from typing import Any

from rmdesk.base import paths
from rmdesk.services.demo.dice import Dice

CLIENTS = 486
TIERS = (("T5", 17), ("T4", 53), ("T3", 158), ("T2", 134), ("T1", 124))
BAND = {"T5": "high", "T4": "high", "T3": "middle", "T2": "middle", "T1": "low"}
KNOWN = {  # how well the manager knows a band: familiar, acquainted, stranger
    "high": (("familiar", 36.0), ("acquainted", 48.0), ("stranger", 16.0)),
    "middle": (("familiar", 21.0), ("acquainted", 51.0), ("stranger", 28.0)),
    "low": (("familiar", 11.0), ("acquainted", 27.0), ("stranger", 62.0)),
}
# Yuan: lowest, and the span above it; chance leans to the lower end.
AMOUNTS = {
    "T5": (10_200_000, 24_000_000), "T4": (1_050_000, 8_600_000), "T3": (205_000, 780_000),
    "T2": (51_000, 146_000), "T1": (300, 48_000),
}  # fmt: skip
NEWCOMERS = (("T4", 3), ("T3", 6), ("T2", 3))  # with the bank for less than a year
SETTLED = 18  # the last contact of a newcomer lies no more days back
# What happened lately, and to how many of the clients without a part of their own.
TURNS = (
    ("fall", 14), ("decline", 14), ("dormant", 22), ("lapsed", 10), ("maturing", 1), ("loyal", 30),
    ("complaint", 3), ("settled", 9), ("promise_late", 1), ("watch", 9), ("man", 26),
    ("new_manager", 16), ("cancelled", 6), ("grow", 40), ("incomplete", 6), ("no_contact", 3), ("deceased", 2),
    ("no_consent", 6), ("closed", 3),
)  # fmt: skip
FROM_THE_TOP = {"fall", "decline", "maturing", "loyal", "watch", "complaint", "man"}


@dataclass(slots=True)
class Plan:
    """One client to be: amounts in yuan, days counted from the day of the portfolio."""

    id: int
    name: str
    kind: str = "person"
    sex: str = ""
    age: int = 0
    tier: str = "T1"
    known: str = "stranger"
    aum: int | None = 0
    gap: int | None = None
    years: int = 3  # with the bank
    turn: str = ""
    part: dict[str, Any] = field(default_factory=dict)  # a named client's own script
    born: date | None = None

    @property
    def band(self) -> str:
        """high, middle or low."""
        return BAND[self.tier]


@cache
def shipped(name: str) -> dict[str, Any]:
    """One of the files of resources/demo."""
    return tomllib.loads(paths.resource("demo", f"{name}.toml").read_text(encoding="utf-8"))


def plans(seed: int, day: date) -> list[Plan]:
    """All clients of the portfolio, named ones first."""
    dice = Dice(seed, "cast")
    made = [_named(number, entry) for number, entry in enumerate(shipped("cast")["client"], 1)]
    made += [_firm(len(made) + at, firm["name"], dice) for at, firm in enumerate(shipped("texts")["firms"], 1)]
    taken = {plan.name for plan in made}
    counts = {tier: count - sum(plan.tier == tier for plan in made) for tier, count in TIERS}
    for tier, count in counts.items():
        for _ in range(count):
            made.append(_anyone(len(made) + 1, tier, taken, dice))
    _turns(made, dice)
    for plan in made:
        _settle(plan, day, dice)
    for tier, count in NEWCOMERS:
        _arrive([plan for plan in made if plan.tier == tier and not plan.turn], count)
    return made


def _arrive(able: list[Plan], count: int) -> None:
    """Clients of less than a year, spread over those to whom nothing else happens; met in their first days."""
    for plan in able[:: max(1, len(able) // count)][:count]:
        plan.years = 0
        plan.gap = min(plan.gap or SETTLED, SETTLED)


def _named(number: int, entry: dict[str, Any]) -> Plan:
    plan = Plan(number, entry["name"], sex=entry["sex"], age=entry["age"], part=entry)
    plan.tier, plan.known = entry["tier"], entry["known"]
    plan.aum, plan.gap, plan.years = entry["aum"], entry["gap"], entry["years"]
    plan.turn = entry.get("turn", "named")
    return plan


def _firm(number: int, name: str, dice: Dice) -> Plan:
    plan = Plan(number, name, kind="company", turn="firm", years=dice.between(4, 15))
    plan.tier = "T4" if number % 2 else "T3"
    plan.known = dice.pick(("familiar", "acquainted"))
    plan.aum = _amount(plan.tier, dice)
    return plan


def _anyone(number: int, tier: str, taken: set[str], dice: Dice) -> Plan:
    ages = {"high": (42, 72), "middle": (28, 70), "low": (21, 78)}
    plan = Plan(number, "", sex=dice.pick("FM"), tier=tier)
    plan.age = dice.between(*ages[plan.band])
    plan.name = _name(plan, taken, dice)
    plan.known = dice.weigh(KNOWN[plan.band])
    plan.aum = _amount(tier, dice)
    plan.years = dice.weigh(((dice.between(1, 4), 40.0), (dice.between(5, 9), 35.0), (dice.between(10, 22), 25.0)))
    plan.years = min(plan.years, max(1, plan.age - 18))
    return plan


def _amount(tier: str, dice: Dice) -> int:
    least, span = AMOUNTS[tier]
    lean = dice.share()
    return least + int(span * lean * (lean + 1) / 2) // 100 * 100


@cache
def _surnames() -> list[tuple[str, float]]:
    pairs = (entry.split() for entry in shipped("names")["surnames"].replace("\n", " ").split(","))
    return [(name, float(weight)) for name, weight in pairs]


def _name(plan: Plan, taken: set[str], dice: Dice) -> str:
    names = shipped("names")
    generation = "older" if plan.age >= 58 else "middle" if plan.age >= 38 else "younger"
    signs = names[plan.sex][generation]
    while True:
        family = dice.pick(names["special"].split()) if dice.chance(1 / 12) else dice.weigh(_surnames())
        last = dice.pick(signs["last"].split())
        first = "" if dice.chance(0.15) else dice.pick(signs["first"].split())
        name = f"{family}{first}{last}"
        if name not in taken and first != last:
            taken.add(name)
            return name


def _turns(made: list[Plan], dice: Dice) -> None:
    """Hand out what happened lately; grave turns come to clients worth the manager's day."""
    free = [plan for plan in made if not plan.turn]
    for turn, count in TURNS:
        able = [plan for plan in free if _suits(plan, turn)]
        for plan in dice.some(able, count):
            plan.turn = turn
            free.remove(plan)


def _suits(plan: Plan, turn: str) -> bool:
    if turn in ("watch", "maturing"):
        return plan.tier in ("T5", "T4", "T3")
    if turn == "loyal":
        return plan.tier in ("T4", "T3", "T2") and plan.age >= 40
    if turn in ("incomplete", "closed", "no_contact", "deceased"):
        return plan.band != "high"
    return plan.band != "low" if turn in FROM_THE_TOP else True


def _settle(plan: Plan, day: date, dice: Dice) -> None:
    """What follows from the plan: the last contact, the birth date, what a turn asks for."""
    if plan.turn == "loyal":
        plan.years = max(plan.years, dice.between(11, 19))
        plan.known = "familiar" if plan.known == "stranger" else plan.known
    if plan.turn == "incomplete":
        plan.aum = None
    if plan.turn == "closed":
        plan.aum = 0
    if plan.turn == "watch" and not plan.part:
        plan.aum = AMOUNTS[plan.tier][0] * 9 // 10 // 1000 * 1000
    if plan.gap is None:
        plan.gap = _gap(plan, dice)
    if plan.kind == "person":
        plan.born = _born(plan, day, dice)


def _gap(plan: Plan, dice: Dice) -> int | None:
    """Days since the last contact, around the cadence of the client's group."""
    if plan.turn == "loyal":
        return dice.between(95, 170)
    cadence = {"T5": 14, "T4": 24, "T3": 50, "T2": 90, "T1": 180}[plan.tier]
    share = dice.share()
    reach = {"familiar": 1.1, "acquainted": 1.35, "stranger": 3.0}[plan.known]
    if plan.known == "stranger" and dice.chance(0.2):
        return None
    return max(1, int(cadence * (0.1 + reach * share * (0.35 + 0.65 * share))))


def _born(plan: Plan, day: date, dice: Dice) -> date:
    """A birth date of the wanted age; a script may ask for a birthday so many days ahead."""
    ahead = plan.part.get("birthday_in")
    if ahead is None:
        lunar = plan.part.get("lunar_birthday_in")
        ahead = lunar + 60 if lunar is not None else dice.between(16, 350)
    on = day + timedelta(days=ahead)
    on = on.replace(day=28) if (on.month, on.day) == (2, 29) else on
    born = on.replace(year=day.year - plan.age)
    return born if on.year == day.year else born.replace(year=on.year - plan.age)
