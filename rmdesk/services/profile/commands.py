"""What the manager writes into a profile: likes and taboos, consents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from rmdesk.base import clock
from rmdesk.base.errors import Refused
from rmdesk.base.text import N_
from rmdesk.models.clients import Client
from rmdesk.models.kinds import ClientId, ConsentKind, RecordId, Taste, new_id
from rmdesk.models.profile import Consent, Preference
from rmdesk.models.relations import Person
from rmdesk.services.audit.acts import Act
from rmdesk.services.audit.writing import note
from rmdesk.services.profile import privacy
from rmdesk.services.profile.days import check_year
from rmdesk.services.profile.secrets import check_text, limit_of
from rmdesk.services.store.command import Done
from rmdesk.services.store.work import UnitOfWork

Columns = tuple[tuple[str, Any], ...]


@dataclass(frozen=True, slots=True)
class SetPreferences:
    """Say all that a client likes, or cannot stand; what was noted before keeps its day. Gives back the changes."""

    label: ClassVar[str] = N_("Edit likes and taboos")
    client: ClientId
    taste: Taste
    texts: tuple[str, ...]
    source: str = ""

    def apply(self, work: UnitOfWork) -> Done[int]:
        work.get(Client, self.client)
        wanted = list(dict.fromkeys(filter(None, (_chip(text, self.taste) for text in self.texts))))
        source = check_text(self.source, "source", limit_of("line")) or None
        if len(wanted) > limit_of("chips"):
            raise Refused(
                N_("At most {most} of one kind."),
                do=N_("Take some away, or put them into the note."),
                field=_field(self.taste),
                code="too_many",
                most=limit_of("chips"),
                guide="profile",
            )
        rows = work.rows("SELECT id, taste, text FROM preference WHERE client_id = ? ORDER BY rowid", (self.client,))
        _check_apart(wanted, self.taste, {row[2] for row in rows if row[1] != self.taste})
        gone = [row[0] for row in rows if row[1] == self.taste and row[2] not in wanted]
        kept = {row[2] for row in rows if row[1] == self.taste}
        inverse = _forget(work, gone)
        made = []
        for text in wanted:
            if text not in kept:
                preference = Preference(
                    id=new_id(),
                    client_id=self.client,
                    taste=self.taste.value,
                    text=text,
                    noted_on=clock.today(),
                    source=source,
                )
                work.add(preference)
                made.append(preference.id)
        return Done(len(gone) + len(made), inverse=PutPreferencesBack(tuple(made), inverse))


@dataclass(frozen=True, slots=True)
class ConfirmPreferences:
    """Say that the likes, or the taboos, still hold today."""

    label: ClassVar[str] = N_("Confirm likes and taboos")
    client: ClientId
    taste: Taste

    def apply(self, work: UnitOfWork) -> Done[int]:
        rows = work.rows("SELECT id FROM preference WHERE client_id = ? AND taste = ?", (self.client, self.taste.value))
        ids = [row[0] for row in rows]
        before = tuple(_columns(work.get(Preference, key)) for key in ids)
        for key in ids:
            work.get(Preference, key).noted_on = clock.today()
        return Done(len(ids), inverse=PutPreferencesBack((), before))


@dataclass(frozen=True, slots=True)
class PutPreferencesBack:
    """Take preferences away and set others as they were: the inverse of the commands above, and of itself."""

    label: ClassVar[str] = N_("Put back likes and taboos")
    gone: tuple[str, ...]
    rows: tuple[Columns, ...]

    def apply(self, work: UnitOfWork) -> Done[None]:
        before = list(_forget(work, list(self.gone)))
        made = []
        for row in self.rows:
            values = dict(row)
            kept = work.find(Preference, values["id"])
            if kept is None:
                work.add(Preference(**values))
                made.append(values["id"])
            else:
                before.append(_columns(kept))
                for name, value in values.items():
                    setattr(kept, name, value)
        return Done(None, inverse=PutPreferencesBack(tuple(made), tuple(before)))


@dataclass(frozen=True, slots=True)
class NoteConsent:
    """Note a consent given or withdrawn. Gives back its id; the newest of a kind holds.

    A consent for a child is a guardian's, whose name is needed; `person` says for which child, None for all.
    """

    label: ClassVar[str] = N_("Note consent")
    client: ClientId
    kind: ConsentKind
    given: bool
    on: date | None = None
    how: str = ""
    by: str = ""
    person: RecordId | None = None

    def apply(self, work: UnitOfWork) -> Done[RecordId]:
        client = work.get(Client, self.client)
        on = self.on or clock.today()
        if on > clock.today():
            raise Refused(N_("This day is still to come."), do=N_("Enter the day of the consent."), field="on")
        check_year(on, "on")
        by = check_text(self.by, "by", limit_of("line")) or None
        if self.kind is ConsentKind.CHILD and self.given and by is None:
            raise Refused(
                N_("For a child under 14 a parent or guardian consents."),
                do=N_("Enter who consents."),
                field="by",
                code="no_guardian",
                guide="privacy",
            )
        if self.person is not None:
            work.get(Person, self.person)
        consent = Consent(
            id=new_id(),
            client_id=self.client,
            person_id=self.person,
            kind=self.kind.value,
            given=self.given,
            on=on,
            how=check_text(self.how, "how", limit_of("line")) or None,
            by=by,
        )
        work.add(consent)
        before = client.marketing_consent, client.kept
        _keep_in_step(work, client, consent)
        return Done(RecordId(consent.id), inverse=TakeBackConsent(consent.id, self.client, *before))


@dataclass(frozen=True, slots=True)
class TakeBackConsent:
    """Remove a consent that was noted by mistake; the consent before it holds again."""

    label: ClassVar[str] = N_("Take back consent")
    consent: str
    client: ClientId
    marketing: bool | None
    kept: Any

    def apply(self, work: UnitOfWork) -> Done[None]:
        consent, client = work.get(Consent, self.consent), work.get(Client, self.client)
        inverse = _NoteAgain(_columns(consent), client.marketing_consent, client.kept)
        work.delete(consent)
        client.marketing_consent, client.kept = self.marketing, self.kept
        return Done(None, inverse=inverse)


@dataclass(frozen=True, slots=True)
class _NoteAgain:
    """Note a consent exactly as it was."""

    label: ClassVar[str] = N_("Note consent")
    row: Columns
    marketing: bool | None
    kept: Any

    def apply(self, work: UnitOfWork) -> Done[None]:
        consent = Consent(**dict(self.row))
        client = work.get(Client, consent.client_id)
        before = client.marketing_consent, client.kept
        work.add(consent)
        client.marketing_consent, client.kept = self.marketing, self.kept
        return Done(None, inverse=TakeBackConsent(consent.id, ClientId(client.id), *before))


@dataclass(frozen=True, slots=True)
class ShowPersonNumber:
    """Show the phone of somebody around a client in full; who looked, and when, stays in the change records."""

    label: ClassVar[str] = N_("Show number")
    person: RecordId
    client: ClientId
    field: str = "phone"

    def apply(self, work: UnitOfWork) -> Done[str]:
        if self.field not in privacy.masked(Person.__tablename__):
            raise ValueError(f"{self.field} is not masked")
        person = work.get(Person, self.person)
        work.note(Person.__tablename__, self.person, self.client, after={"shown": self.field})
        note(work, Act.REVEAL, entity="client", entity_id=self.client, facts={"field": f"person.{self.field}"})
        return Done(getattr(person, self.field) or "")


def _keep_in_step(work: UnitOfWork, client: Client, consent: Consent) -> None:
    """The field that lists and gates look at follows the newest consent to marketing."""
    if consent.kind != ConsentKind.MARKETING:
        return
    newer = work.value(
        'SELECT 1 FROM consent WHERE client_id = ? AND kind = ? AND "on" > ? AND id <> ?',
        (client.id, consent.kind, consent.on.isoformat(), consent.id),
    )
    if newer is None:
        client.marketing_consent = consent.given
        client.kept = {**(client.kept or {}), "marketing_consent": consent.on.isoformat()}


def _check_apart(wanted: list[str], taste: Taste, other: set[str]) -> None:
    both = next((text for text in wanted if text in other), None)
    if both is not None:
        message = (
            N_("“{text}” stands among the taboos already.")
            if taste is Taste.LIKE
            else N_("“{text}” stands among the likes already.")
        )
        raise Refused(
            message,
            do=N_("Take it away there first."),
            field=_field(taste),
            code="both_tastes",
            text=both,
            guide="profile",
        )


def _chip(text: str, taste: Taste) -> str:
    return " ".join(check_text(text, _field(taste), limit_of("chip")).split())


def _field(taste: Taste) -> str:
    return "likes" if taste is Taste.LIKE else "taboos"


def _forget(work: UnitOfWork, ids: list[str]) -> tuple[Columns, ...]:
    rows = []
    for key in ids:
        preference = work.get(Preference, key)
        rows.append(_columns(preference))
        work.delete(preference)
    return tuple(rows)


def _columns(thing: Preference | Consent) -> Columns:
    return tuple((str(column.key), getattr(thing, column.key)) for column in type(thing).__table__.columns)
