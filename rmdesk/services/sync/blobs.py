"""The bytes of attachments, up and down in pieces of a mebibyte: broken off anywhere, it goes on with the next piece.

What has come of an attachment lies in `sync_state` (`part:<hash>:<offset>`) until all of it is here and has its hash;
until then the record stands without its bytes. `blob:<hash>` says that the hub has it, `want:<hash>` that somebody
here asked for it: of what was added long ago, only that is fetched.
"""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

from rmdesk.base import clock
from rmdesk.base.errors import Trouble
from rmdesk.base.progress import Progress
from rmdesk.base.record import record
from rmdesk.base.text import N_
from rmdesk.models.kinds import Topic
from rmdesk.services.store.command import Done
from rmdesk.services.store.reads import Reads
from rmdesk.services.store.store import Store
from rmdesk.services.store.work import UnitOfWork
from rmdesk.services.sync.hub_client import HubClient
from rmdesk.services.sync.hub_words import progress_text
from rmdesk.wire.messages import CHUNK

UNASKED_DAYS = 90  # what was added before is fetched when somebody wants to see it
MOST_OF_A_ROUND = 64 << 20  # bytes to fetch in one round, so that a round ends
_UP = """
SELECT DISTINCT a.sha256 FROM attachment a JOIN attachment_content c ON c.attachment_id = a.id
JOIN sync_record r ON r.entity = 'attachment' AND r.entity_id = a.id AND r.rev > 0
JOIN sync_scope s ON s.id = r.scope AND s."write" = 1
WHERE NOT EXISTS (SELECT 1 FROM sync_state t WHERE t.name = 'blob:' || a.sha256) ORDER BY a.sha256
"""
_DOWN = """
SELECT a.sha256, max(a.size) FROM attachment a JOIN sync_record r ON r.entity = 'attachment' AND r.entity_id = a.id
WHERE r.rev > 0 AND NOT EXISTS (SELECT 1 FROM attachment_content c WHERE c.attachment_id = a.id)
AND (a.added_at >= ? OR EXISTS (SELECT 1 FROM sync_state w WHERE w.name = 'want:' || a.sha256))
GROUP BY a.sha256 ORDER BY max(a.added_at) DESC
"""
_CONTENT = """
SELECT c.content FROM attachment a JOIN attachment_content c ON c.attachment_id = a.id WHERE a.sha256 = ? LIMIT 1
"""


@record
class Moved:
    """Attachments told and fetched; `broken` had another hash than their record says."""

    sent: int = 0
    fetched: int = 0
    broken: int = 0


def exchange(store: Store, client: HubClient, progress: Progress) -> Moved:
    """Send what the hub lacks and fetch what is not here. What the hub refuses or does not have yet is left for later.

    Raises Trouble when the line breaks; what has come until then stays.
    """
    since = (clock.now() - timedelta(days=UNASKED_DAYS)).isoformat()
    ups, downs = store.read(lambda reads: (reads.rows(_UP), reads.rows(_DOWN, (since,))))
    up, down = [str(row[0]) for row in ups], [(str(row[0]), int(row[1])) for row in downs]
    sent = fetched = broken = moved = 0
    for at, sha256 in enumerate(up):
        progress.at(at, len(up) + len(down), progress_text(at, len(up) + len(down), "files"))
        sent += _send(store, client, sha256, progress)
    for at, (sha256, size) in enumerate(down, len(up)):
        progress.at(at, len(up) + len(down), progress_text(at, len(up) + len(down), "files"))
        if moved < MOST_OF_A_ROUND:
            whole = _fetch(store, client, sha256, size, progress)
            moved += size
            fetched += whole is True
            broken += whole is False
    return Moved(sent, fetched, broken)


def _send(store: Store, client: HubClient, sha256: str, progress: Progress) -> bool:
    content = bytes(store.read(lambda reads: reads.value(_CONTENT, (sha256,))) or b"")
    try:
        state = client.put_blob(sha256, 0, b"")  # how far it got before
        while not state.whole:
            progress.at(state.have, len(content))
            before = state.have
            state = client.put_blob(sha256, before, content[before : before + CHUNK])
            if state.have <= before:
                return False
    except Trouble as error:
        if error.code != "hub_refused":
            raise
        return False
    store.perform(AtHub(sha256))
    return True


def _fetch(store: Store, client: HubClient, sha256: str, size: int, progress: Progress) -> bool | None:
    """True: it is here; False: it was another one; None: the hub does not have it yet."""
    have = store.read(_come, sha256)
    while have < size:
        progress.at(have, size)
        try:
            piece = client.blob(sha256, have)
        except Trouble as error:
            if error.code != "hub_refused":
                raise
            return None
        if not piece:
            return None
        store.perform(KeepPiece(sha256, have, piece))
        have += len(piece)
    return store.perform(PutTogether(sha256)).result


def _come(reads: Reads, sha256: str) -> int:
    """How many bytes have come without a gap."""
    have = 0
    for (name,) in reads.rows(f"SELECT name FROM sync_state {_PARTS}", (f"part:{sha256}:%",)):
        if int(str(name).rpartition(":")[2]) != have:
            break
        size = reads.value("SELECT length(value) FROM sync_state WHERE name = ?", (name,))
        have += (int(size) - 2) // 4 * 3  # base64 in quotes; every piece but the last is a whole number of triples
        padding = str(reads.value("SELECT substr(value, -3, 2) FROM sync_state WHERE name = ?", (name,)))
        have -= padding.count("=")
    return have


_PARTS = "WHERE name LIKE ? ORDER BY CAST(substr(name, 71) AS INTEGER)"  # behind "part:", 64 digits and ":"


@dataclass(frozen=True, slots=True)
class KeepPiece:
    """Keep a piece of an attachment that is on its way. Cannot be undone: it came."""

    label: ClassVar[str] = N_("Receive attachment")
    sha256: str
    offset: int
    piece: bytes

    def apply(self, work: UnitOfWork) -> Done[None]:
        told = json.dumps(base64.b64encode(self.piece).decode())
        sql = "INSERT OR REPLACE INTO sync_state (name, value) VALUES (?, ?)"
        work.bulk(sql, (f"part:{self.sha256}:{self.offset}", told), topics=())
        return Done(None)


@dataclass(frozen=True, slots=True)
class PutTogether:
    """Put an attachment together, if it is what its record says. Cannot be undone: it came.

    Gives False, and keeps nothing, when it is another one.
    """

    label: ClassVar[str] = N_("Receive attachment")
    sha256: str

    def apply(self, work: UnitOfWork) -> Done[bool]:
        pieces = work.rows(f"SELECT value FROM sync_state {_PARTS}", (f"part:{self.sha256}:%",))
        content = b"".join(base64.b64decode(json.loads(row[0])) for row in pieces)
        work.bulk("DELETE FROM sync_state WHERE name LIKE ?", (f"part:{self.sha256}:%",), topics=())
        if hashlib.sha256(content).hexdigest() != self.sha256:
            return Done(False)
        work.bulk(
            "INSERT INTO attachment_content (attachment_id, content) SELECT id, ? FROM attachment a WHERE sha256 = ? "
            "AND NOT EXISTS (SELECT 1 FROM attachment_content c WHERE c.attachment_id = a.id)",
            (content, self.sha256),
            topics={Topic.VISITS},
        )
        return Done(AtHub(self.sha256).apply(work).result)


@dataclass(frozen=True, slots=True)
class AtHub:
    """The hub has an attachment. Cannot be undone: it is so."""

    label: ClassVar[str] = N_("Send attachment")
    sha256: str

    def apply(self, work: UnitOfWork) -> Done[bool]:
        sql = "INSERT OR REPLACE INTO sync_state (name, value) VALUES (?, '1')"
        work.bulk(sql, (f"blob:{self.sha256}",), topics=())
        work.bulk("DELETE FROM sync_state WHERE name = ?", (f"want:{self.sha256}",), topics=())
        # Pieces of attachments that are no longer wanted go along.
        gone = (
            "DELETE FROM sync_state WHERE name LIKE 'part:%' "
            "AND substr(name, 6, 64) NOT IN (SELECT sha256 FROM attachment)"
        )
        work.bulk(gone, topics=())
        return Done(True)


@dataclass(frozen=True, slots=True)
class WantFile:
    """Fetch the bytes of an attachment with the next round, however old it is. Cannot be undone: somebody looked."""

    label: ClassVar[str] = N_("Fetch attachment")
    file: str

    def apply(self, work: UnitOfWork) -> Done[None]:
        sql = (
            "INSERT OR REPLACE INTO sync_state (name, value) SELECT 'want:' || sha256, '1' FROM attachment WHERE id = ?"
        )
        work.bulk(sql, (self.file,), topics=())
        return Done(None)
