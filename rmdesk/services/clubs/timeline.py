"""What clubs and benefits add to a client's timeline. Loaded at the start, with the timeline, so it imports little."""

from __future__ import annotations

from datetime import date

from rmdesk.base.text import Phrase, phrase
from rmdesk.models.kinds import ClientId, Decision, TermState
from rmdesk.services.clubs.words import DECISIONS
from rmdesk.services.events import Event, EventKind
from rmdesk.services.rulebook import book, words
from rmdesk.services.store.reads import Reads


def events_of(reads: Reads, client: ClientId, limit: int) -> list[Event]:
    """From when to when the client was a member, and the benefits that were used."""
    events = []
    for key, club, decision, starts, reason in reads.rows(
        "SELECT id, club, decision, starts_on, coalesce(reason, '') FROM club_term "
        "WHERE client_id = ? AND state = ? AND starts_on IS NOT NULL ORDER BY starts_on DESC LIMIT ?",
        (client, TermState.APPROVED.value, limit),
    ):
        title = phrase("{club}: {decision}", club=_Named("clubs", "club", club), decision=_decided(decision))
        events.append(Event(date.fromisoformat(starts), EventKind.EVENT, title, reason, False, "club_term", key))
    for key, benefit, on, place in reads.rows(
        "SELECT id, benefit, \"on\", coalesce(place, '') FROM benefit_use WHERE client_id = ? "
        'ORDER BY "on" DESC LIMIT ?',
        (client, limit),
    ):
        title = phrase("Used: {benefit}", benefit=_Named("benefits", "benefit", benefit))
        events.append(Event(date.fromisoformat(on), EventKind.EVENT, title, place, False, "benefit_use", key))
    return events


def _decided(decision: str) -> Phrase:
    return phrase(DECISIONS[Decision(decision)])


class _Named:
    """The name of an entry of a rule book, in the language in use when it is shown."""

    def __init__(self, of: str, table: str, code: str) -> None:
        self._of, self._table, self._code = of, table, code

    def __str__(self) -> str:
        found = next((entry for entry in book(self._of)[self._table] if entry["code"] == self._code), None)
        return self._code if found is None else words(found["name"]).said
