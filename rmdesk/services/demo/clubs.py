"""Members, benefits and points of the demo portfolio; needs the clients' figures."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from rmdesk.models.kinds import ClientId, Decision, PointsKind, Proposal, TermState, Topic
from rmdesk.services.benefits.tables import benefits
from rmdesk.services.clubs import queries, rules, tables
from rmdesk.services.clubs.queries import ProposalRow
from rmdesk.services.demo.cast import shipped
from rmdesk.services.demo.dice import Dice
from rmdesk.services.points import queries as points
from rmdesk.services.points.tables import figure

if TYPE_CHECKING:
    from rmdesk.services.store.work import UnitOfWork

FEN = 100
OUT = 5  # candidates of the last half-year who did not join
NEAR = 2  # clients below the limit who are members all the same


def write(work: UnitOfWork, day: date, seed: int) -> None:
    """All of it: who joined after the last half-year, what they used, what they earned."""
    dice = Dice(seed, "clubs")
    members = _terms(work, day, dice)
    _uses(work, day, dice, members)
    _points(work, day, dice)


def _terms(work: UnitOfWork, day: date, dice: Dice) -> list[ClientId]:
    shown = rules.half_shown(day, int(tables.figure("term", "review_days")))
    found = queries.proposals(work, shown.before, day=min(day, shown.start + timedelta(6)))
    able = [row for row in found.rows if row.proposal is Proposal.JOIN]
    near = [row for row in queries.proposals(work, shown, day=day).rows
            if row.proposal is Proposal.WATCH and (row.mean_minor or 0) < row.limit_minor]  # fmt: skip
    chosen = [row for at, row in enumerate(able) if at % OUT != OUT - 1]
    already = {row.client for row in chosen}  # who has fallen below the limit since may have joined before
    joined = [*chosen, *[row for row in near if row.client not in already][:NEAR]]
    notice = shown.start + timedelta(9)
    rows = [_term(dice, row, shown.before.code, notice) for row in joined]
    _put(work, "club_term", rows)
    return [row.client for row in joined]


def _term(dice: Dice, row: ProposalRow, half: str, notice: date) -> dict[str, Any]:
    texts, circles = shipped("texts"), list(tables.first().circles)
    ends = rules.ends_on(notice, int(tables.figure("term", "months")))
    decided = notice - timedelta(4)
    return {
        "id": dice.id(), "client_id": row.client, "club": row.club, "half": half, "proposal": Proposal.JOIN.value,
        "facts": json.dumps({"limit_minor": row.limit_minor, "mean_minor": row.mean_minor, "days": row.days}),
        "decision": Decision.JOIN.value, "reason": None, "circles": " ".join(dice.some(circles, dice.between(0, 2))),
        "decided_on": decided, "decided_by": texts["manager"], "starts_on": notice, "ends_on": ends,
        "state": TermState.APPROVED.value, "lead_on": decided + timedelta(2), "lead_by": shipped("gifts")["lead"],
        "comment": None,
    }  # fmt: skip


def _uses(work: UnitOfWork, day: date, dice: Dice, members: list[ClientId]) -> None:
    places = {"car_wash": "云栖路洗车行", "haircut": "丝域造型", "cinema": "大华影城", "lounge": "禄口机场 T2"}
    first = date(day.year, 1, 4)
    rows = []
    for client in members:
        for code, benefit in benefits().items():
            days = sorted(first + timedelta(dice.between(0, max(0, (day - first).days)))
                          for _turn in range(dice.between(0, max(1, benefit.member // 2))))  # fmt: skip
            for turn, on in enumerate(days, start=1):
                rows.append(
                    {
                        "id": dice.id(), "client_id": client, "benefit": code, "year": on.year, "turn": turn, "on": on,
                        "place": places[code], "note": None, "cost_minor": benefit.cost * FEN, "currency": "CNY",
                        "entered_at": f"{on.isoformat()}T08:00:00.000+00:00",
                    }
                )  # fmt: skip
    _put(work, "benefit_use", rows)


def _points(work: UnitOfWork, day: date, dice: Dice) -> None:
    """What was earned up to a month ago is posted; some of it was redeemed, a little has expired."""
    due = points.due(work, day=day - timedelta(30))
    rows = [_line(dice, one.client, one.kind, one.rule, one.points, one.on, one.source, one.basis_minor,
                  one.expires_on) for one in due]  # fmt: skip
    holders = sorted({one.client: one.points for one in due}.items(), key=lambda pair: (-pair[1], pair[0]))
    old = day - timedelta(760)
    for client, earned in holders[:12]:
        source, gone = dice.id(), 10 * dice.between(4, 30)
        lapses = old + timedelta(int(figure("expiry_months") * 30.4))
        rows.append(_line(dice, client, PointsKind.EARN, "deposit", gone, old, source, gone * 1000 * FEN, lapses))
        rows.append(_line(dice, client, PointsKind.EXPIRE, "expiry", -gone, lapses, str(rows[-1]["id"]), None, None))
        if dice.chance(0.7):
            spent, on = 10 * max(1, earned // 25), day - timedelta(dice.between(1, 25))
            rows.append(_line(dice, client, PointsKind.REDEEM, "gift", -spent, on, dice.id(), None, None))
    _put(work, "points_entry", rows)


def _line(
    dice: Dice, client: int, kind: PointsKind, rule: str, count: int, on: date, source: str, basis: int | None,
    expires: date | None,
) -> dict[str, Any]:  # fmt: skip
    return {
        "id": dice.id(), "client_id": client, "on": on, "kind": kind.value, "rule": rule, "points": count,
        "basis_minor": basis, "currency": None if basis is None else "CNY", "source": source, "note": None,
        "expires_on": expires,
    }  # fmt: skip


def _put(work: UnitOfWork, table: str, rows: list[dict[str, Any]]) -> None:
    if not rows:
        return
    names = ", ".join(f'"{name}"' for name in rows[0])
    values = [tuple(v.isoformat() if isinstance(v, date) else v for v in row.values()) for row in rows]
    marks = ", ".join("?" * len(rows[0]))
    work.bulk(f"INSERT INTO {table} ({names}) VALUES ({marks})", values, topics={Topic.CLUBS})
