"""The health of a profile: the parts of the program, the place, the key file, and (unlocked) the data itself."""

from __future__ import annotations

import platform
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from rmdesk.base import clock
from rmdesk.base.errors import Known
from rmdesk.base.progress import Progress, Silent
from rmdesk.base.text import Phrase, phrase
from rmdesk.models.migrations import HEAD
from rmdesk.services.store import backup, keyring_slot, migrate, profile
from rmdesk.services.store.copying import findings_of_cipher, watched
from rmdesk.services.store.engine import OLDEST_SQLITE, Connection, connect
from rmdesk.services.store.place import network_kind
from rmdesk.services.store.store import Store


class State(StrEnum):
    OK = "ok"
    WARNING = "warning"
    BAD = "bad"
    MENDED = "mended"


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One check: a code, how it went, what was found, what to do, the bare value for scripts, and what was done."""

    check: str
    state: State
    text: Phrase
    do: Phrase | None = None
    value: Any = None
    done: Phrase | None = None


def examine(folder: Path, store: Store | None = None, progress: Progress | None = None) -> tuple[CheckRow, ...]:
    """All checks that are possible: those of the data itself only with an open store.

    Never raises Known: what goes wrong is a row. Reads the whole file, seconds for a large one.
    """
    progress = progress or Silent()
    checks: list[Callable[[], Iterator[CheckRow]]] = [
        _library,
        lambda: _place(folder),
        lambda: _room(folder),
        lambda: _key_file(folder),
        _keyring,
        lambda: _backups(folder),
    ]
    if store is not None:
        checks += [lambda: _schema(store), lambda: _seals(store, progress), lambda: _structure(store, progress)]
    rows: list[CheckRow] = []
    for number, check in enumerate(checks):
        progress.at(number, len(checks))
        try:
            rows += check()
        except Known as error:
            rows.append(of_error(error))
    return tuple(rows)


def plain(row: CheckRow) -> dict[str, Any]:
    """A row as JSON, its texts in the language in use."""
    return {
        "check": row.check,
        "state": row.state.value,
        "text": row.text.said,
        "do": "" if row.do is None else row.do.said,
        "value": row.value,
        "done": "" if row.done is None else row.done.said,
    }


def _library() -> Iterator[CheckRow]:
    version = dbapi2.sqlite_version
    probe = dbapi2.connect(":memory:")
    cipher = probe.execute("PRAGMA cipher_version").fetchone()
    probe.close()
    told = {"sqlite": version, "sqlcipher": cipher[0] if cipher else None, "python": platform.python_version()}
    if cipher is None or tuple(dbapi2.sqlite_version_info) < OLDEST_SQLITE:
        yield CheckRow(
            "library",
            State.BAD,
            phrase("This SQLite ({version}) is too old to keep data safe.", version=version),
            phrase("Install rmdesk with its own sqlcipher3 package, as the README says."),
            told,
        )
        return
    yield CheckRow(
        "library",
        State.OK,
        phrase("SQLite {version}, SQLCipher {cipher}", version=version, cipher=str(cipher[0]).split()[0]),
        value=told,
    )


def _place(folder: Path) -> Iterator[CheckRow]:
    kind = network_kind(folder)
    if kind is not None:
        yield CheckRow(
            "place",
            State.BAD,
            phrase("This folder is on a network drive ({kind}). Client data can be damaged there.", kind=kind),
            phrase("Choose a folder on a disk of this computer."),
            kind,
        )
        return
    yield CheckRow("place", State.OK, phrase("The data is on a disk of this computer."), value=str(folder))


def _room(folder: Path) -> Iterator[CheckRow]:
    inside = next((place for place in (folder, *folder.parents) if place.exists()), folder)
    try:
        free = shutil.disk_usage(inside).free
    except OSError:
        return
    data, least = folder / profile.DATA, backup.rule("least_room_mib") << 20
    needed = max(least, 3 * data.stat().st_size) if data.exists() else least
    text = phrase("{size} MB free on the disk", size=free >> 20)
    advice = phrase("Free some space: a backup or an upgrade needs room for a copy of the data.")
    low = free < needed
    yield CheckRow("room", State.WARNING if low else State.OK, text, advice if low else None, free)


def _key_file(folder: Path) -> Iterator[CheckRow]:
    info = profile.describe(folder)
    if info.problem is not None:
        yield of_error(info.problem, "key_file")
    elif not info.exists:
        yield CheckRow("key_file", State.WARNING, phrase("There is no profile in this folder."))
    elif info.from_spare:
        yield CheckRow(
            "key_file",
            State.WARNING,
            phrase("key.json is missing or damaged; its spare copy is in use."),
            phrase("Unlock the profile and change the PIN or the passphrase: that writes both anew."),
        )
    elif _only_by_keyring(info):
        yield CheckRow(
            "key_file",
            State.WARNING,
            phrase("The system's keyring is the only way into this profile."),
            phrase("Make a recovery code: keyrings get lost with the system."),
        )
    else:
        ways = {
            "pin": info.has_pin,
            "recovery": bool(info.recovery_of),
            "passphrase": info.has_passphrase,
            "keyring": info.has_keyring,
            "exported": info.has_key_file,
            "demo": info.demo,
        }
        text = (
            phrase("Demo profile: all data is invented, so its key lies open.")
            if info.demo
            else phrase("The key file is whole.")
        )
        yield CheckRow("key_file", State.OK, text, value=[way for way, there in ways.items() if there])


def _only_by_keyring(info: profile.ProfileInfo) -> bool:
    others = info.has_passphrase or info.has_key_file or info.recovery_of
    return (info.has_keyring or info.has_pin) and not others


def _keyring() -> Iterator[CheckRow]:
    try:
        name = keyring_slot.backend_name()
    except Known as error:
        yield CheckRow("keyring", State.WARNING, Phrase(error.message, error.params), Phrase(error.do, {}), None)
        return
    yield CheckRow("keyring", State.OK, phrase("The system's keyring can be used: {name}", name=name), value=name)


def _backups(folder: Path) -> Iterator[CheckRow]:
    info = profile.describe(folder)
    if not info.exists or info.demo:
        return
    found = backup.backups_of(folder)
    days = (clock.now() - found[0].made).days if found else None
    advice = phrase("Make one, and keep a copy of it away from this computer.")
    if days is None:
        yield CheckRow("backup", State.WARNING, phrase("There is no backup yet."), advice)
        return
    old = days > backup.rule("old_days")
    text = phrase("The latest backup is {days} days old.", days=days)
    yield CheckRow("backup", State.WARNING if old else State.OK, text, advice if old else None, days)


def _schema(store: Store) -> Iterator[CheckRow]:
    version = migrate.version_of(store.path, store.key)
    state = State.OK if version == HEAD else State.BAD
    yield CheckRow("schema", state, phrase("The data has schema {version}.", version=version), value=version)


def _seals(store: Store, progress: Progress) -> Iterator[CheckRow]:
    with _fresh(store, progress) as connection:
        broken = findings_of_cipher(connection)
    yield _data_row("seals", len(broken), phrase("Every page of the data file carries its seal."))


def _structure(store: Store, progress: Progress) -> Iterator[CheckRow]:
    with _fresh(store, progress) as connection:
        found = [str(row[0]) for row in connection.execute("PRAGMA integrity_check").fetchall()]
    yield _data_row("structure", len([row for row in found if row != "ok"]), phrase("The tables and indexes agree."))
    with _fresh(store, progress) as connection:
        links = len(connection.execute("PRAGMA foreign_key_check").fetchall())
    yield _data_row("links", links, phrase("No record points to one that is gone."))


@contextmanager
def _fresh(store: Store, progress: Progress) -> Iterator[Connection]:
    """A connection of its own for each check: one bad page makes later answers of the same one wrong."""
    connection = connect(store.path, store.key)
    try:
        with watched(connection, progress, store.path):
            yield connection
    finally:
        connection.close()


def _data_row(check: str, faults: int, good: Phrase) -> CheckRow:
    if not faults:
        return CheckRow(check, State.OK, good, value=0)
    return CheckRow(
        check,
        State.BAD,
        phrase("The data file is damaged: {count} faults.", count=faults),
        phrase(
            "Nothing was overwritten. Close rmdesk, then rmdesk doctor --salvage saves what can be read and fills in "
            "from the newest backup; the damaged file is kept."
        ),
        faults,
    )


def of_error(error: Known, check: str = "data") -> CheckRow:
    """What went wrong as a row."""
    return CheckRow(
        check,
        State.BAD,
        Phrase(error.message, error.params),
        Phrase(error.do, error.params) if error.do else None,
        error.code,
    )
