"""Words whose kind is not told find their slot; a PIN is tried last, as that counts."""

from __future__ import annotations

from pathlib import Path

import pytest

from rmdesk.base.errors import Refused
from rmdesk.services.store import daily, key_file, profile, recovery_code
from rmdesk.services.store.key_file import SlotKind
from rmdesk.services.store.words import key_from
from tests.support.profiles import PASSPHRASE, PIN, MemoryKeyring


def test_all_words_of_a_profile_open_it(tmp_path: Path, memory_keyring: MemoryKeyring, cheap: None) -> None:
    code = recovery_code.make()
    store = profile.create(tmp_path, who="李慧", pin=PIN, passphrase=PASSPHRASE, code=code)
    file, _spare = key_file.read(tmp_path)
    assert [key_from(file, words) for words in (PIN, PASSPHRASE, recovery_code.shown(code))] == [store.key] * 3
    slot = file.slot(SlotKind.DAILY)
    assert slot is not None
    with pytest.raises(Refused, match="PIN is not right"):
        key_from(file, "some other words")
    assert daily.tried(slot) == 1
    with pytest.raises(Refused, match="not right"):
        key_from(file.without(SlotKind.DAILY), "some other words")
    with pytest.raises(Refused, match="no passphrase"):
        key_from(file.without(SlotKind.DAILY).without(SlotKind.PASSPHRASE), PIN)
    store.close()
