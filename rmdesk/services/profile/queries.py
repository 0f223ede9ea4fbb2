"""Reads the profile of a client: the nine blocks, likes and taboos, MAN answers, consents, how complete it all is."""

from __future__ import annotations

import json
from datetime import date

from rmdesk.base import clock
from rmdesk.base.errors import Refused
from rmdesk.base.text import N_
from rmdesk.models.kinds import Answer, Channel, ClientId, ClientKind, ConsentKind, RecordId, Taste
from rmdesk.services.profile import rules
from rmdesk.services.profile.masks import masked_handle
from rmdesk.services.profile.rows import Block, ChipUse, ConsentRow, ManRow, PreferenceRow, Profile, Reach
from rmdesk.services.profile.rules import Completeness, Known, Question
from rmdesk.services.store.reads import Reads, Row

AREAS = ("person", "family", "career")
TENSES = ("past", "present", "future")
LETTERS = ("M", "A", "N")
FACTS = ("birth_date", "phone", "wechat", "occupation", "employer", "address", "district")
MOST_OFFERED = 2000  # different chips that completion knows; the most used ones


def profile_of(reads: Reads, client: ClientId, day: date | None = None) -> Profile:
    """Everything the desk knows of a client as a person; Refused when there is no such client."""
    today = day or clock.today()
    row = _client(reads, client)
    blocks, preferences = blocks_of(reads, client, today), preferences_of(reads, client, today)
    man, consents = answers_of(reads, client), consents_of(reads, client)
    kept: dict[str, str] = json.loads(row[5] or "{}")
    known = [*_known_facts(row, kept), *_known_blocks(blocks), *_known_tastes(preferences), *_known_answers(man)]
    known.append(_known_consent(row, kept, consents))
    kind = ClientKind(row[0])
    return Profile(
        client=client,
        name=row[-1],
        kind=kind,
        blocks=blocks,
        preferences=preferences,
        man=man,
        consents=consents,
        marketing=None if row[3] is None else bool(row[3]),
        reach=_reach(row, kept),
        completeness=rules.completeness(known, today, company=kind is ClientKind.COMPANY),
    )


def completeness_of(reads: Reads, client: ClientId, day: date | None = None) -> Completeness:
    """How complete a client's profile is, and what is missing."""
    return profile_of(reads, client, day).completeness


def open_questions(reads: Reads, client: ClientId, limit: int = 5, day: date | None = None) -> tuple[Question, ...]:
    """What to ask at the next visit, the weightiest first."""
    return completeness_of(reads, client, day).missing[:limit]


def blocks_of(reads: Reads, client: ClientId, day: date | None = None) -> tuple[Block, ...]:
    """The nine KYC blocks, area by area, past to future."""
    today = day or clock.today()
    rows = reads.rows("SELECT area, tense, text, confirmed_on FROM kyc_block WHERE client_id = ?", (client,))
    kept = {(row[0], row[1]): (str(row[2]), _date(row[3])) for row in rows}
    found = []
    for area in AREAS:
        for tense in TENSES:
            text, confirmed = kept.get((area, tense), ("", None))
            found.append(Block(area, tense, text, confirmed, rules.is_fresh(confirmed, today)))
    return tuple(found)


def preferences_of(reads: Reads, client: ClientId, day: date | None = None) -> tuple[PreferenceRow, ...]:
    """Likes, then taboos, in the order in which they were noted."""
    today = day or clock.today()
    rows = reads.rows(
        "SELECT id, taste, text, noted_on, source FROM preference WHERE client_id = ? ORDER BY taste, rowid", (client,)
    )
    return tuple(_preference(row, today) for row in rows)


def chips_in_use(reads: Reads, taste: Taste) -> tuple[ChipUse, ...]:
    """Chips of all clients with how often they are used, most used first; for completion."""
    rows = reads.rows(
        "SELECT text, count(*) FROM preference WHERE taste = ? GROUP BY text ORDER BY count(*) DESC, text LIMIT ?",
        (taste.value, MOST_OFFERED),
    )
    return tuple(ChipUse(row[0], row[1]) for row in rows)


def answers_of(reads: Reads, client: ClientId) -> tuple[ManRow, ...]:
    """What the manager answered to Money, Authority, Need; always three rows."""
    rows = reads.rows("SELECT letter, answer, answered_on FROM man_answer WHERE client_id = ?", (client,))
    kept = {row[0]: (Answer(row[1]), _date(row[2])) for row in rows}
    return tuple(ManRow(letter, *kept.get(letter, (None, None))) for letter in LETTERS)


def consents_of(reads: Reads, client: ClientId) -> tuple[ConsentRow, ...]:
    """Consents given and withdrawn, newest first."""
    rows = reads.rows(
        """
        SELECT c.id, c.kind, c.given, c."on", c.how, c.by, p.name, c.person_id
        FROM consent c LEFT JOIN person p ON p.id = c.person_id
        WHERE c.client_id = ? ORDER BY c."on" DESC, c.id DESC
        """,
        (client,),
    )
    seen: set[tuple[str, str | None]] = set()
    found = []
    for row in rows:
        of = (row[1], row[7])
        found.append(
            ConsentRow(
                id=RecordId(row[0]),
                kind=ConsentKind(row[1]),
                given=bool(row[2]),
                on=date.fromisoformat(row[3]),
                how=row[4] or "",
                by=row[5] or "",
                person=row[6] or "",
                person_id=None if row[7] is None else RecordId(row[7]),
                holds=of not in seen,
            )
        )
        seen.add(of)
    return tuple(found)


def _client(reads: Reads, client: ClientId) -> Row:
    row = reads.one(
        f"""
        SELECT kind, preferred_channel, preferred_hours, marketing_consent, as_of, kept, {", ".join(FACTS)}, name
        FROM client WHERE id = ?
        """,
        (client,),
    )
    if row is None:
        raise Refused(N_("This client is no longer in the portfolio."), do=N_("Go back to the list."), code="gone")
    return row


def _reach(row: Row, kept: dict[str, str]) -> Reach:
    facts = dict(zip(FACTS, row[6:-1], strict=True))
    channel = Channel(row[1]) if row[1] in [one.value for one in Channel] else None
    return Reach(channel, row[2] or "", facts["district"] or "", masked_handle(facts["wechat"]), frozenset(kept))


def _known_facts(row: Row, kept: dict[str, str]) -> list[Known]:
    told = _date(row[4])
    values = {"preferred_channel": row[1], "preferred_hours": row[2], **dict(zip(FACTS, row[6:-1], strict=True))}
    return [Known(name, bool(value), _date(kept.get(name)) or told) for name, value in values.items()]


def _known_blocks(blocks: tuple[Block, ...]) -> list[Known]:
    return [Known(f"kyc.{one.area}.{one.tense}", bool(one.text), one.confirmed_on) for one in blocks]


def _known_tastes(preferences: tuple[PreferenceRow, ...]) -> list[Known]:
    known = []
    for name, taste in (("likes", Taste.LIKE), ("taboos", Taste.TABOO)):
        days = [one.noted_on for one in preferences if one.taste is taste]
        known.append(Known(name, bool(days), max(days, default=None)))
    return known


def _known_answers(man: tuple[ManRow, ...]) -> list[Known]:
    return [Known(f"man.{one.letter}", one.answer is not None, one.answered_on) for one in man]


def _known_consent(row: Row, kept: dict[str, str], consents: tuple[ConsentRow, ...]) -> Known:
    days = [one.on for one in consents if one.kind is ConsentKind.MARKETING]
    told = _date(kept.get("marketing_consent")) or _date(row[4])
    return Known("consent", row[3] is not None, max(days, default=told))


def _preference(row: Row, today: date) -> PreferenceRow:
    noted = date.fromisoformat(row[3])
    return PreferenceRow(RecordId(row[0]), Taste(row[1]), row[2], noted, row[4] or "", rules.is_fresh(noted, today))


def _date(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
