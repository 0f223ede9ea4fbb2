"""What the invented team knows of products, what is planned for maturities, what is known to lie elsewhere."""

from __future__ import annotations

from datetime import date, timedelta

from rmdesk.services.demo.cast import Plan, shipped
from rmdesk.services.demo.dice import Dice
from rmdesk.services.demo.rows import Rows

WAYS = (("renew", 4.0), ("move", 3.0), ("pay_out", 1.5), ("undecided", 2.0))
AHEAD = 60  # days: what matures later has no plan yet
HELD_ELSEWHERE = (("time", 3.0), ("wealth", 4.0), ("fund", 2.0), ("insurance", 1.0))


class Shelf:
    """Writes cards, plans and assets elsewhere, after what the clients hold."""

    def __init__(self, rows: Rows, day: date, seed: int) -> None:
        self._rows, self._day = rows, day
        self._dice = Dice(seed, "products")
        self._texts = shipped("products")

    def write(self, plans: list[Plan]) -> None:
        """Everything about products that the bank does not tell."""
        self._cards()
        self._plans()
        self._elsewhere(plans)

    def _cards(self) -> None:
        for at, (code, card) in enumerate(self._texts["cards"].items()):
            self._rows.add(
                "product_card", id=self._dice.id(), code=code, facts="\n".join(card["facts"]),
                suits="\n".join(card["suits"]), talk="\n".join(card["talk"]),
                written_on=self._day - timedelta(20 + 9 * at),
            )  # fmt: skip

    def _plans(self) -> None:
        """Most of what matures within two months has a plan."""
        dice, products = self._dice, [one for one in shipped("texts")["products"] if one["term"]]
        levels = {row["id"]: row["risk_level"] for row in self._rows.of("client")}
        until = (self._day + timedelta(AHEAD)).isoformat()
        for held in self._rows.of("holding"):
            matures = held["matures_on"]
            if matures is None or not self._day.isoformat() <= matures <= until or held["ended_on"] is not None:
                continue
            if dice.chance(0.45):
                continue
            way, level = dice.weigh(WAYS), levels[held["client_id"]]
            goals = [one for one in products if one["risk"] <= level and one["minimum"] * 100 <= held["amount_minor"]]
            goals = [one for one in goals if one["name"] != held["name"]]
            way = way if goals else "renew"
            on = max(self._day + timedelta(1), date.fromisoformat(matures) - timedelta(dice.between(3, 10)))
            note = dice.pick(self._texts["plans"]["notes"])
            self._rows.add(
                "renewal_plan", id=dice.id(), client_id=held["client_id"], holding_key=held["key"], way=way,
                product_code=dice.pick(goals)["code"] if way == "move" else None, on=on, note=note or None,
                planned_on=self._day - timedelta(dice.between(1, 12)),
            )  # fmt: skip

    def _elsewhere(self, plans: list[Plan]) -> None:
        dice = self._dice
        for plan in plans:
            if plan.aum is None or plan.tier == "T1" or plan.turn in ("deceased", "closed") or not dice.chance(0.14):
                continue
            known = dice.chance(0.8)
            kind = dice.weigh(HELD_ELSEWHERE)
            amount = max(20_000, int(plan.aum * (0.1 + 0.5 * dice.share())) // 10_000 * 10_000)
            matures = self._day + timedelta(dice.between(10, 300)) if kind in ("time", "wealth") else None
            self._rows.add(
                "asset_elsewhere", id=dice.id(), client_id=plan.id, place=dice.pick(self._texts["elsewhere"]["places"]),
                kind=kind, amount_minor=amount * 100 if known else None, currency="CNY",
                confirmed_on=self._day - timedelta(dice.between(5, 400)), matures_on=matures if known else None,
                note=dice.pick(self._texts["elsewhere"]["notes"]),
            )  # fmt: skip


def assessed(seed: int, client: int, day: date) -> date | None:
    """When the bank assessed a client's risk level: for most within the year, for some before, for a few unknown."""
    dice = Dice(seed, f"assessed/{client}")
    if dice.chance(0.05):
        return None
    return day - timedelta(dice.between(370, 700) if dice.chance(0.13) else dice.between(10, 355))
