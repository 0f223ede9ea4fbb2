"""What is written into the ledger of points: only new lines. What was wrong gets a counter-entry, never an erasure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from rmdesk.base import clock
from rmdesk.base.errors import Refused
from rmdesk.base.text import N_
from rmdesk.models.clients import Client
from rmdesk.models.clubs import PointsEntry
from rmdesk.models.kinds import ClientId, PointsKind, RecordId, new_id
from rmdesk.services.points import queries, tables
from rmdesk.services.profile.secrets import check_text
from rmdesk.services.store.command import Done
from rmdesk.services.store.work import UnitOfWork


@dataclass(frozen=True, slots=True)
class PostDue:
    """Post what is due, of a client or of all: points earned by the rules, points that have expired. Done again, it
    finds nothing to do. Gives how many lines were written; taken back by counter-entries."""

    label: ClassVar[str] = N_("Post points")
    client: ClientId | None = None

    def apply(self, work: UnitOfWork) -> Done[int]:
        waiting = queries.due(work, self.client)
        made = []
        for at, one in enumerate(waiting):
            work.progress.at(at, len(waiting))
            made.append(
                _entry(work, one.client, one.kind, one.rule, one.points, one.on, one.source, basis=one.basis_minor,
                       currency=one.currency, expires=one.expires_on)
            )  # fmt: skip
        return Done(len(made), inverse=CorrectEntries(tuple(made)) if made else None)


@dataclass(frozen=True, slots=True)
class RedeemPoints:
    """Give something for points; refused for more than there are. Gives the id of the line."""

    label: ClassVar[str] = N_("Redeem points")
    client: ClientId
    points: int
    what: str = "gift"
    note: str = ""

    def apply(self, work: UnitOfWork) -> Done[RecordId]:
        note = check_text(self.note, "note")
        work.get(Client, self.client)
        if self.what not in tables.redeeming():
            raise Refused(N_("Choose what the points are for."), field="what", code="no_what")
        if self.points <= 0:
            raise Refused(N_("How many points? At least one."), field="points", code="bad_points")
        there = queries.balance_of(work, self.client)
        gone = -sum(one.points for one in queries.due(work, self.client) if one.kind is PointsKind.EXPIRE)
        if self.points > there - gone:
            raise Refused(
                N_("There are {points} points."), do=N_("Redeem fewer."), field="points", code="too_many",
                points=max(0, there - gone), guide="points")  # fmt: skip
        line = _entry(work, self.client, PointsKind.REDEEM, self.what, -self.points, clock.today(), new_id(), note=note)
        return Done(line, inverse=CorrectEntries((line,)))


@dataclass(frozen=True, slots=True)
class CorrectEntries:
    """Take lines of a ledger back, each by a counter-entry that says why; once is enough. Taken back likewise."""

    label: ClassVar[str] = N_("Correct points")
    entries: tuple[RecordId, ...]
    note: str = ""

    def apply(self, work: UnitOfWork) -> Done[int]:
        note = check_text(self.note, "note")
        made = []
        for key in self.entries:
            line = work.get(PointsEntry, key)
            if work.value("SELECT 1 FROM points_entry WHERE kind = 'correct' AND source = ?", (key,)):
                raise Refused(
                    N_("This line was taken back already."), do=N_("Reload the page."), code="corrected", guide="points"
                )
            made.append(
                _entry(work, ClientId(line.client_id), PointsKind.CORRECT, tables.CORRECTION, -line.points,
                       clock.today(), key, note=note)
            )  # fmt: skip
        return Done(len(made), inverse=CorrectEntries(tuple(made)))


def _entry(
    work: UnitOfWork, client: ClientId, kind: PointsKind, rule: str, points: int, on: date, source: str, *,
    note: str | None = None, basis: int | None = None, currency: str | None = None, expires: date | None = None,
) -> RecordId:  # fmt: skip
    made = PointsEntry(
        id=new_id(), client_id=client, on=on, kind=kind.value, rule=rule, points=points, basis_minor=basis,
        currency=currency, source=source, note=note or None, expires_on=expires,
    )  # fmt: skip
    work.add(made)
    return RecordId(made.id)
