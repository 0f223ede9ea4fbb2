"""What a manager keeps on top of the bank's data, invented: tastes, ties, plans, promises, tasks, gifts, journals."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import numpy as np

from bench.told import DAY
from rmdesk.models.kinds import new_id

Rows = Iterator[tuple[Any, ...]]
MIDDLE = 8  # the client whose network, tastes and gifts are looked at
AROUND = 199  # people in that network, as many as are drawn
TASTES = ("龙井茶", "太极拳", "摄影", "越剧", "钓鱼", "书法", "徒步", "花生过敏", "不喝酒", "忌送钟")
TITLES = ("明前茶礼盒", "手写贺卡", "相册", "养生茶具", "戏票两张")
KINDS = ("spouse", "parent", "sibling", "influencer", "referrer", "owner")

COLUMNS: dict[str, tuple[str, ...]] = {
    "preference": ("id", "client_id", "taste", "text", "noted_on"),
    "relationship": ("id", "kind", "from_client_id", "to_client_id", "noted_on"),
    "visit": ("id", "client_id", "state", "channel", "on", "two_way", "inbound", "marketing", "entered_at"),
    "promise": ("id", "client_id", "text", "made_on", "due_on", "state"),
    "task": ("id", "client_id", "text", "made_on", "due_on", "state"),
    "gift": ("id", "client_id", "state", "title", "cost_minor", "currency", "planned_for", "given_on", "entered_at"),
    "journal": ("id", "on", "content", "method", "entered_at"),
    "journal_client": ("journal_id", "client_id"),
}


def tables(count: int) -> Iterator[tuple[str, tuple[str, ...], list[tuple[Any, ...]]]]:
    """Table, columns and rows for so many clients; parents before their children."""
    dice = np.random.default_rng(11)
    made = {
        "preference": _preferences(count),
        "relationship": _relationships(count),
        "visit": _plans(count, dice),
        "promise": _promises(count, dice),
        "task": _promises(count, dice),
        "gift": _gifts(count, dice),
    }
    for table, rows in made.items():
        yield table, COLUMNS[table], list(rows)
    journals = list(_journals(count, dice))
    yield "journal", COLUMNS["journal"], journals
    yield "journal_client", COLUMNS["journal_client"], [(one[0], at + 1) for at, one in enumerate(journals)]


def _day(ahead: int) -> str:
    return (DAY + timedelta(ahead)).isoformat()


def _preferences(count: int) -> Rows:
    for at in range(1, count + 1, 2):
        for place in range(3 if at != MIDDLE else len(TASTES)):
            text = TASTES[(at + place) % len(TASTES)]
            yield new_id(), at, "taboo" if text[0] in "花不忌" else "like", text, _day(-at % 300 - 300)


def _relationships(count: int) -> Rows:
    """A crowd around one client, two steps deep, and a couple for every fourth of the others."""
    others = [at for at in range(1, min(count, AROUND + 1) + 1) if at != MIDDLE]
    for place, other in enumerate(others):
        inner = MIDDLE if place < 40 else others[place % 40]
        yield new_id(), KINDS[place % len(KINDS)], other, inner, _day(-30)
    for at in range(AROUND + 2, count - 1, 4):
        yield new_id(), "spouse", at, at + 1, _day(-60)


def _plans(count: int, dice: np.random.Generator) -> Rows:
    plans = max(40, count // 500)
    for client, ahead in zip(
        dice.integers(1, count + 1, plans).tolist(), dice.integers(0, 40, plans).tolist(), strict=True
    ):
        yield new_id(), client, "planned", "phone", _day(ahead), 1, 0, 0, f"{_day(0)}T09:00:00.000+00:00"


def _promises(count: int, dice: np.random.Generator) -> Rows:
    open_ = max(30, count // 100)
    for client, ahead in zip(
        dice.integers(1, count + 1, open_).tolist(), dice.integers(-5, 60, open_).tolist(), strict=True
    ):
        yield new_id(), client, "送去产品说明书", _day(-20), _day(ahead), "open"


def _gifts(count: int, dice: np.random.Generator) -> Rows:
    gifts = max(50, count // 20)
    for at, ahead in enumerate(dice.integers(-500, 20, gifts).tolist()):
        day, given = _day(ahead), ahead < 0
        yield (new_id(), at * 7 % count + 1, "given" if given else "planned", TITLES[at % 5], 8_800 + at % 90 * 100,
               "CNY", day, day if given else None, f"{_day(min(ahead, 0))}T09:00:00.000+00:00")  # fmt: skip


def _journals(count: int, dice: np.random.Generator) -> Rows:
    journals = max(60, count // 50)
    ages: list[int] = np.sort(dice.integers(0, 700, min(journals, count))).tolist()
    for ago in ages:
        text = "聊了孩子的学业和明年的打算，对长期稳健的安排感兴趣。" * (1 + ago % 4)
        yield new_id(), _day(-ago), text, ("visit", "tea", "call")[ago % 3], f"{_day(-ago)}T18:00:00.000+00:00"
