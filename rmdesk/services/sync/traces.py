"""What a client leaves behind besides records: change records, drafts, the search, what undoing an import needs, the
WAL, backups. All of it goes with the client; only that something was done, when and by whom, stays.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import ClassVar

from rmdesk.base.errors import Trouble
from rmdesk.base.text import N_
from rmdesk.models.kinds import Topic
from rmdesk.services.search.texts import IndexTexts
from rmdesk.services.store import backup, restoring
from rmdesk.services.store.command import Done
from rmdesk.services.store.reads import Reads
from rmdesk.services.store.store import Store
from rmdesk.services.store.work import UnitOfWork
from rmdesk.services.sync import state

MARK = "traces"  # a client left, and the file must still be swept
INDEXED = 5000
TURNS = 200


def remove(work: UnitOfWork, client: int, records: Iterable[tuple[str, str]]) -> int:
    """Blank what the changes of a client and of these records (entity, key) said, and drop drafts; before they go.

    Gives how many drafts and undoing images went.
    """
    name, number = work.one("SELECT name, number FROM client WHERE id = ?", (client,)) or (None, None)
    work.bulk("UPDATE change SET before = NULL, after = NULL WHERE client_id = ?", (client,), topics={Topic.SETTINGS})
    sql = "UPDATE change SET before = NULL, after = NULL WHERE entity = ? AND entity_id = ?"
    work.bulk(sql, [*records, ("client", str(client))], topics={Topic.SETTINGS})
    gone = work.bulk("DELETE FROM draft WHERE client_id = ?", (client,), topics={Topic.DRAFTS})
    for word in (name, number):  # a draft not yet bound to a client may name one
        if word:
            gone += work.bulk("DELETE FROM draft WHERE instr(payload, ?) > 0", (word,), topics={Topic.DRAFTS})
    # The files of a joined desk come from the hub: nobody undoes an import here, and its images hold old values.
    gone += work.bulk("DELETE FROM batch_before", topics={Topic.IMPORTS})
    state.put(work, MARK, True)
    return gone


@dataclass(frozen=True, slots=True)
class SweepSearch:
    """Let the search forget texts that are gone, down to its last block. Cannot be undone: they are gone."""

    label: ClassVar[str] = N_("Let the search forget")

    def apply(self, work: UnitOfWork) -> Done[int]:
        left = IndexTexts(INDEXED).apply(work).result
        if not left:
            work.bulk("INSERT INTO search_index (search_index) VALUES ('optimize')", topics=())
        return Done(left)


@dataclass(frozen=True, slots=True)
class Swept:
    """Note that no trace is left in the file. Cannot be undone: it is so."""

    label: ClassVar[str] = N_("Note that no trace is left")

    def apply(self, work: UnitOfWork) -> Done[None]:
        state.put(work, MARK, None)
        return Done(None)


def is_due(reads: Reads) -> bool:
    """Whether a client left and the file was not swept since."""
    return bool(state.get(reads, MARK))


def sweep(store: Store) -> bool:
    """Sweep search, WAL and the backups beside the data; False when something held on: the next round tries again.

    Older backups go, their keys first, once a new one was made and checked; so does data that was set aside. Backups
    somebody keeps elsewhere are out of reach.
    """
    for _turn in range(TURNS):
        if not store.perform(SweepSearch()).result:
            break
    if backup.backups_of(store.folder) or restoring.set_asides(store.folder):
        try:
            backup.make(store, keep=1)
            restoring.drop_asides(store.folder)
        except Trouble:
            return False
    with store.reading() as reader:
        if not reader.empty_wal():
            return False
        store.perform(Swept())
        with suppress(Trouble):
            reader.empty_wal()
    return True
