"""What is written about occasions: the days themselves, and who was greeted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from rmdesk.base import clock
from rmdesk.base.errors import Refused
from rmdesk.base.text import N_
from rmdesk.models.clients import Client
from rmdesk.models.gifts import Gift
from rmdesk.models.kinds import Channel, ClientId, OccasionKind, RecordId, new_id
from rmdesk.models.occasions import Greeting, Occasion
from rmdesk.services.clients import standing
from rmdesk.services.occasions import children, names
from rmdesk.services.occasions.details import DETAILS, Details, checked
from rmdesk.services.occasions.due import Due, due
from rmdesk.services.profile.children import check_child
from rmdesk.services.profile.secrets import check_text
from rmdesk.services.rulebook import book
from rmdesk.services.store.command import Done
from rmdesk.services.store.inverse import Fields, PutBack, TakeAway, fields_of
from rmdesk.services.store.work import UnitOfWork


@dataclass(frozen=True, slots=True)
class AddOccasion:
    """Keep a day of a client, or of somebody around them."""

    label: ClassVar[str] = N_("Add occasion")
    client: ClientId
    details: Details

    def apply(self, work: UnitOfWork) -> Done[RecordId]:
        work.get(Client, self.client)
        kept = _accepted(work, self.client, self.details)
        _check_only_one(work, self.client, kept)
        occasion = Occasion(id=new_id(), client_id=self.client, **{name: getattr(kept, name) for name in DETAILS})
        work.add(occasion)
        work.flush()
        return Done(RecordId(occasion.id), inverse=TakeAway(((Occasion, occasion.id),)))


@dataclass(frozen=True, slots=True)
class EditOccasion:
    """Correct a day. Greetings sent for it stay as they were."""

    label: ClassVar[str] = N_("Edit occasion")
    occasion: RecordId
    details: Details

    def apply(self, work: UnitOfWork) -> Done[RecordId]:
        occasion = work.get(Occasion, self.occasion)
        before = fields_of(occasion, *DETAILS)
        kept = _accepted(work, ClientId(occasion.client_id), self.details)
        _check_only_one(work, ClientId(occasion.client_id), kept, but=occasion.id)
        for name in DETAILS:
            setattr(occasion, name, getattr(kept, name))
        return Done(self.occasion, inverse=PutBack(Occasion, occasion.id, before))


@dataclass(frozen=True, slots=True)
class RemoveOccasion:
    """Take a day away. Greetings and gifts for it stay on record under its name."""

    label: ClassVar[str] = N_("Remove occasion")
    occasion: RecordId

    def apply(self, work: UnitOfWork) -> Done[None]:
        occasion = work.get(Occasion, self.occasion)
        before = fields_of(occasion)
        greetings = _pointing(work, "greeting", occasion.id)
        gifts = _pointing(work, "gift", occasion.id)
        _point(work, greetings, gifts, None)
        work.flush()
        work.delete(occasion)
        return Done(None, inverse=_BringBackOccasion(before, greetings, gifts))


@dataclass(frozen=True, slots=True)
class _BringBackOccasion:
    """Keep a removed day again, with the greetings and gifts that were for it."""

    label: ClassVar[str] = N_("Bring back occasion")
    fields: Fields
    greetings: tuple[str, ...]
    gifts: tuple[str, ...]

    def apply(self, work: UnitOfWork) -> Done[None]:
        occasion = Occasion(**dict(self.fields))
        work.add(occasion)
        work.flush()
        _point(work, self.greetings, self.gifts, occasion.id)
        return Done(None, inverse=RemoveOccasion(RecordId(occasion.id)))


@dataclass(frozen=True, slots=True)
class Greet:
    """Note that a client was greeted for one day of an occasion; `name` is its key (names.key).

    `draft` is the template as it was filled in: a text that is still the same was not edited by hand, and is refused.
    """

    label: ClassVar[str] = N_("Greet")
    client: ClientId
    name: str
    day: date
    channel: Channel
    text: str = ""
    occasion: RecordId | None = None
    on: date | None = None
    draft: str | None = None

    def apply(self, work: UnitOfWork) -> Done[RecordId]:
        standing.check_may_contact(work, self.client, doing=self.label)
        on = self.on or clock.today()
        if on > clock.today():
            raise Refused(N_("A greeting cannot be noted before it is sent."), field="on", code="future")
        text = check_text(self.text, "text")
        if self.draft is not None and text and text == self.draft.strip():
            raise Refused(
                N_("A greeting is edited by hand before it is used."),
                do=N_("Add a sentence that only this client would get."),
                field="text",
                code="not_edited",
            )
        self._check_falls(work)
        self._check_first(work)
        greeting = Greeting(
            id=new_id(), client_id=self.client, occasion_id=self.occasion, name=self.name, for_day=self.day, on=on,
            channel=Channel(self.channel).value, text=text or None,
        )  # fmt: skip
        work.add(greeting)
        work.flush()
        return Done(RecordId(greeting.id), inverse=UndoGreet(RecordId(greeting.id)))

    def _check_falls(self, work: UnitOfWork) -> None:
        if not any(self._is_meant(one) for one in due(work, self.day, self.day, (self.client,))):
            raise Refused(
                N_("This occasion does not fall on {day}."),
                do=N_("Reload the page."),
                code="not_that_day",
                day=self.day,
            )

    def _check_first(self, work: UnitOfWork) -> None:
        """Nobody is greeted twice for one occasion, not even when its day was corrected meanwhile."""
        near = timedelta(days=int(book("occasions")["greeting"]["same_within"]["value"]))
        first, last = self.day - near, self.day + near
        own = {one.on for one in due(work, first, last, (self.client,)) if self._is_meant(one)} - {self.day}
        rows = work.rows(
            'SELECT "on", for_day FROM greeting WHERE client_id = ? AND (name = ? OR occasion_id = ?) '
            "AND for_day BETWEEN ? AND ?",
            (self.client, self.name, self.occasion, first.isoformat(), last.isoformat()),
        )
        for sent, for_day in rows:
            if date.fromisoformat(for_day) not in own:  # who keeps both days may be greeted on both
                raise Refused(N_("This client was already greeted for it on {day}."), code="greeted", day=sent)

    def _is_meant(self, one: Due) -> bool:
        return names.key(one) == self.name and (self.occasion is None or one.occasion == self.occasion)


@dataclass(frozen=True, slots=True)
class UndoGreet:
    """Take the note of a greeting back."""

    label: ClassVar[str] = N_("Take back greeting")
    greeting: RecordId

    def apply(self, work: UnitOfWork) -> Done[None]:
        greeting = work.get(Greeting, self.greeting)
        before = fields_of(greeting)
        work.delete(greeting)
        return Done(None, inverse=_GreetAgain(before))


@dataclass(frozen=True, slots=True)
class _GreetAgain:
    """Note a greeting again exactly as it was."""

    label: ClassVar[str] = N_("Greet")
    fields: Fields

    def apply(self, work: UnitOfWork) -> Done[None]:
        greeting = Greeting(**dict(self.fields))
        work.add(greeting)
        work.flush()
        return Done(None, inverse=UndoGreet(RecordId(greeting.id)))


def _accepted(work: UnitOfWork, client: ClientId, details: Details) -> Details:
    """The details as kept; a child's birthday only with the guardian's consent."""
    kept = checked(details, clock.today())
    if kept.kind == OccasionKind.RELATIVE_BIRTHDAY:
        told = work.value("SELECT birth_date FROM person WHERE id = ?", (kept.person_id,)) if kept.person_id else None
        born = told or children.birth_of(kept.calendar, kept.year, kept.month, kept.day, kept.leap)
        person = None if kept.person_id is None else RecordId(kept.person_id)
        check_child(work, born, person, client, field="year")
    return kept


def _check_only_one(work: UnitOfWork, client: ClientId, kept: Details, but: str = "") -> None:
    """Twice the same festival, or a second birthday of the client in one calendar, is a slip."""
    if kept.kind == OccasionKind.FESTIVAL:
        sql, params = "kind = 'festival' AND title = ?", (client, but, kept.title)
    elif kept.kind == OccasionKind.BIRTHDAY and not kept.person and not kept.person_id:
        sql = "kind = 'birthday' AND person IS NULL AND person_id IS NULL AND calendar = ?"
        params = (client, but, kept.calendar)
    else:
        return
    if work.value(f"SELECT 1 FROM occasion WHERE client_id = ? AND id <> ? AND {sql}", params):
        raise Refused(
            N_("This day is already kept."), do=N_("Edit the one that is there."),
            field="festival" if kept.kind == OccasionKind.FESTIVAL else "kind", code="twice",
        )  # fmt: skip


def _pointing(work: UnitOfWork, table: str, occasion: str) -> tuple[str, ...]:
    return tuple(row[0] for row in work.rows(f"SELECT id FROM {table} WHERE occasion_id = ? ORDER BY id", (occasion,)))


def _point(work: UnitOfWork, greetings: tuple[str, ...], gifts: tuple[str, ...], occasion: str | None) -> None:
    for greeting in greetings:
        work.get(Greeting, greeting).occasion_id = occasion
    for gift in gifts:
        work.get(Gift, gift).occasion_id = occasion
