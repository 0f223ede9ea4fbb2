"""What is written about credit: exposures and drafts, guarantees, the bank's capital."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from rmdesk.base import clock
from rmdesk.base.errors import Refused
from rmdesk.base.money import Money
from rmdesk.base.text import N_
from rmdesk.models.groups import CapitalFigure, CreditParty, Exposure, Guarantee
from rmdesk.models.kinds import ExposureKind, RecordId, new_id
from rmdesk.services import settings
from rmdesk.services.groups.commands import Party, party_of
from rmdesk.services.profile.secrets import check_text, limit_of
from rmdesk.services.settings import general
from rmdesk.services.store.command import Done
from rmdesk.services.store.inverse import Kept, removed
from rmdesk.services.store.work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Owed:
    """An exposure as typed; `worth` None: there is some, nobody knows how much. A `draft` is only talked about."""

    kind: ExposureKind
    worth: Money | None = None
    as_of: date | None = None  # None: today
    draft: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class NoteExposure:
    """Note what the bank is exposed to with a party, or keep a draft deal. Gives back the record's id."""

    label: ClassVar[str] = N_("Note exposure")
    party: RecordId
    owed: Owed

    def apply(self, work: UnitOfWork) -> Done[RecordId]:
        kept = Kept()
        work.get(CreditParty, self.party)
        made = Exposure(id=new_id(), party_id=self.party, **_columns(work, self.owed))
        work.add(made)
        kept.made(made)
        return Done(RecordId(made.id), inverse=kept.inverse)


@dataclass(frozen=True, slots=True)
class EditExposure:
    """Correct an exposure, or take a draft up as a deal that was made."""

    label: ClassVar[str] = N_("Edit exposure")
    exposure: RecordId
    owed: Owed

    def apply(self, work: UnitOfWork) -> Done[None]:
        kept, found = Kept(), work.get(Exposure, self.exposure)
        columns = _columns(work, self.owed)
        kept.before(found, *columns)
        for name, value in columns.items():
            setattr(found, name, value)
        return Done(None, inverse=kept.inverse)


@dataclass(frozen=True, slots=True)
class RemoveExposure:
    """Take an exposure or a draft away."""

    label: ClassVar[str] = N_("Remove exposure")
    exposure: RecordId

    def apply(self, work: UnitOfWork) -> Done[None]:
        return removed(work, Exposure, self.exposure)


@dataclass(frozen=True, slots=True)
class NoteGuarantee:
    """Note who answers for whose debts. Gives back the record's id."""

    label: ClassVar[str] = N_("Note a guarantee")
    guarantor: Party
    debtor: Party
    worth: Money | None = None
    as_of: date | None = None
    note: str = ""

    def apply(self, work: UnitOfWork) -> Done[RecordId]:
        kept = Kept()
        guarantor = party_of(work, self.guarantor, kept, "guarantor")
        debtor = party_of(work, self.debtor, kept, "debtor")
        if guarantor == debtor:
            raise Refused(N_("Nobody guarantees for themselves."), field="debtor", code="same")
        made = Guarantee(
            id=new_id(),
            guarantor_id=guarantor,
            debtor_id=debtor,
            as_of=_day(self.as_of),
            note=check_text(self.note, "note") or None,
            **_money(work, self.worth),
        )
        work.add(made)
        kept.made(made)
        return Done(RecordId(made.id), inverse=kept.inverse)


@dataclass(frozen=True, slots=True)
class RemoveGuarantee:
    """Take a guarantee away that ended."""

    label: ClassVar[str] = N_("Remove guarantee")
    guarantee: RecordId

    def apply(self, work: UnitOfWork) -> Done[None]:
        return removed(work, Guarantee, self.guarantee)


@dataclass(frozen=True, slots=True)
class SetCapital:
    """Enter the bank's capital on a day, or correct it; all groups are held against the newest figure."""

    label: ClassVar[str] = N_("Enter capital figure")
    on: date
    net: Money | None
    tier1: Money | None
    source: str = ""

    def apply(self, work: UnitOfWork) -> Done[RecordId]:
        if self.net is None and self.tier1 is None:
            raise Refused(N_("Enter at least one of both."), field="net", code="empty")
        currencies = {told.currency for told in (self.net, self.tier1) if told is not None}
        if len(currencies) > 1:
            raise Refused(N_("Both in one currency."), field="tier1", code="currency")
        for field, told in (("net", self.net), ("tier1", self.tier1)):
            if told is not None and told.minor <= 0:
                raise Refused(N_("Capital is above zero."), field=field, code="amount")
        kept, on = Kept(), _day(self.on, "on")
        key = work.value('SELECT id FROM capital_figure WHERE "on" = ?', (on.isoformat(),))
        figure = CapitalFigure(id=new_id(), on=on) if key is None else work.get(CapitalFigure, key)
        if key is not None:
            kept.before(figure)
        figure.net_minor = self.net.minor if self.net else None
        figure.tier1_minor = self.tier1.minor if self.tier1 else None
        figure.currency, figure.source = currencies.pop(), check_text(self.source, "source", limit_of("line")) or None
        if key is None:
            work.add(figure)
            kept.made(figure)
        return Done(RecordId(figure.id), inverse=kept.inverse)


def _columns(work: UnitOfWork, owed: Owed) -> dict[str, Any]:
    return {
        "kind": owed.kind.value,
        "draft": owed.draft,
        "as_of": _day(owed.as_of),
        "note": check_text(owed.note, "note") or None,
        **_money(work, owed.worth),
    }


def _money(work: UnitOfWork, worth: Money | None) -> dict[str, Any]:
    if worth is not None and worth.minor <= 0:
        raise Refused(N_("An amount is above zero; leave it empty where nobody knows."), field="worth", code="amount")
    if worth is None:
        return {"amount_minor": None, "currency": settings.value(work, general.CURRENCY)}
    return {"amount_minor": worth.minor, "currency": worth.currency}


def _day(on: date | None, field: str = "as_of") -> date:
    if on is not None and on > clock.today():
        raise Refused(N_("This day has not come yet."), field=field, code="future")
    return on or clock.today()
