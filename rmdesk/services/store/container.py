"""The file of a backup: a line that names it, a line of JSON that tells of it, an encrypted copy, and a digest of all.

Flat on purpose: each bit of it counts in the digest, so that none can change unnoticed. What rmdesk wrote before was a
zip (`zipped`), which is still read.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import IO

from rmdesk.base.errors import Refused, Trouble
from rmdesk.base.progress import Progress, Silent
from rmdesk.base.text import N_
from rmdesk.services.store import key_file, zipped
from rmdesk.services.store.key_file import KeyFile
from rmdesk.services.store.place import told_of_files

MARK = b"rmdesk backup 2\n"
_FAMILY = b"rmdesk backup "
_BLOCK = 1 << 20
_MOST_TOLD = 4 << 20  # bytes of the JSON line; it holds some kilobytes
_DIGEST = 64
_BROKEN = (ValueError, KeyError, TypeError, EOFError, RecursionError, *zipped.BROKEN)


@dataclass(frozen=True, slots=True)
class About:
    """What a backup tells of itself. `name` binds its key; `sealed` is that key, only in a backup that is carried.

    `size`: bytes of the encrypted copy; `rows`: its rows per table; `made`: UTC, ISO 8601; `keys`: the key file of
    the day. Written before there were keys of their own, a backup has no name.
    """

    name: str
    made: str
    program: str
    schema: str
    profile: str
    why: str
    size: int
    rows: dict[str, int] = field(default_factory=dict)
    sealed: dict[str, str] | None = None
    keys: KeyFile | None = None


def write(target: Path, about: About, data: Path, progress: Progress | None = None) -> None:
    """Write the file and bring it to the disk; it must not be there yet."""
    keys = None if about.keys is None else key_file.content(about.keys).decode()
    plain = {one.name: getattr(about, one.name) for one in fields(about)}
    told = json.dumps({**plain, "keys": keys}, ensure_ascii=False).encode()
    with told_of_files(target.name):
        target.touch(mode=0o600, exist_ok=False)
    with told_of_files(target.name), target.open("wb") as out, data.open("rb") as source:
        digest = hashlib.sha256()
        for part in (MARK, told + b"\n"):
            digest.update(part)
            out.write(part)
        _flow(source, out, about.size, digest, progress or Silent())
        out.write(digest.hexdigest().encode())
        out.flush()
        os.fsync(out.fileno())


def about(backup: Path) -> About:
    """What a backup tells of itself. Trouble when it is none, Refused when it was written by a newer rmdesk."""
    with _told(backup), backup.open("rb") as file:
        if file.read(2) == zipped.MARK:
            return _of_zip(backup)
        file.seek(0)
        return _head(file, hashlib.sha256())


def unpack(backup: Path, target: Path | None, progress: Progress | None = None) -> About:
    """Read a backup to its end, comparing every byte, into `target` (or nowhere). Trouble when it is not whole."""
    progress = progress or Silent()
    with _told(backup), backup.open("rb") as file:
        if file.read(2) == zipped.MARK:
            zipped.unpack(backup, target, progress)
            return _of_zip(backup)
        file.seek(0)
        digest = hashlib.sha256()
        about = _head(file, digest)
        if target is None:
            _flow(file, None, about.size, digest, progress)
        else:
            with told_of_files(target.name), target.open("wb") as out:
                _flow(file, out, about.size, digest, progress)
                out.flush()
                os.fsync(out.fileno())
        if file.read(_DIGEST + 1) != digest.hexdigest().encode():
            raise ValueError
        return about


def damaged(backup: Path) -> Trouble:
    """The sentence for what is not a whole backup."""
    return Trouble(
        N_("{name} is not a whole backup of rmdesk."),
        do=N_("Choose another backup; nothing was changed."),
        code="bad_backup",
        name=backup.name.removesuffix(".partial"),
    )


@contextmanager
def _told(backup: Path) -> Iterator[None]:
    try:
        with told_of_files(backup.name):
            yield
    except _BROKEN as error:
        raise damaged(backup) from error


def _head(file: IO[bytes], digest: hashlib._Hash) -> About:
    mark = file.readline(len(MARK))
    if mark != MARK and mark.startswith(_FAMILY) and mark[len(_FAMILY) :].strip(b"\n").isdigit():
        raise newer()
    told = file.readline(_MOST_TOLD)
    if mark != MARK or not told.endswith(b"\n"):
        raise ValueError
    digest.update(mark + told)
    read = json.loads(told)
    keys = None if read["keys"] is None else key_file.parse(read["keys"].encode())
    about = About(**{**read, "keys": keys})
    texts = (about.name, about.made, about.program, about.schema, about.profile, about.why)
    if not (all(isinstance(one, str) for one in texts) and isinstance(about.size, int) and about.size >= 0):
        raise TypeError
    return about


def newer() -> Refused:
    """The sentence for a backup of a newer program."""
    return Refused(
        N_("This backup was written by a newer rmdesk."),
        do=N_("Install the newer version. The file was not changed."),
        code="newer_file",
    )


def _of_zip(backup: Path) -> About:
    told, keys = zipped.about(backup)
    if told["format"] > 1:
        raise newer()
    return About("", told["made"], told["program"], "", told["profile"], "hand", told["size"], keys=keys)


def _flow(source: IO[bytes], out: IO[bytes] | None, size: int, digest: hashlib._Hash, progress: Progress) -> None:
    """Exactly `size` bytes, block by block; EOFError when there are fewer."""
    done = 0
    while done < size:
        block = source.read(min(_BLOCK, size - done))
        if not block:
            raise EOFError
        done += len(block)
        digest.update(block)
        if out is not None:
            out.write(block)
        progress.at(done, size)
