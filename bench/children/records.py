"""What a manager has written in some years: 49 records of many kinds on each client, as rows of the book's scope."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

from rmdesk.wire import ids
from rmdesk.wire.messages import Row
from rmdesk.wire.registry import BY_NAME

EACH = {"visit": 14, "task": 10, "promise": 6, "preference": 7, "gift": 4, "occasion": 3, "feedback": 2, "kyc_block": 2}
TEXT = "客户近期关注稳健类产品，询问三年期大额存单与国债的差别，已当面说明流动性与提前支取规则；下次带上对比表。"
WITH_VISITS = ("task", "promise")
DAY, NOW = "2026-02-03", "2026-03-02T02:00:00.000+00:00"


def written(clients: Sequence[str], scope: str, user: str) -> list[Row]:
    """One note on each client (wire ids) and so many records of each kind, in the order in which they were written."""
    dice = random.Random(1)
    plan = [part for client in clients for part in _parts(client)]
    dice.shuffle(plan)
    rows = [_row(scope, user, "client", client, client, {"note": _words(dice)}) for client in clients]
    for client, part in plan:
        visit: str | None = None
        for kind, at in part:
            fields = {"client_id": client, **_fields(kind, dice, at, visit)}
            record = ids.natural_id(BY_NAME[kind], fields, "") or f"{len(rows) + (10 << 120):032x}"
            visit = record if kind == "visit" else visit
            rows.append(_row(scope, user, kind, record, client, fields))
    for seq, row in enumerate(rows, start=1):
        row.seq = seq
    return rows


def _parts(client: str) -> list[tuple[str, list[tuple[str, int]]]]:
    """What is written of one client, each part in one go: half of the tasks and promises with their visit."""
    alone = [[(kind, at)] for kind, many in EACH.items() for at in range(many) if kind not in ("visit", *WITH_VISITS)]
    for at in range(EACH["visit"]):
        alone += [[("visit", at), *((kind, at) for kind in WITH_VISITS if at < EACH[kind] // 2)]]
    alone += [[(kind, at)] for kind in WITH_VISITS for at in range(EACH[kind] // 2, EACH[kind])]
    return [(client, part) for part in alone]


def _row(scope: str, user: str, kind: str, record: str, client: str, fields: dict[str, Any]) -> Row:
    told = {name: value for name, value in fields.items() if value is not None}
    return Row(kind, record, scope, 1, client, fields=told, field_rev=dict.fromkeys(told, 1), by=user, at=NOW)


def _words(dice: random.Random) -> str:
    return TEXT[: dice.randrange(8, len(TEXT))] + str(dice.randrange(10**6))


def _fields(kind: str, dice: random.Random, at: int, visit: str | None) -> dict[str, Any]:
    text = _words(dice)
    if kind == "visit":
        return {"state": "held", "channel": "phone", "on": DAY, "two_way": 1, "inbound": 0, "marketing": 0,
                "purpose": "回访", "content": text, "entered_at": NOW, "participants": "本人", "place": "网点",
                "mood": "calm", "next_step": text[:12], "minutes": 30}  # fmt: skip
    if kind in ("task", "promise"):
        return {"text": text, "made_on": DAY, "due_on": "2026-03-03", "state": "open", "visit_id": visit}
    if kind == "preference":
        return {"taste": "like", "text": text, "noted_on": DAY, "source": "面谈"}
    if kind == "gift":
        return {"state": "given", "title": "茶叶", "category": "tea", "cost_minor": 10000, "currency": "CNY",
                "why": text, "planned_for": "2026-02-01", "given_on": "2026-02-02", "entered_at": NOW}  # fmt: skip
    if kind == "occasion":
        return {"kind": "birthday", "calendar": "solar", "month": 3, "day": 1 + at, "leap": 0, "once": 0,
                "leap_policy": "both", "day_policy": "last", "both": 0, "title": "生日", "lead_days": 7}  # fmt: skip
    if kind == "feedback":
        return {"kind": "praise", "channel": "phone", "text": text, "received_on": DAY, "valued": 1}
    return {"area": ("person", "family")[at], "tense": "present", "text": text, "confirmed_on": DAY}
