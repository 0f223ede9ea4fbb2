"""Puts the brief together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rmdesk.base import clock
from rmdesk.base.text import Phrase, phrase
from rmdesk.models.kinds import Channel, ClientId, ClientKind
from rmdesk.services.brief import sections
from rmdesk.services.brief.rules import Section
from rmdesk.services.care import file
from rmdesk.services.care import queries as care
from rmdesk.services.care.file import Place
from rmdesk.services.care.rows import Receipt
from rmdesk.services.care.words import Compact, percent
from rmdesk.services.clients.queries import Header, header_of
from rmdesk.services.clients.standing import stop_of
from rmdesk.services.documents.blocks import Text
from rmdesk.services.documents.queries import manager_of
from rmdesk.services.profile import queries as profile
from rmdesk.services.profile.rows import Profile
from rmdesk.services.segments import tables
from rmdesk.services.store.reads import Reads
from rmdesk.services.visits.words import CHANNELS


@dataclass(frozen=True, slots=True)
class Brief:
    """All that the brief may show, whole; `document` cuts it to a page. `stop` says that no visit may take place."""

    client: ClientId
    name: str
    about: tuple[Text, ...]
    facts: tuple[tuple[Phrase, Text], ...]
    left: tuple[Section, ...]
    right: tuple[Section, ...]
    day: date
    manager: str
    stop: Phrase | None = None
    notes: tuple[Phrase, ...] = ()

    @property
    def sections(self) -> tuple[Section, ...]:
        """Both columns."""
        return (*self.left, *self.right)


def brief_of(reads: Reads, client: ClientId, day: date | None = None) -> Brief:
    """What to know of a client before a visit on a day. Refused when there is no such client."""
    today = day or clock.today()
    header = header_of(reads, client, today)
    found = header.id  # a client merged into another is that other
    place = file.place_of(reads, found, today)
    receipt = care.receipt(reads, found, day=today)
    stop = stop_of(reads, found)
    taboos, likes = sections.tastes(reads, found, today)
    return Brief(
        client=found,
        name=header.name or header.number,
        about=_about(header),
        facts=_facts(header, place, receipt, profile.profile_of(reads, found, today)),
        left=(
            sections.promises(reads, found, today),
            sections.complaints(reads, found, today),
            sections.last_visits(reads, found, today),
            sections.tasks(reads, found, today),
            sections.questions(reads, found, today),
        ),
        right=(
            sections.reasons(receipt),
            sections.occasions(reads, found, today),
            sections.maturities(reads, found, today),
            taboos,
            likes,
            *(() if stop else (sections.gifts(reads, found, today),)),
            sections.family(reads, found, today),
        ),
        day=today,
        manager=manager_of(reads),
        stop=None if stop is None else stop.why,
        notes=(phrase("The bank's data are out of date."),) if place is not None and place.stale else (),
    )


def _about(header: Header) -> tuple[Text, ...]:
    parts: list[Text] = [header.pinyin]
    if header.kind is ClientKind.COMPANY:
        parts.append(phrase("company"))
    parts += [{"F": phrase("female"), "M": phrase("male")}.get(header.sex, "")]
    parts += ["" if header.age is None else phrase("{age} years", age=header.age)]
    parts += [header.occupation, header.employer]
    return tuple(part for part in parts if part)


def _facts(header: Header, place: Place | None, receipt: Receipt, known: Profile) -> tuple[tuple[Phrase, Text], ...]:
    reach = known.reach
    return (
        (phrase("AUM"), _worth(place)),
        (phrase("Care priority"), _score(receipt)),
        (phrase("Tier"), _tier(place)),
        (phrase("Last contact"), _gap(place)),
        (
            phrase("Familiarity"),
            "" if place is None else tables.table().class_names[tables.CLASSES.index(place.familiarity)],
        ),
        (phrase("Phone"), header.phone),
        (phrase("Group"), _group(place)),
        (phrase("Reached by"), _reached(reach.channel, reach.hours)),
        (phrase("Client since"), header.since.isoformat() if header.since else ""),
        (phrase("Address"), " ".join(part for part in (header.district, header.address) if part)),
    )


def _worth(place: Place | None) -> Text:
    if place is None or place.aum_minor is None:
        return ""
    amount = str(Compact(place.aum_minor, place.currency))
    if place.change_90 is None:
        return amount
    return phrase("{amount} ({change}% in 90 days)", amount=amount, change=percent(place.change_90))


def _score(receipt: Receipt) -> Text:
    if receipt.excluded is not None:
        return receipt.excluded
    if receipt.rank is None:
        return f"{receipt.score:.1f}"
    return phrase("{score} (rank {rank})", score=f"{receipt.score:.1f}", rank=receipt.rank)


def _tier(place: Place | None) -> Text:
    if place is None or place.tier is None:
        return ""
    name = tables.table().tier_names[tables.TIERS.index(place.tier)]
    return phrase("{tier}, on watch", tier=name) if place.watch else name


def _familiarity(place: Place | None) -> Text:
    if place is None:
        return ""
    return tables.table().class_names[tables.CLASSES.index(place.familiarity)]


def _group(place: Place | None) -> Text:
    if place is None or place.group is None:
        return ""
    return tables.table().groups[tables.GROUPS.index(place.group)].name


def _gap(place: Place | None) -> Text:
    if place is None or place.gap_days is None:
        return phrase("never")
    if place.cadence_days is None:
        return phrase("{days} days ago", days=place.gap_days)
    return phrase("{days} days ago, every {cadence}", days=place.gap_days, cadence=place.cadence_days)


def _reached(channel: Channel | None, hours: str) -> Text:
    if channel is None:
        return hours
    name = phrase(CHANNELS[channel])
    return phrase("{channel}, {hours}", channel=name, hours=hours) if hours else name
