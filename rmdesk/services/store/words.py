"""Words that open a profile, when it is not told which of its secrets they are."""

from __future__ import annotations

from rmdesk.base.errors import Refused
from rmdesk.services.store import daily, keys, recovery_code
from rmdesk.services.store.key_file import KeyFile, SlotKind


def key_from(file: KeyFile, words: str) -> bytes:
    """The raw key by recovery code, passphrase or PIN, whichever they are; a PIN is tried last, as that counts."""
    try:
        code = recovery_code.read(words)
    except Refused:
        has_pin = file.slot(SlotKind.DAILY) is not None
        try:
            return keys.open_with_passphrase(file, words)
        except Refused:
            if not has_pin:
                raise
            return daily.unlock(file, words)
    return keys.open_with_code(file, code)
