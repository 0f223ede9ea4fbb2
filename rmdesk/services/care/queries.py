"""The care list and all that stands around it on Today. Cheap to import: numpy is loaded by the first call."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from rmdesk.base import clock
from rmdesk.base.errors import Refused
from rmdesk.base.text import N_, phrase
from rmdesk.models.kinds import Channel, ClientId, Lane, Purpose
from rmdesk.services.care.rows import (
    AgendaRow,
    CareDay,
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


def care_day(
    reads: Reads, purpose: Purpose = Purpose.MAINTAIN, day: date | None = None, limit: int | None = None
) -> CareDay:
    """The day's list for a purpose, as long as the day holds; `limit` gives it another length, strictly.

    No limit drops a must-do: they come first, all of them; the silent loyal get their 30% of the places that remain.
    """
    from rmdesk.services.care import today

    return today.make(reads, purpose, day or clock.today(), limit).day


def receipts_of(
    reads: Reads, purpose: Purpose = Purpose.MAINTAIN, day: date | None = None, limit: int | None = None
) -> tuple[CareDay, dict[ClientId, tuple[ReceiptLine, ...]]]:
    """The day's list with the receipt lines of everybody on it; for scripts and exports."""
    from rmdesk.services.care import receipts, today

    made = today.make(reads, purpose, day or clock.today(), limit)
    whole, scores = made.ranked.portfolio, made.ranked.scores
    lines = {}
    for item in made.day.items:
        at = whole.place(item.client)
        assert at is not None
        lines[item.client] = receipts.lines(whole, scores, at, made.known[item.client], purpose)
    return made.day, lines


def receipt(
    reads: Reads,
    client: ClientId,
    purpose: Purpose = Purpose.MAINTAIN,
    day: date | None = None,
    what_if: Channel | None = None,
) -> Receipt:
    """Why this client has this score and rank; with `what_if`, as if contacted in that way today.

    The rank is the place on the day's list, or behind it by points. Refused when the client is not in the portfolio.
    """
    from rmdesk.services.care import details, lists, portfolio, reasons, receipts

    day = day or clock.today()
    whole = portfolio.current(reads, day)
    at = whole.place(client)
    if at is None:
        raise Refused(N_("This client is not in the portfolio."), do=N_("Choose another client."), code="no_client")
    weights = score_settings.weights(reads, purpose)
    ranked = lists.rank(reads, whole, purpose, weights)
    known = details.details(reads, day, [client])[client]
    why_not = _EXCLUDED.get(int(whole.excluded[at]))
    if why_not is not None:
        return Receipt(
            client,
            day,
            purpose,
            0.0,
            None,
            len(ranked.order),
            None,
            (),
            receipts.facts(whole, at, known),
            (),
            None,
            why_not,
        )
    shown, scores, place, before = whole, ranked.scores, at, None
    if what_if is not None:
        shown, place, before = portfolio.load(reads, day, [client], what_if), 0, float(scores.score[at])
        scores = shown.scores(weights)
        ranked = ranked.supposing(at, float(scores.score[0]), float(shown.inputs["R"][0]))
    rank, lane = ranked.stands(at, lists.day_length(reads, day)[0])
    points = {line: float(scores.lines[line][place]) for line in tables.LINES}
    return Receipt(
        client=client,
        day=day,
        purpose=purpose,
        score=float(scores.score[place]),
        rank=rank,
        of=len(ranked.order),
        lane=lane,
        lines=receipts.lines(shown, scores, place, known, purpose),
        facts=receipts.facts(shown, place, known),
        reasons=reasons.reasons(shown, place, points, known, lane, purpose),
        action=reasons.action(shown, place, points, known, lane, purpose),
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


def marks_of(reads: Reads, day: date | None = None) -> tuple[MarkRow, ...]:
    """Whom the manager marked done on this day, and who is put off beyond it; the newest first."""
    from rmdesk.services.care import marks

    return marks.of(reads, day or clock.today())


def snooze_reasons(reads: Reads) -> tuple[str, ...]:
    """Why clients were put off before, the most frequent reason first."""
    from rmdesk.services.care import marks

    return marks.reasons_used(reads)


def agenda(reads: Reads, day: date | None = None) -> tuple[AgendaRow, ...]:
    """What the lead gave back (today), what is planned for the day: visits by time, then promises due."""
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
