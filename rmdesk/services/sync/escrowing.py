"""Handing the desk's data key to the bank, sealed to the recovery key that the hub tells; none where it tells none.

The hub's word is taken only when the pinned hub signed it. What was sealed, and for which key, is noted, so that a
new data key or a new recovery key is handed in at the next round.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from rmdesk.base import clock
from rmdesk.base.errors import Refused
from rmdesk.base.text import N_
from rmdesk.services.audit.acts import Act
from rmdesk.services.audit.writing import note
from rmdesk.services.store import escrow
from rmdesk.services.store.command import Done
from rmdesk.services.store.key_file import check_of
from rmdesk.services.store.reads import Reads
from rmdesk.services.store.work import UnitOfWork
from rmdesk.services.sync import state
from rmdesk.wire import signed
from rmdesk.wire.blobs import Escrow

if TYPE_CHECKING:
    from rmdesk.services.store.store import Store
    from rmdesk.services.sync.hub_client import HubClient

WORD = "escrow"


def since(reads: Reads) -> str:
    """Since which day the bank can open this desk (YYYY-MM-DD), "" when it cannot."""
    return str((state.get(reads, "escrow") or {}).get("day", ""))


@dataclass(frozen=True, slots=True)
class NoteEscrow:
    """Note that the bank holds the sealed key; None when it has no recovery key any more. Has no inverse: it is so."""

    label: ClassVar[str] = N_("Hand the sealed key to the bank")
    kept: dict[str, Any] | None

    def apply(self, work: UnitOfWork) -> Done[None]:
        state.put(work, "escrow", self.kept)
        note(work, Act.KEYS, facts={"what": "escrow_given" if self.kept else "escrow_ended"})
        return Done(None)


def give(store: Store, client: HubClient, word: str, device: str) -> bool:
    """Hand in the sealed key when the hub has a recovery key that it was not sealed for yet; whether it was."""
    hub, kept = store.read(lambda reads: (state.the_hub(reads), state.get(reads, "escrow") or {}))
    key = _key_in(word, hub)
    if not key:
        if kept:
            store.perform(NoteEscrow(None))
        return False
    made = {"key": key, "data": check_of(store.key, f"escrow {device}"), "device": device}
    if {name: kept.get(name) for name in made} == made:
        return False
    client.ask("/v1/escrow", Escrow(device, key, escrow.seal(key, store.key, device).hex()), None)
    store.perform(NoteEscrow({**made, "day": clock.today().isoformat()}))
    return True


def _key_in(word: str, hub: state.Hub) -> str:
    """The recovery key a word tells; Refused when it is not the pinned hub's own word."""
    if not word:
        return ""
    told = signed.opened(word, WORD, hub.key) if hub.key else None
    if told is None or told.get("hub") != hub.id or not isinstance(told.get("key"), str):
        raise Refused(
            N_("A recovery key came that is not genuine. Nothing was handed in."),
            do=N_("Tell whoever looks after the hub."),
            code="bad_escrow",
        )
    return str(told["key"])
