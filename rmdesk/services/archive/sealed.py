"""The shell of an archive: pieces of a stream, each encrypted and bound to its place, under a password of its own.

Two lines of text stand first: the name of the format, and JSON that says how the password becomes a key. Every bit
after and before is covered by a seal. docs/archive.md tells the format to those who write other tools.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from rmdesk.base.errors import Refused, Trouble
from rmdesk.base.progress import Progress, Silent
from rmdesk.base.text import N_
from rmdesk.services.store import passphrase as phrases

MARK = b"rmdesk archive 1\n"
_FAMILY = b"rmdesk archive "
PIECE = 1 << 20
_SEAL = 16
_MOST_HEAD = 1 << 16
_MOST_MEMORY_KIB, _MOST_PASSES, _MOST_LANES = 1 << 21, 64, 16  # more would be an attack on whoever opens it


class Writer:
    """Takes bytes, writes sealed pieces; `close` writes the last one, without which the file is not whole."""

    def __init__(self, out: IO[bytes], password: str, told: dict[str, Any]) -> None:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        rules = phrases.key_rules()
        head = {
            **told,
            "kdf": "argon2id",
            "passes": rules.passes,
            "memory_kib": rules.memory_kib,
            "lanes": rules.lanes,
            "salt": os.urandom(16).hex(),
            "cipher": "aes-256-gcm",
            "piece": PIECE,
        }
        line = json.dumps(head, ensure_ascii=False, sort_keys=True).encode() + b"\n"
        out.write(MARK + line)
        self._out = out
        self._seal = AESGCM(_stretched(password, head))
        self._bound = hashlib.sha256(MARK + line).digest()
        self._held = bytearray()
        self._number = 0

    def write(self, content: bytes) -> None:
        """Take bytes; whole pieces are written at once."""
        self._held += content
        while len(self._held) > PIECE:
            self._put(bytes(self._held[:PIECE]), last=False)
            del self._held[:PIECE]

    def close(self) -> None:
        """Write the last piece."""
        self._put(bytes(self._held), last=True)
        self._held.clear()

    def _put(self, content: bytes, *, last: bool) -> None:
        nonce = _nonce(self._number, last)
        self._out.write(self._seal.encrypt(nonce, content, self._bound))
        self._number += 1


def head_of(file: Path) -> dict[str, Any]:
    """What the head of an archive tells; Trouble `bad_archive` when it is none, Refused when it is newer."""
    try:
        with file.open("rb") as source:
            return _head(source)[0]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise damaged(file) from error


def pieces(file: Path, password: str, progress: Progress | None = None) -> Iterator[bytes]:
    """The pieces of an archive, opened; Refused for a wrong password, Trouble when it is not whole."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    progress = progress or Silent()
    with file.open("rb") as source:
        try:
            head, bound = _head(source)
            seal = AESGCM(_stretched(password, head))
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise damaged(file) from error
        size, number = file.stat().st_size, 0
        piece = source.read(PIECE + _SEAL)
        while True:
            following = source.read(PIECE + _SEAL)
            try:
                content = seal.decrypt(_nonce(number, not following), piece, bound)
            except (InvalidTag, ValueError) as error:
                raise (damaged(file) if number else _wrong()) from error
            progress.at(source.tell(), size)
            yield content
            if not following:
                return
            piece, number = following, number + 1


def damaged(file: Path) -> Trouble:
    """The sentence for what is not a whole archive."""
    return Trouble(
        N_("{name} is not a whole archive of rmdesk."),
        do=N_("Take another copy of it; nothing was changed."),
        code="bad_archive",
        name=file.name,
    )


def _wrong() -> Refused:
    return Refused(
        N_("The password does not open this archive, or its beginning is damaged."),
        do=N_("Check the keyboard layout and Caps Lock, and try again."),
        field="password",
        code="wrong_password",
    )


def _head(source: IO[bytes]) -> tuple[dict[str, Any], bytes]:
    mark = source.readline(len(MARK))
    if mark != MARK and mark.startswith(_FAMILY) and mark[len(_FAMILY) :].strip(b"\n").isdigit():
        raise newer()
    line = source.readline(_MOST_HEAD)
    if mark != MARK or not line.endswith(b"\n"):
        raise ValueError
    head = json.loads(line)
    known = head["kdf"] == "argon2id" and head["cipher"] == "aes-256-gcm" and head["piece"] == PIECE
    bounded = (
        0 < head["passes"] <= _MOST_PASSES
        and 0 < head["memory_kib"] <= _MOST_MEMORY_KIB
        and 0 < head["lanes"] <= _MOST_LANES
    )
    if not (known and bounded and isinstance(head["schema"], str)):
        raise ValueError
    return head, hashlib.sha256(mark + line).digest()


def newer() -> Refused:
    """The sentence for an archive of a newer program."""
    return Refused(
        N_("This archive was written by a newer rmdesk."),
        do=N_("Install the newer version. The file was not changed."),
        code="newer_file",
    )


def _nonce(number: int, last: bool) -> bytes:
    """Each piece has its place, and the last one says that it is: none can be moved, doubled or cut off."""
    return number.to_bytes(11, "big") + (b"\x01" if last else b"\x00")


def _stretched(password: str, head: dict[str, Any]) -> bytes:
    from argon2.exceptions import Argon2Error
    from argon2.low_level import Type, hash_secret_raw

    try:
        return hash_secret_raw(
            phrases.normal(password),
            bytes.fromhex(head["salt"]),
            time_cost=head["passes"],
            memory_cost=head["memory_kib"],
            parallelism=head["lanes"],
            hash_len=32,
            type=Type.ID,
        )
    except Argon2Error as error:
        raise ValueError from error
