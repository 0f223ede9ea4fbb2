"""The parts of the brief, each asked of the feature it belongs to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from rmdesk.base.text import Phrase, phrase
from rmdesk.models.kinds import ClientId, Taste, VisitState
from rmdesk.services.brief.rules import Section, clipped, number
from rmdesk.services.care import file
from rmdesk.services.care.rows import Receipt
from rmdesk.services.care.words import Compact, kind_name
from rmdesk.services.complaints.queries import ComplaintRow, complaints_of
from rmdesk.services.documents import Line
from rmdesk.services.documents.blocks import Text
from rmdesk.services.gifts.library import ideas_for
from rmdesk.services.gifts.rules import Draft
from rmdesk.services.holdings.queries import holdings_of
from rmdesk.services.products.maturities import maturing
from rmdesk.services.products.maturity_rows import MaturityRow
from rmdesk.services.products.words import STATES
from rmdesk.services.profile import queries as profile
from rmdesk.services.relations.queries import relations_of
from rmdesk.services.relations.rows import Party
from rmdesk.services.store.reads import Reads
from rmdesk.services.sync.beside import unmerged
from rmdesk.services.visits import ledger
from rmdesk.services.visits import queries as visits
from rmdesk.services.visits.words import CHANNELS

Ask = Callable[[Reads, ClientId, date], Section]


def promises(reads: Reads, client: ClientId, day: date) -> Section:
    """What was promised and is not kept yet, the longest overdue first."""
    rows, beside = ledger.promises(reads, client, day=day), unmerged(reads, client)
    lines = []
    for row in rows:
        lines.append(Line(_short(row.text), _day(row.due_on, day), "risk" if row.overdue else "plain"))
        lines += (Line(text, "", "occasion") for text in beside.get(("promise", row.id), ()))
    return Section(
        "promises",
        phrase("Open promises"),
        tuple(lines),
        empty=phrase("None is open."),
    )


def complaints(reads: Reads, client: ClientId, day: date) -> Section:
    """What the client complains about, with the last day of the legal clock."""
    return Section(
        "complaints",
        phrase("Open complaints"),
        tuple(
            Line(_complaint(row, day), _day(row.received_on, day), "risk" if row.late else "plain")
            for row in complaints_of(reads, client, day)
            if row.open
        ),
    )


def _complaint(row: ComplaintRow, day: date) -> Phrase:
    text, until = _short(row.text), _day(row.due_on, day)
    if row.owner:
        return phrase("{text} (until {day}, owner {owner})", text=text, day=until, owner=row.owner)
    return phrase("{text} (until {day})", text=text, day=until)


def last_visits(reads: Reads, client: ClientId, day: date) -> Section:
    """The last contacts that took place, newest first, with what was left to do."""
    held = [row for row in visits.visits_of(reads, client) if row.state == VisitState.HELD and row.on <= day]
    beside = unmerged(reads, client)
    lines = []
    for row in held:
        channel = phrase(CHANNELS.get(row.channel, row.channel))
        told = row.content or row.purpose
        text = phrase("{channel}: {text}", channel=channel, text=_short(told)) if told else channel
        lines.append(Line(text, _day(row.on, day)))
        lines += (Line(text, "", "occasion") for text in beside.get(("visit", row.id), ()))
    return Section("visits", phrase("Last visits"), tuple(lines), empty=phrase("No visit is on record."))


def tasks(reads: Reads, client: ClientId, day: date) -> Section:
    """What is to be done for the client."""
    rows = ledger.tasks(reads, client, day=day)
    return Section(
        "tasks",
        phrase("Still to do"),
        tuple(
            Line(_short(row.text), _day(row.due_on, day) if row.due_on else "", "risk" if row.overdue else "plain")
            for row in rows
        ),
    )


def questions(reads: Reads, client: ClientId, day: date) -> Section:
    """What the profile still lacks, as questions, the weightiest first."""
    asked = profile.open_questions(reads, client, number("questions", "most"), day)
    return Section("questions", phrase("To ask"), tuple(Line(one.text) for one in asked))


def maturities(reads: Reads, client: ClientId, day: date) -> Section:
    """What matures soon, or has matured and is still held; with what is planned for it."""
    plans = {row.id: row for row in maturing(reads, date.min, date.max, client, day).rows}
    rows = [
        row
        for row in holdings_of(reads, client, day)
        if row.days_left is not None and row.days_left <= number("maturities", "days")
    ]
    return Section(
        "maturities",
        phrase("Maturities"),
        tuple(
            Line(
                " · ".join((row.name or str(kind_name(row.kind)), *_plan(plans.get(row.id)))),
                _day(row.matures_on, day) if row.matures_on else "",
                "risk" if (row.days_left or 0) < 0 else "plain",
                "" if row.amount_minor is None else str(Compact(row.amount_minor, row.currency)),
            )
            for row in rows
        ),
    )


def _plan(row: MaturityRow | None) -> Iterator[str]:
    if row is not None and row.plan is not None:
        yield phrase("Plan: {way}", way=phrase(STATES[row.state])).said
        if row.plan.product_name:
            yield row.plan.product_name


def reasons(receipt: Receipt) -> Section:
    """Why the client has this score: the lines that gave points, the most first."""
    lines = sorted((line for line in receipt.lines if line.points > 0), key=lambda line: -line.points)
    return Section(
        "reasons",
        phrase("Why this rank"),
        tuple(Line(line.input, tail=f"{line.points:.1f}") for line in lines),
    )


def occasions(reads: Reads, client: ClientId, day: date) -> Section:
    """The next occasions of the client and the family."""
    rows = [row for row in file.occasions_of(reads, client, day) if row.days <= number("occasions", "days")]
    return Section(
        "occasions",
        phrase("Occasions ahead"),
        tuple(Line(row.title, _day(row.on, day)) for row in rows),
    )


def tastes(reads: Reads, client: ClientId, day: date) -> tuple[Section, Section]:
    """Taboos and likes, each on as few lines as its words take."""
    rows = profile.preferences_of(reads, client, day)
    found = {taste: [row.text for row in rows if row.taste is taste] for taste in Taste}
    return (
        Section("taboos", phrase("Taboos to mind"), _joined(found[Taste.TABOO], "risk")),
        Section("likes", phrase("What pleases"), _joined(found[Taste.LIKE], "good")),
    )


def family(reads: Reads, client: ClientId, day: date) -> Section:
    """Who stands around the client."""
    return Section(
        "family",
        phrase("People around"),
        tuple(Line(_party(row.other), row.called) for row in relations_of(reads, client)),
    )


def gifts(reads: Reads, client: ClientId, day: date) -> Section:
    """Ideas for a gift that pass the gates, with what speaks for them and about what they cost."""
    ideas = ideas_for(reads, Draft(client, "", planned_for=day))[: number("gifts", "most")]
    return Section(
        "gifts",
        phrase("Idea for a gift"),
        tuple(
            Line(
                phrase("{title} ({why})", title=one.title, why=one.why) if one.why else one.title,
                tail="" if one.cost_minor is None else str(Compact(one.cost_minor, one.currency)),
            )
            for one in ideas
        ),
    )


def _party(other: Party) -> Text:
    return phrase("{name} ({about})", name=other.name, about=other.about) if other.about else other.name


def _short(text: str) -> str:
    return clipped(text, number("page", "text_length"))


def _day(on: date, day: date) -> str:
    return f"{on:%m-%d}" if on.year == day.year else on.isoformat()


def _joined(texts: list[str], kind: str) -> tuple[Line, ...]:
    """Short words side by side, a few to the line; a long one stands alone."""
    lines: list[str] = []
    room = number("page", "columns") // 2
    for text in (clipped(text, number("page", "text_length")) for text in texts):
        if lines and len(lines[-1]) + len(text) + 3 <= room:
            lines[-1] += f" · {text}"
        else:
            lines.append(text)
    return tuple(Line(line, kind=kind) for line in lines)
