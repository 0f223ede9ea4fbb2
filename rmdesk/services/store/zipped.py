"""Reading backups as rmdesk wrote them at first: a zip with a copy under the profile's own key."""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from rmdesk.base.progress import Progress
from rmdesk.services.store import key_file
from rmdesk.services.store.key_file import KeyFile
from rmdesk.services.store.place import told_of_files

MARK = b"PK"
BROKEN = (zipfile.BadZipFile, NotImplementedError)
_ABOUT, _DATA = "about.json", "rmdesk.db"
_BLOCK = 1 << 20
_MOST_SMALL = 1 << 20  # about.json and key.json are far smaller


def about(backup: Path) -> tuple[dict[str, Any], KeyFile]:
    """What the backup tells of itself, and its key file; one of BROKEN, ValueError, KeyError, TypeError otherwise."""
    with _opened(backup) as archive:
        told = json.loads(_small(archive, _ABOUT))
        if not isinstance(told["size"], int) or archive.getinfo(_DATA).file_size != told["size"]:
            raise zipfile.BadZipFile
        return dict(told), key_file.parse(_small(archive, key_file.FILE))


def unpack(backup: Path, target: Path | None, progress: Progress) -> None:
    """Read it to its end, into `target` or nowhere."""
    told, _keys = about(backup)
    digest, done = hashlib.sha256(), 0
    with _opened(backup) as archive, archive.open(_DATA) as packed, _out(target) as out:
        while block := packed.read(_BLOCK):
            done += len(block)
            if done > told["size"]:
                raise zipfile.BadZipFile
            digest.update(block)
            if out is not None:
                out.write(block)
            progress.at(done, told["size"])
        if out is not None:
            out.flush()
            os.fsync(out.fileno())
    if digest.hexdigest() != told["sha256"]:
        raise zipfile.BadZipFile


@contextmanager
def _out(target: Path | None) -> Iterator[IO[bytes] | None]:
    if target is None:
        yield None
        return
    with told_of_files(target.name), target.open("wb") as out:
        yield out


@contextmanager
def _opened(backup: Path) -> Iterator[zipfile.ZipFile]:
    with backup.open("rb") as file, zipfile.ZipFile(file) as archive:
        if sorted(archive.namelist()) != sorted((_ABOUT, key_file.FILE, _DATA)):
            raise zipfile.BadZipFile
        yield archive


def _small(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as packed:
        content = packed.read(_MOST_SMALL + 1)
    if len(content) > _MOST_SMALL:
        raise zipfile.BadZipFile
    return content
