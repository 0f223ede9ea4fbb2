"""Writing an archive: one state of the data, while work goes on."""

from __future__ import annotations

import hashlib
import os
import zlib
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from rmdesk import __version__
from rmdesk.base import clock
from rmdesk.base.errors import Refused
from rmdesk.base.progress import Progress, Silent
from rmdesk.base.text import N_
from rmdesk.models.migrations import HEAD
from rmdesk.services.archive import sealed, tables
from rmdesk.services.audit.acts import Act
from rmdesk.services.audit.noting import noted
from rmdesk.services.exports import rules
from rmdesk.services.exports.queries import permit_of
from rmdesk.services.exports.rules import Wish
from rmdesk.services.store import passphrase
from rmdesk.services.store.copying import watched
from rmdesk.services.store.engine import connect
from rmdesk.services.store.place import told_of_files
from rmdesk.services.store.store import Store

SUFFIX = ".rmarchive"
_REASON = "everything of the profile"  # who writes an archive needs no other


@dataclass(frozen=True, slots=True)
class Archived:
    """An archive that was written: where, bytes, and how many rows are in it."""

    path: Path
    size: int
    rows: int


def write(store: Store, target: Path, password: str, progress: Progress | None = None) -> Archived:
    """Write everything of a profile into a new file under a password of its own.

    Refused where nothing may be exported (by the settings or the hub), for a weak password and a file that is there;
    Trouble on a full disk. Whatever goes wrong, no file is left. It is put on record with its hash.
    """
    progress = progress or Silent()
    rules.check(Wish("archive", "rmarchive", _REASON, password), store.read(permit_of), 0)
    passphrase.check(password, store.who)
    if target.exists():
        raise Refused(
            N_("{name} is there already."), do=N_("Choose another name."), field="file", code="file_exists",
            name=target.name,
        )  # fmt: skip
    partial = target.with_name(f"{target.name}.partial")
    connection = connect(store.path, store.key)
    try:
        with told_of_files(target.name), partial.open("wb") as out:
            partial.chmod(0o600)
            told = {"schema": HEAD, "program": __version__, "made": clock.now().isoformat(timespec="seconds")}
            writer, packed, rows = sealed.Writer(out, password, told), zlib.compressobj(6), -1
            with watched(connection, progress, store.path):
                connection.execute("BEGIN")
                total = sum(_count(connection, table) for table in tables.names(connection))
                for number, line in enumerate(tables.lines(connection)):
                    writer.write(packed.compress(line))
                    if number % 500 == 0:
                        progress.at(min(number, total), total)
                connection.execute("ROLLBACK")
                rows = total
            writer.write(packed.flush())
            writer.close()
            out.flush()
            os.fsync(out.fileno())
        noted(store, Act.EXPORT, facts={"what": "archive", "rows": rows, "sha256": _digest(partial)})
        with told_of_files(target.name):
            partial.rename(target)
        return Archived(target, target.stat().st_size, rows)
    finally:
        connection.close()
        with suppress(OSError):
            partial.unlink(missing_ok=True)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _count(connection: object, table: str) -> int:
    return int(connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0])  # type: ignore[attr-defined]
