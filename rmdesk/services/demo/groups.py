"""The group clients of the invented manager: one near its limits, one that an old capital figure keeps from green."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from rmdesk.services.demo.cast import shipped
from rmdesk.services.demo.dice import Dice
from rmdesk.services.demo.rows import Rows

UNIT = 10_000 * 100  # minor units in 10,000 yuan


class Groups:
    """Writes groups, exposures, guarantees and a capital figure of the quarter before the last."""

    def __init__(self, rows: Rows, day: date, seed: int) -> None:
        self._rows, self._day = rows, day
        self._dice = Dice(seed, "groups")
        self._texts = shipped("products")
        self._clients = {row["name"]: row["id"] for row in rows.of("client")}
        self._parties: dict[str, str] = {}

    def write(self) -> None:
        """Everything about groups."""
        capital = self._texts["capital"]
        self._rows.add(
            "capital_figure", id=self._dice.id(), on=_quarter_before_last(self._day), net_minor=capital["net"] * UNIT,
            tier1_minor=capital["tier1"] * UNIT, currency="CNY", source=capital["source"],
        )  # fmt: skip
        for group in self._texts["groups"]:
            self._group(group)

    def _group(self, told: dict[str, Any]) -> None:
        group, dice = self._dice.id(), self._dice
        self._rows.add(
            "group_client", id=group, name=told["name"], note=told["note"], made_on=self._day - timedelta(200)
        )
        for name, under, share in told["members"]:
            self._rows.add(
                "group_member", id=dice.id(), group_id=group, party_id=self._party(name),
                under_id=self._party(under) if under else None, share_bp=share * 100 or None, note=None,
            )  # fmt: skip
        for entries, draft in ((told["exposures"], False), (told["drafts"], True)):
            for name, kind, amount, note in entries:
                self._rows.add(
                    "exposure", id=dice.id(), party_id=self._party(name), kind=kind, amount_minor=amount * UNIT,
                    currency="CNY", draft=draft, as_of=self._day - timedelta(dice.between(3, 25)), note=note or None,
                )  # fmt: skip
        for guarantor, debtor, amount in told["guarantees"]:
            self._rows.add(
                "guarantee", id=dice.id(), guarantor_id=self._party(guarantor), debtor_id=self._party(debtor),
                amount_minor=amount * UNIT or None, currency="CNY", as_of=self._day - timedelta(60), note=None,
            )  # fmt: skip

    def _party(self, name: str) -> str:
        if name not in self._parties:
            self._parties[name] = self._dice.id()
            self._rows.add(
                "credit_party", id=self._parties[name], client_id=self._clients.get(name), name=name, note=None
            )
        return self._parties[name]


def _quarter_before_last(day: date) -> date:
    month = (day.month - 1) // 3 * 3 + 1  # the first of this quarter
    last = date(day.year, month, 1) - timedelta(1)
    return date(last.year, last.month - 2, 1) - timedelta(1)
