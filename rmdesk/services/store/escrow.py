"""The bank's way into a desk: its data key sealed to the bank's recovery key, opened where the private half lies.

A sealed box of 108 bytes: an X25519 public key made for this box alone (32), then AES-256-GCM (nonce 12, tag 16) over
data key (32) and device id (16), under HKDF-SHA256 of the shared secret with both public keys as salt. Nobody opens it
without the private half, also not the desk and the hub. That half is a PKCS #8 PEM file or lies in the bank's own
device; it never comes near the hub.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from rmdesk.base.errors import Refused
from rmdesk.base.text import N_
from rmdesk.services.store.place import told_of_files

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

_KEY, _DEVICE, _NONCE, _TAG = 32, 16, 12, 16
BOX_BYTES = _KEY + _NONCE + _KEY + _DEVICE + _TAG
_PURPOSE = b"rmdesk escrow"


class Opened(NamedTuple):
    """What a box held: the data key of a desk, and the desk's id at the hub (32 hex digits)."""

    key: bytes
    device: str


def seal(public: str, key: bytes, device: str) -> bytes:
    """Seal a desk's data key for the holder of the private half; `public` is 64 hex digits."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    bank, once = bytes.fromhex(public), X25519PrivateKey.generate()
    mine, nonce = once.public_key().public_bytes_raw(), os.urandom(_NONCE)
    shared = once.exchange(X25519PublicKey.from_public_bytes(bank))
    content = AESGCM(_derived(shared, mine, bank)).encrypt(nonce, key + bytes.fromhex(device), _PURPOSE)
    return mine + nonce + content


def unseal(private: X25519PrivateKey, box: bytes) -> Opened:
    """What a box holds; Refused when it was sealed to another key, or is not whole."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    mine, nonce, sealed = box[:_KEY], box[_KEY : _KEY + _NONCE], box[_KEY + _NONCE :]
    try:
        shared = private.exchange(X25519PublicKey.from_public_bytes(mine))
        bank = private.public_key().public_bytes_raw()
        content = AESGCM(_derived(shared, mine, bank)).decrypt(nonce, sealed, _PURPOSE)
    except (InvalidTag, ValueError) as error:
        raise Refused(
            N_("This box does not open with this recovery key."),
            do=N_("Take the private key whose public half the hub told when the box was made."),
            field="private",
            code="wrong_escrow_key",
        ) from error
    return Opened(content[:_KEY], content[_KEY:].hex())


def make_pair(file: Path, password: str) -> str:
    """Write a new private key into a new file, encrypted with a password; gives the public half, 64 hex digits."""
    from cryptography.hazmat.primitives import serialization as forms
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    private = X25519PrivateKey.generate()
    text = private.private_bytes(
        forms.Encoding.PEM, forms.PrivateFormat.PKCS8, forms.BestAvailableEncryption(password.encode())
    )
    with told_of_files(file.name):
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as out:
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
    return private.public_key().public_bytes_raw().hex()


def read_private(file: Path, password: str) -> X25519PrivateKey:
    """The private key in a PEM file (ours, or one of openssl's); Refused when it is none or the password is wrong."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    with told_of_files(file.name):
        text = file.read_bytes()
    try:
        found = load_pem_private_key(text, password.encode() or None)
    except (ValueError, TypeError) as error:
        raise _no_private(file) from error
    if not isinstance(found, X25519PrivateKey):
        raise _no_private(file)
    return found


def _no_private(file: Path) -> Refused:
    return Refused(
        N_("{name} holds no X25519 private key, or the password is wrong."),
        do=N_("Give the file that rmdesk escrow pair wrote, and its password."),
        field="private",
        code="no_private_key",
        name=file.name,
    )


def _derived(shared: bytes, mine: bytes, bank: bytes) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(SHA256(), _KEY, mine + bank, _PURPOSE).derive(shared)
