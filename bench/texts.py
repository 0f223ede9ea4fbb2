"""A profile with half a million visits that have a text each, one client's history among them."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import numpy as np

from bench.people import days
from bench.told import DAY
from rmdesk.base import clock, paths
from rmdesk.models.kinds import Channel, Topic, new_id
from rmdesk.services.search.texts import IndexTexts, left
from rmdesk.services.store import profile
from rmdesk.services.store.command import Done
from rmdesk.services.store.work import UnitOfWork

EACH = 5  # texts of a client
LONG = 5_000  # entries of the first client
LOT, SLICE = 20_000, 10_000
PHRASES = 3, 8  # of a text
COLUMNS = ("id", "client_id", "state", "channel", "on", "two_way", "inbound", "marketing", "entered_at", "content")


def phrases() -> list[str]:
    """Phrases as bankers write them, out of the texts of this program itself; always in the same order."""
    files = sorted((*paths.resource("demo").glob("*.toml"), *paths.resource("locale", "zh_CN", "parts").glob("*.po")))
    found = dict.fromkeys(
        run for file in files for run in re.findall("[\u4e00-\u9fff]{2,9}", file.read_text(encoding="utf-8"))
    )
    return sorted(found, key=_mixed)


def _mixed(phrase: str) -> int:
    """A number that is the same on every machine."""
    return int.from_bytes(phrase.encode(), "big") % 1_000_003


def contents(count: int) -> Iterator[str]:
    """Texts of visits: a few phrases come again and again, most are rare."""
    dice, stock = np.random.default_rng(11), phrases()
    weights = 1 / (np.arange(len(stock)) + 8.0)
    lengths = dice.integers(*PHRASES, count)
    drawn = iter(dice.choice(len(stock), int(lengths.sum()), p=weights / weights.sum()).tolist())
    for length in lengths.tolist():
        yield "，".join(stock[next(drawn)] for _ in range(length))


@dataclass(frozen=True, slots=True)
class FillTexts:
    """Visits with texts: many of the first client, the others of all, the newest last as they were written."""

    label: ClassVar[str] = "Fill in the texts of the benchmark"
    clients: int

    def apply(self, work: UnitOfWork) -> Done[None]:
        dice, count = np.random.default_rng(13), self.clients * EACH
        work.bulk("DELETE FROM visit", topics={Topic.VISITS})
        on = sorted(days(dice, count, 1, 5 * 365).tolist())
        whom = dice.integers(2, self.clients + 1, count).tolist()
        for at in range(0, count, max(1, count // LONG)):
            whom[at] = 1
        marks = ", ".join(f'"{name}"' for name in COLUMNS), ", ".join("?" * len(COLUMNS))
        lot: list[tuple[Any, ...]] = []
        for at, text in enumerate(contents(count), 1):
            day = on[at - 1]
            lot.append((new_id(), whom[at - 1], "held", str(Channel.PHONE), day, 1, 0, 0, f"{day}T09:00:00.000+00:00",
                        text))  # fmt: skip
            if len(lot) == LOT or at == count:
                work.bulk(f"INSERT INTO visit ({marks[0]}) VALUES ({marks[1]})", lot, topics={Topic.VISITS})
                lot = []
        return Done(None)


def made(folder: Path, source: Path, clients: int) -> Path:
    """A profile with texts, all of them in the index: a copy of `source` at first, made unless it is there."""
    if not (folder / "rmdesk.db").exists():
        shutil.copytree(source, folder)
        clock.fix(DAY)
        store = profile.open_demo(folder)
        store.perform(FillTexts(clients))
        while store.read(left):
            store.perform(IndexTexts(SLICE))
        store.close()
        clock.fix(None)
    return folder
