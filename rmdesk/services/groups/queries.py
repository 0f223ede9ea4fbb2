"""Reads group clients: their tree, what the bank is exposed to, who guarantees for whom, and the newest capital."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rmdesk.base import clock
from rmdesk.models.kinds import ClientId, ExposureKind
from rmdesk.services import settings
from rmdesk.services.groups import rules
from rmdesk.services.groups.facts import (
    Capital,
    ExposureRow,
    GroupFile,
    GuaranteeRow,
    Node,
    Standing,
    party_totals,
)
from rmdesk.services.groups.rules import Amount
from rmdesk.services.groups.tables import table
from rmdesk.services.segments import assets
from rmdesk.services.settings import general
from rmdesk.services.store.reads import Reads


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A group in the list, with how it stands today."""

    id: str
    name: str
    members: int
    currency: str
    standing: Standing


def groups(reads: Reads, day: date | None = None) -> tuple[GroupRow, ...]:
    """All groups, the nearest to a limit first."""
    rows = []
    for key, _name in reads.rows("SELECT id, name FROM group_client ORDER BY name, id"):
        found = group_of(reads, key, day)
        if found is not None:
            rows.append(GroupRow(found.id, found.name, len(found.names), found.currency, found.standing()))
    return tuple(sorted(rows, key=_nearest, reverse=True))


def group_named(reads: Reads, name: str) -> str | None:
    """The id of the group of that name or id, else of the only one whose name holds it."""
    rows = reads.rows("SELECT id, name FROM group_client ORDER BY id")
    for key, told in rows:
        if name in (key, told):
            return str(key)
    near = [key for key, told in rows if name in told]
    return near[0] if len(near) == 1 else None


def group_with(reads: Reads, party: str) -> str | None:
    """The first group a party belongs to, or None."""
    found = reads.value("SELECT group_id FROM group_member WHERE party_id = ? ORDER BY group_id LIMIT 1", (party,))
    return None if found is None else str(found)


def groups_of(reads: Reads, client: ClientId) -> tuple[tuple[str, str], ...]:
    """The groups a client belongs to, as id and name."""
    rows = reads.rows(
        "SELECT DISTINCT g.id, g.name FROM group_client g JOIN group_member m ON m.group_id = g.id"
        " JOIN credit_party p ON p.id = m.party_id WHERE p.client_id = ? ORDER BY g.name",
        (client,),
    )
    return tuple((key, name) for key, name in rows)


def group_of(reads: Reads, group: str, day: date | None = None) -> GroupFile | None:
    """All that is known of one group, or None."""
    head = reads.one("SELECT id, name, note FROM group_client WHERE id = ?", (group,))
    if head is None:
        return None
    today = day or clock.today()
    currency = settings.value(reads, general.CURRENCY)
    rates = assets.factors(reads, currency)
    exposures = _exposures(reads, group, rates)
    guarantees = _guarantees(reads, group)
    return GroupFile(
        id=head[0],
        name=head[1],
        note=head[2] or "",
        currency=currency,
        nodes=_nodes(reads, group, party_totals(exposures), currency),
        exposures=exposures,
        guarantees=guarantees,
        circles=rules.circles((one.guarantor, one.debtor) for one in guarantees),
        capital=capital(reads, today),
    )


def capital(reads: Reads, day: date | None = None) -> Capital | None:
    """The newest capital figure of the bank up to a day, in the portfolio's currency; None when none was entered."""
    today = day or clock.today()
    row = reads.one(
        'SELECT "on", net_minor, tier1_minor, currency FROM capital_figure WHERE "on" <= ? ORDER BY "on" DESC LIMIT 1',
        (today.isoformat(),),
    )
    if row is None:
        return None
    rates = assets.factors(reads, settings.value(reads, general.CURRENCY))
    on = date.fromisoformat(row[0])
    net, tier1 = (_worth(minor, row[3], rates) for minor in row[1:3])
    return Capital(on, net, tier1, rules.stale_capital(on, today, table().capital_months))


_PARTIES = "SELECT party_id FROM group_member WHERE group_id = :group"


def _nodes(reads: Reads, group: str, totals: dict[str, Amount], currency: str) -> tuple[Node, ...]:
    rows = reads.rows(
        "SELECT m.id, m.party_id, coalesce(nullif(c.name, ''), p.name), p.client_id, m.under_id, m.share_bp,"
        " (SELECT group_concat(name, char(10)) FROM (SELECT DISTINCT g.name FROM group_member o"
        "  JOIN group_client g ON g.id = o.group_id WHERE o.party_id = p.id AND o.group_id <> m.group_id"
        "  ORDER BY g.name))"
        " FROM group_member m JOIN credit_party p ON p.id = m.party_id LEFT JOIN client c ON c.id = p.client_id"
        " WHERE m.group_id = :group ORDER BY m.id",
        {"group": group},
    )
    nodes, seen = [], set()
    for at, depth in rules.in_order([(row[1], row[4]) for row in rows]):
        member, party, name, client, under, share, others = rows[at]
        nodes.append(
            Node(
                member=member,
                party=party,
                name=name,
                client=None if client is None else ClientId(client),
                under=under,
                depth=depth,
                share_bp=share,
                shared=party in seen,
                also_in=tuple(others.split("\n")) if others else (),
                total=totals.get(party, Amount()),
                currency=currency,
            )
        )
        seen.add(party)
    return tuple(nodes)


def _exposures(reads: Reads, group: str, rates: dict[str, float]) -> tuple[ExposureRow, ...]:
    """Noted ones, and the loans the bank tells of members that are clients."""
    noted = reads.rows(
        "SELECT e.id, e.party_id, coalesce(nullif(c.name, ''), p.name), e.kind, e.amount_minor, e.currency, e.draft, 0,"
        " e.as_of, e.note FROM exposure e JOIN credit_party p ON p.id = e.party_id"
        f" LEFT JOIN client c ON c.id = p.client_id WHERE e.party_id IN ({_PARTIES})"
        " ORDER BY e.draft, p.name, e.kind, e.id",
        {"group": group},
    )
    told = reads.rows(
        "SELECT h.key, p.id, coalesce(nullif(c.name, ''), p.name), 'loan', h.amount_minor, h.currency, 0, 1, h.as_of,"
        " h.name FROM credit_party p JOIN client c ON c.id = p.client_id JOIN holding h ON h.client_id = c.id"
        f" WHERE p.id IN ({_PARTIES}) AND h.kind = 'loan' AND (h.ended_on IS NULL OR h.ended_on > :today)"
        " ORDER BY p.name, h.id",
        {"group": group, "today": clock.today().isoformat()},
    )
    return tuple(
        ExposureRow(
            id=row[0],
            party=row[1],
            name=row[2],
            kind=ExposureKind(row[3]),
            amount_minor=row[4],
            currency=row[5],
            worth_minor=_worth(row[4], row[5], rates),
            draft=bool(row[6]),
            told=bool(row[7]),
            as_of=None if row[8] is None else date.fromisoformat(row[8]),
            note=row[9] or "",
        )
        for row in (*noted, *told)
    )


def _guarantees(reads: Reads, group: str) -> tuple[GuaranteeRow, ...]:
    """Those in which a member takes part, on either side."""
    rows = reads.rows(
        "SELECT g.id, a.id, coalesce(nullif(ca.name, ''), a.name), b.id, coalesce(nullif(cb.name, ''), b.name),"
        " g.amount_minor, g.currency, g.as_of FROM guarantee g"
        " JOIN credit_party a ON a.id = g.guarantor_id LEFT JOIN client ca ON ca.id = a.client_id"
        " JOIN credit_party b ON b.id = g.debtor_id LEFT JOIN client cb ON cb.id = b.client_id"
        f" WHERE g.guarantor_id IN ({_PARTIES}) OR g.debtor_id IN ({_PARTIES}) ORDER BY a.name, b.name, g.id",
        {"group": group},
    )
    return tuple(
        GuaranteeRow(row[0], row[1], row[2], row[3], row[4], row[5], row[6], date.fromisoformat(row[7])) for row in rows
    )


def _worth(minor: int | None, currency: str, rates: dict[str, float]) -> int | None:
    return None if minor is None or currency not in rates else round(minor * rates[currency])


def _nearest(row: GroupRow) -> tuple[int, float]:
    shares = [line.share or 0.0 for line in row.standing.lines]
    return rules.ORDER.index(row.standing.light), max(shares, default=0.0)
