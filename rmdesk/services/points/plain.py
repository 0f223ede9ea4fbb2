"""Points for programs."""

from __future__ import annotations

from typing import Any

from rmdesk.services.points.queries import Account, Overview


def account(found: Account) -> dict[str, Any]:
    """The points of a client."""
    return {
        "balance": found.balance,
        "expiring": found.soon,
        "expiring_by": found.soon_by.isoformat(),
        "entries": [
            {
                "id": row.id,
                "on": row.on.isoformat(),
                "kind": row.kind.value,
                "rule": row.rule,
                "points": row.points,
                "balance": row.balance,
                "basis_minor": row.basis_minor,
                "currency": row.currency,
                "expires_on": row.expires_on,
                "note": row.note,
            }
            for row in found.entries
        ],
        "due": [
            {"kind": one.kind.value, "rule": one.rule, "points": one.points, "on": one.on.isoformat()}
            for one in found.due
        ],
    }


def overview(found: Overview) -> dict[str, Any]:
    """Who has points."""
    return {
        "clients": found.count,
        "balance": found.balance,
        "due": found.due,
        "holders": [
            {
                "client": row.client,
                "name": row.name,
                "balance": row.balance,
                "earned": row.earned,
                "redeemed": row.redeemed,
                "expired": row.expired,
            }
            for row in found.rows
        ],
    }
