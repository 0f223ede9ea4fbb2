"""Filling a new profile with the demo portfolio."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from rmdesk.base import clock
from rmdesk.base.errors import Refused
from rmdesk.base.text import N_
from rmdesk.services.demo import (
    campaigns,
    cast,
    clubs,
    days,
    files,
    gatherings,
    gifts,
    groups,
    history,
    lessons,
    losses,
    money,
    occasions,
    people,
    products,
    relations,
    tastes,
    team,
    visits,
    voices,
)
from rmdesk.services.demo.rows import Rows
from rmdesk.services.segments import figures
from rmdesk.services.settings.general import BRANCH, TEAM, USER_NAME
from rmdesk.services.store.command import Done
from rmdesk.services.store.work import UnitOfWork

SEED = 486


@dataclass(frozen=True, slots=True)
class FillDemo:
    """Fill an empty profile with invented clients, as they stand today. Gives back how many; cannot be undone."""

    label: ClassVar[str] = N_("Fill in the demo portfolio")
    seed: int = SEED

    def apply(self, work: UnitOfWork) -> Done[int]:
        if work.value("SELECT 1 FROM client LIMIT 1") is not None:
            raise Refused(
                N_("This profile already has clients."), do=N_("Choose a new profile for the demo."), code="not_empty"
            )
        rows = portfolio(self.seed, clock.today())
        work.progress.at(1, 3)
        rows.write(work)
        work.progress.at(2, 3)
        figures.refresh(work)
        losses.write(work, clock.today(), self.seed)
        clubs.write(work, clock.today(), self.seed)
        campaigns.write(work, clock.today(), self.seed)
        return Done(cast.CLIENTS)


def portfolio(seed: int, day: date) -> Rows:
    """All rows of the demo portfolio; the same seed and day give the same rows on every machine."""
    plans = cast.plans(seed, day)
    rows = Rows()
    people.bank(rows, plans, day)
    people.clients(rows, plans, day, seed)
    money.Ledger(rows, day, seed).write(plans)
    history.History(rows, day, seed).write(plans)
    visits.Findings(rows, day, seed).write(plans)
    days.Days(rows, day, seed).write(plans)
    lessons.Lessons(rows, day, seed).write(plans)
    tastes.Tastes(rows, day, seed).write(plans)
    relations.Circles(rows, day, seed).write(plans)
    occasions.Greetings(rows, day, seed).write(plans)
    voices.Voices(rows, day, seed).write(plans)
    gatherings.Gatherings(rows, day, seed).write(plans)
    gifts.Gifts(rows, day, seed).write(plans)
    products.Shelf(rows, day, seed).write(plans)
    groups.Groups(rows, day, seed).write()
    files.Files(rows, day, seed).write(plans)
    team.Words(rows, day, seed).write(plans)
    texts = cast.shipped("texts")
    for setting, value in (
        (USER_NAME, texts["manager"]),
        (BRANCH, texts["branches"][0]["name"]),
        (TEAM, texts["team"]),
    ):
        rows.add("setting", key=setting.key, value=json.dumps(value, ensure_ascii=False))
    return rows
