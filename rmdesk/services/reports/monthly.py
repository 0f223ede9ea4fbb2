"""The manager's month: the week's tables, and what only a month shows: assets, coverage, budget, losses and lessons."""

from __future__ import annotations

from collections import Counter
from datetime import date

from rmdesk.base import clock
from rmdesk.base.money import Money
from rmdesk.base.record import replace
from rmdesk.base.text import Phrase, phrase
from rmdesk.services.charts import Bar, Bars
from rmdesk.services.churn import case_rules, lessons
from rmdesk.services.churn.cases import cases
from rmdesk.services.churn.words import LOSSES, OUTCOMES, SIGNALS
from rmdesk.services.clients.total import total
from rmdesk.services.documents.queries import manager_of
from rmdesk.services.gifts.overview import budget_of
from rmdesk.services.reports import ahead, assets, fair, rules, weekly
from rmdesk.services.reports.done import CLIENT
from rmdesk.services.reports.moves import moves
from rmdesk.services.reports.parts import Cell, Column, Figure, Form, Kind, Part, Report, Who
from rmdesk.services.rulebook import Words
from rmdesk.services.store.reads import Reads
from rmdesk.services.visits.coverage import coverage
from rmdesk.services.visits.rows import Coverage, Window


def monthly(reads: Reads, first: date, last: date, day: date | None = None) -> Report:
    """The report of these days against the month before them, or against as many days."""
    today = day or clock.today()
    seen, whole = min(last, today), total(reads)
    happened = weekly.happened(reads, first, last, today)
    cover = coverage(reads, seen)
    parts = (
        compared(reads, first, last, today, happened), assets.tiers(reads, last), moves(reads, last),
        covered(cover), channels(happened[0]), budget(reads, last.year), fair.fairness(reads, first, last),
        fair.honesty(reads, seen), losses(reads, first, last), learnt(reads),
        ahead.overdue(reads, cover, whole.currency), ahead.warnings(reads, seen), ahead.due(reads, last),
        *(replace(part, sheet=part.name in ("contacts", "journals")) for part in happened),
    )  # fmt: skip
    figures = (
        *weekly.book_figures(assets.at_end(reads, whole, last)), *weekly.tallies(happened, first),
        Figure(phrase("Overdue clients"), cover.overdue_count),
    )  # fmt: skip
    return Report(
        Kind.MONTHLY, phrase("Monthly work report"), first, last, today, manager_of(reads), figures, parts,
        weekly.notes(whole, last, today), (*assets.trend(reads, last), *bars(cover)),
    )  # fmt: skip


def compared(reads: Reads, first: date, last: date, day: date, happened: tuple[Part, ...]) -> Part:
    """What was done, beside the same figures of the days before."""
    from_, until = rules.before(first, last)
    now = weekly.tallies(happened, first)
    then = weekly.tallies(weekly.happened(reads, from_, until, day), from_)
    return Part(
        "compared",
        phrase("Against the time before"),
        (
            Column(phrase("Figure"), width=40), Column(phrase("These days"), Form.COUNT, 15),
            Column(phrase("Days before them"), Form.COUNT, 15), Column(phrase("More or less"), Form.COUNT, 15),
        ),
        tuple(
            assets.against(one.label, int(str(one.value)), int(str(other.value)))
            for one, other in zip(now, then, strict=True)
        ),
        note=f"{from_.isoformat()} – {until.isoformat()}",
    )  # fmt: skip


def covered(found: Coverage) -> Part:
    """Coverage of each tier in the windows of the rule book."""
    windows = [window.days for window in found.tiers[0].windows] if found.tiers else []
    columns = [Column(phrase("Tier"), width=20), Column(phrase("Clients"), Form.COUNT)]
    for days in windows:
        columns += [
            Column(phrase("Due, {days} days", days=days), Form.COUNT),
            Column(phrase("Contacted"), Form.COUNT),
            Column(phrase("Coverage"), Form.SHARE),
        ]
    rows = tuple(
        (
            ahead.tier_name(one.tier), one.clients,
            *(cell for window in one.windows for cell in (window.due, window.met, share(window))), one.overdue,
        )
        for one in found.tiers
    )  # fmt: skip
    return Part(
        "coverage", phrase("Coverage by tier"), (*columns, Column(phrase("Overdue"), Form.COUNT)), rows,
        note=phrase("as of {day}", day=found.day), empty=phrase("No client has a known tier."),
    )  # fmt: skip


def share(window: Window) -> float | None:
    """The share of those due who were contacted; None when nobody was due."""
    return window.met / window.due if window.due else None


def bars(found: Coverage) -> tuple[Bars, ...]:
    """Coverage of the first window as bars."""
    if not found.tiers:
        return ()
    made = []
    for one in found.tiers:
        window = one.windows[0]
        part, name = share(window), ahead.tier_name(one.tier)
        text = "–" if part is None else f"{part:.0%} · {window.met}/{window.due}"
        made.append(Bar(str(name), part or 0.0, text, f"{name} {text}", token="value"))
    days = phrase("Contacted of those due, {days} days", days=found.tiers[0].windows[0].days)
    return (Bars(days.said, tuple(made), 1.0),)


def channels(contacts: Part) -> Part:
    """How the contacts were made, and the time they took where it is known."""
    count: Counter[str] = Counter()
    minutes: Counter[str] = Counter()
    named: dict[str, Cell] = {}
    for _day, _who, channel, _content, took, state in contacts.rows:
        if isinstance(channel, Phrase) and isinstance(state, Phrase) and state.message == "Held":
            named[channel.message] = channel
            count[channel.message] += 1
            minutes[channel.message] += took if isinstance(took, int) else 0
    return Part(
        "channels",
        phrase("Contacts by channel"),
        (
            Column(phrase("Channel"), width=40), Column(phrase("Contacts"), Form.COUNT, 15),
            Column(phrase("Minutes on record"), Form.COUNT, 20),
        ),
        tuple((named[name], number, minutes[name] or None) for name, number in count.most_common()),
        empty=phrase("No contact is on record."),
    )  # fmt: skip


def budget(reads: Reads, year: int) -> Part:
    """The year's budget for gifts: what is given or bought, planned, and left."""
    found = budget_of(reads, year)

    def of(minor: int) -> Money:
        return Money(minor, found.currency)

    rows: tuple[tuple[Cell, ...], ...] = (
        (phrase("Budget of {year}", year=year), of(found.limit)),
        (phrase("Given, bought or approved"), of(found.counted.committed)),
        (phrase("Planned"), of(found.counted.reserved)),
        (phrase("Left"), of(found.left)),
    )
    note: Phrase | str = ""
    if found.counted.unknown:
        note = phrase("{count} gifts of unknown cost are not in it", count=found.counted.unknown)
    columns = (Column(phrase("Gifts"), width=60), Column(phrase("Amount"), Form.MONEY, 20))
    return Part("budget", phrase("Budget for gifts"), columns, rows, note=note)


def losses(reads: Reads, first: date, last: date) -> Part:
    """Churn cases that were lost, opened or closed in these days."""
    causes = case_rules.table().causes
    rows: list[tuple[Cell, ...]] = []
    for one in cases(reads):
        if any(on is not None and first <= on <= last for on in (one.lost_on, one.opened_on, one.closed_on)):
            peak = None if one.peak_minor is None else Money(one.peak_minor, one.currency or "CNY")
            rows.append(
                (
                    one.lost_on, Who(one.client, one.name), phrase(LOSSES[one.reason]), peak, _cause(causes, one.cause),
                    phrase(SIGNALS[one.signal]) if one.signal in SIGNALS else None, one.days_before,
                    phrase("Open") if one.outcome is None else phrase(OUTCOMES[one.outcome]),
                )
            )  # fmt: skip
    return Part(
        "losses",
        phrase("Churn cases"),
        (
            Column(phrase("Lost on"), Form.DAY, 10), CLIENT, Column(phrase("How"), width=12),
            Column(phrase("AUM at its height"), Form.MONEY, 12), Column(phrase("Cause"), width=16),
            Column(phrase("First missed signal"), width=16), Column(phrase("Days before"), Form.COUNT, 9),
            Column(phrase("State"), width=10),
        ),
        tuple(rows),
        empty=phrase("No client was lost."),
    )  # fmt: skip


def _cause(causes: dict[str, Words], code: str | None) -> Cell:
    return causes.get(code, code) if code else None


def learnt(reads: Reads) -> Part:
    """What all cases teach: how long before a loss each signal was visible."""
    return Part(
        "lessons",
        phrase("What the losses teach"),
        (
            Column(phrase("Signal"), width=34), Column(phrase("Cases"), Form.COUNT, 10),
            Column(phrase("Not answered"), Form.COUNT, 12), Column(phrase("Days before, least"), Form.COUNT, 14),
            Column(phrase("Days before, middle"), Form.COUNT, 10), Column(phrase("Days before, most"), Form.COUNT, 10),
        ),
        tuple(
            (phrase(SIGNALS[one.signal]), one.cases, one.missed, one.least, one.middle, one.most)
            for one in lessons.lead_times(reads)
        ),
        note=phrase("all cases on record"),
        empty=phrase("There is no case to learn from."),
    )  # fmt: skip
