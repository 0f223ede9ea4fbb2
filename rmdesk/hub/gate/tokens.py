"""Words the hub says and later takes back: access and enter tokens, nonces. They are not kept anywhere: a seal only the
hub can make (HMAC-SHA256 over kind, contents and end) tells that they are its own.

Refresh tokens are random and kept as hashes. The one that follows is worked out from the one before, so that whoever
asks twice because the answer was lost hears the same.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
from datetime import datetime, timedelta
from typing import Any

ACCESS = timedelta(minutes=10)
ENTER = timedelta(minutes=10)
NONCE = timedelta(minutes=2)
REFRESH = timedelta(days=60)
SAME_ANSWER = timedelta(minutes=10)  # so long a refresh token may be shown again


class Mint:
    """Makes and reads the words of one hub; `key` is 32 bytes for this purpose only."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def word(self, kind: str, until: datetime, **told: str) -> str:
        """A word of a kind that says so until then."""
        body = _text(json.dumps([kind, int(until.timestamp()), told], separators=(",", ":")).encode())
        return f"{body}.{self._seal(body)}"

    def read(self, kind: str, word: str, now: datetime) -> dict[str, str] | None:
        """What a word says; None when it is not ours, of another kind, or over."""
        body, _, seal = word.partition(".")
        if not hmac.compare_digest(seal.encode("utf-8", "replace"), self._seal(body).encode()):
            return None
        of, until, told = json.loads(_bytes(body))
        return told if of == kind and now.timestamp() <= until else None

    def nonce(self, now: datetime) -> str:
        """Something to sign, good for two minutes."""
        return self.word("nonce", now + NONCE, salt=secrets.token_hex(16))

    def is_nonce(self, word: str, now: datetime) -> bool:
        """Whether this is a nonce of ours that is not over."""
        return self.read("nonce", word, now) is not None

    def following(self, refresh: str) -> str:
        """The refresh token that follows this one."""
        return _text(hmac.new(self._key, b"next " + refresh.encode(), hashlib.sha256).digest())

    def _seal(self, body: str) -> str:
        return _text(hmac.new(self._key, b"word " + body.encode("utf-8", "replace"), hashlib.sha256).digest())


def new_refresh() -> str:
    """The first refresh token of a desk: 32 random bytes."""
    return secrets.token_urlsafe(32)


def hash_of(refresh: str) -> str:
    """What is kept of a refresh token."""
    return hashlib.sha256(refresh.encode()).hexdigest()


def is_signed(public_key: bytes | None, signature: str, message: bytes) -> bool:
    """Whether a device's key (32 bytes, Ed25519) made this signature (hex)."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(public_key or b"").verify(bytes.fromhex(signature), message)
    except (InvalidSignature, ValueError):
        return False
    return True


def bearer(header: str | None) -> str:
    """The token of an Authorization header, "" for none."""
    kind, _, word = (header or "").partition(" ")
    return word.strip() if kind.lower() == "bearer" else ""


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _bytes(text: str) -> Any:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
