"""Giving something out, step by step: may it go, make it with its mark, lock it, record it, write it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rmdesk.base import clock
from rmdesk.base.errors import Refused
from rmdesk.base.progress import Progress, Silent
from rmdesk.base.record import record
from rmdesk.base.text import N_
from rmdesk.models.kinds import new_id
from rmdesk.services.documents.writing import write
from rmdesk.services.exports import protecting, rules
from rmdesk.services.exports.queries import permit_of
from rmdesk.services.exports.rules import Mark, Wish

if TYPE_CHECKING:
    from rmdesk.services.exports.commands import RecordExport
    from rmdesk.services.store.reads import Reads
    from rmdesk.services.store.store import Store

# Content, and how many records are in it.
Make = Callable[["Reads", Mark, Progress], tuple[bytes, int]]


@record
class Ready:
    """What lies ready to be recorded and written."""

    wish: Wish
    mark: Mark
    rows: int
    path: Path
    content: bytes

    def recorded(self, told: Mapping[str, Any] | None = None) -> RecordExport:
        """The command that puts it on record; performed before `write`."""
        from rmdesk.services.exports.commands import RecordExport

        digest = hashlib.sha256(self.content).hexdigest()
        return RecordExport(self.wish, self.mark, self.rows, len(self.content), digest, dict(told or {}))

    def write(self) -> Path:
        """Write the whole file or, with Trouble, nothing; gives where it lies."""
        write(self.path, self.content)
        return self.path


def mark_of(who: str, reason: str) -> Mark:
    """The mark of an export that begins now."""
    return Mark(new_id(), clock.now(), who, " ".join(reason.split()))


def ready(
    reads: Reads, wish: Wish, who: str, path: Path, make: Make, *, rows: int = 1, progress: Progress | None = None
) -> Ready:
    """Make the file; nothing is written anywhere yet. `rows`: how many records are expected, for the cap.

    Refused when it may not go out.
    """
    permit = permit_of(reads)
    rules.check(wish, permit, rows)
    mark = mark_of(who, wish.reason)
    content, count = make(reads, mark, progress or Silent())
    rules.check(wish, permit, count)
    target = protecting.file_of(path, wish.form, locked=bool(wish.password))
    if wish.password:
        inner = path.stem if path.suffix.lower() == protecting.ZIP else path.name
        content = protecting.locked(content, wish.form, inner, wish.password)
    return Ready(wish, mark, count, target, content)


def give_out(store: Store, wish: Wish, path: Path, make: Make, told: Mapping[str, Any] | None = None) -> Ready:
    """All of it at once, for scripts; gives what was written, and where it lies.

    Refused, before anything is put on record, where a file lies already: nobody was asked whether to overwrite it.
    """
    target = protecting.file_of(path, wish.form, locked=bool(wish.password))
    if target.exists():
        raise Refused(
            N_("{name} is there already."), do=N_("Choose another name, or remove that file first."), field="file",
            code="file_exists", name=target.name,
        )  # fmt: skip
    made = store.read(ready, wish, store.who, path, make)
    store.perform(made.recorded(told))
    made.write()
    return made
