"""What the chips and receipts of a few clients name: their names, occasions, maturities, complaints, promises."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, timedelta

from rmdesk.base.record import record
from rmdesk.services.care import greeted, owed
from rmdesk.services.care.owed import Owed
from rmdesk.services.occasions.due import Due, due
from rmdesk.services.scoring import tables
from rmdesk.services.segments.assets import asset_kinds
from rmdesk.services.store.reads import Reads


@record
class Maturity:
    """An asset holding that matures, or has, and was not renewed; the amount in minor units."""

    name: str
    kind: str
    amount_minor: int
    currency: str
    on: date
    as_of: date | None


class Details:
    """What is said of one client."""

    def __init__(self) -> None:
        self.name = ""
        self.number: str | None = None
        self.initials = ""
        self.aum_minor: int | None = None
        self.aum_on: date | None = None
        self.since: date | None = None
        self.last_contact: date | None = None
        self.left_out: str | None = None
        self.occasions: list[Due] = []  # those that nobody was greeted for yet
        self.greeted: list[tuple[Due, date]] = []  # the others, and when
        self.maturities: list[Maturity] = []
        self.complaints: list[Owed] = []
        self.promises: list[Owed] = []


def details(reads: Reads, day: date, clients: Iterable[int]) -> dict[int, Details]:
    """The details of these clients, by client."""
    ids = tuple(int(client) for client in clients)
    found = {client: Details() for client in ids}
    some = {"clients": json.dumps(ids), "day": day.isoformat()}
    for row in reads.rows(_CLIENTS, some):
        one = found[row[0]]
        one.name, one.number, one.initials, one.aum_minor = row[1:5]
        one.aum_on, one.since, one.last_contact = (_date(row[at]) for at in (5, 6, 7))
        one.left_out = row[8]
    rule, occasions = tables.table(), tables.occasions()
    first, last = day - timedelta(occasions.late_days), day + timedelta(occasions.long_lead_days)
    for ahead, on in greeted.with_greetings(reads, due(reads, first, last, ids), first, last, ids):
        if on is None:
            found[ahead.client].occasions.append(ahead)
        else:
            found[ahead.client].greeted.append((ahead, on))
    window = {
        "first": (day - timedelta(rule.signals["lapsed"].back_days)).isoformat(),
        "last": (day + timedelta(rule.maturity_ahead)).isoformat(),
        "assets": json.dumps(asset_kinds()),
    }
    for row in reads.rows(_MATURITIES, some | window):
        found[row[0]].maturities.append(
            Maturity(row[1], row[2], row[3], row[4], date.fromisoformat(row[5]), _date(row[6]))
        )
    for row in reads.rows(_COMPLAINTS, some):
        found[row[0]].complaints.append(owed.complaint(date.fromisoformat(row[1]), row[2], day))
    for one in found.values():
        one.complaints.sort(key=lambda complaint: complaint.due)
    for row in reads.rows(_PROMISES, some):
        found[row[0]].promises.append(Owed(date.fromisoformat(row[1]), date.fromisoformat(row[2])))
    return found


_SOME = "IN (SELECT value FROM json_each(:clients))"
_CLIENTS = f"""
SELECT c.id, c.name, c.number, c.initials, f.aum_minor, f.aum_on, coalesce(f.since, c.opened_on),
       (SELECT max("on") FROM visit v WHERE v.client_id = c.id AND state = 'held' AND two_way AND "on" <= :day),
       f.left_out
FROM client c LEFT JOIN client_figures f ON f.client_id = c.id WHERE c.id {_SOME}
"""
_MATURITIES = f"""
SELECT client_id, name, kind, amount_minor, currency, matures_on, as_of FROM holding
WHERE client_id {_SOME} AND matures_on BETWEEN :first AND :last AND amount_minor > 0 AND renewed IS NOT 1
  AND (ended_on IS NULL OR ended_on > :day) AND kind IN (SELECT value FROM json_each(:assets))
ORDER BY client_id, matures_on, id
"""
_COMPLAINTS = f"""
SELECT client_id, received_on, allowed_days FROM complaint
WHERE client_id {_SOME} AND state = 'open' AND received_on <= :day ORDER BY id
"""
_PROMISES = f"""
SELECT client_id, made_on, due_on FROM promise
WHERE client_id {_SOME} AND state = 'open' AND due_on <= :day ORDER BY due_on
"""


def _date(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
