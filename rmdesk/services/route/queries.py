"""Reads the visits of a day and puts them in order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rmdesk.base import clock
from rmdesk.models.kinds import Channel, ClientId, RecordId
from rmdesk.services.clients.rules import masked_phone
from rmdesk.services.clients.standing import contactable
from rmdesk.services.documents.queries import manager_of
from rmdesk.services.route import rules
from rmdesk.services.route.rules import Plan, Stop
from rmdesk.services.store.reads import Reads, Row

MOST = 200  # visits of one day

_STOPS = f"""
SELECT v.id, v.client_id, c.name, coalesce(nullif(v.district, ''), c.district, ''), v.channel, v.at, v.minutes,
       coalesce(v.purpose, v.content, ''), coalesce(nullif(v.place, ''), c.address, ''), c.phone,
       (SELECT count(*) FROM promise p WHERE p.client_id = c.id AND p.state = 'open')
FROM visit v JOIN client c ON c.id = v.client_id
WHERE v.state = 'planned' AND v."on" = ? AND {contactable("c")}
ORDER BY v.at IS NULL, v.at, v.id LIMIT {MOST}
"""


@dataclass(frozen=True, slots=True)
class Route:
    """The route of a day, and who goes."""

    day: date
    plan: Plan
    manager: str


def route_of(reads: Reads, day: date | None = None) -> Route:
    """The planned visits of a day by district and time; clients who may not be contacted are left out.

    A visit without a district of its own takes place in the client's.
    """
    today = day or clock.today()
    stops = [_stop(row) for row in reads.rows(_STOPS, (today.isoformat(),))]
    return Route(today, rules.plan(stops), manager_of(reads))


def _stop(row: Row) -> Stop:
    return Stop(
        visit=RecordId(row[0]),
        client=ClientId(row[1]),
        name=row[2],
        district=row[3].strip(),
        away=row[4] in {channel.value for channel in rules.ON_THE_WAY},
        starts=rules.minutes_of(row[5]),
        minutes=row[6],
        channel=row[4],
        purpose=row[7],
        address=row[8] if row[4] != Channel.BRANCH else "",
        phone=masked_phone(row[9]),
        promises=row[10],
    )
