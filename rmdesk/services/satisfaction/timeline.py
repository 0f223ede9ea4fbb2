"""What answers on satisfaction add to a client's timeline."""

from __future__ import annotations

from rmdesk.base.text import phrase
from rmdesk.models.kinds import ClientId
from rmdesk.services.events import Event, EventKind
from rmdesk.services.satisfaction import queries
from rmdesk.services.store.reads import Reads


def events_of(reads: Reads, client: ClientId, limit: int) -> list[Event]:
    """The answers of a client, newest first."""
    return [_event(answer) for answer in queries.answers_of(reads, client)[:limit]]


def _event(answer: queries.AnswerRow) -> Event:
    if answer.nps is None:
        title = phrase("Satisfaction {csat} of 5", csat=answer.csat)
    elif answer.csat is None:
        title = phrase("Recommends us: {nps} of 10", nps=answer.nps)
    else:
        title = phrase("Satisfaction {csat} of 5, recommends us {nps} of 10", csat=answer.csat, nps=answer.nps)
    return Event(answer.on, EventKind.FEEDBACK, title, answer.note, False, "satisfaction", answer.id)
