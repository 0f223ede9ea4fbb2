"""The key a desk proves itself with: Ed25519, made here, never leaves. It lies in the system's keyring; where there is
no safe one, inside the encrypted file, as well kept as all else there (docs/adr/0029-people-and-devices.md).
"""

from __future__ import annotations

import os
from typing import Any

from rmdesk.base.errors import Trouble
from rmdesk.base.text import N_
from rmdesk.services.store import keyring_slot
from rmdesk.wire.people import proof

SECRET_BYTES = 32
KEYRING, FILE = "keyring", "file"
GONE = "desk_key_gone"
_LOST = ("keyring_entry_gone", "keyring_entry_changed", "keyring_changed", "keyring_unsafe")

# What is kept in the file: {"in": "keyring", "backend", "account"} or {"in": "file", "secret"}.
Place = dict[str, str]


class DeviceKey:
    """The key of one device."""

    def __init__(self, device: str, secret: bytes) -> None:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        self.device = device
        self._key = Ed25519PrivateKey.from_private_bytes(secret)

    @property
    def public(self) -> str:
        """The half that may be known, 64 hex digits."""
        return self._key.public_key().public_bytes_raw().hex()

    def prove(self, purpose: str, nonce: str, told: str) -> str:
        """A signature over a nonce of the hub and what goes with it."""
        return self._key.sign(proof(purpose, nonce, self.device, told)).hex()


def make(device: str) -> tuple[DeviceKey, Place]:
    """A new key, and where it lies."""
    secret = os.urandom(SECRET_BYTES)
    account = f"device/{device}"
    try:
        backend = keyring_slot.put(account, secret)
    except Trouble:
        return DeviceKey(device, secret), {"in": FILE, "secret": secret.hex()}
    return DeviceKey(device, secret), {"in": KEYRING, "backend": backend, "account": account}


def take(device: str, place: Any) -> DeviceKey:
    """The key again; Trouble(code=GONE) when it is lost: the desk joins anew. A locked keyring is only locked."""
    if place.get("in") == FILE:
        return DeviceKey(device, bytes.fromhex(place["secret"]))
    try:
        secret = keyring_slot.take(place.get("account", ""), place.get("backend", ""), SECRET_BYTES)
    except Trouble as error:
        if error.code not in _LOST:
            raise
        raise Trouble(
            N_("The key with which this desk speaks to the hub is lost."),
            do=N_("Sign in at the hub again: on the Sync page, or rmdesk rejoin. Your data and what waits to be told "
                  "stay here."),
            code=GONE,
        ) from error  # fmt: skip
    return DeviceKey(device, secret)


def forget(place: Any) -> None:
    """Remove it from the keyring."""
    if place and place.get("in") == KEYRING:
        keyring_slot.forget(place["account"])
