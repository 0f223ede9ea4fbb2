"""The care list and all that stands around it on Today. Cheap to import: numpy is loaded by the first call."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from rmdesk.base import clock
from rmdesk.base.errors import Refused
from rmdesk.base.text import N_, Phrase, phrase
from rmdesk.models.kinds import CareMarkKind, Channel, ClientId, Familiarity, Lane, Purpose, RecordId, Tier
from rmdesk.services.care.rows import (
    AgendaRow,
    CareDay,
    CareItem,
    MarkRow,
    Moved,
    OccasionRow,
    Receipt,
    ReceiptLine,
    WarningRow,
)
from rmdesk.services.scoring import settings as score_settings
from rmdesk.services.scoring import tables
from rmdesk.services.store.reads import Reads

if TYPE_CHECKING:
    from rmdesk.services.care.details import Details
    from rmdesk.services.care.frame import Portfolio
    from rmdesk.services.care.lists import Ranked


def agenda(reads: Reads, day: date | None = None) -> tuple[AgendaRow, ...]:
    """What is planned for the day: visits by time, then promises due."""
    from rmdesk.services.care import cards

    return cards.agenda(reads, day or clock.today())


def occasions_ahead(reads: Reads, day: date | None = None, days: int = 7) -> tuple[OccasionRow, ...]:
    """The occasions of the next days, today among them, by day."""
    from rmdesk.services.care import cards

    return cards.occasions_ahead(reads, day or clock.today(), days)


def warnings(reads: Reads, day: date | None = None, limit: int = 50) -> tuple[WarningRow, ...]:
    """Maturities ahead, falls, tiers on watch and complaints near their date; the most pressing first."""
    from rmdesk.services.care import cards

    return cards.warnings(reads, day or clock.today(), limit)


def care_day(
    reads: Reads, purpose: Purpose = Purpose.MAINTAIN, day: date | None = None, limit: int | None = None
) -> CareDay:
    """The day's list for a purpose, as long as the day holds; `limit` gives it another length, strictly."""
    return _day(reads, purpose, day, limit)[0]


def receipts_of(
    reads: Reads, purpose: Purpose = Purpose.MAINTAIN, day: date | None = None, limit: int | None = None
) -> tuple[CareDay, dict[ClientId, tuple[ReceiptLine, ...]]]:
    """The day's list with the receipt lines of everybody on it; for scripts and exports."""
    from rmdesk.services.care import receipts

    made, ranked, known = _day(reads, purpose, day, limit)
    lines = {}
    for item in made.items:
        at = ranked.portfolio.place(item.client)
        assert at is not None
        lines[item.client] = receipts.lines(ranked.portfolio, ranked.scores, at, known[item.client], purpose)
    return made, lines


def _day(
    reads: Reads, purpose: Purpose, day: date | None, limit: int | None
) -> tuple[CareDay, Ranked, dict[int, Details]]:
    from rmdesk.services.care import details, lists, portfolio

    day = day or clock.today()
    ranked = lists.rank(reads, portfolio.current(reads, day), purpose, score_settings.weights(reads, purpose))
    length, measured = (limit, True) if limit is not None else lists.day_length(reads, day)
    lanes = ranked.lanes(length, strict=limit is not None)
    rows = [(lane, int(at)) for lane in Lane for at in lanes[lane]]
    if limit is not None:
        rows = rows[:limit]
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
        marks=marks_of(reads, day),
        notes=(*_notes(ranked, counts, length, measured), *_left_out(reads)),
    )
    return made, ranked, known


def receipt(
    reads: Reads,
    client: ClientId,
    purpose: Purpose = Purpose.MAINTAIN,
    day: date | None = None,
    what_if: Channel | None = None,
) -> Receipt:
    """Why this client has this score and rank; with `what_if`, as if contacted in that way today.

    Refused when the client is not in the portfolio.
    """
    from rmdesk.services.care import details, lists, portfolio, reasons, receipts
    from rmdesk.services.scoring import rules

    day = day or clock.today()
    whole = portfolio.current(reads, day)
    at = whole.place(client)
    if at is None:
        raise Refused(N_("This client is not in the portfolio."), do=N_("Choose another client."), code="no_client")
    weights = score_settings.weights(reads, purpose)
    ranked = lists.rank(reads, whole, purpose, weights)
    known = details.details(reads, day, [client])[client]
    lane = _lane(ranked, at, lists.day_length(reads, day)[0])
    shown, scores, place, before = whole, ranked.scores, at, None
    if what_if is not None:
        shown, place, before = portfolio.load(reads, day, [client], what_if), 0, float(scores.score[at])
        scores = shown.scores(weights)
    points = {line: float(scores.lines[line][place]) for line in tables.LINES}
    why_not = _EXCLUDED.get(int(whole.excluded[at]))
    rank = None if why_not else _rank(ranked, rules.ordered, at, shown, scores.score[place], place)
    return Receipt(
        client=client,
        day=day,
        purpose=purpose,
        score=0.0 if why_not else float(scores.score[place]),
        rank=rank,
        of=len(ranked.order),
        lane=None if why_not else lane,
        lines=() if why_not else receipts.lines(shown, scores, place, known, purpose),
        facts=receipts.facts(shown, place, known),
        reasons=() if why_not else reasons.reasons(shown, place, points, known, lane, purpose),
        action=None if why_not else reasons.action(shown, place, points, known, lane),
        excluded=why_not,
        what_if=None if what_if is None else what_if.value,
        before=before,
    )


_EXCLUDED = {
    1: phrase("Deceased: not contacted"),
    2: phrase("Do not contact"),
    3: phrase("Consent withdrawn"),
    4: phrase("Closed: no longer a client"),
}


def compare(
    reads: Reads, purpose: Purpose, weights: Mapping[str, float], day: date | None = None, limit: int | None = None
) -> tuple[Moved, ...]:
    """The list before and after a change of weights (C F O M R S, those that change), by the new rank."""
    from rmdesk.services.care import details, lists, portfolio

    day = day or clock.today()
    whole, now = portfolio.current(reads, day), score_settings.weights(reads, purpose)
    length = limit if limit is not None else lists.day_length(reads, day)[0]
    lists_ = [lists.rank(reads, whole, purpose, chosen) for chosen in (now, now.changed(weights))]
    ranks = []
    for ranked in lists_:
        lanes = ranked.lanes(length, strict=False)
        ranks.append({int(at): rank for rank, at in enumerate((at for lane in Lane for at in lanes[lane]), start=1)})
    either = sorted({*ranks[0], *ranks[1]}, key=lambda at: (ranks[1].get(at, 10**9), ranks[0].get(at, 10**9)))
    known = details.details(reads, day, [int(whole.client[at]) for at in either])
    return tuple(
        Moved(
            client=ClientId(int(whole.client[at])),
            name=known[int(whole.client[at])].name,
            score_before=float(lists_[0].scores.score[at]),
            score_after=float(lists_[1].scores.score[at]),
            rank_before=ranks[0].get(at),
            rank_after=ranks[1].get(at),
        )
        for at in either
    )


def marks_of(reads: Reads, day: date) -> tuple[MarkRow, ...]:
    """Whom the manager marked done on this day, and who is put off beyond it; the newest first."""
    found = reads.rows(
        """
        SELECT m.id, m.client_id, c.name, m.kind, m.until, m.reason
        FROM (SELECT *, max(id) FROM care_mark WHERE "on" <= :day GROUP BY client_id) m
        JOIN client c ON c.id = m.client_id
        WHERE (m.kind = 'done' AND m."on" = :day) OR (m.kind = 'snoozed' AND m.until > :day)
        ORDER BY m.id DESC
        """,
        {"day": day.isoformat()},
    )
    return tuple(
        MarkRow(
            id=RecordId(row[0]),
            client=ClientId(row[1]),
            name=row[2],
            kind=CareMarkKind(row[3]),
            until=None if row[4] is None else date.fromisoformat(row[4]),
            reason=row[5],
        )
        for row in found
    )


def _item(ranked: Ranked, rank: int, lane: Lane, at: int, known: Mapping[int, Details]) -> CareItem:
    from rmdesk.services.care import reasons

    whole: Portfolio = ranked.portfolio
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
        action=reasons.action(whole, at, points, one, lane),
    )


def _bars(points: Mapping[str, float], exact: float) -> tuple[tuple[Any, float], ...]:
    """Points by shade; where the score was capped, all shrink alike."""
    from rmdesk.services.care.reasons import SHADES

    total = sum(points.values())
    shrink = exact / total if total > exact else 1.0
    bars: dict[Any, float] = {}
    for line, earned in points.items():
        bars[SHADES[line]] = bars.get(SHADES[line], 0.0) + earned * shrink
    return tuple((shade, earned) for shade, earned in bars.items() if earned > 0)


def _lane(ranked: Ranked, at: int, length: int) -> Lane | None:
    """The lane a client has on today's list, or would have."""
    for lane, listed in ranked.lanes(length, strict=False).items():
        if at in listed:
            return lane
    if ranked.must[at]:
        return Lane.MUST
    if ranked.incomplete[at]:
        return Lane.INCOMPLETE
    if ranked.silent[at]:
        return Lane.SILENT_LOYAL
    if ranked.scores.score[at] > 0:
        return Lane.PRIORITY
    return Lane.OPPORTUNITY if ranked.chance[at] else None


def _rank(ranked: Ranked, ordered: Any, at: int, shown: Portfolio, score: float, place: int) -> int:
    """The rank by points among all who are scored; with another score, the rank that it would give."""
    import numpy as np

    scores = np.array(ranked.scores.score)
    churn, gap = np.array(ranked.portfolio.inputs["R"]), np.array(ranked.portfolio.gap_least)
    scores[at], churn[at], gap[at] = score, shown.inputs["R"][place], shown.gap_least[place]
    order = ordered(scores, churn, gap, ranked.portfolio.client)
    order = order[np.isin(order, ranked.order)]
    return int(np.flatnonzero(order == at)[0]) + 1


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
