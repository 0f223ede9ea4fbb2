"""Telling the hub of this desk's audit log: the numbers and hashes of new entries, with each round; nothing they say.

A round without a new entry tells no hash: whoever rewrites the log must open the file, which makes an entry that goes
on from what was rewritten, and is told.

What the hub answers is kept as `log` in `sync_state`, {"line", "heads": [[seq, hash], ...]}: the verifier holds the
log against it (services/audit/queries).
"""

from __future__ import annotations

from typing import Any

from rmdesk.services.audit.acts import Act
from rmdesk.services.store.reads import Reads
from rmdesk.services.store.work import UnitOfWork
from rmdesk.services.sync import state
from rmdesk.wire.messages import MOST_HEADS, Head, Log

_LAST = "SELECT max(seq) FROM audit_entry"
_LINE = "SELECT hash FROM audit_entry WHERE act = ? ORDER BY seq DESC LIMIT 1"
_HEADS = "SELECT seq, hash FROM audit_entry WHERE seq >= ? ORDER BY seq LIMIT ?"


def told(reads: Reads) -> Log:
    """What the hub is told of the log in this round: from the last entry it has, at most 500."""
    known: dict[str, Any] = state.get(reads, "log") or {}
    last = int(reads.value(_LAST) or 0)
    # The entry of a restore may be trimmed one day: the line goes on.
    line = str(reads.value(_LINE, (Act.RESTORE.value,)) or known.get("line", ""))
    since = int(known["heads"][-1][0]) if known.get("heads") and known.get("line") == line else 0
    rows = reads.rows(_HEADS, (min(since, last), MOST_HEADS))
    if rows and since == last and list(rows[-1]) == known["heads"][-1]:
        rows = []  # nothing new, and nothing is as it was not
    return Log(last, since, [Head(*row) for row in rows], line)


def took(work: UnitOfWork, line: str, heads: list[Head] | None) -> None:
    """Keep how far the hub has the log, if it says so."""
    if heads is None:
        return
    found = {"line": line, "heads": [[one.seq, one.hash] for one in heads]}
    if found != state.get(work, "log"):
        state.put(work, "log", found)
