"""The money of the demo portfolio: what each client holds today, and the 24 months before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from rmdesk.services.demo.cast import Plan, shipped
from rmdesk.services.demo.dice import Dice
from rmdesk.services.demo.people import BATCH
from rmdesk.services.demo.rows import Rows

MONTHS = 24
# What a client of a tier holds beside the demand account, most usual first.
MENU = {
    "T5": ("time", "wealth", "trust", "fund", "insurance", "metal", "bond"),
    "T4": ("wealth", "time", "fund", "insurance", "bond", "metal"),
    "T3": ("wealth", "time", "fund", "insurance", "bond"),
    "T2": ("time", "wealth", "fund"),
    "T1": ("time", "fund"),
}
TERMS = {"time": (12, 900), "wealth": (12, 340), "trust": (40, 700)}
HELD = {"T5": (3, 6), "T4": (2, 5), "T3": (1, 4), "T2": (0, 2), "T1": (0, 1)}


@dataclass(frozen=True, slots=True)
class _Part:
    """One thing held: its kind, yuan, and days until it matures (None: never, negative: has matured)."""

    kind: str
    amount: int
    matures_in: int | None = None
    lapsed: bool = False


class Ledger:
    """Writes accounts, holdings and months of all clients."""

    def __init__(self, rows: Rows, day: date, seed: int) -> None:
        self._rows, self._day = rows, day
        self._dice = Dice(seed, "money")
        self._accounts = 0
        self._holdings = 0
        self._products = list(enumerate(shipped("texts")["products"], 1))

    def write(self, plans: list[Plan]) -> None:
        """Everything about the money of these clients."""
        for plan in plans:
            if plan.aum is None:
                continue
            parts = self._parts(plan)
            demand = plan.aum - sum(part.amount for part in parts if not part.lapsed)
            account = self._account(plan, demand)
            for part in parts:
                self._holding(plan, part, account)
            self._services(plan, account)
            self._months(plan, account, demand)

    def _parts(self, plan: Plan) -> list[_Part]:
        """How the assets are split; what is left stays on the demand account."""
        dice, total = self._dice, plan.aum or 0
        least, most = HELD[plan.tier]
        count = max(dice.between(least, most), 3 if plan.turn == "loyal" else 0)
        parts = self._scripted(plan, total)
        left = int((total - sum(part.amount for part in parts if not part.lapsed)) * (0.75 + 0.2 * dice.share()))
        for kind in MENU[plan.tier][:count]:
            amount = int(left * (0.22 + 0.27 * dice.share())) // 1000 * 1000
            if amount < 1000 or (kind == "trust" and amount < 1_000_000):
                continue
            left -= amount
            parts.append(_Part(kind, amount, self._matures(kind)))
        return parts

    def _matures(self, kind: str) -> int | None:
        """Days until it matures; four wealth products in ten can be redeemed any day."""
        if kind not in TERMS or (kind == "wealth" and self._dice.chance(0.4)):
            return None
        return self._dice.between(*TERMS[kind])

    def _scripted(self, plan: Plan, total: int) -> list[_Part]:
        dice = self._dice
        if "maturing" in plan.part:
            amount, days = plan.part["maturing"]
            return [_Part("wealth", amount, days)]
        if plan.turn == "maturing":
            return [_Part("wealth", int(total * 0.6) // 1000 * 1000, dice.between(2, 6))]
        if plan.turn == "lapsed":
            share = 0.25 + 0.3 * dice.share()
            return [_Part("time", int(total * share) // 1000 * 1000, -dice.between(11, 28), lapsed=True)]
        return []

    def _account(self, plan: Plan, balance: int) -> int:
        self._accounts += 1
        opened = self._day - timedelta(days=plan.years * 365 + 10)
        closed = plan.turn == "closed"
        self._rows.add(
            "account", id=self._accounts, number=f"8801{plan.id:05d}{self._accounts * 13 % 100:02d}",
            client_id=plan.id, kind="demand", currency="CNY", opened_on=opened,
            closed_on=self._day - timedelta(days=40) if closed else None, balance_minor=balance * 100,
            branch_id=1, as_of=self._day - timedelta(days=1), batch_id=BATCH, first_batch_id=BATCH,
        )  # fmt: skip
        return self._accounts

    def _holding(self, plan: Plan, part: _Part, account: int) -> None:
        dice = self._dice
        fitting = [(number, product) for number, product in self._products if product["kind"] == part.kind]
        number, product = dice.pick(fitting)
        if part.matures_in is not None:
            able = [pair for pair in fitting if pair[1]["term"] > part.matures_in]
            number, product = dice.pick(able or fitting)
        matures = None if part.matures_in is None else self._day + timedelta(days=part.matures_in)
        term = product["term"] or dice.between(120, 900)
        started = (matures or self._day + timedelta(days=term // 2)) - timedelta(days=term)
        self._put(
            plan, f"H{plan.id:05d}{number:02d}", account=account, product_id=number, name=product["name"],
            kind=part.kind, amount_minor=part.amount * 100, started_on=started, matures_on=matures,
            ended_on=matures if part.lapsed else None, rate_bp=product["rate"] or None,
            renewed=False if part.lapsed else None,
        )  # fmt: skip

    def _services(self, plan: Plan, account: int) -> None:
        """Cards, loans and standing orders: held, but no assets."""
        dice = self._dice
        started = self._day - timedelta(days=max(200, plan.years * 300))
        more: list[tuple[str, str, int | None]] = []
        if plan.kind == "person" and (plan.turn == "loyal" or dice.chance(0.7)):
            more.append(("card", "云安信用卡", None))
        if plan.turn == "loyal" or dice.chance(0.3):
            more.append(("standing_order", "水电费代扣", None))
        if dice.chance(0.16) and 25 <= plan.age <= 60:
            more.append(("loan", "个人住房贷款", dice.between(15, 160) * 10_000))
        for kind, name, amount in more:
            self._put(
                plan, f"S{plan.id:05d}{kind}", account=account, product_id=None, name=name, kind=kind,
                amount_minor=None if amount is None else amount * 100, started_on=started,
                matures_on=None, ended_on=None, rate_bp=None, renewed=None,
            )  # fmt: skip

    def _put(self, plan: Plan, key: str, *, account: int, **columns: object) -> None:
        self._holdings += 1
        self._rows.add(
            "holding", id=self._holdings, key=f"{key}{self._holdings}", client_id=plan.id, account_id=account,
            currency="CNY", as_of=self._day - timedelta(days=1), batch_id=BATCH, first_batch_id=BATCH, **columns,
        )  # fmt: skip

    def _months(self, plan: Plan, account: int, demand: int) -> None:
        """Month ends that lead to today's assets, as the client's turn has it, and the activity between them."""
        dice = self._dice
        ends = _ends(plan, dice)
        this_month = self._day.year * 12 + self._day.month - 1
        asleep = dice.between(4, 7) if plan.turn == "dormant" else 0
        told = min(MONTHS, plan.years * 12)
        share = demand / plan.aum if plan.aum else 0.0
        for back in range(told, 0, -1):
            month = this_month - back
            end, before = ends[-back], ends[max(-back - 1, -MONTHS)]
            last = _last_day(month)
            quiet = back <= asleep
            own = None if quiet else last - timedelta(days=dice.between(0, 20))
            turnover = int(min(end, 400_000) * (0.005 + 0.015 * dice.share()))
            moved = 0 if quiet else max(0, before - end)
            moved = max(moved, plan.part.get("out", 0)) if back == 1 else moved
            common = {"client_id": plan.id, "month": month, "currency": "CNY", "partial": False, "batch_id": BATCH}
            self._rows.add(
                "month_fact", account_id=None, end_minor=end * 100, average_minor=(end + before) * 50,
                in_minor=(turnover + max(0, end - before)) * 100, out_minor=(turnover + moved) * 100,
                tx_count=0 if quiet else dice.between(2, 24), last_tx_on=last if quiet else own, last_own_on=own,
                **common,
            )  # fmt: skip
            held = int(end * share)
            self._rows.add("month_fact", account_id=account, end_minor=held * 100, average_minor=held * 100, **common)


def _last_day(month: int) -> date:
    year, at = divmod(month + 1, 12)
    return date(year, at + 1, 1) - timedelta(days=1)


def _ends(plan: Plan, dice: Dice) -> list[int]:
    """24 month ends in yuan, oldest first."""
    now = plan.aum or 0
    if plan.turn == "closed":
        return [int(50_000 * (0.9 + 0.2 * dice.share())) for _ in range(MONTHS - 2)] + [12_000, 0]
    start = {"grow": 0.55, "watch": 1.0}.get(plan.turn, 0.78 + 0.2 * dice.share())
    ends = []
    for at in range(MONTHS):
        line = start + (1 - start) * (at + 1) / MONTHS
        ends.append(now * line * (0.985 + 0.03 * dice.share()))
    if plan.turn == "fall":
        before = now / (1 - plan.part.get("fall", 0.2 + 0.28 * dice.share()))
        last = 1.0 if plan.part else 0.55  # a named client's fall came after the last month end
        for back, share in ((5, 0.97), (4, 0.99), (3, 1.0), (2, 0.98), (1, last)):
            ends[-back] = now + (before - now) * share
    elif plan.turn == "decline":
        for back in range(1, 5):
            ends[-back] = now * (1 + 0.028 * back)
        ends[-5] = now * 1.12
    elif plan.turn == "lapsed":
        ends[-1] = now * 1.2
    elif plan.turn == "watch":
        edge = {"T5": 10_000_000, "T4": 1_000_000, "T3": 200_000}[plan.tier]
        for at in range(MONTHS):
            ends[at] = edge * (1.12 + 0.03 * dice.share())
        for back in range(1, 7):
            ends[-back] = edge * (0.90 + 0.01 * back)
    return [int(end) for end in ends]
