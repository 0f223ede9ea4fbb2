"""The team's week as a document: coverage, promises, reviews, playbook cards. By name, without ranks."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta

from rmdesk.base import clock
from rmdesk.base.text import Phrase, phrase
from rmdesk.models.kinds import Tier
from rmdesk.services.documents import Block, Document, Facts, Heading, Line, Lines, Note, TableBlock, Title
from rmdesk.services.rulebook import Words
from rmdesk.services.segments import tables as segments
from rmdesk.services.store.reads import Reads
from rmdesk.services.team import coverage, rules, words
from rmdesk.services.team.coverage import Figures, TeamFigures
from rmdesk.services.team.members import team_led
from rmdesk.services.team.rows import ReviewRow
from rmdesk.services.visits.rows import Window


def weekly(reads: Reads, day: date | None = None) -> Document:
    """The report of the seven days up to `day`; refused for whoever leads no team."""
    today, team = day or clock.today(), team_led(reads)
    first = today - timedelta(days=rules.number("report", "days") - 1)
    found = coverage.figures(reads, today)
    said = [one for one in words.reviews_by(reads, team.me.signs) if first <= one.at.date() <= today]
    name = phrase("Weekly report of the team")
    blocks: list[Block] = [Title(name, f"{first.isoformat()} – {today.isoformat()}")]
    blocks.append(_overview(found, said))
    if found.members:
        blocks += [*_coverage(found), *_promises(found), *_words(found, said)]
    else:
        blocks.append(Note(phrase("No book of your team is on this desk yet.")))
    blocks += _cards(reads, first, today)
    return Document(name, tuple(blocks), today, team.me.name)


def _overview(found: TeamFigures, said: list[ReviewRow]) -> Facts:
    clients = sum(one.member.clients for one in found.members)
    return Facts(
        (
            (phrase("Managers"), str(len(found.members))),
            (phrase("Clients"), f"{clients:,}"),
            (phrase("Reviews this week"), str(len(said))),
            (phrase("Overdue clients"), str(sum(one.overdue for one in found.members))),
        )
    )


def _coverage(found: TeamFigures) -> list[Block]:
    head: list[Phrase | Words] = [phrase("Manager"), phrase("Clients")]
    head += [phrase("Contacted of due, {days} days", days=days) for days in found.days]
    names = segments.table().tier_names
    head += [names[segments.TIERS.index(Tier(tier))] for tier, _window in found.members[0].tiers]
    head.append(phrase("Overdue"))
    rows = tuple(
        (
            one.member.name, f"{one.member.clients:,}", *(share(window) for window in one.windows),
            *(share(window) for _tier, window in one.tiers), str(one.overdue),
        )
        for one in found.members
    )  # fmt: skip
    return [Heading(phrase("Coverage")), TableBlock(tuple(head), rows, right=tuple(range(1, len(head))))]


def _promises(found: TeamFigures) -> list[Block]:
    head = (phrase("Manager"), phrase("Pending"), phrase("Overdue"), phrase("Kept in time"), phrase("Kept late"))
    rows = tuple(
        (
            one.member.name,
            *(str(count) for count in (one.promises.open, one.promises.overdue, one.promises.kept, one.promises.late)),
        )
        for one in found.members
    )
    note = phrase("kept: last {days} days", days=max(found.days))
    return [Heading(phrase("Promises"), note), TableBlock(head, rows, right=(1, 2, 3, 4))]


def _words(found: TeamFigures, said: list[ReviewRow]) -> list[Block]:
    blocks: list[Block] = [
        Heading(phrase("Reviews"), phrase("last {days} days", days=max(found.days))),
        TableBlock(
            (phrase("Manager"), phrase("Reviewed"), phrase("Passed"), phrase("Given back")),
            tuple(_reviewed(one) for one in found.members),
            right=(1, 2, 3),
        ),
    ]
    tags = Counter(one.tag for one in said if one.tag)
    names = rules.tags()
    if tags:
        told = tuple(Line(names[tag], tail=str(count)) for tag, count in tags.most_common() if tag in names)
        blocks += [Heading(phrase("What was coached this week")), Lines(told)]
    return blocks


def _reviewed(one: Figures) -> tuple[str, ...]:
    said = one.words
    return one.member.name, str(said.reviewed), str(said.approved), str(said.returned)


def _cards(reads: Reads, first: date, last: date) -> list[Block]:
    """The playbook cards of the week, and how often the team has used each."""
    rows = reads.rows(
        """
        SELECT p.made_on, p.title, (SELECT count(*) FROM citation c WHERE c.card_id = p.id) FROM playbook_card p
        WHERE p.made_on BETWEEN ? AND ? AND p.retired_on IS NULL ORDER BY p.made_on, p.id LIMIT 40
        """,
        (first.isoformat(), last.isoformat()),
    )
    lines = tuple(
        Line(title, lead=f"{datetime.fromisoformat(on):%m-%d}", tail=phrase("used {count} times", count=uses))
        for on, title, uses in rows
    )
    heading = Heading(phrase("Playbook cards of the week"))
    return [heading, Lines(lines) if lines else Note(phrase("No new card this week."))]


def share(window: Window) -> str:
    """How many of those due were contacted, with the share."""
    if not window.due:
        return "–"
    return f"{window.met}/{window.due} · {round(100 * window.met / window.due)}%"
