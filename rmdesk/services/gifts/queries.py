"""Reads gifts: one of them, the register, the lead's queue, what there is to do."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from rmdesk.base import clock
from rmdesk.base.errors import Refused
from rmdesk.base.text import N_, Phrase
from rmdesk.models.kinds import ApprovalState, ClientId, GiftState, RecordId
from rmdesk.services import settings
from rmdesk.services.gifts.facts import DAY, RECIPIENT
from rmdesk.services.gifts.rules import Draft
from rmdesk.services.gifts.shown import breach_said
from rmdesk.services.settings.general import CURRENCY
from rmdesk.services.store.reads import Reads, Row

MOST = 5000  # rows of the register that are read at once


@dataclass(frozen=True, slots=True)
class Passed:
    """A limit that was passed when the lead was asked; `over` 0 where costs were unknown. The rule as it was then."""

    limit: str
    limit_minor: int
    over_minor: int
    unknown: int
    rule_en: str
    rule_zh: str


@dataclass(frozen=True, slots=True)
class Approval:
    """The newest request to the lead about a gift, and the answer."""

    id: RecordId
    state: ApprovalState
    asked_on: date
    asked_by: str
    reason: str
    cost_minor: int  # in the portfolio's currency
    decided_on: date | None
    decided_by: str | None
    comment: str | None
    passed: tuple[Passed, ...] = ()


@dataclass(frozen=True, slots=True)
class GiftRow:
    """One gift of the register. `number` is its row's, `on` the day whose year it counts in; cost None is unknown."""

    number: int
    id: RecordId
    client: ClientId
    client_name: str
    to_client: ClientId | None
    to_person: RecordId | None
    recipient: str  # the key
    recipient_name: str
    state: GiftState
    title: str
    category: str | None
    cost_minor: int | None
    currency: str | None
    on: date
    why: str | None
    occasion_id: str | None
    occasion: str | None
    tied_to: str | None
    planned_for: date | None
    bought_on: date | None
    given_on: date | None
    returned_on: date | None
    dropped_why: str | None
    reaction: str | None
    liking: int | None
    breach: Phrase | None
    feedback_id: str | None
    approval: Approval | None
    home: str  # the portfolio's currency, in which approvals and limits are

    @property
    def draft(self) -> Draft:
        """The gift as a draft, to look at the gates again."""
        return Draft(
            client=self.client,
            title=self.title,
            to_client=self.to_client,
            to_person=self.to_person,
            category=self.category,
            cost_minor=self.cost_minor,
            currency=self.currency,
            why=self.why,
            occasion_id=self.occasion_id,
            occasion=self.occasion,
            tied_to=self.tied_to,
            planned_for=self.planned_for,
            feedback_id=self.feedback_id,
        )


@dataclass(frozen=True, slots=True)
class GiftFilter:
    """Which gifts of the register: everything that is None or empty does not narrow."""

    year: int | None = None
    states: tuple[GiftState, ...] = ()
    client: ClientId | None = None
    recipient: str = ""
    breaches: bool = False
    thanks: bool = False
    text: str = ""


_COLUMNS = f"""
SELECT g.rowid, g.id, g.client_id, c.name, g.to_client_id, g.to_person_id, {RECIPIENT},
       coalesce(p.name, t.name, c.name), g.state, g.title, g.category, g.cost_minor, g.currency, {DAY} AS day, g.why,
       g.occasion_id, g.occasion, g.tied_to, g.planned_for, g.bought_on, g.given_on, g.returned_on, g.dropped_why,
       g.reaction, g.liking, g.breach, g.feedback_id,
       a.id, a.state, a.asked_on, a.asked_by, a.reason, a.cost_minor, a.decided_on, a.decided_by, a.comment,
       a.gates
FROM gift g JOIN client c ON c.id = g.client_id
LEFT JOIN client t ON t.id = g.to_client_id
LEFT JOIN person p ON p.id = g.to_person_id
LEFT JOIN gift_approval a ON a.id = (
    SELECT id FROM gift_approval WHERE gift_id = g.id ORDER BY asked_on DESC, id DESC LIMIT 1)
"""


def register(reads: Reads, chosen: GiftFilter, most: int = MOST) -> tuple[GiftRow, ...]:
    """The gifts that a filter leaves, the newest day first; at most so many."""
    wheres, params = ["1"], dict[str, object](today=clock.today().isoformat(), most=most)
    if chosen.year is not None:
        wheres.append(f"substr({DAY}, 1, 4) = :year")
        params["year"] = f"{chosen.year:04d}"
    if chosen.states:
        wheres.append("g.state IN (SELECT value FROM json_each(:states))")
        params["states"] = json.dumps([state.value for state in chosen.states])
    if chosen.client is not None:
        wheres.append("(g.client_id = :client OR g.to_client_id = :client)")
        params["client"] = chosen.client
    if chosen.recipient:
        wheres.append(f"{RECIPIENT} = :recipient")
        params["recipient"] = chosen.recipient
    if chosen.breaches:
        wheres.append("g.breach IS NOT NULL")
    if chosen.thanks:
        wheres.append("g.feedback_id IS NOT NULL")
    for at, word in enumerate(chosen.text.split()):
        wheres.append(
            f"(instr(lower(g.title), :w{at}) OR instr(c.name, :w{at}) OR instr(c.initials, :w{at}) "
            f"OR instr(coalesce(p.name, t.name, ''), :w{at}) OR instr(coalesce(g.occasion, ''), :w{at}))"
        )
        params[f"w{at}"] = word.casefold()
    sql = f"{_COLUMNS} WHERE {' AND '.join(wheres)} ORDER BY day DESC, g.id DESC LIMIT :most"
    home = settings.value(reads, CURRENCY)
    return tuple(_row(row, home) for page in reads.pages(sql, params) for row in page)


def gift_of(reads: Reads, gift: str) -> GiftRow:
    """One gift; Refused when it is gone."""
    row = reads.one(f"{_COLUMNS} WHERE g.id = :gift", {"gift": gift, "today": clock.today().isoformat()})
    if row is None:
        raise Refused(N_("This gift is no longer in the register."), do=N_("Reload the page."), code="gone")
    return _row(row, settings.value(reads, CURRENCY))


def gifts_of(reads: Reads, client: ClientId) -> tuple[GiftRow, ...]:
    """All gifts for a client, or to them on behalf of another; newest first."""
    return register(reads, GiftFilter(client=client))


def approvals_of(reads: Reads, gift: str) -> tuple[Approval, ...]:
    """All requests about a gift, newest first: none is ever taken out of the record."""
    rows = reads.rows(
        "SELECT id, state, asked_on, asked_by, reason, cost_minor, decided_on, decided_by, comment, "
        "gates FROM gift_approval "
        "WHERE gift_id = ? ORDER BY asked_on DESC, id DESC LIMIT 100",
        (gift,),
    )
    return tuple(_approval(row) for row in rows)


def awaiting(reads: Reads) -> tuple[GiftRow, ...]:
    """Gifts with a request the lead has not answered, the oldest request first."""
    sql = f"{_COLUMNS} WHERE a.state = 'asked' ORDER BY a.asked_on, a.id LIMIT 500"
    home = settings.value(reads, CURRENCY)
    return tuple(_row(row, home) for row in reads.rows(sql, {"today": clock.today().isoformat()}))


def years(reads: Reads) -> tuple[int, ...]:
    """The years that gifts count in, newest first, this one always among them."""
    today = clock.today()
    rows = reads.rows(f"SELECT DISTINCT substr({DAY}, 1, 4) FROM gift g", {"today": today.isoformat()})
    return tuple(sorted({today.year, *(int(row[0]) for row in rows)}, reverse=True))


def _row(row: Row, home: str) -> GiftRow:
    return GiftRow(
        number=row[0],
        id=RecordId(row[1]),
        client=ClientId(row[2]),
        client_name=row[3],
        to_client=None if row[4] is None else ClientId(row[4]),
        to_person=None if row[5] is None else RecordId(row[5]),
        recipient=row[6],
        recipient_name=row[7],
        state=GiftState(row[8]),
        title=row[9],
        category=row[10],
        cost_minor=row[11],
        currency=row[12],
        on=date.fromisoformat(row[13]),
        why=row[14],
        occasion_id=row[15],
        occasion=row[16],
        tied_to=row[17],
        planned_for=_day(row[18]),
        bought_on=_day(row[19]),
        given_on=_day(row[20]),
        returned_on=_day(row[21]),
        dropped_why=row[22],
        reaction=row[23],
        liking=row[24],
        breach=breach_said(row[25], home),
        feedback_id=row[26],
        approval=None if row[27] is None else _approval(row[27:]),
        home=home,
    )


def _approval(row: Row) -> Approval:
    return Approval(
        id=RecordId(row[0]),
        state=ApprovalState(row[1]),
        asked_on=date.fromisoformat(row[2]),
        asked_by=row[3],
        reason=row[4],
        cost_minor=row[5],
        decided_on=_day(row[6]),
        decided_by=row[7],
        comment=row[8],
        passed=tuple(Passed(**one) for one in json.loads(row[9])),
    )


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
