"""The hub's signing key: made once, kept in the database sealed with the hub's secret."""

from __future__ import annotations

import os
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from rmdesk.base.errors import Refused
from rmdesk.base.text import N_
from rmdesk.wire import signed

NONCE = 12


def new_key() -> bytes:
    """32 random bytes of an Ed25519 key."""
    return Ed25519PrivateKey.generate().private_bytes_raw()


def sealed(key: bytes, seal: bytes) -> bytes:
    """The key as the database keeps it."""
    nonce = os.urandom(NONCE)
    return nonce + ChaCha20Poly1305(seal).encrypt(nonce, key, b"signing key")


class Signer:
    """Signs leases and wipe orders."""

    def __init__(self, kept: bytes, seal: bytes) -> None:
        try:
            key = ChaCha20Poly1305(seal).decrypt(kept[:NONCE], kept[NONCE:], b"signing key")
        except InvalidTag:
            raise Refused(
                N_("The hub's secret is not the one its signing key was sealed with."),
                do=N_("Set RMDESK_HUB_SECRET to the secret this hub was made with."),
                field="secret",
                code="wrong_secret",
            ) from None
        self._key = Ed25519PrivateKey.from_private_bytes(key)
        self.public = self._key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()

    def sign(self, kind: str, told: dict[str, Any]) -> str:
        """A word that says so (wire/signed)."""
        part = signed.said(kind, told)
        return signed.joined(part, self._key.sign(part.encode()))
