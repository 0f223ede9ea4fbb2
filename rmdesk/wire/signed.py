"""Words the hub has signed: leases and wipe orders. Only its key makes them, everybody who knows its public half can
check them: `v1.` the kind `.` what is said (JSON, base64url) `.` an Ed25519 signature over all before it.
"""

from __future__ import annotations

import base64
import json
from typing import Any

VERSION = "v1"


def said(kind: str, told: dict[str, Any]) -> str:
    """The part that is signed."""
    body = json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode()
    return f"{VERSION}.{kind}.{_text(body)}"


def joined(part: str, signature: bytes) -> str:
    """The whole word."""
    return f"{part}.{_text(signature)}"


def opened(word: str, kind: str, public_key: str) -> dict[str, Any] | None:
    """What a word of that kind says; None when it was not signed by the key (64 hex digits) or is of another kind."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    part, _, signature = word.rpartition(".")
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key)).verify(_bytes(signature), part.encode())
        version, of, body = part.split(".")
        if (version, of) != (VERSION, kind):
            return None
        told = json.loads(_bytes(body))
    except (InvalidSignature, ValueError):
        return None
    return told if isinstance(told, dict) else None


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
