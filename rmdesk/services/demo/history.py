"""What happened between the manager and the invented clients: contacts, promises, complaints, what is known of them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from rmdesk.models.kinds import Channel
from rmdesk.services.demo.cast import Plan, shipped
from rmdesk.services.demo.dice import Dice
from rmdesk.services.demo.rows import Rows

YEARS = 730  # days of contacts kept
BLOCKS = tuple((area, tense) for area in ("person", "family", "career") for tense in ("past", "present", "future"))
KNOWS = {"familiar": (6, 9), "acquainted": (3, 5), "stranger": (0, 2)}
MAN = ("yyy", "yyy", "yny", "yyn", "y-y", "-yy")  # Money, Authority, Need: yes, no, not known
INTERVAL = {"T5": 13, "T4": 18, "T3": 27, "T2": 36, "T1": 55}


class History:
    """Writes the records of the desk."""

    def __init__(self, rows: Rows, day: date, seed: int) -> None:
        self._rows, self._day = rows, day
        self._dice = Dice(seed, "history")
        self._texts: dict[str, Any] = shipped("texts")

    def write(self, plans: list[Plan]) -> None:
        """Everything about these clients."""
        today = [plan for plan in plans if "visit_today" in plan.part]
        for plan in plans:
            self._contacts(plan)
            self._known(plan)
            self._owed(plan)
        for plan in today:
            at, channel = plan.part["visit_today"]
            self._planned(plan, 0, at, Channel(channel))
        firm = next(plan for plan in plans if plan.kind == "company")
        self._planned(firm, 0, "14:00", Channel.AT_CLIENT)
        ahead = self._dice.some([plan for plan in plans if plan.band == "high" and not plan.part], 9)
        for number, plan in enumerate(ahead):
            self._planned(plan, 1 + number, f"{9 + number % 8:02d}:30", self._dice.pick((*Channel,)[:2]))

    def _contacts(self, plan: Plan) -> None:
        """Contacts back from the last one, about as often as the client's class says."""
        dice = self._dice
        if plan.gap is None or plan.turn == "incomplete":
            return
        ago, first, count = plan.gap, True, 0
        while ago < min(YEARS, plan.years * 365):
            self._contact(plan, ago, first=first, face=self._needs_face(plan, count))
            first, count = False, count + 1
            if plan.known == "stranger":
                ago += dice.between(200, 420)
            else:
                ago += max(3, int(INTERVAL[plan.tier] * (0.6 + 0.8 * dice.share())))
        if dice.chance(0.12) and plan.gap > 6:
            self._silent(plan, dice.between(2, min(plan.gap - 1, 30)))
        if plan.turn == "cancelled":
            for state, days in (("cancelled", 21), ("postponed", 9)):
                self._visit(plan, days, channel=Channel.AT_CLIENT, state=state, two_way=False, content=None)

    def _needs_face(self, plan: Plan, count: int) -> bool:
        """A familiar client with few contacts is known from meetings (a visit counts twice)."""
        return plan.known == "familiar" and count < 2

    def _contact(self, plan: Plan, ago: int, *, first: bool, face: bool) -> None:
        dice, visit = self._dice, self._texts["visit"]
        face = face or dice.chance(0.3 if plan.band == "high" else 0.12)
        if face:
            channel = dice.pick((Channel.AT_CLIENT, Channel.BRANCH, Channel.BRANCH, Channel.EVENT))
        else:
            channel = dice.pick((Channel.PHONE, Channel.CHAT, Channel.PHONE, Channel.CHAT, Channel.VIDEO))
        long = face or dice.chance(0.4)
        content = plan.part.get("content") if first else None
        inbound = dice.chance(0.3) and not (plan.turn == "loyal" and ago < 260)
        self._visit(
            plan, ago, channel=channel, state="held", inbound=inbound, marketing=dice.chance(0.06),
            content=content or dice.pick(visit["needs"] if long else visit["short"]),
            minutes=dice.between(2, 9) * 10 if face else dice.between(3, 15), purpose=dice.pick(visit["purposes"]),
        )  # fmt: skip

    def _silent(self, plan: Plan, ago: int) -> None:
        dice = self._dice
        content = dice.pick(self._texts["visit"]["silent"])
        channel = Channel.PHONE if "电话" in content else Channel.CHAT
        self._visit(plan, ago, channel=channel, state="held", two_way=False, content=content)

    def _planned(self, plan: Plan, ahead: int, at: str, channel: Channel) -> None:
        purpose = self._dice.pick(self._texts["visit"]["purposes"])
        self._visit(plan, -ahead, channel=channel, state="planned", at=at, purpose=purpose, content=None, minutes=40)

    def _visit(self, plan: Plan, ago: int, *, channel: Channel, state: str, content: str | None, **more: Any) -> None:
        on = self._day - timedelta(days=ago)
        if ago > 4 and on.weekday() > 4 and not plan.part:
            on -= timedelta(days=on.weekday() - 4)  # work happens from Monday to Friday
        entered = min(on, self._day - timedelta(days=1))
        hour = self._dice.between(1, 9)
        row: dict[str, Any] = {
            "at": None if state == "planned" else f"{hour + 8:02d}:{self._dice.between(0, 11) * 5:02d}",
            "minutes": None, "two_way": True, "inbound": False, "marketing": False, "purpose": None, **more,
        }  # fmt: skip
        self._rows.add(
            "visit", id=self._dice.id(), client_id=plan.id, state=state, channel=channel.value, on=on,
            content=content, entered_at=f"{entered.isoformat()}T{hour:02d}:30:00.000+00:00",
            **{name: row[name] for name in ("at", "minutes", "two_way", "inbound", "marketing", "purpose")},
        )  # fmt: skip

    def _known(self, plan: Plan) -> None:
        """KYC blocks, answers to Money, Authority, Need, and referrals."""
        dice = self._dice
        least, most = KNOWS[plan.known]
        for area, tense in dice.some(BLOCKS, dice.between(least, most)) if plan.kind == "person" else ():
            confirmed = self._day - timedelta(days=dice.between(5, 300))
            text = dice.pick(self._texts["kyc"][area][tense])
            self._rows.add("kyc_block", client_id=plan.id, area=area, tense=tense, text=text, confirmed_on=confirmed)
        answers = plan.part.get("man") or (
            dice.pick(("yyy", "yyy", "yny", "yyn", "y-y", "-yy")) if plan.turn == "man" else ""
        )
        for letter, answer in zip("MAN", answers, strict=False):
            if answer != "-":
                self._rows.add(
                    "man_answer", client_id=plan.id, letter=letter, answer="yes" if answer == "y" else "no",
                    answered_on=self._day - timedelta(days=dice.between(3, 60)),
                )  # fmt: skip
        count = plan.part.get("referrals", dice.between(1, 3) if plan.turn == "loyal" else int(dice.chance(0.05)))
        for _ in range(count):
            self._rows.add(
                "referral", id=dice.id(), client_id=plan.id, name=dice.pick(("邻居", "同事", "亲戚", "生意伙伴")),
                on=self._day - timedelta(days=dice.between(30, 1400)), confirmed=True,
            )  # fmt: skip

    def _owed(self, plan: Plan) -> None:
        """Promises and complaints."""
        dice = self._dice
        if "promise" in plan.part:
            self._promise(plan, *plan.part["promise"])
        elif plan.turn == "promise_late":
            self._promise(plan, -dice.between(2, 9), None)
        elif plan.known == "familiar" and dice.chance(0.1):
            self._promise(plan, dice.between(2, 20), None)
        elif plan.known == "familiar" and dice.chance(0.3):
            self._promise(plan, -dice.between(3, 120), None, state="kept")
        if "complaint" in plan.part:
            self._complaint(plan, *plan.part["complaint"])
        elif "settled" in plan.part:
            self._complaint(plan, plan.part["settled"], 15, 0.3, self._texts["complaint"]["texts"][0], "satisfied")
        elif plan.turn == "complaint":
            self._complaint(plan, dice.between(2, 10), 15, 0.3 + 0.1 * dice.between(0, 5), None)
        elif plan.turn == "settled":
            self._complaint(plan, dice.between(30, 80), 15, 0.4, None, verdict=dice.pick(("unfavourable", "accepted")))

    def _promise(self, plan: Plan, ahead: int, text: str | None, state: str = "open") -> None:
        due = self._day + timedelta(days=ahead)
        made = min(due, self._day) - timedelta(days=self._dice.between(2, 12))
        text = text or self._dice.pick(self._texts["promise"]["texts"])
        self._rows.add(
            "promise", id=self._dice.id(), client_id=plan.id, visit_id=None, text=text, made_on=made, due_on=due,
            state=state, closed_on=due + timedelta(days=due.toordinal() % 6 - 4) if state == "kept" else None,
        )  # fmt: skip

    def _complaint(
        self, plan: Plan, ago: int, allowed: int, severity: float, text: str | None, verdict: str | None = None
    ) -> None:
        received = self._day - timedelta(days=ago)
        closed = received + timedelta(days=self._dice.between(3, 12)) if verdict else None
        self._rows.add(
            "complaint", id=self._dice.id(), client_id=plan.id, severity=round(severity * 1000), allowed_days=allowed,
            text=text or self._dice.pick(self._texts["complaint"]["texts"]), received_on=received,
            state="closed" if verdict else "open", closed_on=closed, verdict=verdict, hard=allowed > 15,
            channel=self._dice.pick(("phone", "branch", "chat")), owner=self._texts["manager"],
            solution=self._texts["complaint"]["solution"] if verdict else None,
        )  # fmt: skip
