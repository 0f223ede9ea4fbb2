"""Agreed cadences, coaching over time and readiness for a hand-over as tables of the team's report."""

from __future__ import annotations

from datetime import date

from rmdesk.base.text import Phrase, phrase
from rmdesk.services.reports.parts import Cell, Column, Form, Part, Who
from rmdesk.services.store.reads import Reads
from rmdesk.services.team.cadences import cadences
from rmdesk.services.team.readiness import ReadyLine, readiness
from rmdesk.services.team.saying import STATES
from rmdesk.services.team.tags import tag_trend

MANAGER = Column(phrase("Manager"), width=14)


def agreed(reads: Reads) -> Part:
    """The cadences that were agreed, and those that wait for an answer."""
    return Part(
        "cadences",
        phrase("Agreed cadences"),
        (
            MANAGER, Column(phrase("Tier"), width=14), Column(phrase("Group"), width=14),
            Column(phrase("Every, days"), Form.COUNT, 8), Column(phrase("By the table"), Form.COUNT, 9),
            Column(phrase("State"), width=9), Column(phrase("Since"), Form.DAY, 9), Column(phrase("Note"), width=30),
        ),
        tuple(
            (
                one.member, one.tier_name, one.group_name or phrase("all groups"), one.days, one.table,
                phrase(STATES[one.state]), one.ended_on or one.agreed_on or one.proposed_on, one.note,
            )
            for one in cadences(reads)
        ),
        empty=phrase("None yet: the table of tiers and groups holds."),
    )  # fmt: skip


def coaching(reads: Reads, day: date) -> Part:
    """The coaching tags month by month."""
    found = tag_trend(reads, day)
    months = tuple(Column(phrase("{month}", month=month), Form.COUNT, 9) for month in found.months)
    return Part(
        "coaching",
        phrase("Coaching tags by month"),
        (MANAGER, Column(phrase("Coaching tag"), width=20), *months),
        tuple((one.member.name, one.name, *one.counts) for one in found.rows),
        empty=phrase("No review bears a tag."),
    )


def ready(reads: Reads, day: date) -> tuple[Part, Part]:
    """How many clients of the highest tiers could be handed over today; and what is missing of the others."""
    found = readiness(reads, day)
    members = Part(
        "ready",
        phrase("Ready for a hand-over"),
        (
            MANAGER, Column(phrase("Clients of the highest tiers"), Form.COUNT),
            Column(phrase("Could be handed over"), Form.COUNT), Column(phrase("On average"), Form.SHARE),
        ),
        tuple((one.member.name, one.clients, one.ready, one.mean) for one in found.members),
        note=phrase("as of {day}", day=found.day),
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = [
        (
            Who(one.client, one.name), one.member, None if one.tier is None else one.tier.value, round(one.score, 4),
            _missing(one.missing),
        )
        for one in found.rows
    ]  # fmt: skip
    columns = (
        Column(phrase("Client"), width=14), MANAGER, Column(phrase("Tier"), width=7),
        Column(phrase("Ready"), Form.SHARE, 9), Column(phrase("Missing before a hand-over"), width=56),
    )  # fmt: skip
    title = phrase("What a hand-over still lacks")
    return members, Part("lacking", title, columns, tuple(rows), empty=phrase("Nothing is missing."), count=found.count)


def _missing(lines: tuple[ReadyLine, ...]) -> Phrase | str:
    if not lines:
        return ""
    first = phrase("{line}: {found}", line=lines[0].title.said, found=lines[0].said)
    return first if len(lines) == 1 else phrase("{first}; {more}", first=first, more=_missing(lines[1:]))
