"""What the bank offers as an update: one signed file, read strictly.

`{"manifest": "<JSON text>", "signature": "<base64>"}`: the signature (Ed25519) is over the text's very bytes, so that
no other way to write the same JSON can pass. Inside: product, version, published, until, least (the oldest version
that may go straight to this one), notes (per language) and files (name, system, size in bytes, sha256).
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import re
from datetime import date
from typing import Any

from rmdesk.base.errors import Refused
from rmdesk.base.record import record
from rmdesk.base.text import N_

PRODUCT = "rmdesk"
SYSTEMS = ("debian", "linux", "windows", "macos")
LONGEST = 1 << 20  # bytes of a manifest
LARGEST = 1 << 40  # bytes of a file; no installer comes near
VERSION = re.compile(r"\d{1,4}(\.\d{1,4}){1,3}", re.ASCII)
NAME = re.compile(r"[A-Za-z0-9][\w.+-]{0,120}", re.ASCII)  # neither a folder, nor a drive, nor hidden
HASH = re.compile(r"[0-9a-f]{64}")
# What reading strange JSON raises; one that is nested too deeply is no bug of ours either.
UNFIT = (ValueError, KeyError, TypeError, AttributeError, RecursionError, OverflowError)
ASK = N_("Nothing was installed. Tell the administrator; until then go on working with this version.")


@record
class File:
    """One file of an offer: for which system, how many bytes, its SHA-256 in hex."""

    name: str
    system: str
    size: int
    sha256: str


@record
class Offer:
    """A version that the bank offers. `until` is the last day on which it may be taken; `least` may be empty."""

    version: str
    published: date
    until: date
    least: str
    notes: dict[str, str]
    files: tuple[File, ...]

    def file_for(self, system: str) -> File | None:
        """The file for a system; None when there is none."""
        return next((file for file in self.files if file.system == system), None)


def read(raw: bytes, key: str, today: date) -> Offer:
    """The offer in these bytes, once its signature is that of `key` (base64 of an Ed25519 public key).

    Raises Refused, each time with what to do: no manifest, a signature of somebody else, over its last day.
    """
    if len(raw) > LONGEST:
        raise _no_manifest()
    try:
        told = json.loads(raw)
        text, signature = told["manifest"], base64.b64decode(told["signature"], validate=True)
        signed = text.encode("utf-8")
    except UNFIT:
        raise _no_manifest() from None
    _check(signed, signature, key)
    try:
        offer = _offer(json.loads(text))
    except UNFIT:
        raise _no_manifest() from None
    if offer.until < today:
        raise Refused(
            N_("The offer of version {version} ended on {day}."),
            do=N_("Ask the administrator for a new manifest: an old one may hide a newer version."),
            code="offer_over",
            version=offer.version,
            day=offer.until,
        )
    return offer


def print_of(key: str) -> str:
    """A short name of a key, to compare by eye: eight groups of four hex digits of its SHA-256."""
    digits = hashlib.sha256(base64.b64decode(key)).hexdigest()[:32]
    return " ".join(digits[at : at + 4] for at in range(0, 32, 4))


def is_newer(version: str, than: str) -> bool:
    """Whether a version comes after another; a missing part counts as 0."""
    return _parts(version) > _parts(than)


def may_follow(offer: Offer, here: str) -> bool:
    """Whether this version may go straight to the offered one."""
    return not offer.least or not is_newer(offer.least, here)


def _parts(version: str) -> tuple[int, ...]:
    numbers = [int(part) for part in version.split(".")]
    return tuple(numbers + [0] * (4 - len(numbers)))


def _check(signed: bytes, signature: bytes, key: str) -> None:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        public = Ed25519PublicKey.from_public_bytes(base64.b64decode(key, validate=True))
    except (ValueError, binascii.Error):
        raise Refused(
            N_("The key for updates in policy.toml is not a key."),
            do=N_("The administrator finds the right line in docs/rollout.md."),
            code="bad_update_key",
        ) from None
    try:
        public.verify(signature, signed)
    except InvalidSignature:
        raise Refused(N_("The offer was not signed by the bank."), do=ASK, code="bad_signature") from None


def _offer(told: dict[str, Any]) -> Offer:
    if told["product"] != PRODUCT:
        raise ValueError("another product")
    files = tuple(_file(one) for one in told["files"])
    notes = {str(language): str(text) for language, text in told["notes"].items()}
    least = _version(told["least"]) if told.get("least") else ""
    return Offer(
        _version(told["version"]), date.fromisoformat(told["published"]), date.fromisoformat(told["until"]), least,
        notes, files,
    )  # fmt: skip


def _file(told: dict[str, Any]) -> File:
    made = File(str(told["name"]), str(told["system"]), told["size"], str(told["sha256"]))
    if not NAME.fullmatch(made.name) or made.system not in SYSTEMS or not HASH.fullmatch(made.sha256):
        raise ValueError("no file of ours")
    if not isinstance(made.size, int) or isinstance(made.size, bool) or not 0 < made.size <= LARGEST:
        raise ValueError("no size")
    return made


def _version(told: object) -> str:
    if not isinstance(told, str) or not VERSION.fullmatch(told):
        raise ValueError("no version")
    return told


def _no_manifest() -> Refused:
    return Refused(N_("What was found is no offer of an update."), do=ASK, code="bad_manifest")
