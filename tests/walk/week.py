"""Who the week is about: clients of the demo portfolio that fit the story, and what one day hands to the next."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from rmdesk.models.kinds import ClientId, RecordId
from rmdesk.services.store.reads import Reads
from tests.walk.hands import Hands

NOBODY, NOTHING = ClientId(0), RecordId("")


@dataclass(slots=True)
class Week:
    """The hands at the program, and what was noted by name on the way."""

    hands: Hands
    first: ClientId = NOBODY  # No 1 of Monday
    visit: RecordId = NOTHING
    promise: RecordId = NOTHING
    birthday: RecordId = NOTHING  # of `celebrates`
    celebrates: ClientId = NOBODY
    journal: RecordId = NOTHING
    kept: dict[str, Any] = field(default_factory=dict)


def quiet_clients(reads: Reads, limit: int = 60) -> list[ClientId]:
    """Clients about whom the demo tells of no gift, complaint, feedback, relationship or occasion; wealthiest first."""
    tables = ("gift", "complaint", "feedback", "occasion")
    none = " AND ".join(f"NOT EXISTS (SELECT 1 FROM {name} x WHERE x.client_id = c.id)" for name in tables)
    rows = reads.rows(
        "SELECT c.id FROM client c JOIN client_figures f ON f.client_id = c.id "
        f"WHERE c.status = 'active' AND c.kind = 'person' AND c.merged_into IS NULL AND c.marketing_consent = 1 "
        f"AND coalesce(c.occupation, '') NOT LIKE '%公务%' AND {none} "
        "AND NOT EXISTS (SELECT 1 FROM relationship r WHERE c.id IN (r.from_client_id, r.to_client_id)) "
        "ORDER BY f.aum_minor DESC, c.id LIMIT ?",
        (limit,),
    )
    return [ClientId(row[0]) for row in rows]


def name_of(reads: Reads, client: ClientId) -> str:
    """A client's name."""
    return str(reads.value("SELECT name FROM client WHERE id = ?", (client,)))


def quiet(week: Week, place: int) -> ClientId:
    """One of the quiet clients as they were on Monday: the story's parts do not meet by chance."""
    if "quiet" not in week.kept:
        week.kept["quiet"] = [one for one in week.hands.read(quiet_clients) if one != week.first]
    return ClientId(week.kept["quiet"][place])
