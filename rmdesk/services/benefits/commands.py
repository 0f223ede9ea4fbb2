"""What is done with benefits: used, corrected, taken away, and settled when two desks noted the same turn."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from rmdesk.base import clock
from rmdesk.base.errors import Refused
from rmdesk.base.text import N_
from rmdesk.models.clients import Client
from rmdesk.models.clubs import BenefitUse
from rmdesk.models.kinds import ClientId, RecordId, new_id
from rmdesk.services.benefits import queries, rules, tables
from rmdesk.services.profile.secrets import check_text, limit_of
from rmdesk.services.rulebook import book
from rmdesk.services.store.command import Command, Done
from rmdesk.services.store.inverse import Kept
from rmdesk.services.store.several import Several
from rmdesk.services.store.work import UnitOfWork
from rmdesk.services.sync.moving import MoveDifferences, conflicts_of


@dataclass(frozen=True, slots=True)
class UseBenefit:
    """A client used a benefit; refused when none is left in that year. Gives the id of the record."""

    label: ClassVar[str] = N_("Benefit used")
    client: ClientId
    benefit: str
    on: date | None = None
    place: str = ""
    note: str = ""

    def apply(self, work: UnitOfWork) -> Done[RecordId]:
        if self.benefit not in tables.benefits():
            raise Refused(N_("There is no such benefit."), field="benefit", code="no_benefit")
        work.get(Client, self.client)
        on = _day(self.on)
        turn = _free(work, self.client, self.benefit, on)
        cost, currency = queries.cost_of(work, self.benefit)
        made = BenefitUse(
            id=new_id(), client_id=self.client, benefit=self.benefit, year=on.year, turn=turn, on=on,
            place=_line(self.place, "place"), note=check_text(self.note, "note") or None, cost_minor=cost,
            currency=currency, entered_at=clock.now(),
        )  # fmt: skip
        work.add(made)
        kept = Kept()
        kept.made(made)
        return Done(RecordId(made.id), inverse=kept.inverse)


@dataclass(frozen=True, slots=True)
class EditUse:
    """Correct day, place or note of a use; it stays in its year."""

    label: ClassVar[str] = N_("Edit use of a benefit")
    use: RecordId
    on: date
    place: str = ""
    note: str = ""

    def apply(self, work: UnitOfWork) -> Done[None]:
        made, kept = work.get(BenefitUse, self.use), Kept()
        on = _day(self.on)
        if on.year != made.year:
            raise Refused(
                N_("A use stays in its year."),
                do=N_("Take it away, and enter it anew."),
                field="on",
                code="year",
                guide="benefits",
            )
        kept.before(made, "on", "place", "note")
        made.on, made.place, made.note = on, _line(self.place, "place"), check_text(self.note, "note") or None
        return Done(None, inverse=kept.inverse)


@dataclass(frozen=True, slots=True)
class RemoveUse:
    """Take away a use that was entered by mistake; its right is free again."""

    label: ClassVar[str] = N_("Remove use of a benefit")
    use: RecordId

    def apply(self, work: UnitOfWork) -> Done[None]:
        made, kept = work.get(BenefitUse, self.use), Kept()
        kept.before(made)
        work.delete(made)
        return Done(None, inverse=kept.inverse)


@dataclass(frozen=True, slots=True)
class SettleUse:
    """Two desks noted the same turn: it was one use told twice, or a second one, which then takes the next turn.

    A second use is refused when no turn is left: the count never goes below zero, so somebody has to say which of
    the two holds. Either way the open differences of the record are closed.
    """

    label: ClassVar[str] = N_("Settle use of a benefit")
    use: RecordId
    second: bool

    def apply(self, work: UnitOfWork) -> Done[RecordId | None]:
        made = work.get(BenefitUse, self.use)
        open_ = conflicts_of(work, "benefit_use", self.use)
        if not open_:
            raise Refused(N_("This has been settled already."), do=N_("Reload the page."), code="settled")
        other = self._other(work, made, open_) if self.second else None
        back: list[Command[Any]] = []
        if other is not None:
            kept = Kept()
            work.add(other)
            work.flush()
            kept.made(other)
            back.append(kept.inverse)
        close = tuple((key, json.dumps(one, sort_keys=True)) for key, one in open_.items())
        closed = MoveDifferences("benefit_use", self.use, (), close=close).apply(work)
        if closed.inverse is not None:
            back.append(closed.inverse)
        return Done(None if other is None else RecordId(other.id), inverse=Several(tuple(reversed(back))))

    def _other(self, work: UnitOfWork, made: BenefitUse, open_: dict[str, Any]) -> BenefitUse:
        """What the other desk noted, as a use of its own; fields in which both agree are the same."""
        told = {str(one["field"]): one.get("value") for one in open_.values()}
        on = date.fromisoformat(str(told.get("on") or made.on.isoformat()))
        turn = _free(work, ClientId(made.client_id), made.benefit, on)
        return BenefitUse(
            id=new_id(), client_id=made.client_id, benefit=made.benefit, year=on.year, turn=turn, on=on,
            place=told.get("place", made.place),
            note=told.get("note", made.note), cost_minor=made.cost_minor, currency=made.currency,
            entered_at=clock.now(),
        )  # fmt: skip


def _free(work: UnitOfWork, client: ClientId, benefit: str, on: date) -> int:
    row = next((one for one in queries.benefits_of(work, client, on) if one.code == benefit), None)
    turn = None if row is None else rules.next_turn(row.turns, row.count)
    if turn is None:
        count = 0 if row is None else row.count
        raise Refused(
            N_("Nothing is left of this benefit in {year}: {count} a year."),
            do=N_("Look at what was used, or wait for the next year."), field="benefit", code="none_left",
            year=on.year, count=count, guide="benefits")  # fmt: skip
    return turn


def _day(on: date | None) -> date:
    today = clock.today()
    day = on or today
    if day > today:
        raise Refused(N_("This day has not come yet."), field="on", code="future")
    if (today - day).days > int(book("benefits")["entry"]["back_days"]["value"]):
        raise Refused(
            N_("This day is too long ago."), do=N_("Check the year."), field="on", code="too_old", guide="benefits"
        )
    return day


def _line(text: str, field: str) -> str | None:
    return check_text(text, field, limit_of("line")) or None
