"""Case 35: whatever becomes of the keyring, it is said, nothing weaker takes its place, and there is a way back."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import keyring.backends.fail
import keyring.backends.null
import pytest

from rmdesk.base.errors import Trouble
from rmdesk.services import settings
from rmdesk.services.settings import general
from rmdesk.services.settings.commands import ChangeSetting
from rmdesk.services.store import access, profile, recovery_code
from tests.services.store.test_keyring_slot import Locked, _plain_text
from tests.support import profiles, secret_service
from tests.support.profiles import PIN, MemoryKeyring

CODE = recovery_code.make()
NEW = "280461"


class Other(MemoryKeyring):
    """Another system's keyring."""


def gone(kept: MemoryKeyring) -> Any:
    return MemoryKeyring()


def one_byte_more(kept: MemoryKeyring) -> Any:
    for place, secret in kept.kept.items():
        if not place[1].endswith("/tries"):
            kept.kept[place] = secret + "00"
    return kept


def another_secret(kept: MemoryKeyring) -> Any:
    kept.kept = {place: "ab" * (len(secret) // 2) for place, secret in kept.kept.items()}
    return kept


def moved(kept: MemoryKeyring) -> Any:
    other = Other()
    other.kept = kept.kept
    return other


@pytest.mark.parametrize(
    ("lost", "code", "safe_again"),
    [
        (lambda kept: keyring.backends.fail.Keyring(), "keyring_unsafe", False),
        (lambda kept: keyring.backends.null.Keyring(), "keyring_unsafe", False),
        (lambda kept: _plain_text(), "keyring_unsafe", False),
        (lambda kept: Locked(), "keyring_changed", False),
        (moved, "keyring_changed", True),
        (gone, "keyring_entry_gone", True),
        (one_byte_more, "keyring_entry_changed", True),
        (another_secret, "keyring_entry_changed", True),
    ],
)
def test_case_35_the_recovery_code_leads_back_and_edits_survive(
    tmp_path: Path, cheap: None, lost: Any, code: str, safe_again: bool
) -> None:
    before = MemoryKeyring()
    with profiles.using(before):
        store = profile.create(tmp_path, who="李慧", pin=PIN, code=CODE)
        store.perform(ChangeSetting("general.branch", "滨江支行"))  # written and told to nobody yet
        store.close()
    with profiles.using(lost(before)):
        with pytest.raises(Trouble) as trouble:
            profile.open_with_pin(tmp_path, PIN)
        assert trouble.value.code == code
        assert trouble.value.advice
        store = profile.open_with_code(tmp_path, CODE)
        assert branch(store) == "滨江支行"
        if safe_again:
            access.set_pin(store, NEW)
        else:
            with pytest.raises(Trouble):  # and never a weaker way instead
                access.set_pin(store, NEW)
            access.set_passphrase(store, profiles.PASSPHRASE)
        store.close()
        again = profile.open_with_pin if safe_again else profile.open_with_passphrase
        store = again(tmp_path, NEW if safe_again else profiles.PASSPHRASE)
        assert branch(store) == "滨江支行"
        store.close()


def test_case_35_a_locked_keyring_opens_when_it_is_unlocked(tmp_path: Path, cheap: None) -> None:
    class Shut(MemoryKeyring):
        shut = False

        def get_password(self, service: str, username: str) -> str | None:
            return Locked().get_password(service, username) if self.shut else super().get_password(service, username)

    with profiles.using(Shut()) as backend:
        profile.create(tmp_path, who="李慧", pin=PIN, code=CODE).close()
        backend.shut = True
        with pytest.raises(Trouble) as trouble:
            profile.open_with_pin(tmp_path, PIN)
        assert trouble.value.code == "keyring_locked"
        profile.open_with_code(tmp_path, CODE).close()
        backend.shut = False
        profile.open_with_pin(tmp_path, PIN).close()


def branch(store: Any) -> str:
    return str(store.read(settings.value, general.BRANCH))


RUN = """
import sys
from pathlib import Path
from rmdesk.base.errors import Known
from rmdesk.services.store import access, daily, key_file, profile
from rmdesk.services.store.passphrase import key_rules
from tests.support import profiles

folder, code = Path(sys.argv[1]), sys.argv[2]

def tried(pin):
    try:
        profile.open_with_pin(folder, pin).close()
    except Known as error:
        return error.code
    return "open"

with profiles.cheap():
    for step in sys.argv[3:]:
        if step == "make":
            profile.create(folder, who="x", pin=profiles.PIN, code=code).close()
            print(profile.describe(folder).keyring)
        elif step == "lock":
            import keyring
            collection = keyring.get_keyring().get_preferred_collection()
            collection.lock()
        elif step == "delete":
            import keyring
            slot = key_file.read(folder)[0].slot(key_file.SlotKind.DAILY)
            keyring.get_keyring().delete_password("rmdesk", slot.params["account"])
        elif step == "code":
            profile.open_with_code(folder, code).close()
            print("open")
        elif step == "again":
            store = profile.open_with_code(folder, code)
            access.set_pin(store, profiles.PIN)
            store.close()
        elif step == "wear":
            print([tried("000000") for _ in range(key_rules().pin_tries)][-1])
        else:
            print(tried(step))
"""


def session(home: Path, *steps: str) -> list[str]:
    done = secret_service.run(RUN, home, str(home / "p"), CODE, *steps)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def without_a_session(home: Path, *steps: str) -> list[str]:
    """The same computer without a desktop: no bus, no keyring."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("DBUS", "DISPLAY", "XDG"))}
    environment |= {"HOME": str(home), "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    environment["DBUS_SESSION_BUS_ADDRESS"] = f"unix:path={home / 'none'}"
    done = subprocess.run(
        [sys.executable, "-c", RUN, str(home / "p"), CODE, *steps],
        env=environment,
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def test_case_35_with_the_real_secret_service(tmp_path: Path) -> None:
    assert session(tmp_path, "make", PIN, "000000") == ["keyring.backends.SecretService.Keyring", "open", "wrong_pin"]
    assert session(tmp_path, PIN, "delete", PIN, "again", PIN) == ["open", "keyring_entry_gone", "open"]
    for kept in (tmp_path / "data" / "keyrings").iterdir():
        kept.unlink()  # the whole keyring is wiped
    assert session(tmp_path, PIN, "again", PIN, "wear", PIN) == ["keyring_entry_gone", "open", "pin_worn", "pin_worn"]
    assert session(tmp_path, PIN, "again", PIN) == ["pin_worn", "open"]  # the count outlives the session
    assert session(tmp_path, "lock", PIN) == ["keyring_locked"]
    assert session(tmp_path, PIN) == ["open"]  # unlocked again at the next signing in
    assert without_a_session(tmp_path, PIN, "code") == ["keyring_unsafe", "open"]
