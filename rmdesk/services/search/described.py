"""What the search list says about a client beside the name: enough to tell two of the same name apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rmdesk.models.kinds import ClientId, ClientKind, ClientStatus, Familiarity, Tier
from rmdesk.services.store.reads import Reads

TAIL = 4  # digits of a phone number that may be seen by whoever looks over the shoulder


@dataclass(frozen=True, slots=True)
class Described:
    """One client. `number` and `initials` are empty where unknown, `tail` ends the phone number.

    `tier` and `familiarity` are None where the client is not in the portfolio.
    """

    client: ClientId
    name: str
    kind: ClientKind
    number: str
    initials: str
    tail: str
    tier: Tier | None
    familiarity: Familiarity | None = None
    status: ClientStatus = ClientStatus.ACTIVE


def described(reads: Reads, clients: Sequence[int]) -> dict[int, Described]:
    """These clients, by id; those that are gone are missing. For the few that a list shows, not for a portfolio."""
    from rmdesk.services.care import portfolio

    if not clients:
        return {}
    standing = portfolio.load(reads, clients=clients)
    tiers = dict(zip(standing.client.tolist(), standing.tier.tolist(), strict=True))
    classes = dict(zip(standing.client.tolist(), standing.familiarity.tolist(), strict=True))
    marks = ", ".join("?" * len(clients))
    return {
        int(row[0]): Described(
            client=ClientId(row[0]),
            name=str(row[6]),
            kind=ClientKind(row[1]),
            number=str(row[2]),
            initials=str(row[3]),
            tail=_tail(str(row[4])),
            tier=tuple(Tier)[tiers[row[0]] - 1] if tiers.get(row[0]) else None,
            familiarity=tuple(Familiarity)[int(classes[row[0]])] if row[0] in classes else None,
            status=ClientStatus(row[5]),
        )
        for row in reads.rows(
            "SELECT id, kind, coalesce(number, ''), coalesce(initials, ''), coalesce(phone, ''), status, name "
            f"FROM client WHERE id IN ({marks})",
            tuple(int(client) for client in clients),
        )
    }


def _tail(phone: str) -> str:
    digits = "".join(sign for sign in phone if sign.isdecimal())
    return digits[-TAIL:] if len(digits) > TAIL else ""
