"""Gifts of the demo portfolio: every state, a request of each outcome, one breach, one that came back."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

from rmdesk.services.demo.cast import Plan, shipped
from rmdesk.services.demo.dice import Dice
from rmdesk.services.demo.rows import Rows
from rmdesk.services.gifts import tables, tastes
from rmdesk.services.gifts.tables import Idea
from rmdesk.services.occasions.rules import festival_days, festivals

CHANCE = {"high": 0.75, "middle": 0.22, "low": 0.0}  # that a familiar client gets gifts
QUIET = {"deceased", "no_contact", "closed", "incomplete"}
FEN = 100
NEAR, BIRTHDAY = 15, "生日"  # days between a gift and its festival; what else it is for


class Gifts:
    """Writes them, after likes, taboos and feedback."""

    def __init__(self, rows: Rows, day: date, seed: int) -> None:
        self._rows, self._day = rows, day
        self._dice = Dice(seed, "gifts")
        self._texts: dict[str, Any] = shipped("gifts")
        self._who: str = shipped("texts")["manager"]
        self._tastes: dict[int, list[tuple[str, str]]] = {}
        self._given: set[tuple[int, str]] = set()

    def write(self, plans: list[Plan]) -> None:
        """The gifts for these clients."""
        for row in self._rows.of("preference"):
            self._tastes.setdefault(row["client_id"], []).append((row["taste"], row["text"]))
        strict = self._strict()
        free = [plan for plan in plans if plan.kind == "person" and plan.turn not in QUIET and plan.id not in strict]
        self._named(free[0])
        cast = [plan for plan in free if plan.band == "high" and plan.known == "familiar" and not plan.part]
        self._scripted(cast[:8])
        for plan in free[1:]:
            if plan not in cast[:8] and plan.known != "stranger" and self._dice.chance(self._chance(plan)):
                self._past(plan)
        self._ahead([plan for plan in free if plan.band == "high" and plan not in cast[:8]][3:9])
        self._thank(strict)

    def _chance(self, plan: Plan) -> float:
        return CHANCE[plan.band] * (1.0 if plan.known == "familiar" else 0.4)

    def _strict(self) -> set[int]:
        """Officials, staff of company clients and companies themselves: the stricter limit would forbid the below."""
        words = tables.listed("strict", "official_words")
        clients = self._rows.of("client")
        firms = {row["name"]: row["id"] for row in clients if row["kind"] == "company"}
        ties = self._rows.of("relationship")
        companies = set(firms.values())
        staff = {
            row["to_client_id"] for row in ties if row["kind"] == "employer" and row["from_client_id"] in companies
        }
        staff |= {
            row["from_client_id"] for row in ties if row["kind"] == "decider" and row["to_client_id"] in companies
        }
        return staff | {
            row["id"]
            for row in clients
            if row["kind"] == "company"
            or row["employer"] in firms
            or tastes.found(f"{row['occupation'] or ''} · {row['employer'] or ''}", words)
        }

    def _named(self, plan: Plan) -> None:
        entry = self._texts["named"]
        given = self._day - timedelta(days=55)
        self._gift(
            plan, entry, "noted", given_on=given, bought_on=given - timedelta(days=4), reaction=entry["reaction"],
            liking=5,
        )  # fmt: skip

    def _scripted(self, cast: list[Plan]) -> None:
        """One client for each outcome of a request, the breach, the return, the drop and an idea."""
        texts, ago = self._texts, self._ago
        asked, approved, refused, breach, returned, dropped, bought, idea = cast
        gift = self._gift(asked, texts["asked"], "awaiting", planned_for=self._day + timedelta(days=18))
        self._request(gift, texts["asked"], "asked", 2)
        gift = self._gift(approved, texts["approved"], "approved", planned_for=self._day + timedelta(days=9))
        self._request(gift, texts["approved"], "approved", 6)
        gift = self._gift(refused, texts["refused"], "planned", planned_for=self._day + timedelta(days=25))
        self._request(gift, texts["refused"], "refused", 12)
        over = texts["breach"]["yuan"] * FEN - int(tables.limit("recipient")) * FEN
        told = {"over": [over], "currency": "CNY", "on": ago(20).isoformat()}
        self._gift(
            breach, texts["breach"], "noted", given_on=ago(20), bought_on=ago(23), liking=4,
            reaction=texts["breach"]["reaction"], breach=json.dumps(told, sort_keys=True),
        )  # fmt: skip
        self._gift(
            returned, texts["returned"], "returned", given_on=ago(40), bought_on=ago(43), returned_on=ago(35),
            dropped_why=texts["returned"]["dropped"],
        )  # fmt: skip
        self._gift(dropped, texts["dropped"], "dropped", dropped_why=texts["dropped"]["dropped"])
        for plan, state in ((bought, "bought"), (idea, "idea")):
            chosen = self._idea(plan)
            if chosen is not None:
                days = {"bought_on": ago(3), "planned_for": self._day + timedelta(days=5)} if state == "bought" else {}
                self._gift(plan, self._entry(chosen), state, **days)

    def _past(self, plan: Plan) -> None:
        """Gifts of the last two years, about one for each occasion that was kept."""
        ago = self._dice.between(12, 200)
        while ago < min(720, plan.years * 365):
            idea = self._idea(plan)
            if idea is None:
                return
            given = self._ago(ago)
            liking, reaction = self._dice.pick(self._texts["reactions"])
            noted = self._dice.chance(0.75)
            self._gift(
                plan, self._entry(idea), "noted" if noted else "given", given_on=given,
                bought_on=given - timedelta(days=self._dice.between(2, 9)), reaction=reaction if noted else None,
                liking=liking if noted else None,
            )  # fmt: skip
            ago += self._dice.between(170, 400)

    def _ahead(self, plans: list[Plan]) -> None:
        """A few that are planned."""
        for plan in plans:
            idea = self._idea(plan)
            if idea is not None:
                self._gift(
                    plan, self._entry(idea), "planned", planned_for=self._day + timedelta(self._dice.between(2, 40))
                )

    def _thank(self, strict: set[int]) -> None:
        """One valued suggestion is thanked for already."""
        valued = [row for row in self._rows.of("feedback") if row["valued"] and row["client_id"] not in strict]
        if valued:
            feedback = valued[0]
            plan = Plan(feedback["client_id"], "")
            idea = self._idea(plan)
            if idea is not None:
                given = date.fromisoformat(feedback["received_on"]) + timedelta(days=2)
                entry = {**self._entry(idea), "why": "感谢您的好建议", "occasion": None}
                self._gift(plan, entry, "given", given_on=given, bought_on=given, feedback_id=feedback["id"])

    def _idea(self, plan: Plan) -> Idea | None:
        """An idea of the library that the client may like, cannot mind, and has not had."""
        known = self._tastes.get(plan.id, [])
        taboos = [text for taste, text in known if taste == "taboo"]
        likes = {topic for taste, text in known if taste == "like" for topic in tastes.topics(text)}
        hated = {topic for text in taboos for topic in tastes.topics(tastes.thing(text))}
        able = [
            idea
            for idea in tables.ideas()
            if (plan.id, idea.code) not in self._given
            and not hated & idea.suits
            and not tastes.crossed(taboos, idea.title.zh)
        ]
        fits = [idea for idea in able if idea.suits & likes] or [idea for idea in able if "children" not in idea.suits]
        if not fits:
            return None
        idea = self._dice.pick(fits)
        self._given.add((plan.id, idea.code))
        return idea

    def _entry(self, idea: Idea) -> dict[str, Any]:
        yuan = int(idea.cost or 0) + self._dice.between(-3, 4) * 5
        why = self._dice.pick(self._texts["why"])
        occasion = self._dice.pick(self._texts["occasions"])
        return {"title": idea.title.zh, "category": idea.category, "yuan": yuan, "why": why, "occasion": occasion}

    def _gift(self, plan: Plan, entry: dict[str, Any], state: str, **more: Any) -> str:
        row: dict[str, Any] = dict.fromkeys(
            (
                "to_client_id", "to_person_id", "occasion_id", "tied_to", "planned_for", "bought_on", "given_on",
                "returned_on", "dropped_why", "reaction", "liking", "breach", "feedback_id",
            )
        )  # fmt: skip
        row |= more
        occasion = self._kept(entry.get("occasion"), row["given_on"] or row["planned_for"])
        entered = min(day for day in (self._day, row["bought_on"], row["given_on"]) if day is not None)
        number = self._dice.id()
        self._rows.add(
            "gift", id=number, client_id=plan.id, state=state, title=entry["title"], category=entry["category"],
            cost_minor=entry["yuan"] * FEN, currency="CNY", why=entry["why"], occasion=occasion,
            entered_at=f"{entered.isoformat()}T02:30:00.000+00:00", **row,
        )  # fmt: skip
        return number

    def _kept(self, occasion: str | None, day: date | None) -> str | None:
        """The occasion, unless it is a festival that lies elsewhere in the year."""
        if day is None or occasion not in festivals():
            return occasion
        near = timedelta(days=NEAR)
        return occasion if any(one.name == occasion for _on, one in festival_days(day - near, day + near)) else BIRTHDAY

    def _request(self, gift: str, entry: dict[str, Any], state: str, ago: int) -> None:
        limit = int(tables.limit("recipient")) * FEN
        rule = tables.rule("limits", "recipient")
        gate = {
            "limit": "recipient", "limit_minor": limit, "over_minor": entry["yuan"] * FEN - limit, "unknown": 0,
            "rule_en": rule.en, "rule_zh": rule.zh,
        }  # fmt: skip
        answered = state != "asked"
        self._rows.add(
            "gift_approval", id=self._dice.id(), gift_id=gift, state=state, asked_on=self._ago(ago),
            asked_by=self._who, reason=entry["reason"], cost_minor=entry["yuan"] * FEN,
            gates=json.dumps([gate], ensure_ascii=False, sort_keys=True),
            decided_on=self._ago(ago - 1) if answered else None, decided_by=self._lead if answered else None,
            comment=entry.get("comment"),
        )  # fmt: skip

    @property
    def _lead(self) -> str:
        return str(self._texts["lead"])

    def _ago(self, days: int) -> date:
        return self._day - timedelta(days=days)
