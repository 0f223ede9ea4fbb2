"""The bank's master data of the demo portfolio: clients, branches, products, and the hand-over they came by."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date, timedelta
from typing import Any

from rmdesk.services.clients.pinyin import reading
from rmdesk.services.demo.cast import Plan, shipped
from rmdesk.services.demo.dice import Dice
from rmdesk.services.demo.products import assessed
from rmdesk.services.demo.rows import Rows
from rmdesk.services.demo.tastes import Reaches

BATCH = 1
DIVISION = "6801"  # GB/T 2260 knows no province 68: no ID number of the demo is anybody's
PHONE = "1600000"  # no mobile operator has 160 numbers: nobody answers
CHECK_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_DIGITS = "10X98765432"  # GB 11643, ISO 7064 MOD 11-2
STATUS = {"closed": "closed", "deceased": "deceased", "no_contact": "do_not_contact"}


def bank(rows: Rows, plans: list[Plan], day: date) -> None:
    """The hand-over, branches and products."""
    texts = shipped("texts")
    as_of = day - timedelta(days=1)
    counts = {"clients": {"new": len(plans), "changed": 0, "unchanged": 0}}
    rows.add(
        "batch", id=BATCH, at=f"{day.isoformat()}T00:30:00.000+00:00", who=texts["manager"], as_of=as_of,
        state="applied", counts=json.dumps(counts), findings="[]",
    )  # fmt: skip
    for number, name in enumerate(("客户主档", "账户余额", "产品持仓", "月度活动"), 1):
        rows.add(
            "batch_file", id=number, batch_id=BATCH, name=f"{name}-{as_of:%Y%m%d}.csv", sha256=f"{number:064x}",
            layout=name, encoding="gb18030", rows=len(plans),
        )  # fmt: skip
    for number, branch in enumerate(texts["branches"], 1):
        rows.add("branch", id=number, batch_id=BATCH, **branch)
    for number, product in enumerate(texts["products"], 1):
        rows.add(
            "product", id=number, code=product["code"], name=product["name"], kind=product["kind"],
            risk=product["risk"], term_days=product["term"] or None, rate_bp=product["rate"] or None,
            minimum_minor=product["minimum"] * 100, currency="CNY", batch_id=BATCH,
        )  # fmt: skip


def clients(rows: Rows, plans: list[Plan], day: date, seed: int) -> None:
    """One row per client."""
    dice = Dice(seed, "people")
    reaches = Reaches(day, seed)
    sequence: Counter[str] = Counter()
    for plan in plans:
        _client(rows, plan, day, dice, sequence, reaches.of(plan), seed)


def id_number(born: date, sex: str, district: int, sequence: Counter[str]) -> str:
    """A resident ID number with a valid check digit, of a division that does not exist; never the same twice."""
    place = f"{DIVISION}{district:02d}{born:%Y%m%d}"
    sequence[place + sex] += 1
    count = 2 * sequence[place + sex] - (1 if sex == "M" else 2)  # odd for men, even for women
    digits = f"{place}{count + 100:03d}"
    total = sum(int(digit) * weight for digit, weight in zip(digits, CHECK_WEIGHTS, strict=True))
    return digits + CHECK_DIGITS[total % 11]


def _client(
    rows: Rows, plan: Plan, day: date, dice: Dice, sequence: Counter[str], reach: dict[str, Any], seed: int
) -> None:
    texts = shipped("texts")
    read = reading(plan.name, company=plan.kind == "company")
    district = dice.between(0, 3)
    name = texts["places"]["districts"][district]
    street, number = dice.pick(texts["places"]["streets"]), dice.between(1, 288)
    estate = dice.pick(texts["places"]["estates"])
    person = plan.kind == "person"
    opened = day - timedelta(days=plan.years * 365 + dice.between(20, 330))
    since = day - timedelta(days=dice.between(20, 80) if plan.turn == "new_manager" else dice.between(400, 1500))
    work = texts["work"]
    generation = "older" if plan.age >= 60 else "middle" if plan.age >= 36 else "younger"
    occupation, employer = dice.pick(work[generation]), dice.pick(work["employers"])
    knows_all = plan.turn != "incomplete" and dice.chance(0.93)
    wechat, consent = dice.chance(0.6) or reach["preferred_channel"] == "chat", dice.share()
    rows.add(
        "client",
        id=plan.id,
        number=f"90{plan.id * 37 + 10_000_000:08d}",
        origin="bank",
        kind=plan.kind,
        status=STATUS.get(plan.turn, "active"),
        name=plan.name,
        pinyin=read.pinyin,
        initials=read.initials,
        pinyin_also=read.also,
        sex=plan.sex or None,
        birth_date=plan.born.isoformat() if plan.born and knows_all else None,
        id_kind="resident" if person and knows_all else None,
        id_number=id_number(plan.born, plan.sex, district, sequence) if plan.born and knows_all else None,
        phone=f"{PHONE}{(plan.id * 7919 + 1234) % 10000:04d}" if plan.turn != "incomplete" else None,
        wechat=f"demo_{plan.id:04d}" if wechat else None,
        address=f"{texts['city']}{name}{street}{number}号" + (estate if person else ""),
        district=name,
        occupation=occupation if person and knows_all else None,
        employer=employer if person and generation != "older" else None,
        note=_note(plan),
        manager=texts["manager"],
        manager_since=max(since, opened),
        risk_level=dice.between(1, 3) if plan.age >= 60 else dice.between(2, 5),
        risk_on=assessed(seed, plan.id, day),
        opened_on=opened,
        aum_minor=None if plan.aum is None else plan.aum * 100,
        currency="CNY",
        aum_on=None if plan.aum is None else day - timedelta(days=1),
        marketing_consent=False if plan.turn == "no_consent" else None if consent < 0.2 else True,
        branch_id=1 if dice.chance(0.75) else dice.between(2, 3),
        as_of=day - timedelta(days=1),
        batch_id=BATCH,
        first_batch_id=BATCH,
        **reach,
    )


def _note(plan: Plan) -> str | None:
    parts = [plan.part.get("likes"), plan.part.get("taboos")]
    return "；".join(part for part in parts if part) or None
