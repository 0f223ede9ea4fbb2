"""Reads what stands beside the form: a short brief on the client, and what saving will change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from rmdesk.base import clock
from rmdesk.base.text import Phrase
from rmdesk.models.kinds import Channel, ClientId
from rmdesk.services.store.reads import Reads
from rmdesk.services.visits import ledger, queries, rules, touches
from rmdesk.services.visits.rows import PromiseRow, VisitRow

if TYPE_CHECKING:
    from rmdesk.services.care.details import Maturity
    from rmdesk.services.care.file import OccasionAhead
    from rmdesk.services.profile.rules import Question

SHOWN = 3


@dataclass(frozen=True, slots=True)
class ShortBrief:
    """What one wants to know before and while talking to a client."""

    client: ClientId
    last: VisitRow | None
    promises: tuple[PromiseRow, ...]
    occasions: tuple[OccasionAhead, ...]
    maturities: tuple[Maturity, ...]
    taboos: tuple[str, ...]
    likes: tuple[str, ...]
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class After:
    """What saving will change. `before` and `after` are scores; None where the visit changes none."""

    before: float | None
    after: float | None
    excluded: Phrase | None
    last: date | None
    older: bool
    late: bool
    marketing_full: bool


def short_brief(reads: Reads, client: ClientId, day: date | None = None) -> ShortBrief:
    """The short brief on a client."""
    from rmdesk.services.care import details, file
    from rmdesk.services.profile import queries as profile

    today = day or clock.today()
    ahead = today + timedelta(days=rules.limit("ahead", "brief_days"))
    visits = queries.visits_of(reads, client, 10)
    occasions = [one for one in file.occasions_of(reads, client, today) if one.on <= ahead]
    known = details.details(reads, today, [client])[client]
    tastes = reads.rows("SELECT taste, text FROM preference WHERE client_id = ? ORDER BY noted_on, id", (client,))
    return ShortBrief(
        client=client,
        last=next((visit for visit in visits if rules.counts_as_contact(visit.state, two_way=visit.two_way)), None),
        promises=ledger.promises(reads, client, day=today)[:SHOWN],
        occasions=tuple(occasions[:SHOWN]),
        maturities=tuple(known.maturities[:SHOWN]),
        taboos=tuple(text for taste, text in tastes if taste == "taboo"),
        likes=tuple(text for taste, text in tastes if taste == "like")[: 2 * SHOWN],
        questions=profile.open_questions(reads, client, SHOWN, today),
    )


def after(
    reads: Reads,
    client: ClientId,
    channel: str | None,
    on: date,
    at: str | None,
    *,
    two_way: bool = True,
    but: str = "",
) -> After:
    """What saving a held visit of this kind will change; `but` is the visit itself when it is on record."""
    from rmdesk.services.care import queries as care

    last = queries.last_contact_of(reads, client)
    counts = two_way and on == clock.today() and channel is not None
    told = care.receipt(reads, client, what_if=Channel(str(channel)) if counts else None)
    return After(
        before=None if told.excluded else (told.before if counts else told.score),
        after=told.score if counts and not told.excluded else None,
        excluded=told.excluded,
        last=last,
        older=last is not None and on < last,
        late=rules.is_late(on, at, clock.now().astimezone()),
        marketing_full=touches.is_full(reads, client, on, but),
    )
