"""Whom this desk follows, as whom, and how much of each scope is here."""

from __future__ import annotations

from rmdesk.services.store.reads import Reads
from rmdesk.services.sync import strangers as found
from rmdesk.services.sync.queries import sync_line
from rmdesk.services.sync.rows import ScopeRow, Where
from rmdesk.services.sync.state import get, hub, who


def where(reads: Reads) -> Where | None:
    """Where this desk stands; None without a hub."""
    followed, me = hub(reads), who(reads)
    if followed is None or me is None:
        return None
    # As services/sync/guards keeps them; that module writes, and a query loads nothing that does.
    waits = get(reads, "asks") or {}
    outgoing, incoming = int(waits.get("outgoing", 0)), sum(waits.get("incoming", {}).values())
    line = sync_line(reads)
    here = found.count(reads)
    return Where(
        followed.url, me.name, me.role, me.device, line, scopes(reads), outgoing, incoming, here.clients, here.records,
    )  # fmt: skip


def scopes(reads: Reads) -> tuple[ScopeRow, ...]:
    """The scopes this desk follows: the clients first, one's own last.

    Records of a scope are counted only while it is being loaded; afterwards the digest proves that all are here.
    """
    people: dict[str, str] = dict(reads.rows("SELECT id, name FROM colleague"))
    found = []
    for key, kind, label, owner, write, phase, live in reads.rows(
        "SELECT id, kind, label, owner, write, phase, live FROM sync_scope"
        " ORDER BY CASE kind WHEN 'bank' THEN 0 WHEN 'book' THEN 1 WHEN 'team' THEN 2 ELSE 3 END, label, id"
    ):
        done = live if phase == "live" else _here(reads, key, kind)
        told = str(label or people.get(owner, ""))
        found.append(ScopeRow(key, kind, told, int(done), max(int(live), int(done)), phase != "live", bool(write)))
    return tuple(found)


def _here(reads: Reads, scope: str, kind: str) -> int:
    if kind == "bank":
        return int(reads.value("SELECT count(*) FROM sync_client WHERE book = ?", (scope.partition(":")[2],)))
    return int(reads.value("SELECT count(*) FROM sync_record WHERE scope = ?", (scope,)))
