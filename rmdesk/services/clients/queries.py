"""Reads one client: who they are, and who looks like them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rmdesk.base import clock
from rmdesk.base.errors import Refused
from rmdesk.base.text import N_, Phrase, phrase
from rmdesk.models.kinds import ClientId, ClientKind, ClientStatus, Origin
from rmdesk.services.clients import freshness, rules
from rmdesk.services.profile.masks import masked_email, masked_handle
from rmdesk.services.store.reads import Reads


@dataclass(frozen=True, slots=True)
class Header:
    """Who a client is. Numbers come masked; an empty text or None is unknown."""

    id: ClientId
    number: str
    name: str
    pinyin: str
    kind: ClientKind
    status: ClientStatus
    origin: Origin
    sex: str
    birth_date: str
    age: int | None
    document: str
    phone: str
    more_phones: int
    email: str
    wechat: str
    address: str
    district: str
    occupation: str
    employer: str
    note: str
    branch: str
    manager: str
    manager_since: date | None
    risk_level: int | None
    since: date | None
    consent: bool | None
    as_of: date | None
    batch: int | None
    stale: bool
    preferred_channel: str = ""
    preferred_hours: str = ""


@dataclass(frozen=True, slots=True)
class LookAlike:
    """A client who may be the same person as the one being entered."""

    id: ClientId
    name: str
    number: str
    phone: str  # masked
    why: Phrase


_HEADER = """
SELECT c.id, c.number, c.name, c.pinyin, c.kind, c.status, c.origin, c.sex, c.birth_date, c.id_number, c.phone,
       c.other_phones, c.email, c.wechat, c.address, c.district, c.occupation, c.employer, c.note, b.name, c.manager,
       c.manager_since, c.risk_level, min(coalesce(f.since, c.opened_on), coalesce(c.opened_on, f.since)),
       c.marketing_consent, c.as_of, c.batch_id, c.preferred_channel, c.preferred_hours
FROM client c LEFT JOIN branch b ON b.id = c.branch_id LEFT JOIN client_figures f ON f.client_id = c.id
WHERE c.id = coalesce((SELECT merged_into FROM client WHERE id = ?), ?)
"""


def header_of(reads: Reads, client: ClientId, day: date | None = None) -> Header:
    """Who a client is; a client merged into another gives that other. Refused when there is no such client."""
    today = day or clock.today()
    row = reads.one(_HEADER, (client, client))
    if row is None:
        raise Refused(N_("This client is no longer in the portfolio."), do=N_("Go back to the list."), code="gone")
    as_of = _date(row[25])
    return Header(
        id=ClientId(row[0]),
        number=row[1] or "",
        name=row[2],
        pinyin=row[3],
        kind=ClientKind(row[4]),
        status=ClientStatus(row[5]),
        origin=Origin(row[6]),
        sex=row[7] or "",
        birth_date=row[8] or "",
        age=rules.age(row[8], today),
        document=rules.masked_document(row[9]),
        phone=rules.masked_phone(row[10]),
        more_phones=len((row[11] or "").split("\n")) if row[11] else 0,
        email=masked_email(row[12]),
        wechat=masked_handle(row[13]),
        address=row[14] or "",
        district=row[15] or "",
        occupation=row[16] or "",
        employer=row[17] or "",
        note=row[18] or "",
        branch=row[19] or "",
        manager=row[20] or "",
        manager_since=_date(row[21]),
        risk_level=row[22],
        since=_date(row[23]),
        consent=None if row[24] is None else bool(row[24]),
        as_of=as_of,
        batch=row[26],
        stale=freshness.is_stale(as_of, today),
        preferred_channel=row[27] or "",
        preferred_hours=row[28] or "",
    )


def details_of(reads: Reads, client: ClientId) -> rules.Details:
    """What the desk may edit of a prospect, unmasked, to fill the form with. Refused when they are gone."""
    row = reads.one(f"SELECT {', '.join(rules.DETAILS)} FROM client WHERE id = ?", (client,))
    if row is None:
        raise Refused(N_("This client is no longer in the portfolio."), do=N_("Go back to the list."), code="gone")
    return rules.Details(*row)


def look_alikes(reads: Reads, details: rules.Details, but: ClientId | None = None) -> tuple[LookAlike, ...]:
    """Clients with the same phone, ID document or name as the one being entered; at most ten."""
    rows = reads.rows(
        """
        SELECT id, name, coalesce(number, ''), phone, phone = :phone, id_number = :id_number
        FROM client
        WHERE merged_into IS NULL AND id <> :but
          AND (name = :name OR (phone = :phone AND :phone <> '') OR (id_number = :id_number AND :id_number <> ''))
        ORDER BY id_number = :id_number DESC, phone = :phone DESC, id LIMIT 10
        """,
        {
            "name": details.name.strip(),
            "phone": details.phone or "",
            "id_number": details.id_number or "",
            "but": but or 0,
        },
    )
    return tuple(
        LookAlike(ClientId(row[0]), row[1], row[2], rules.masked_phone(row[3]), _alike(row[4], row[5])) for row in rows
    )


def _alike(phone: int | None, document: int | None) -> Phrase:
    if document:
        return phrase("same ID document")
    return phrase("same phone number") if phone else phrase("same name")


def _date(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
