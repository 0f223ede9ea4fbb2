"""Reads what the gates look at: limits, what is counted against them, tastes and earlier gifts of the recipient."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rmdesk.base import clock
from rmdesk.base.money import Money
from rmdesk.models.kinds import ApprovalState, ClientId, GiftState, RelationKind
from rmdesk.services import settings
from rmdesk.services.gifts import rules, tables, tastes
from rmdesk.services.gifts import settings as own
from rmdesk.services.gifts.gates import Facts, Past
from rmdesk.services.gifts.rules import Counted, Draft, Room
from rmdesk.services.settings.general import CURRENCY, FX_RATES
from rmdesk.services.store.reads import Reads

_COMMITTED = ", ".join(f"'{state.value}'" for state in sorted(rules.COMMITTED))
_RESERVED = ", ".join(f"'{state.value}'" for state in sorted(rules.RESERVED))
COMMITTED = f"(g.state IN ({_COMMITTED}) OR (g.state = '{GiftState.AWAITING.value}' AND g.bought_on IS NOT NULL))"
COUNTING = f"g.state IN ({_COMMITTED}, {_RESERVED})"
# As rules.day_that_counts and rules.recipient_key, in SQL; tests hold them together.
DAY = "coalesce(g.given_on, CASE WHEN g.planned_for >= :today THEN g.planned_for ELSE :today END)"
RECIPIENT = (
    "CASE WHEN g.to_person_id IS NOT NULL THEN 'p' || g.to_person_id "
    "ELSE 'c' || coalesce(g.to_client_id, g.client_id) END"
)


@dataclass(frozen=True, slots=True)
class Sums:
    """What the gifts of a year come to: for one recipient, for one client, in all."""

    recipient: Counted
    client: Counted
    budget: Counted


def facts_for(reads: Reads, draft: Draft, gift: str | None = None, on: date | None = None) -> Facts:
    """What the gates look at for a gift: in the year of `on`, or of the day it is planned for.

    `gift` is the gift itself when it is kept already: it is not counted against itself.
    """
    today = clock.today()
    day = rules.day_that_counts(on, draft.planned_for, today)
    home, rates = settings.value(reads, CURRENCY), settings.value(reads, FX_RATES)
    sums = sums_of(reads, day.year, draft.recipient, draft.client, gift)
    return Facts(
        day=day,
        currency=home,
        rooms=rooms(reads, sums, home, strict=is_strict(reads, draft)),
        rates=rates,
        key_client=is_key_client(reads, draft.client),
        taboos=tuple(text for taste, text in tastes_of(reads, draft) if taste == "taboo"),
        past=past_of(reads, draft.recipient, day, gift),
        approved=None if gift is None else approved_cost(reads, gift),
    )


def rooms(reads: Reads, sums: Sums, home: str, *, strict: bool) -> tuple[Room, ...]:
    """The three limits in force, with what is counted against each."""
    recipient = own.STRICT if strict else own.RECIPIENT
    limits = [Money.of(settings.value(reads, one), home).minor for one in (recipient, own.CLIENT, own.BUDGET)]
    return (
        Room("recipient", "strict" if strict else "recipient", limits[0], sums.recipient),
        Room("client", "client", limits[1], sums.client),
        Room("budget", "budget", limits[2], sums.budget),
    )


def sums_of(reads: Reads, year: int, recipient: str, client: int | None, but: str | None = None) -> Sums:
    """What the gifts of a year come to, in minor units of the portfolio's currency; `but` leaves one gift out."""
    home, rates = settings.value(reads, CURRENCY), settings.value(reads, FX_RATES)
    rows = reads.rows(
        f"""
        SELECT coalesce(g.currency, :home), {COMMITTED}, {RECIPIENT} = :recipient, g.client_id = :client,
               g.cost_minor IS NULL, count(*), total(g.cost_minor)
        FROM gift g
        WHERE {COUNTING} AND substr({DAY}, 1, 4) = :year AND g.id <> :but
        GROUP BY 1, 2, 3, 4, 5
        """,
        {
            "home": home,
            "recipient": recipient,
            "client": -1 if client is None else client,
            "today": clock.today().isoformat(),
            "year": f"{year:04d}",
            "but": but or "",
        },
    )
    recipient_sum = client_sum = whole = Counted()
    for currency, committed, is_recipient, is_client, costless, count, total in rows:
        minor = None if costless else rules.converted(int(total), currency, home, rates)
        if minor is None:
            one = Counted(unknown=count if committed else 0)  # a plan without a cost reserves nothing yet
        else:
            one = Counted(committed=minor) if committed else Counted(reserved=minor)
        whole += one
        recipient_sum += one if is_recipient else Counted()
        client_sum += one if is_client else Counted()
    return Sums(recipient_sum, client_sum, whole)


def past_of(reads: Reads, recipient: str, day: date, but: str | None = None) -> tuple[Past, ...]:
    """What the recipient got, or is to get, as far back as a repeat matters; newest first."""
    since = rules.months_before(day, int(tables.figure("taste", "repeat_months")))
    rows = reads.rows(
        f"""
        SELECT g.title, g.category, {DAY} AS day FROM gift g
        WHERE {RECIPIENT} = :recipient AND {COUNTING} AND g.id <> :but AND day >= :since
        ORDER BY day DESC LIMIT 500
        """,
        {"recipient": recipient, "but": but or "", "since": since.isoformat(), "today": clock.today().isoformat()},
    )
    return tuple(Past(row[0], row[1], date.fromisoformat(row[2])) for row in rows)


def approved_cost(reads: Reads, gift: str) -> int | None:
    """What the lead allowed for a gift, in minor units of the portfolio's currency; the newest answer holds."""
    row = reads.one(
        "SELECT state, cost_minor FROM gift_approval WHERE gift_id = ? ORDER BY asked_on DESC, id DESC LIMIT 1", (gift,)
    )
    return int(row[1]) if row is not None and row[0] == ApprovalState.APPROVED else None


def is_key_client(reads: Reads, client: ClientId) -> bool:
    """Whether a client is one of those who get something personal."""
    from rmdesk.services.care.file import place_of

    place = place_of(reads, client)
    return place is not None and place.tier in tables.key_tiers()


def tastes_of(reads: Reads, draft: Draft) -> list[tuple[str, str]]:
    """Likes and taboos (as taste and text) that matter to a gift: the client's, and the recipient's if that is another.

    Those of somebody who is no client are the client's word.
    """
    rows = reads.rows(
        "SELECT taste, text FROM preference WHERE client_id IN (?, ?) ORDER BY noted_on DESC, id LIMIT 200",
        (draft.client, draft.to_client or draft.client),
    )
    return [(str(taste), str(text)) for taste, text in rows]


def is_strict(reads: Reads, draft: Draft) -> bool:
    """Whether the stricter limit holds for the recipient: an official, a company client or one of its staff."""
    kind, occupation, employer, official = _recipient(reads, draft)
    if official or kind == "company":
        return True
    if tastes.found(f"{occupation} · {employer}", tables.listed("strict", "official_words")):
        return True
    return _works_for_a_company_client(reads, draft, employer)


def _recipient(reads: Reads, draft: Draft) -> tuple[str, str, str, bool]:
    if draft.to_person is not None:
        row = reads.one("SELECT '', occupation, employer, official FROM person WHERE id = ?", (draft.to_person,))
    else:
        client = draft.to_client or draft.client
        row = reads.one("SELECT kind, occupation, employer, 0 FROM client WHERE id = ?", (client,))
    return ("", "", "", False) if row is None else (row[0], row[1] or "", row[2] or "", bool(row[3]))


def _works_for_a_company_client(reads: Reads, draft: Draft, employer: str) -> bool:
    named = "SELECT 1 FROM client WHERE kind = 'company' AND merged_into IS NULL AND name = ? LIMIT 1"
    if employer and reads.value(named, (employer.strip(),)) is not None:
        return True
    column = "client" if draft.to_person is None else "person"
    who = draft.to_person or draft.to_client or draft.client
    found = reads.value(
        f"""
        SELECT 1 FROM relationship r JOIN client c ON c.kind = 'company'
            AND ((r.kind = ? AND c.id = r.from_client_id AND r.to_{column}_id = ?)
                 OR (r.kind = ? AND c.id = r.to_client_id AND r.from_{column}_id = ?))
        LIMIT 1
        """,
        (RelationKind.EMPLOYER, who, RelationKind.DECIDER, who),
    )
    return found is not None
