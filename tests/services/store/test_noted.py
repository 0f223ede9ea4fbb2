"""What is tried and done with the keys stands in the audit log, once it can be written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rmdesk.base.errors import Known
from rmdesk.services.audit import noting
from rmdesk.services.store import access, profile, recovery_code, rekey
from tests.support.profiles import PASSPHRASE, PIN, MemoryKeyring

CODE, NEW = recovery_code.make(), recovery_code.make()


def test_failures_and_changes_are_written_at_the_next_unlocking(
    tmp_path: Path, memory_keyring: MemoryKeyring, cheap: None
) -> None:
    profile.create(tmp_path, who="李慧", pin=PIN, passphrase=PASSPHRASE, code=CODE).close()
    for fail in (
        lambda: profile.open_with_pin(tmp_path, "000000"),
        lambda: profile.open_with_passphrase(tmp_path, "wrong words altogether"),
        lambda: profile.open_with_code(tmp_path, NEW),
    ):
        with pytest.raises(Known):
            fail()
    access.change_pin(tmp_path, PIN, "280461")
    rekey.rekey(tmp_path, code=NEW, pin="280461")
    store = profile.open_with_pin(tmp_path, "280461")
    access.export_key(store, tmp_path / "desk.key")
    noting.opened(store, "pin")
    rows = store.read(lambda reads: reads.rows("SELECT act, facts FROM audit_entry ORDER BY seq"))
    store.close()
    told = [(act, *json.loads(facts).values()) for act, facts in rows]
    assert told == [
        ("unlock_failed", "wrong_pin", "pin"),
        ("unlock_failed", "wrong_passphrase", "passphrase"),
        ("unlock_failed", "wrong_code", "recovery"),
        ("keys", "pin"),
        ("keys", "data_key"),
        ("keys", "exported"),
        ("unlock", "pin"),
    ]
