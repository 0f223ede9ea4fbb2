"""The team's report: per manager, by name and without ranks or sums that would rank them."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from statistics import median

from rmdesk.base import clock
from rmdesk.base.errors import Refused
from rmdesk.base.text import N_, phrase
from rmdesk.models.kinds import SEALING, Word
from rmdesk.services.churn.cases import CaseRow, cases
from rmdesk.services.reports import ahead, insight
from rmdesk.services.reports.monthly import share
from rmdesk.services.reports.parts import Cell, Column, Figure, Form, Kind, Part, Report
from rmdesk.services.store.reads import Reads
from rmdesk.services.team import coverage, rules
from rmdesk.services.team.coverage import Figures, TeamFigures
from rmdesk.services.team.members import Team, team_of

MANAGER = Column(phrase("Manager"), width=16)


def team(reads: Reads, first: date, last: date, day: date | None = None) -> Report:
    """The team over these days; refused for whoever leads no team."""
    today, found = day or clock.today(), team_of(reads)
    if not found.me.lead:
        raise Refused(
            N_("Only a team lead has a report of the team."),
            do=N_("Whoever leads the team says so under Your role in the settings."),
            code="not_lead",
        )
    seen = min(last, today)
    figures = coverage.figures(reads, seen)
    parts = (
        covered(figures), promised(figures), reviewed(reads, found, first, last), coached(reads, found, first, last),
        lost(reads, found), insight.agreed(reads), insight.coaching(reads, seen), *insight.ready(reads, seen),
    )  # fmt: skip
    return Report(
        Kind.TEAM, phrase("Team report"), first, last, today, found.me.name,
        (
            Figure(phrase("Managers"), len(found.members)),
            Figure(phrase("Clients"), sum(one.clients for one in found.members)),
        ),
        parts, (phrase("By name, without ranks."), phrase("A dash stands for what is not known.")),
    )  # fmt: skip


def covered(found: TeamFigures) -> Part:
    """Clients due and contacted in each window, of all and of the two highest tiers."""
    columns = [MANAGER, Column(phrase("Clients"), Form.COUNT, 8)]
    for days in found.days:
        columns += [
            Column(phrase("Due, {days} days", days=days), Form.COUNT),
            Column(phrase("Contacted"), Form.COUNT), Column(phrase("Coverage"), Form.SHARE),
        ]  # fmt: skip
    tiers = found.members[0].tiers if found.members else ()
    columns += [Column(ahead.tier_name(tier) or phrase("Tier"), Form.SHARE) for tier, _window in tiers]
    return Part(
        "coverage", phrase("Coverage"), (*columns, Column(phrase("Overdue"), Form.COUNT, 8)),
        tuple(_covered(one) for one in found.members), note=phrase("as of {day}", day=found.day),
        empty=phrase("No book of your team is on this desk yet."),
    )  # fmt: skip


def _covered(one: Figures) -> tuple[Cell, ...]:
    windows = [cell for window in one.windows for cell in (window.due, window.met, share(window))]
    return one.member.name, one.member.clients, *windows, *(share(window) for _tier, window in one.tiers), one.overdue


def promised(found: TeamFigures) -> Part:
    """Promises that are open or overdue, and those kept in the longest window."""
    return Part(
        "promises",
        phrase("Promises"),
        (
            MANAGER, Column(phrase("Pending"), Form.COUNT), Column(phrase("Overdue"), Form.COUNT),
            Column(phrase("Kept in time"), Form.COUNT), Column(phrase("Kept late"), Form.COUNT),
        ),
        tuple(
            (one.member.name, one.promises.open, one.promises.overdue, one.promises.kept, one.promises.late)
            for one in found.members
        ),
        note=phrase("kept: last {days} days", days=max(found.days, default=0)),
    )  # fmt: skip


_REVIEWS = """
SELECT coalesce(k.book, ''), r.verdict, coalesce(r.tag, ''), count(*)
FROM review r JOIN client c ON c.id = r.client_id LEFT JOIN sync_client k ON k.client_id = c.id
WHERE date(r.at, 'localtime') BETWEEN :first AND :last AND {seen} GROUP BY 1, 2, 3
"""


def _said(reads: Reads, team: Team, first: date, last: date) -> list[tuple[str, str, str, int]]:
    """Book, word, tag and count of the reviews of these days."""
    given = {"first": first.isoformat(), "last": last.isoformat(), "books": team.books}
    rows = reads.rows(_REVIEWS.format(seen=team.seen), given)
    return [(row[0] if team.me.joined else "", row[1], row[2], row[3]) for row in rows]


def reviewed(reads: Reads, team: Team, first: date, last: date) -> Part:
    """What was said of the managers' records in these days."""
    count: dict[str, Counter[str]] = defaultdict(Counter)
    for book, word, _tag, number in _said(reads, team, first, last):
        count[book][word] += number
    return Part(
        "reviews",
        phrase("Reviews"),
        (
            MANAGER, Column(phrase("Reviewed"), Form.COUNT), Column(phrase("Passed"), Form.COUNT),
            Column(phrase("Given back"), Form.COUNT), Column(phrase("To discuss"), Form.COUNT),
        ),
        tuple(
            (
                one.name, sum(count[one.book].values()), sum(count[one.book][word] for word in SEALING),
                count[one.book][Word.RETURNED], count[one.book][Word.DISCUSS],
            )
            for one in team.members
        ),
        note=f"{first.isoformat()} – {last.isoformat()}",
    )  # fmt: skip


def coached(reads: Reads, team: Team, first: date, last: date) -> Part:
    """The coaching tags of the reviews of these days."""
    names, count = rules.tags(), Counter[tuple[str, str]]()
    for book, _word, tag, number in _said(reads, team, first, last):
        if tag in names:
            count[book, tag] += number
    rows = tuple(
        (one.name, names[tag], number)
        for one in team.members
        for (book, tag), number in count.most_common()
        if book == one.book
    )
    columns = (MANAGER, Column(phrase("Coaching tag"), width=40), Column(phrase("Times"), Form.COUNT))
    return Part("tags", phrase("What was coached"), columns, rows, empty=phrase("No review bears a tag."))


_BOOKS = "SELECT client_id, book FROM sync_client WHERE book IN (SELECT value FROM json_each(?))"


def lost(reads: Reads, team: Team) -> Part:
    """Churn cases of each manager: how many days before the loss the first missed signal was visible."""
    of = {row[0]: row[1] for page in reads.pages(_BOOKS, (team.books,)) for row in page} if team.me.joined else {}
    found: dict[str, list[CaseRow]] = defaultdict(list)
    for one in cases(reads):
        book = of.get(int(one.client)) if team.me.joined else ""
        if book is not None:
            found[book].append(one)
    return Part(
        "losses",
        phrase("Churn lead times"),
        (
            MANAGER, Column(phrase("Cases"), Form.COUNT), Column(phrase("Open cases"), Form.COUNT),
            Column(phrase("Signal named"), Form.COUNT), Column(phrase("Days before, least"), Form.COUNT, 13),
            Column(phrase("Days before, middle"), Form.COUNT), Column(phrase("Days before, most"), Form.COUNT),
        ),
        tuple((one.name, *_lead(found[one.book])) for one in team.members),
        note=phrase("all cases on record"),
    )  # fmt: skip


def _lead(known: list[CaseRow]) -> tuple[Cell, ...]:
    days = [one.days_before for one in known if one.days_before is not None]
    if not days:
        return len(known), sum(one.open for one in known), 0, None, None, None
    return len(known), sum(one.open for one in known), len(days), min(days), int(median(days)), max(days)
