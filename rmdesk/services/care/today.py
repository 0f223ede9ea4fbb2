"""Makes the day's list: the ranked rows with their names, reasons, bars and next steps."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from rmdesk.base.record import record
from rmdesk.base.text import Phrase, phrase
from rmdesk.models.kinds import ClientId, Familiarity, Lane, Purpose, Tier
from rmdesk.services.care import details, lists, marks, portfolio, reasons
from rmdesk.services.care.details import Details
from rmdesk.services.care.lists import Ranked
from rmdesk.services.care.rows import CareDay, CareItem, Shade
from rmdesk.services.scoring import settings, tables
from rmdesk.services.store.reads import Reads


@record
class Made:
    """A day's list with what it was made of."""

    day: CareDay
    ranked: Ranked
    known: dict[int, Details]


def make(reads: Reads, purpose: Purpose, day: date, limit: int | None) -> Made:
    """The list of a day; `limit` gives it another length, strictly."""
    ranked = lists.rank(reads, portfolio.current(reads, day), purpose, settings.weights(reads, purpose))
    length, measured = (limit, True) if limit is not None else lists.day_length(reads, day)
    rows = ranked.rows(length, strict=limit is not None)
    most = tables.lanes().list_most
    cut = limit is None and len(rows) > most
    if cut:
        rows = ranked.rows(most, strict=True)[:most]
    known = details.details(reads, day, [int(ranked.portfolio.client[at]) for _lane, at in rows])
    items = tuple(_item(ranked, rank, lane, at, known) for rank, (lane, at) in enumerate(rows, start=1))
    counts = ranked.counts()
    made = CareDay(
        day=day,
        purpose=purpose,
        items=items,
        done=int(ranked.done.sum()),
        waiting=len(items),
        snoozed=int(ranked.snoozed.sum()),
        length=length,
        lanes=counts,
        gates=_gates(ranked),
        marks=marks.of(reads, day),
        notes=(
            *_notes(ranked, counts, length, measured),
            *_left_out(reads),
            *([phrase("Only the first {count} rows are listed.", count=most)] if cut else []),
        ),
    )
    return Made(made, ranked, known)


def _item(ranked: Ranked, rank: int, lane: Lane, at: int, known: Mapping[int, Details]) -> CareItem:
    whole = ranked.portfolio
    client = ClientId(int(whole.client[at]))
    points = {line: float(ranked.scores.lines[line][at]) for line in tables.LINES}
    one = known[client]
    return CareItem(
        rank=rank,
        client=client,
        number=one.number,
        name=one.name,
        initials=one.initials,
        tier=tuple(Tier)[int(whole.tier[at]) - 1] if whole.tier[at] else None,
        familiarity=tuple(Familiarity)[int(whole.familiarity[at])],
        group=f"G{whole.group[at]}" if whole.group[at] else None,
        lane=lane,
        score=float(ranked.scores.score[at]),
        aum_minor=one.aum_minor,
        currency=whole.currency,
        bars=_bars(points, float(ranked.scores.exact[at])),
        reasons=reasons.reasons(whole, at, points, one, lane, ranked.purpose),
        action=reasons.action(whole, at, points, one, lane, ranked.purpose),
    )


def _bars(points: Mapping[str, float], exact: float) -> tuple[tuple[Shade, float], ...]:
    """Points by shade; where the score was capped, all shrink alike."""
    total = sum(points.values())
    shrink = exact / total if total > exact else 1.0
    bars: dict[Shade, float] = {}
    for line, earned in points.items():
        bars[reasons.SHADES[line]] = bars.get(reasons.SHADES[line], 0.0) + earned * shrink
    return tuple((shade, earned) for shade, earned in bars.items() if earned > 0)


def _gates(ranked: Ranked) -> tuple[tuple[Phrase, int], ...]:
    """Who passed each step of the purpose's pipeline: groups, MAN (selling only), soft service."""
    whole = ranked.portfolio
    passed = (whole.excluded == 0) & (whole.group > 0)
    gates = [(phrase("In one of the nine groups"), int(passed.sum()))]
    if ranked.purpose is Purpose.SELL:
        passed = passed & (whole.man_high <= whole.table.develop_first)
        gates.append((phrase("MAN 1 to 3"), int(passed.sum())))
    if ranked.purpose is Purpose.WAKE:
        asleep = (whole.signals["dormant"] > 0) | (whole.signals["silence"] > 0)
        passed = passed & asleep
        gates.append((phrase("Asleep: no transactions, or not contacted for long"), int(passed.sum())))
    passed = passed & ranked.open_
    gates.append((phrase("Open for soft service today"), int(passed.sum())))
    return tuple(gates)


def _notes(ranked: Ranked, counts: Mapping[Lane, int], length: int, measured: bool) -> tuple[Phrase, ...]:
    whole = ranked.portfolio
    notes = []
    if not measured:
        notes.append(phrase("The day holds {count} contacts until your own pace is known.", count=length))
    stale = int(whole.stale[ranked.order].sum())
    if stale:
        notes.append(phrase("Bank data of {count} clients are out of date.", count=stale))
    if counts[Lane.INCOMPLETE]:
        notes.append(phrase("The AUM of {count} clients is unknown.", count=counts[Lane.INCOMPLETE]))
    return tuple(notes)


def _left_out(reads: Reads) -> tuple[Phrase, ...]:
    """Which currencies the AUM of some clients leaves out."""
    rows = reads.rows("SELECT DISTINCT left_out FROM client_figures WHERE left_out IS NOT NULL")
    currencies = sorted({code for row in rows for code in str(row[0]).split()})
    if not currencies:
        return ()
    text = phrase(
        "Amounts in {currencies} have no exchange rate and are left out of the AUM.", currencies=" ".join(currencies)
    )
    return (text,)
