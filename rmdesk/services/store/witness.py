"""What belongs to the audit log and lies outside the data file: how the log ended, and what happened while it could
not be written.

Whoever puts an older file in its place is found out by the end that was kept. It is signed with the data's key, so
that nobody writes one without it. Numbers, hashes and codes; nothing on clients.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
from contextlib import suppress
from pathlib import Path

from rmdesk.base import clock
from rmdesk.base.record import record

FILE = "audit.json"
LEFT = "audit.left"
MOST = 64 << 10  # bytes of what waits: who tries passphrases for days fills no disk


@record
class Left:
    """An act that could not be written when it happened: the data were shut."""

    at: str
    act: str
    facts: dict[str, str | int]


def keep(folder: Path, key: bytes, seq: int, digest: str) -> None:
    """Note the end. A disk that does not take it is no reason to fail: what was noted before still holds."""
    told = json.dumps({"seq": seq, "hash": digest, "mac": _mac(key, seq, digest)})
    fresh = folder / f"{FILE}.new"
    with suppress(OSError):
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(told)
        fresh.replace(folder / FILE)


def kept(folder: Path, key: bytes) -> tuple[int, str] | None:
    """The end as it was noted, as (number, hash); None when there is no note, or none that this key signed."""
    try:
        told = json.loads((folder / FILE).read_bytes())
        seq, digest, mac = int(told["seq"]), str(told["hash"]), str(told["mac"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return (seq, digest) if hmac.compare_digest(mac, _mac(key, seq, digest)) else None


def leave(folder: Path, act: str, **facts: str | int) -> None:
    """Leave an act (a value of services/audit/acts.Act) for the log, which takes it in at the next unlocking."""
    told = json.dumps({"at": clock.now().isoformat(timespec="milliseconds"), "act": act, "facts": facts})
    path = folder / LEFT
    with suppress(OSError):
        if not path.exists() or path.stat().st_size < MOST:
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "a") as file:
                file.write(told + "\n")


def left(folder: Path) -> list[Left]:
    """What was left, in order; a line cut off by a crash is passed over."""
    found = []
    with suppress(OSError):
        for line in (folder / LEFT).read_text(encoding="utf-8", errors="replace").splitlines():
            with suppress(ValueError, KeyError, TypeError):
                told = json.loads(line)
                found.append(Left(str(told["at"]), str(told["act"]), dict(told["facts"])))
    return found


def took(folder: Path) -> None:
    """What was left is in the log."""
    with suppress(OSError):
        (folder / LEFT).unlink(missing_ok=True)


def _mac(key: bytes, seq: int, digest: str) -> str:
    return hmac.new(key, f"end of the audit log {seq} {digest}".encode(), hashlib.sha256).hexdigest()
