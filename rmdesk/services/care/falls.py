"""Whose AUM fell, and whose tier is on watch: what the warnings take from the whole portfolio."""

from __future__ import annotations

from datetime import date

import numpy as np

from rmdesk.base.text import phrase
from rmdesk.models.kinds import ClientId
from rmdesk.services.care import portfolio, words
from rmdesk.services.care.rows import Shade, WarningRow
from rmdesk.services.care.welcome import welcome
from rmdesk.services.scoring import tables
from rmdesk.services.store.reads import Reads


def falls(reads: Reads, day: date, limit: int) -> list[WarningRow]:
    """The deepest falls of AUM that count as a signal, and tiers on watch."""
    whole = portfolio.current(reads, day)
    open_ = whole.excluded == 0
    fall = np.where(open_, np.nan_to_num(whole.measures["fall"]), 0.0)
    lost = fall * np.nan_to_num(whole.aum) / np.maximum(1 - fall, 1e-9)
    fell = np.flatnonzero(np.nan_to_num(whole.signals["fall"]) * open_ > 0)
    fell = fell[np.lexsort((whole.tie[fell], -lost[fell]))][:limit]
    watched = np.flatnonzero(whole.watch & open_)
    watched = watched[np.lexsort((whole.tie[watched], -whole.tier[watched]))][:limit]
    people = welcome(reads, {int(whole.client[at]) for at in (*fell, *watched)})
    found = []
    for at in fell:
        client = int(whole.client[at])
        if client in people:
            change = whole.change_30[at]
            text = (
                phrase("AUM {change}% in 30 days", change=words.percent(float(change)))
                if change <= -tables.table().signals["fall"].start
                else phrase("AUM {change}% on its 3-month high", change=words.percent(-float(fall[at])))
            )
            found.append(
                WarningRow(
                    ClientId(client),
                    people[client],
                    "fall",
                    Shade.RISK,
                    text,
                    None,
                    -whole.minor(lost[at]),
                    whole.currency,
                )
            )
    for at in watched:
        client = int(whole.client[at])
        if client in people:
            text = phrase("Tier on watch: {months} months below", months=int(whole.below[at]))
            found.append(
                WarningRow(ClientId(client), people[client], "watch", Shade.RISK, text, None, None, whole.currency)
            )
    return found
