"""What is written about assets held elsewhere: what the client said, with the day on which it was confirmed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from rmdesk.base import clock
from rmdesk.base.errors import Refused
from rmdesk.base.money import Money
from rmdesk.base.text import N_
from rmdesk.models.clients import Client
from rmdesk.models.kinds import AssetKind, ClientId, RecordId, new_id
from rmdesk.models.products import AssetElsewhere
from rmdesk.services import settings
from rmdesk.services.profile.secrets import check_text, limit_of
from rmdesk.services.settings import general
from rmdesk.services.store.command import Done
from rmdesk.services.store.inverse import PutBack, TakeAway, fields_of
from rmdesk.services.store.work import UnitOfWork

_FIELDS = ("place", "kind", "amount_minor", "currency", "confirmed_on", "matures_on", "note")


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Something held elsewhere, as typed; `worth` None: nobody knows how much."""

    place: str
    kind: AssetKind
    worth: Money | None = None
    confirmed_on: date | None = None  # None: today
    matures_on: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class NoteElsewhere:
    """Note what a client holds at another bank. Gives back the record's id."""

    label: ClassVar[str] = N_("Note assets elsewhere")
    client: ClientId
    held: Elsewhere

    def apply(self, work: UnitOfWork) -> Done[RecordId]:
        work.get(Client, self.client)
        made = AssetElsewhere(id=new_id(), client_id=self.client, **_columns(work, self.held))
        work.add(made)
        return Done(RecordId(made.id), inverse=TakeAway(((AssetElsewhere, made.id),)))


@dataclass(frozen=True, slots=True)
class EditElsewhere:
    """Correct or confirm what a client holds at another bank."""

    label: ClassVar[str] = N_("Edit assets elsewhere")
    asset: RecordId
    held: Elsewhere

    def apply(self, work: UnitOfWork) -> Done[None]:
        asset = work.get(AssetElsewhere, self.asset)
        before = fields_of(asset, *_FIELDS)
        for name, value in _columns(work, self.held).items():
            setattr(asset, name, value)
        return Done(None, inverse=PutBack(AssetElsewhere, self.asset, before))


@dataclass(frozen=True, slots=True)
class RemoveElsewhere:
    """Take away what was noted: it is no longer there, or was a mistake."""

    label: ClassVar[str] = N_("Remove assets elsewhere")
    asset: RecordId

    def apply(self, work: UnitOfWork) -> Done[None]:
        return Done(None, inverse=TakeAway(((AssetElsewhere, self.asset),)).apply(work).inverse)


def _columns(work: UnitOfWork, held: Elsewhere) -> dict[str, Any]:
    place = check_text(held.place, "place", limit_of("line"))
    if not place:
        raise Refused(N_("Say at which bank or firm."), field="place", code="empty")
    on = held.confirmed_on or clock.today()
    if on > clock.today():
        raise Refused(N_("This day has not come yet."), field="confirmed_on", code="future")
    if held.worth is not None and held.worth.minor <= 0:
        raise Refused(N_("An amount is above zero; leave it empty where nobody knows."), field="worth", code="amount")
    return {
        "place": place,
        "kind": held.kind.value,
        "amount_minor": held.worth.minor if held.worth else None,
        "currency": held.worth.currency if held.worth else settings.value(work, general.CURRENCY),
        "confirmed_on": on,
        "matures_on": held.matures_on,
        "note": check_text(held.note, "note") or None,
    }
