"""`key`: what opens the profile; a new PIN, a new recovery code, the key exported."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rmdesk.base.text import _
from rmdesk.cli import asking
from rmdesk.cli.context import PASSPHRASE, PIN, Context, check_lease

NEW_PIN, RECOVERY = "RMDESK_NEW_PIN", "RMDESK_RECOVERY"


def register(subparsers: Any) -> None:
    """Add the commands of this group."""
    key = subparsers.add_parser("key", help=_("what opens the profile: PIN, recovery code, exported key"))
    verbs = key.add_subparsers(dest="verb", metavar="VERB", title=_("commands"), required=True)
    verbs.add_parser("status", help=_("what opens the profile now"))
    pin = verbs.add_parser("pin", help=_("choose a new PIN, kept with the keyring in use now"))
    pin.add_argument("--forgot", action="store_true", help=_("unlock with the recovery code instead of the old PIN"))
    recovery = verbs.add_parser("recovery", help=_("make a new recovery code; the old one opens nothing afterwards"))
    asking.recovery_option(recovery)
    anew = verbs.add_parser("rekey", help=_("write the data anew under a new key; older codes and keys open nothing"))
    asking.recovery_option(anew)
    export = verbs.add_parser("export", help=_("write the raw key into a new file"))
    export.add_argument("file", metavar="FILE", help=_("file to write; whoever has it can open the data"))


def run(args: argparse.Namespace, context: Context) -> int:
    """Run one command of this group."""
    work = {"status": _status, "pin": _pin, "recovery": _recovery, "rekey": _rekey, "export": _export}
    return work[args.verb](args, context)


def _status(args: argparse.Namespace, context: Context) -> int:
    from rmdesk.services.store import profile

    info = profile.describe(context.folder)
    if info.problem is not None:
        raise info.problem
    data = {
        "pin": info.has_pin,
        "keyring": info.keyring,
        "keyring_alone": info.has_keyring,
        "passphrase": info.has_passphrase,
        "recovery_code_of": info.recovery_of,
        "exported": list(info.exported),
        "demo": info.demo,
    }

    def said() -> Iterator[str]:
        if info.has_pin:
            yield _("PIN, with the keyring {name}").format(name=info.keyring)
        if info.has_keyring:
            yield _("The keyring {name} alone, as older versions did: rmdesk key pin").format(name=info.keyring)
        if info.has_passphrase:
            yield _("Passphrase")
        if info.demo:
            yield _("Demo profile: the key lies open.")
            return
        yield (
            _("Recovery code of {day}").format(day=info.recovery_of)
            if info.recovery_of
            else _("No recovery code yet: rmdesk key recovery")
        )
        for day in info.exported:
            yield _("Key exported on {day}").format(day=day)

    context.show(data, said)
    return 0


def _pin(args: argparse.Namespace, context: Context) -> int:
    """Also for a desk that has not reached its hub for too long: who lost the keyring needs a PIN to synchronise."""
    from rmdesk.services.store import access, keyring_slot, profile

    info = profile.describe(context.folder)
    if args.forgot:
        store = profile.open_with_code(context.folder, os.environ.get(RECOVERY) or asking.code())
    elif info.has_pin and context.key_file is None:
        access.change_pin(context.folder, os.environ.get(PIN) or asking.pin(), _new_pin())
        return _done(context, {"pin": True}, _("The PIN was changed."))
    else:
        store = context.opened()
    try:
        keyring_slot.backend_name()  # before anything is typed: without a safe keyring there is no PIN
        access.set_pin(store, _new_pin())
    finally:
        store.close()
    return _done(context, {"pin": True}, _("The PIN was changed."))


def _recovery(args: argparse.Namespace, context: Context) -> int:
    from rmdesk.services.store import access

    with context.store() as store, asking.given_code(args.to, context.output) as code:
        access.set_recovery(store, code)
    return _done(context, {"recovery": True}, _("The new recovery code is in force; the old one opens nothing."))


def _rekey(args: argparse.Namespace, context: Context) -> int:
    from rmdesk.services.store import lock, profile, rekey

    info = profile.describe(context.folder)
    if info.problem is not None:
        raise info.problem
    pin, passphrase = os.environ.get(PIN), os.environ.get(PASSPHRASE)
    if asking.at_terminal(context.output):
        pin = pin or (asking.pin() if info.has_pin else None)
        passphrase = passphrase or (asking.passphrase() if info.has_passphrase else None)
    _within_lease(context.folder, pin, passphrase)
    with lock.hold(context.folder), asking.given_code(args.to, context.output) as code:
        rekey.rekey(
            context.folder, code=code, pin=pin or None, passphrase=passphrase or None, progress=context.progress()
        )
    return _done(context, {"rekeyed": True}, _("The data lie under a new key; older codes and keys open nothing."))


def _within_lease(folder: Path, pin: str | None, passphrase: str | None) -> None:
    """A desk that must reach its hub first gets no new code; without proof the rekeying itself refuses."""
    from rmdesk.services.store import profile

    if not pin and not passphrase:
        return
    store = profile.open_with_pin(folder, pin) if pin else profile.open_with_passphrase(folder, passphrase or "")
    try:
        check_lease(store)
    finally:
        store.close()


def _export(args: argparse.Namespace, context: Context) -> int:
    from rmdesk.services.store import access

    with context.store() as store:
        access.export_key(store, Path(args.file))
    return _done(context, {"exported": args.file}, _("Written: {name}").format(name=args.file))


def _new_pin() -> str:
    return os.environ.get(NEW_PIN) or asking.pin(twice=True)


def _done(context: Context, data: dict[str, Any], line: str) -> int:
    context.show(data, lambda: iter([line]))
    return 0
