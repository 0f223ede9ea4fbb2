"""What an occasion is called, for people to read."""

from __future__ import annotations

from typing import Protocol

from rmdesk.base.record import record
from rmdesk.base.text import N_, Phrase, phrase
from rmdesk.models.kinds import Calendar, OccasionKind
from rmdesk.services.occasions import rules

KINDS: dict[OccasionKind, str] = {
    OccasionKind.BIRTHDAY: N_("Birthday"),
    OccasionKind.RELATIVE_BIRTHDAY: N_("Family birthday"),
    OccasionKind.WEDDING: N_("Wedding anniversary"),
    OccasionKind.OPENING: N_("Account anniversary"),
    OccasionKind.FOUNDING: N_("Company anniversary"),
    OccasionKind.CHILD_EVENT: N_("Child's event"),
    OccasionKind.PROMOTION: N_("Promotion"),
    OccasionKind.FESTIVAL: N_("Festival"),
    OccasionKind.CUSTOM: N_("Occasion"),
}
BIRTHDAYS = frozenset({OccasionKind.BIRTHDAY, OccasionKind.RELATIVE_BIRTHDAY})
_LUNAR_BIRTHDAY = phrase("Lunar birthday")


class Called(Protocol):
    """What a name is made of."""

    @property
    def kind(self) -> OccasionKind: ...
    @property
    def calendar(self) -> Calendar: ...
    @property
    def person(self) -> str | None: ...
    @property
    def title(self) -> str | None: ...


def title(one: Called) -> Phrase:
    """What an occasion is called, with the person it belongs to when that is not the client."""
    if one.title and one.kind is not OccasionKind.BIRTHDAY:
        said = phrase("{title}", title=_festival(one.title) if one.kind is OccasionKind.FESTIVAL else one.title)
    elif one.kind is OccasionKind.BIRTHDAY or (one.kind is OccasionKind.RELATIVE_BIRTHDAY and one.person):
        said = _LUNAR_BIRTHDAY if one.calendar is Calendar.LUNAR else phrase(KINDS[OccasionKind.BIRTHDAY])
    else:
        said = phrase(KINDS[one.kind])
    if one.person and one.person not in str(said.params.get("title", "")):
        return phrase("{person}: {title}", person=one.person, title=said)
    return said


def key(one: Called) -> str:
    """The name under which a greeting is kept: the same in every language, and for every year's day."""
    parts = (one.kind.value, (one.person or "").replace(":", "："), one.title or "")
    return ":".join(parts).rstrip(":")


def of_key(kept: str) -> Phrase:
    """The title of a greeting that was kept under this name."""
    kind, person, named = [*kept.split(":", 2), "", ""][:3]
    if kind not in set(OccasionKind):
        return phrase("{title}", title=kept)
    return title(_Kept(OccasionKind(kind), person or None, named or None))


class _Kept:
    """The parts of a kept name."""

    def __init__(self, kind: OccasionKind, person: str | None, named: str | None) -> None:
        self.kind, self.person, self.title = kind, person, named
        self.calendar = Calendar.SOLAR


@record
class _Festival:
    """A festival in the language in use when it is shown."""

    name: str

    def __str__(self) -> str:
        festival = rules.festivals().get(self.name)
        return festival.said if festival else self.name


def _festival(name: str) -> _Festival:
    return _Festival(name)
