"""The people around the clients of the demo portfolio: families, owners, influencers, chains of referrals."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from rmdesk.services.clients.pinyin import reading
from rmdesk.services.demo.cast import Plan, shipped
from rmdesk.services.demo.dice import Dice
from rmdesk.services.demo.rows import Rows
from rmdesk.services.profile.rules import is_child
from rmdesk.services.relations.rows import Node
from rmdesk.services.relations.tables import role

FAMILIES = 0.3  # share of the well-known clients whose family was noted
FRIENDS = 60
TOGETHER = 14  # couples of whom both are clients


class Circles:
    """Writes persons, relationships, households and referrals."""

    def __init__(self, rows: Rows, day: date, seed: int) -> None:
        self._rows, self._day = rows, day
        self._dice = Dice(seed, "relations")
        self._told: dict[str, Any] = shipped("relations")
        self._nodes: dict[str, Node] = {}
        self._tied: set[tuple[Node, Node]] = set()

    def write(self, plans: list[Plan]) -> None:
        """The people around these clients."""
        self._nodes = {plan.name: plan.id for plan in plans}
        named = {name for tie in self._told["ties"] for name in (tie[0], tie[2])}
        for name, sex, age, occupation, employer, note in self._told["persons"]:
            near = self._guardian(name)
            self._person(name, sex, age, near, occupation, employer, note)
        for one, name, other, note in self._told["ties"]:
            self._tie(self._nodes[one], name, self._nodes[other], note, named=True)
        free = [plan for plan in plans if plan.kind == "person" and plan.name not in named]
        for entry in self._told["influencer"]:
            for plan in self._dice.some([plan for plan in free if plan.age >= 50], entry["count"]):
                self._tie(self._nodes[entry["name"]], entry["role"], plan.id, "")
        for entry in self._told["household"]:
            self._household(entry["name"], [self._nodes[name] for name in entry["members"]], entry["note"])
        self._referrals()
        self._couples(free)
        self._families([plan for plan in free if plan.known != "stranger"])
        self._friends(free)

    def _guardian(self, name: str) -> str:
        return next((tie[0] for tie in self._told["ties"] if tie[1] == "child" and tie[2] == name), "")

    def _referrals(self) -> None:
        for by, new, ago, note in self._told["referrals"]["chain"]:
            self._referral(by, new, ago, note, confirmed=True, new=self._nodes[new])
        for by, name, ago, note in self._told["referrals"]["open"]:
            self._referral(by, name, ago, note, confirmed=False, new=None)

    def _couples(self, free: list[Plan]) -> None:
        """Clients who are married to one another."""
        wives = [plan for plan in free if plan.sex == "F" and 30 <= plan.age <= 68]
        husbands = [plan for plan in free if plan.sex == "M" and 30 <= plan.age <= 70]
        for wife in self._dice.some(wives, TOGETHER):
            husband = next((plan for plan in husbands if abs(plan.age - wife.age) <= 4), None)
            if husband is not None:
                husbands.remove(husband)
                self._tie(wife.id, "spouse", husband.id, "")
                self._household(f"{husband.name}家", [husband.id, wife.id], "")

    def _families(self, plans: list[Plan]) -> None:
        dice = self._dice
        for plan in plans:
            if plan.age < 34 or (plan.id, 0) in self._tied or not dice.chance(FAMILIES):
                continue
            other = "M" if plan.sex == "F" else "F"
            spouse = self._person(self._name(other, plan.age), other, plan.age + dice.between(-3, 3), plan.name)
            self._tie(plan.id, "spouse", spouse, "")
            sex = dice.pick("FM")
            surname = plan.name[:1] if plan.sex == "M" else self._surname_of(spouse)
            child = self._person(
                self._name(sex, plan.age - 27, surname), sex, plan.age - dice.between(25, 31), plan.name
            )
            self._tie(plan.id, "child", child, "")
            self._tie(spouse, "child", child, "")
            if dice.chance(0.4):
                self._household(f"{plan.name}家", [plan.id, spouse, child], "")

    def _friends(self, free: list[Plan]) -> None:
        for _at in range(FRIENDS):
            one, other = self._dice.some(free, 2)
            self._tie(one.id, self._dice.pick(("friend", "colleague", "friend", "influencer")), other.id, "")

    # Rows.

    def _person(
        self, name: str, sex: str, age: int, near: str, occupation: str = "", employer: str = "", note: str = ""
    ) -> Node:
        dice = self._dice
        born = self._day - timedelta(days=age * 365 + age // 4 + dice.between(1, 360))
        read = reading(name)
        number = dice.id()
        knows_day = dice.chance(0.7)
        birth = born.isoformat() if knows_day or name in self._told["officials"] else None
        self._rows.add(
            "person", id=number, name=name, pinyin=read.pinyin, initials=read.initials, sex=sex,
            birth_date=birth, phone=None, occupation=occupation or None, employer=employer or None, note=note or None,
            official=name in self._told["officials"],
        )  # fmt: skip
        if is_child(birth, self._day) and near:
            self._rows.add(
                "consent", id=dice.id(), client_id=self._nodes[near], person_id=number, kind="child", given=True,
                on=self._day - timedelta(days=dice.between(20, 400)), how="当面", by=near,
            )  # fmt: skip
        self._nodes[name] = number
        return number

    def _tie(self, one: Node, name: str, other: Node, note: str, *, named: bool = False) -> None:
        """`other` is the `name` of `one`; one tie between two is enough where none is told."""
        if one == other or (not named and (one, other) in self._tied):
            return
        self._tied |= {(one, other), (other, one)}
        told = role(name)
        if told.kind == "spouse":
            self._tied |= {(node, 0) for node in (one, other)}
        first, second = (other, one) if told.first else (one, other)
        self._rows.add(
            "relationship", id=self._dice.id(), kind=told.kind, **_end("from", first), **_end("to", second),
            noted_on=self._day - timedelta(days=self._dice.between(5, 700)), note=note or None,
        )  # fmt: skip

    def _household(self, name: str, members: list[Node], note: str) -> None:
        number = self._dice.id()
        self._rows.add("household", id=number, name=name, note=note or None)
        for node in members:
            who = _end("", node)
            self._rows.add("household_member", id=self._dice.id(), household_id=number, **who)

    def _referral(self, by: str, name: str, ago: int, note: str, *, confirmed: bool, new: Node | None) -> None:
        self._rows.add(
            "referral", id=self._dice.id(), client_id=self._nodes[by], name=name, on=self._day - timedelta(days=ago),
            confirmed=confirmed, new_client_id=new, note=note,
        )  # fmt: skip

    # Names.

    def _surname_of(self, node: Node) -> str:
        return next(name for name, known in self._nodes.items() if known == node)[:1]

    def _name(self, sex: str, age: int, surname: str = "") -> str:
        names = shipped("names")
        generation = "older" if age >= 58 else "middle" if age >= 38 else "younger"
        signs = names[sex][generation]
        while True:
            family = surname or self._dice.pick("王李张刘陈杨黄吴赵徐孙马朱胡郭何罗郑梁谢宋")
            name = f"{family}{self._dice.pick(signs['first'].split())}{self._dice.pick(signs['last'].split())}"
            if name not in self._nodes:
                return name


def _end(end: str, node: Node) -> dict[str, Node | None]:
    prefix = f"{end}_" if end else ""
    return {
        f"{prefix}client_id": node if isinstance(node, int) else None,
        f"{prefix}person_id": node if isinstance(node, str) else None,
    }
