"""Travel mode: only chosen clients stay on the laptop; the others are with the hub alone until the next round.

What is removed goes as a client who left does (`purge`, `traces`): rows overwritten, WAL and search swept, the keys of
older backups destroyed. Nothing goes that the hub has not heard. While one travels no round begins by itself; one that
is asked for ends the journey, and everything comes back.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import ClassVar

from rmdesk.base import clock
from rmdesk.base.errors import Refused
from rmdesk.base.record import record
from rmdesk.base.text import N_
from rmdesk.models.kinds import ClientId, Topic
from rmdesk.services.audit.acts import Act
from rmdesk.services.audit.writing import note
from rmdesk.services.store.command import Done
from rmdesk.services.store.reads import Reads
from rmdesk.services.store.work import UnitOfWork
from rmdesk.services.sync import purge, state

# Of whom the hub has everything: clients the bank told through it, and prospects, whose records travel whole. A client
# from a file that was imported here alone stays: nobody could bring them back.
_MAY_GO = """
SELECT s.client_id, s.wire_id, s.book FROM sync_client s JOIN client c ON c.id = s.client_id
WHERE s.book IS NOT NULL OR c.origin = 'desk' ORDER BY s.client_id
"""
TRAVEL = "travel"  # since when; None: at home


@record
class Packing:
    """What packing would do: clients who stay, who go, and what keeps one from it (records the hub has not heard)."""

    stay: int
    go: int
    unheard: int
    joined: bool


def since(reads: Reads) -> str | None:
    """The day the journey began; None at home."""
    told = state.get(reads, TRAVEL)
    return None if told is None else str(told)


def packing(reads: Reads, keep: Collection[ClientId]) -> Packing:
    """What would become of the clients if these were to stay."""
    joined = bool(reads.value("SELECT joined FROM sync_control"))
    go = sum(1 for page in reads.pages(_MAY_GO) for row in page if row[0] not in keep)
    stay = int(reads.value("SELECT count(*) FROM client")) - go
    return Packing(stay, go, _unheard(reads), joined)


@dataclass(frozen=True, slots=True)
class PackForTravel:
    """Remove all clients but these from this desk, until the next round. Gives how many went.

    Refused without a hub, and while anything is here that the hub has not heard. Cannot be undone: the next round
    brings them back.
    """

    label: ClassVar[str] = N_("Begin travel mode")
    keep: frozenset[ClientId]

    def apply(self, work: UnitOfWork) -> Done[int]:
        found = packing(work, self.keep)
        _check(found)
        gone = 0
        for number, wire, book in work.rows(_MAY_GO):
            if number in self.keep:
                continue
            here = work.rows("SELECT DISTINCT scope FROM sync_record WHERE client_id = ?", (number,))
            scopes = {str(row[0]) for row in here}
            for scope in sorted(scopes | ({f"book:{book}", f"bank:{book}"} if book else set())):
                if scope and not scope.startswith(("own:", "team:")):
                    gone += purge.purge_client(work, wire, scope).get("client", 0)
        state.put(work, TRAVEL, clock.today().isoformat())
        note(work, Act.TRAVEL, facts={"how": "begun", "rows": gone})
        return Done(gone, forgets=True)


@dataclass(frozen=True, slots=True)
class ComeHome:
    """Let the next round load everything anew. Has no inverse: one packs again."""

    label: ClassVar[str] = N_("End travel mode")

    def apply(self, work: UnitOfWork) -> Done[None]:
        if since(work) is not None:
            state.put(work, TRAVEL, None)
            # What is here stays, and what was written on the way: rows are merged as in a first load.
            anew = "UPDATE sync_scope SET phase = 'new', cursor = 0, top = NULL, below = NULL"
            work.bulk(f"{anew} WHERE kind IN ('book', 'bank')", topics={Topic.SYNC})
            note(work, Act.TRAVEL, facts={"how": "ended"})
        return Done(None)


def _check(found: Packing) -> None:
    if not found.joined:
        raise Refused(
            N_("Travel mode needs a team hub: what leaves this desk must be kept somewhere."),
            do=N_("Join one first."), code="no_hub",
        )  # fmt: skip
    if found.unheard:
        raise Refused(
            N_("{count} records have not reached the hub yet."), do=N_("Synchronise first."), code="unsent",
            count=found.unheard,
        )  # fmt: skip


def _unheard(reads: Reads) -> int:
    records = int(reads.value("SELECT count(*) FROM sync_record WHERE state <> 'clean'"))
    return records + int(reads.value("SELECT count(*) FROM sync_batch"))
