"""The system's keyring as a place for one secret. Never falls back: what is not safe is refused, in words.

The `keyring` package is loaded on first use only. Its calls may open the system's own dialog and block: they belong
on a worker.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from rmdesk.base.errors import Trouble
from rmdesk.base.text import N_

SERVICE = "rmdesk"
_UNSAFE = ("keyring.backends.fail", "keyring.backends.null", "keyrings.alt")
AGAIN = N_(
    "Unlock with the recovery code, a passphrase or a key file, and choose a new PIN. Your data was not changed."
)
_LOCKED = ("KeyringLocked", "LockedException", "PromptDismissedException")


def backend_name() -> str:
    """The name of the keyring that would be used; Trouble when there is none that is safe."""
    return _name(_backend())


def put(account: str, secret: bytes) -> str:
    """Keep a secret under a name, read it back whole, and return the backend's name.

    Trouble when the keyring gives back something else.
    """
    backend = _backend()
    with _told():
        backend.set_password(SERVICE, account, secret.hex())
        kept = backend.get_password(SERVICE, account)
    if kept != secret.hex():
        raise Trouble(
            N_("The system's keyring did not give back what was stored in it."),
            do=N_("Use a passphrase instead. Your data was not changed."),
            code="keyring_lossy",
        )
    return _name(backend)


def take(account: str, backend_used: str, size: int) -> bytes:
    """The secret kept under a name; Trouble when the keyring is another one, is locked, or lost it."""
    backend = _backend()
    if _name(backend) != backend_used:
        raise Trouble(
            N_("The key was stored in another keyring ({then}) than the one in use now ({now})."),
            do=AGAIN,
            code="keyring_changed",
            then=backend_used,
            now=_name(backend),
        )
    with _told():
        kept = backend.get_password(SERVICE, account)
    if kept is None:
        raise Trouble(
            N_("The system's keyring no longer holds the key of this profile."),
            do=AGAIN,
            code="keyring_entry_gone",
        )
    try:
        secret = bytes.fromhex(kept)
    except ValueError:
        secret = b""
    if len(secret) != size:
        raise changed_entry()
    return secret


def changed_entry() -> Trouble:
    """An entry is there, and it is not the one that was put there."""
    return Trouble(
        N_("What the system's keyring holds for this profile is not its key."), do=AGAIN, code="keyring_entry_changed"
    )


def probe(size: int) -> Trouble | None:
    """Keep a secret of the real size, read it back and remove it; what is wrong with the keyring, or None."""
    account = f"probe/{os.urandom(8).hex()}"
    try:
        put(account, os.urandom(size))
        forget(account)
    except Trouble as error:
        return error
    return None


def forget(account: str) -> None:
    """Remove a secret; nothing happens when it is gone already."""
    from keyring.errors import PasswordDeleteError

    backend = _backend()
    with _told():
        try:
            backend.delete_password(SERVICE, account)
        except PasswordDeleteError:
            return


def _backend() -> Any:
    import keyring

    with _told():
        backend = keyring.get_keyring()
        members = list(getattr(backend, "backends", ()))
        checked = members or [backend]
        for member in checked:
            if _is_unsafe(member):
                raise Trouble(
                    N_("The system has no safe keyring ({name})."),
                    do=N_(
                        "Use a passphrase; or set up the system's own keyring and try again. Your data was not changed."
                    ),
                    code="keyring_unsafe",
                    name=_name(member),
                )
    return checked[0]


def _is_unsafe(backend: Any) -> bool:
    name = _name(backend)
    if name.startswith(_UNSAFE) or "plaintext" in name.casefold():
        return True
    try:
        return float(backend.priority) < 1
    except Exception:  # a backend's priority raises whatever its platform check raises
        return True


def _name(backend: Any) -> str:
    return f"{type(backend).__module__}.{type(backend).__qualname__}"


@contextmanager
def _told() -> Iterator[None]:
    """Turns every error of a keyring backend into a sentence; backends raise far more than their own errors."""
    try:
        yield
    except Trouble:
        raise
    except Exception as error:
        if type(error).__name__ in _LOCKED:
            raise Trouble(
                N_("The system's keyring is locked."),
                do=N_(
                    "Unlock it (by signing in to the desktop) and try again, or use the passphrase. "
                    "Your data was not changed."
                ),
                code="keyring_locked",
            ) from error
        raise Trouble(
            N_("The system's keyring could not be used ({reason})."),
            do=N_("Use the passphrase, or set up the system's own keyring and try again. Your data was not changed."),
            code="keyring",
            reason=type(error).__name__,
        ) from error
