"""Texts to start a greeting from: the ones that ship and the manager's own, filled in for one client.

A template is a start, never a mailing: what it gives must be edited by hand before it is used (domain §5).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from rmdesk.base.text import N_
from rmdesk.models.kinds import ClientId, OccasionKind, RecordId, VisitState
from rmdesk.services.rulebook import Words, book, words
from rmdesk.services.settings import queries as settings
from rmdesk.services.settings.general import USER_NAME
from rmdesk.services.store.reads import Reads

PURPOSES: tuple[str, ...] = (*(kind.value for kind in OccasionKind), "thanks", "message")
PLACES: dict[str, str] = {
    "name": N_("the client's name"),
    "honorific": N_("family name and title"),
    "years": N_("age or number of years"),
    "festival": N_("the festival"),
    "person": N_("whose day it is"),
    "title": N_("the name of the day"),
    "topic": N_("what you talked about last"),
    "manager": N_("your name"),
}
TOPIC = 24  # characters; a longer first clause is no topic but a story
_PART = re.compile(r"\[\[(.*?)\]\]", re.DOTALL)
_PLACE = re.compile(r"\{(\w+)\}")
_CLAUSE = re.compile(r"[，。；,.;!?！？\n]")
_TALKED = re.compile(
    r"^(?:谈到|谈起|谈|聊到|聊起|聊|说起|说到|说|talked about|spoke about|discussed)\s*", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Text:
    """A template. `id` is that of the record; a shipped one has none. `festivals`: only for these; empty: for all."""

    title: str
    text: str
    purposes: tuple[str, ...]
    festivals: tuple[str, ...] = ()
    id: RecordId | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """What a greeting may be made of for one client: the templates that suit, and what is filled in."""

    texts: tuple[Text, ...]
    values: dict[str, str] = field(default_factory=dict)

    def filled(self, at: int) -> str:
        """One of the texts, filled in."""
        return fill(self.texts[at].text, self.values)


def fill(text: str, values: dict[str, str]) -> str:
    """The text with the known values in their places; parts in [[ ]] that name an unknown one go.

    An unknown place outside such a part stays as it is written, so that nobody misses it.
    """

    def part(found: re.Match[str]) -> str:
        return found[1] if all(values.get(name) for name in _PLACE.findall(found[1])) else ""

    kept = _PART.sub(part, text)
    return _PLACE.sub(lambda found: values.get(found[1]) or found[0], kept).strip()


def suiting(texts: tuple[Text, ...], purpose: str, festival: str | None = None) -> tuple[Text, ...]:
    """The templates for an occasion: those for this very festival first, the manager's own before the shipped."""
    fit = [
        text
        for text in texts
        if (purpose in text.purposes or "message" in text.purposes)
        and (not text.festivals or festival in text.festivals)
    ]
    fit.sort(key=lambda text: (text.id is None, not text.festivals, purpose not in text.purposes))
    return tuple(fit)


def all_texts(reads: Reads) -> tuple[Text, ...]:
    """The manager's own templates, then the shipped ones in the language in use."""
    rows = reads.rows("SELECT id, title, text, purpose FROM template WHERE retired_on IS NULL ORDER BY title, id")
    own = [Text(row[1], row[2], (row[3],), id=RecordId(row[0])) for row in rows]
    return (*own, *(shipped.said() for shipped in _shipped()))


def draft_for(
    reads: Reads, client: ClientId, kind: OccasionKind, *, title: str | None = None, person: str | None = None,
    years: int | None = None,
) -> Draft:  # fmt: skip
    """What a greeting of this client for such a day may be made of."""
    values = values_for(reads, client)
    if kind is OccasionKind.FESTIVAL and title:
        from rmdesk.services.occasions import rules

        festival = rules.festivals().get(title)
        values["festival"] = festival.said if festival else title
    elif title:
        values["title"] = title
    if person:
        values["person"] = person
    if years:
        values["years"] = str(years)
    return Draft(suiting(all_texts(reads), kind.value, title if kind is OccasionKind.FESTIVAL else None), values)


def values_for(reads: Reads, client: ClientId) -> dict[str, str]:
    """What is known of a client for a text: name, how one addresses them, the last topic, the manager's name."""
    row = reads.one("SELECT name, sex, kind FROM client WHERE id = ?", (client,))
    if row is None:
        return {}
    name, sex, kind = row
    found = {"name": name, "honorific": name if kind != "person" else honorific(name, sex)}
    found["topic"] = _topic(reads, client)
    found["manager"] = settings.value(reads, USER_NAME)
    return {place: value for place, value in found.items() if value}


def honorific(name: str, sex: str | None) -> str:
    """How a letter addresses somebody, as 周女士 or Ms 周; the whole name when the sex is unknown."""
    from rmdesk.services.clients.pinyin import family_name

    title = _TITLES.get(sex or "")
    family = family_name(name)
    if title is None or not family:
        return name
    return f"{family}{title.zh}" if title.said == title.zh else f"{title.en} {family}"


_TITLES = {"F": Words(en="Ms", zh="女士"), "M": Words(en="Mr", zh="先生")}


def _topic(reads: Reads, client: ClientId) -> str:
    """The first clause of what was last talked about; empty when it is too long for a sentence."""
    content = reads.value(
        "SELECT content FROM visit WHERE client_id = ? AND state = ? AND two_way AND content IS NOT NULL "
        'ORDER BY "on" DESC, entered_at DESC LIMIT 1',
        (client, VisitState.HELD.value),
    )
    clause = _TALKED.sub("", _CLAUSE.split(content or "", maxsplit=1)[0].strip())
    return clause if len(clause) <= TOPIC else ""


@dataclass(frozen=True, slots=True)
class _Shipped:
    title: Words
    text: Words
    purposes: tuple[str, ...]
    festivals: tuple[str, ...]

    def said(self) -> Text:
        return Text(self.title.said, self.text.said, self.purposes, self.festivals)


@cache
def _shipped() -> tuple[_Shipped, ...]:
    return tuple(
        _Shipped(words(entry["title"]), words(entry["text"]), tuple(entry["for"]), tuple(entry.get("festival", ())))
        for entry in book("templates")["template"]
    )
