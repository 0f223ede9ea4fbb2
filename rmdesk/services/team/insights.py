"""What a lead wants to know of the team besides coverage: agreed cadences, coaching over time, readiness."""

from __future__ import annotations

from datetime import date
from typing import Any

from rmdesk.base import clock
from rmdesk.base.record import record
from rmdesk.services.store.reads import Reads
from rmdesk.services.team.cadences import CadenceRow, cadences
from rmdesk.services.team.members import Member, team_led
from rmdesk.services.team.readiness import Readiness, ReadyRow, readiness
from rmdesk.services.team.tags import TagTrend, tag_trend


@record
class TeamInsights:
    """All of it, as of a day."""

    day: date
    members: tuple[Member, ...]
    cadences: tuple[CadenceRow, ...]
    tags: TagTrend
    readiness: Readiness


def team_insights(reads: Reads, day: date | None = None) -> TeamInsights:
    """The insights of the team that this desk leads; refused for whoever leads none."""
    today, team = day or clock.today(), team_led(reads)
    return TeamInsights(today, team.members, cadences(reads), tag_trend(reads, today), readiness(reads, today))


def plain(found: TeamInsights) -> dict[str, Any]:
    """All of it for programs."""
    ready = found.readiness
    return {
        "date": found.day.isoformat(),
        "managers": [{"book": one.book, "name": one.name, "clients": one.clients} for one in found.members],
        "cadences": [cadence(one) for one in found.cadences],
        "tags": {
            "months": list(found.tags.months),
            "rows": [
                {
                    "manager": one.member.name, "tag": one.tag, "name": one.name.said, "counts": list(one.counts),
                    "trend": one.way.value,
                }
                for one in found.tags.rows
            ],
        },
        "readiness": {
            "managers": [
                {
                    "name": one.member.name, "clients": one.clients, "ready": one.ready,
                    "mean": None if one.mean is None else round(one.mean, 4),
                }
                for one in ready.members
            ],
            "not_ready": ready.count,
            "clients": [client(one) for one in ready.rows],
        },
    }  # fmt: skip


def cadence(one: CadenceRow) -> dict[str, Any]:
    """One agreed cadence."""
    return {
        "id": one.id,
        "manager": one.member,
        "tier": one.tier,
        "group": one.group,
        "days": one.days,
        "table_days": one.table,
        "note": one.note,
        "state": one.state.value,
        "proposed_by": one.proposed_by,
        "proposed_on": one.proposed_on.isoformat(),
        "agreed_by": one.agreed_by or None,
        "agreed_on": one.agreed_on and one.agreed_on.isoformat(),
        "ended_on": one.ended_on and one.ended_on.isoformat(),
    }


def client(one: ReadyRow) -> dict[str, Any]:
    """How ready one client is, line by line."""
    return {
        "client": one.client,
        "name": one.name,
        "tier": one.tier and one.tier.value,
        "manager": one.member or None,
        "score": round(one.score, 4),
        "lines": [
            {"name": line.name, "weight": line.weight, "part": round(line.part, 4), "found": line.said.said}
            for line in one.lines
        ],
        "missing": [line.name for line in one.missing],
    }
