"""The key file `key.json` beside the data: which slots there are, read and written so that it is never half there."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
from collections.abc import Iterable
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import Any

from rmdesk.base.errors import Refused, Trouble
from rmdesk.base.record import record, replace
from rmdesk.base.text import N_
from rmdesk.services.store.place import told_of_files

FILE = "key.json"
SPARE = "key.previous.json"
KEY_BYTES = 32
VERSION = 2  # 1 knew neither PIN nor recovery code
# What a key file may ask for; more would be an attack on the memory of whoever opens it.
_MOST_MEMORY_KIB, _MOST_PASSES, _MOST_LANES = 1 << 21, 64, 16
_MOST_FILE_BYTES = 1 << 20


class SlotKind(StrEnum):
    DAILY = "daily"
    RECOVERY = "recovery"
    PASSPHRASE = "passphrase"
    FORMER = "former"  # no way in: the key before, under the present one, while data and backups move (rekey.py)
    KEYRING = "keyring"  # without a PIN: of profiles made before version 2; kept working, made no more


STRETCHED = {SlotKind.PASSPHRASE: "argon2id", SlotKind.DAILY: "argon2id+hkdf-sha256"}
OF_EVERY_DAY = (SlotKind.DAILY, SlotKind.PASSPHRASE, SlotKind.KEYRING)
IN_KEYRING = (SlotKind.DAILY, SlotKind.KEYRING)


@record
class Slot:
    """The raw key sealed under one secret; `params` say how the secret becomes the sealing key."""

    kind: SlotKind
    params: dict[str, Any]
    nonce: bytes
    sealed: bytes


@record
class KeyFile:
    """What key.json holds. `check` tells a right key from a wrong one without opening the data file."""

    profile: str
    who: str
    check: str
    slots: tuple[Slot, ...] = ()
    demo_key: bytes | None = None
    exported: tuple[str, ...] = ()  # the days on which the raw key was exported

    @property
    def demo(self) -> bool:
        """Whether the key lies open, because all data is invented."""
        return self.demo_key is not None

    def slot(self, kind: SlotKind) -> Slot | None:
        """The slot of a kind, or None."""
        return next((slot for slot in self.slots if slot.kind is kind), None)

    def with_slot(self, slot: Slot) -> KeyFile:
        """The same with this slot in place of the one of its kind."""
        return replace(self, slots=(*(kept for kept in self.slots if kept.kind is not slot.kind), slot))

    def without(self, kind: SlotKind) -> KeyFile:
        """The same without the slot of a kind."""
        return replace(self, slots=tuple(slot for slot in self.slots if slot.kind is not kind))

    def knows(self, key: bytes) -> bool:
        """Whether this is the key of the profile."""
        return hmac.compare_digest(self.check, check_of(key, self.profile))


def check_of(key: bytes, profile: str) -> str:
    """A value that only this key gives, and from which the key cannot be found."""
    return hmac.new(key, f"rmdesk key check {profile}".encode(), hashlib.sha256).hexdigest()[:32]


def write(folder: Path, file: KeyFile) -> None:
    """Write key.json so that at every moment a whole one lies on the disk, then refresh the spare beside it.

    The spare equals the file itself once this returns, or is gone where there was no room for it: an old PIN does not
    live on in it. Trouble: the old file stands, unless `read` gives the new one.
    """
    text = content(file)
    with told_of_files(FILE):
        _replace(folder / FILE, text)
        try:
            _replace(folder / SPARE, text)
        except OSError:
            (folder / SPARE).unlink(missing_ok=True)


def _bytes_of(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None


_ELSEWHERE = N_(
    "A backup holds it too: rmdesk backup restore FILE --into FOLDER. Or unlock with the exported "
    "key file. Your data was not changed."
)


def content(file: KeyFile) -> bytes:
    """What key.json holds, as JSON."""
    return json.dumps(_plain(file), ensure_ascii=False, indent=1).encode()


def read(folder: Path) -> tuple[KeyFile, bool]:
    """The key file, and whether it came from the spare because key.json itself is missing or damaged.

    Raises Trouble `no_key_file` when there is none, `damaged_key_file` when none can be read.
    """
    damaged = False
    for name in (FILE, SPARE):
        try:
            with told_of_files(name):
                text = _bytes_of(folder / name)
            if text is not None:
                return parse(text), name == SPARE
        except (ValueError, KeyError, TypeError):
            damaged = True
    if damaged:
        raise Trouble(
            N_("The key file of this profile is damaged ({name})."),
            do=_ELSEWHERE,
            code="damaged_key_file",
            name=FILE,
        )
    raise Trouble(
        N_("The key file of this profile is missing ({name}). Without it the data cannot be read."),
        do=_ELSEWHERE,
        code="no_key_file",
        name=FILE,
    )


def _plain(file: KeyFile) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "version": VERSION,
        "profile": file.profile,
        "who": file.who,
        "check": file.check,
        "demo": file.demo,
        "exported": list(file.exported),
        "slots": [
            {"kind": slot.kind.value, "params": slot.params, "nonce": slot.nonce.hex(), "sealed": slot.sealed.hex()}
            for slot in file.slots
        ],
    }
    if file.demo_key is not None:
        plain["note"] = "Demo profile: all data is invented, so its key lies open here."
        plain["key"] = file.demo_key.hex()
    return plain


def parse(text: bytes) -> KeyFile:
    """The key file of its JSON; ValueError, KeyError or TypeError when it is not one, Refused when it is newer."""
    if len(text) > _MOST_FILE_BYTES:
        raise ValueError
    read = json.loads(text)
    if read["version"] > VERSION:
        raise Refused(
            N_("The key file of this profile was written by a newer rmdesk."),
            do=N_("Install the newer version. The file was not changed."),
            code="newer_file",
        )
    file = KeyFile(
        profile=_text(read["profile"]),
        who=_text(read["who"]),
        check=_text(read["check"]),
        slots=_slots(read["slots"]),
        demo_key=bytes.fromhex(read["key"]) if read["demo"] else None,
        exported=tuple(_text(day) for day in read["exported"]),
    )
    if file.demo_key is not None and not file.knows(file.demo_key):
        raise ValueError
    return file


def _slots(read: Iterable[Any]) -> tuple[Slot, ...]:
    slots = []
    for entry in read:
        slot = Slot(
            SlotKind(entry["kind"]),
            dict(entry["params"]),
            bytes.fromhex(entry["nonce"]),
            bytes.fromhex(entry["sealed"]),
        )
        params = slot.params
        bytes.fromhex(params["salt"])
        if slot.kind in STRETCHED and not (
            params["kdf"] == STRETCHED[slot.kind]
            and 0 < params["passes"] <= _MOST_PASSES
            and 0 < params["memory_kib"] <= _MOST_MEMORY_KIB
            and 0 < params["lanes"] <= _MOST_LANES
        ):
            raise ValueError
        if slot.kind in IN_KEYRING:
            _text(params["backend"]), _text(params["account"])
        if slot.kind is SlotKind.DAILY:
            _text(params["mark"])
        if slot.kind is SlotKind.RECOVERY:
            _text(params["made"])
        if slot.kind is SlotKind.FORMER:
            _text(params["account"])
        slots.append(slot)
    return tuple(slots)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _replace(path: Path, content: bytes) -> None:
    fresh = path.with_name(f"{path.name}.new")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        fresh.replace(path)
    except OSError:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
        raise
    if os.name == "posix":  # the rename itself lasts only once the folder is on the disk
        inside = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(inside)
        finally:
            os.close(inside)
