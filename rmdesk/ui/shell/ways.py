"""What opening a profile does on the worker; nothing is imported before it is called."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from rmdesk.base.errors import Known, Trouble

if TYPE_CHECKING:
    from rmdesk.services.store.profile import ProfileInfo
    from rmdesk.services.store.store import Store
    from rmdesk.ui.unlock.first_run import NewProfile
    from rmdesk.ui.unlock.recover_form import Recovery


def keyring_trouble() -> Trouble | None:
    """What is wrong with this computer's keyring, tried with a secret of the real size; None when it can be used."""
    from rmdesk.services.store import keyring_slot
    from rmdesk.services.store.passphrase import key_rules

    return keyring_slot.probe(key_rules().secret_bytes)


def created(folder: Path, answers: NewProfile) -> Store:
    """A new profile, open; with what was in an archive, where one was chosen."""
    from rmdesk.services.store import profile

    store = profile.create(
        folder, who=answers.who, pin=answers.pin, passphrase=answers.passphrase, code=answers.code
    )  # fmt: skip
    if answers.archive is None:
        return store
    from rmdesk.services.archive import reading
    from rmdesk.services.store.store import Store

    path, key = store.path, store.key
    reading.read_into(answers.archive, answers.password, store)
    return Store(path, key, answers.who)


def told_of(file: Path) -> ProfileInfo | Path:
    """What a backup tells of itself; an archive, which tells nothing without its password, is given back."""
    from rmdesk.services.archive import reading
    from rmdesk.services.store import restoring

    try:
        return restoring.describe(file)
    except Trouble as error:
        try:
            reading.describe(file)
        except Known:
            raise error from None
        return file


def recovered(folder: Path, answer: Recovery) -> Store:
    """The profile opened by recovery code or key file, and its new PIN or passphrase in force."""
    from rmdesk.services.store import access, profile

    by = answer.by
    store = profile.open_with_code(folder, by) if isinstance(by, str) else profile.open_with_key_file(folder, by)
    try:
        if answer.secret.pin is not None:
            access.set_pin(store, answer.secret.pin)
        elif answer.secret.passphrase is not None:
            access.set_passphrase(store, answer.secret.passphrase)
    except BaseException:
        store.close()
        raise
    return store
