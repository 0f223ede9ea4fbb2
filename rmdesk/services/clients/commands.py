"""What the desk writes about a client: prospects, status, consent, the reading of a name, a number shown.

Bank facts stay read-only. What is set here on a client of the bank is noted in `client.kept`, so that no later
hand-over overwrites it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from rmdesk.base import clock
from rmdesk.base.errors import Refused
from rmdesk.base.text import N_
from rmdesk.models.clients import Client
from rmdesk.models.kinds import ClientId, ClientStatus, ConsentKind, Origin, new_id
from rmdesk.models.profile import Consent
from rmdesk.services.audit.acts import Act
from rmdesk.services.audit.writing import note
from rmdesk.services.clients import rules
from rmdesk.services.profile import privacy
from rmdesk.services.profile.secrets import check_text
from rmdesk.services.store.command import Done
from rmdesk.services.store.inverse import Kept, changing
from rmdesk.services.store.references import all_naming_clients
from rmdesk.services.store.work import UnitOfWork


@dataclass(frozen=True, slots=True)
class AddProspect:
    """Begin a file for somebody whom the bank's exports do not know yet."""

    label: ClassVar[str] = N_("New client")
    details: rules.Details

    def apply(self, work: UnitOfWork) -> Done[ClientId]:
        client = Client(origin=Origin.DESK, opened_on=None, as_of=clock.today())
        _write(client, rules.checked(self.details))
        work.add(client)
        work.flush()
        return Done(ClientId(client.id), inverse=RemoveProspect(ClientId(client.id)))


@dataclass(frozen=True, slots=True)
class EditProspect:
    """Correct the file of a prospect; a client of the bank is corrected at the bank."""

    label: ClassVar[str] = N_("Edit client")
    client: ClientId
    details: rules.Details

    def apply(self, work: UnitOfWork) -> Done[ClientId]:
        client = _prospect(work, self.client)
        was = Kept()
        was.before(client, *rules.DETAILS, "id_kind", "pinyin", "initials", "pinyin_also")
        _write(client, rules.checked(self.details))
        return Done(self.client, inverse=was.inverse)


@dataclass(frozen=True, slots=True)
class RemoveProspect:
    """Take away a prospect that was made by mistake; refused as soon as anything is recorded on them."""

    label: ClassVar[str] = N_("Remove client")
    client: ClientId

    def apply(self, work: UnitOfWork) -> Done[ClientId]:
        client = _prospect(work, self.client)
        for table, column in all_naming_clients():
            if table != "client_figures" and work.value(f"SELECT 1 FROM {table} WHERE {column} = ?", (self.client,)):
                raise Refused(
                    N_("There are records on this client."), do=N_("Close the client instead."), code="has_records"
                )
        was = Kept()
        was.before(client)
        work.delete(client)
        return Done(self.client, inverse=was.inverse)


@dataclass(frozen=True, slots=True)
class SetStatus:
    """Set the status of clients; deceased and do-not-contact end all care at once."""

    label: ClassVar[str] = N_("Set status")
    clients: tuple[ClientId, ...]
    status: ClientStatus

    def apply(self, work: UnitOfWork) -> Done[int]:
        return _set(work, self.clients, "status", self.status)


@dataclass(frozen=True, slots=True)
class SetConsent:
    """Note that clients gave (True) or withdrew (False) their consent to marketing; None: not asked."""

    label: ClassVar[str] = N_("Set consent to marketing")
    clients: tuple[ClientId, ...]
    consent: bool | None

    def apply(self, work: UnitOfWork) -> Done[int]:
        differ = tuple(one for one in self.clients if work.get(Client, one).marketing_consent != self.consent)
        was = Kept()
        done = _set(work, differ, "marketing_consent", self.consent, was)
        for client in differ if self.consent is not None else ():
            row = Consent(id=new_id(), client_id=client, kind=ConsentKind.MARKETING.value, given=self.consent,
                          on=clock.today())  # fmt: skip
            work.add(row)
            was.made(row)
        return Done(done.result, inverse=was.inverse)


@dataclass(frozen=True, slots=True)
class SetNote:
    """Write the free note on a client."""

    label: ClassVar[str] = N_("Edit note")
    client: ClientId
    note: str

    def apply(self, work: UnitOfWork) -> Done[int]:
        return _set(work, (self.client,), "note", check_text(self.note, "note") or None)


@dataclass(frozen=True, slots=True)
class CorrectReading:
    """Say how a name is read; the initials for search follow from the syllables."""

    label: ClassVar[str] = N_("Correct the reading")
    client: ClientId
    pinyin: str

    def apply(self, work: UnitOfWork) -> Done[int]:
        syllables = rules.syllables(self.pinyin)
        client, was = changing(work, Client, self.client, "pinyin", "initials", "kept")
        if len(syllables) != len(client.name) and not client.name.isascii():
            raise Refused(
                N_("{name} has {count} characters, but the reading has {read} syllables."),
                do=N_("Write one syllable for each character."),
                field="pinyin",
                code="bad_pinyin",
                name=client.name,
                count=len(client.name),
                read=len(syllables),
            )
        client.pinyin = " ".join(self.pinyin.split())
        client.initials = rules.initials(syllables)
        client.kept = {**(client.kept or {}), "pinyin": clock.today().isoformat()}
        return Done(1, inverse=was.inverse)


@dataclass(frozen=True, slots=True)
class ShowNumber:
    """Show a masked number in full; who looked at which field, and when, stays in the change records."""

    label: ClassVar[str] = N_("Show number")
    client: ClientId
    field: str

    def apply(self, work: UnitOfWork) -> Done[str]:
        if self.field not in privacy.masked(Client.__tablename__):
            raise ValueError(f"{self.field} is not masked")
        client = work.get(Client, self.client)
        work.note(Client.__tablename__, str(self.client), self.client, after={"shown": self.field})
        note(work, Act.REVEAL, entity="client", entity_id=self.client, facts={"field": self.field})
        return Done(getattr(client, self.field) or "")


def _set(work: UnitOfWork, clients: tuple[ClientId, ...], name: str, value: Any, was: Kept | None = None) -> Done[int]:
    was, changed, today = was or Kept(), 0, clock.today()
    for done, number in enumerate(clients):
        work.progress.at(done, len(clients))
        client = work.get(Client, number)
        if getattr(client, name) == value:
            continue
        changed += 1
        was.before(client, name, "kept")
        setattr(client, name, value)
        client.kept = {**(client.kept or {}), name: today.isoformat()}
    return Done(changed, inverse=was.inverse)


def _prospect(work: UnitOfWork, number: ClientId) -> Client:
    client = work.get(Client, number)
    if client.origin != Origin.DESK:
        raise Refused(
            N_("This client's data come from the bank and are read-only here."),
            do=N_("Have them corrected at the bank; the next hand-over brings the correction."),
            code="bank_fact",
        )
    return client


def _write(client: Client, details: rules.Details) -> None:
    renamed = client.name != details.name
    for name in rules.DETAILS:
        setattr(client, name, getattr(details, name))
    client.id_kind = "resident" if details.id_number and len(details.id_number) == 18 else None
    if renamed:
        from rmdesk.services.clients.pinyin import reading

        read = reading(details.name)
        client.pinyin, client.initials, client.pinyin_also = read.pinyin, read.initials, read.also
