"""How the audit log ended, kept outside the data file: whoever puts an older file in its place is found out.

The note is signed with the data's key, so that nobody writes one without it. It holds a number and a hash.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
from contextlib import suppress
from pathlib import Path

FILE = "audit.json"


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


def _mac(key: bytes, seq: int, digest: str) -> str:
    return hmac.new(key, f"end of the audit log {seq} {digest}".encode(), hashlib.sha256).hexdigest()
