"""Reading and ranking a portfolio; the floors are the bare cursor and the bare arithmetic on the same arrays."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import numpy as np

from bench.told import DAY, forget_peak, memory, tell, timed
from rmdesk.base import clock
from rmdesk.models.kinds import Purpose
from rmdesk.services.care import facts, lists, portfolio, queries
from rmdesk.services.scoring import settings, tables
from rmdesk.services.store import profile
from rmdesk.services.store.reads import Reader


def main(folder: Path, runs: int) -> None:
    """Measure and tell."""
    clock.fix(DAY)
    store = profile.open_demo(folder)
    reader = store.reader()
    list(reader.pages("SELECT * FROM client JOIN client_figures ON client_id = id"))  # warm the page cache
    before = memory()
    forget_peak()
    loads = [(timed(lambda: portfolio.load(reader, DAY)), timed(lambda: bare_read(reader, DAY))) for _ in range(runs)]
    peak = memory().get("peak", 0) - before.get("pss", 0)
    whole = portfolio.current(reader, DAY)
    weights = settings.weights(reader, Purpose.MAINTAIN)
    rule = tables.table()

    def rank() -> None:
        lists.rank(reader, whole, Purpose.MAINTAIN, weights).lanes(20, strict=False)

    def arithmetic() -> None:
        worth, loyal = np.nan_to_num(whole.inputs["V"]), 1 + rule.loyalty * np.nan_to_num(whole.loyalty)
        score = np.zeros(whole.size)
        for line in tables.LINES:
            base, grows = rule.shares[line]
            score += weights.of(line) * np.nan_to_num(whole.inputs[line]) * (base + grows * worth) * loyal
        np.argsort(-np.minimum(score, rule.most), kind="stable")

    rank()
    arithmetic()
    ranks = [(timed(rank), timed(arithmetic)) for _ in range(runs)]
    days = [timed(lambda: queries.care_day(reader, day=DAY)) for _ in range(runs)]
    listed = queries.care_day(reader, day=DAY).items[-1].client
    receipts = [timed(lambda: queries.receipt(reader, listed, day=DAY)) for _ in range(runs)]
    tell(loads=loads, ranks=ranks, days=days, receipts=receipts, peak=peak)


def bare_read(reader: Reader, day: date) -> None:
    """The rows of clients and figures that the ranking needs, read and thrown away."""
    for _page in facts.Scope(reader, day).rows(facts._CLIENTS, key="c.id"):
        pass


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
