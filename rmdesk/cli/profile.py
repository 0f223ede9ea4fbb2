"""`init` makes a profile; `doctor` looks over it and the program."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rmdesk.base.errors import Known, Refused, Trouble
from rmdesk.base.text import N_, Phrase, _
from rmdesk.cli import asking
from rmdesk.cli.context import PASSPHRASE, PIN, Context
from rmdesk.cli.output import TROUBLE

if TYPE_CHECKING:
    from rmdesk.services.store.doctor import CheckRow


def register(subparsers: Any) -> None:
    """Add the commands of this group."""
    init = subparsers.add_parser("init", help=_("create a profile"))
    init.add_argument("--who", metavar="NAME", help=_("name of the relationship manager"))
    init.add_argument(
        "--passphrase", action="store_true", help=_("unlock by a passphrase: for a computer without a safe keyring")
    )
    asking.recovery_option(init)
    doctor = subparsers.add_parser("doctor", help=_("check the program and the profile"))
    doctor.add_argument(
        "--salvage", action="store_true", help=_("put what can be read of damaged data in its place, and keep it aside")
    )
    doctor.add_argument("--mend", action="store_true", help=_("make anew what can be, and say what was done"))


def run(args: argparse.Namespace, context: Context) -> int:
    """Run one command of this group."""
    return _init(args, context) if args.command == "init" else _doctor(args, context)


def _init(args: argparse.Namespace, context: Context) -> int:
    from rmdesk.services.store import profile

    profile.check_free(context.folder)
    pin, passphrase = _chosen(args, context)
    who = args.who or os.environ.get("USER") or os.environ.get("USERNAME") or "rm"
    code = None
    if args.to or asking.at_terminal(context.output):
        with asking.given_code(args.to, context.output, Known) as code:
            profile.create(context.folder, who=who, pin=pin, passphrase=passphrase, code=code).close()
    elif pin is not None:
        raise asking.no_way_to_give_code()
    else:
        profile.create(context.folder, who=who, passphrase=passphrase).close()
    data = {"profile": str(context.folder.absolute()), "who": who, "demo": False, "recovery": code is not None}

    def said() -> Iterator[str]:
        yield _("Profile created in {folder}.").format(folder=context.folder)
        if code is None:
            yield _("It has no recovery code yet: rmdesk key recovery")

    context.show(data, said)
    return 0


def _chosen(args: argparse.Namespace, context: Context) -> tuple[str | None, str | None]:
    """PIN and passphrase for a new profile; at least one."""
    from rmdesk.services.store import keyring_slot

    passphrase = _passphrase_in(context.key_file) if context.key_file else os.environ.get(PASSPHRASE) or None
    pin = os.environ.get(PIN) or None
    if pin or passphrase:
        return pin, passphrase
    if not asking.at_terminal(context.output):
        raise Refused(
            N_("A new profile needs a PIN or a passphrase."),
            do=N_("Set RMDESK_PIN, or RMDESK_PASSPHRASE on a computer without a safe keyring."),
            field="pin",
            code="no_passphrase",
        )
    if args.passphrase:
        return None, asking.passphrase(twice=True)
    keyring_slot.backend_name()  # before anything is typed: without a safe keyring there is no PIN
    return asking.pin(twice=True), None


def _passphrase_in(file: Path) -> str:
    """The first line of a text file; an exported key belongs to a profile already."""
    from rmdesk.services.store import keys

    read = keys.read_exported(file)
    if isinstance(read, str):
        return read
    raise Refused(
        N_("{name} is the key of another profile."),
        do=N_("A new profile makes its own key. Give a text file with a passphrase as its first line."),
        field="key_file", code="not_a_passphrase", name=file.name,
    )  # fmt: skip


def _doctor(args: argparse.Namespace, context: Context) -> int:
    """All checks; those of the data itself only when the profile can be opened. Status 3 when something is bad."""
    if args.salvage:
        return _salvage(context)
    from rmdesk.services.health import examining
    from rmdesk.services.store import doctor

    try:
        with context.store(late=True) as store:
            rows = examining.examine(context.folder, store, context.progress(), mend=args.mend)
    except Refused as error:
        if error.code not in ("no_profile", "locked"):
            raise
        rows = examining.examine(context.folder, mend=args.mend)
    except Trouble as error:
        text, do = Phrase(error.message, error.params), Phrase(error.do, error.params)
        rows = (*doctor.examine(context.folder), doctor.CheckRow("data", doctor.State.BAD, text, do, error.code))
    is_well = all(row.state is not doctor.State.BAD for row in rows)
    data = {"ok": is_well, "checks": [doctor.plain(row) for row in rows]}
    context.show(data, lambda: _checks(rows))
    return 0 if is_well else TROUBLE


def _salvage(context: Context) -> int:
    from rmdesk.services.health import salvage
    from rmdesk.services.store import lock
    from rmdesk.services.store.engine import Damaged

    try:
        store = context.opened()
        key = store.key
        store.close()
    except Damaged as error:
        key = error.key
    with lock.hold(context.folder):
        salvage.check_needed(context.folder, key, context.progress())
        saved = salvage.save(context.folder, key, context.progress())
    data = {
        "rows": saved.rows,
        "broken": saved.broken,
        "filled": saved.filled,
        "filled_from": None if saved.filled_from is None else str(saved.filled_from.path),
        "dropped": saved.dropped,
        "aside": str(saved.aside),
    }
    context.show(data, lambda: (phrase.said for phrase in salvage.said_of(saved)))
    return 0


def _checks(rows: tuple[CheckRow, ...]) -> Iterator[str]:
    marks = {"ok": "✓", "warning": "!", "bad": "✗", "mended": "+"}
    for row in rows:
        yield f"{marks[row.state.value]} {row.text.said}"
        for more in (row.do, row.done):
            if more is not None:
                yield f"  {more.said}"
