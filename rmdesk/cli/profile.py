"""`init` makes a profile; `doctor` looks over it and the program."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rmdesk.base.errors import Refused, Trouble
from rmdesk.base.text import N_, Phrase, _
from rmdesk.cli.context import PASSPHRASE, Context, asked_passphrase
from rmdesk.cli.output import TROUBLE

if TYPE_CHECKING:
    from rmdesk.services.store.doctor import CheckRow


def register(subparsers: Any) -> None:
    """Add the commands of this group."""
    init = subparsers.add_parser("init", help=_("create a profile"))
    init.add_argument("--who", metavar="NAME", help=_("name of the relationship manager"))
    init.add_argument("--keyring", action="store_true", help=_("let this computer's keyring open the profile"))
    subparsers.add_parser("doctor", help=_("check the program and the profile"))


def run(args: argparse.Namespace, context: Context) -> int:
    """Run one command of this group."""
    return _init(args, context) if args.command == "init" else _doctor(context)


def _init(args: argparse.Namespace, context: Context) -> int:
    from rmdesk.services.store import profile

    passphrase = _passphrase_in(context.key_file) if context.key_file else os.environ.get(PASSPHRASE) or None
    if passphrase is None and not args.keyring:
        if context.json or not sys.stdin.isatty():
            raise Refused(
                N_("A new profile needs a passphrase."),
                do=N_("Set RMDESK_PASSPHRASE, or let the keyring open it with --keyring."),
                field="passphrase",
                code="no_passphrase",
            )
        passphrase = asked_passphrase(twice=True)
    who = args.who or os.environ.get("USER") or os.environ.get("USERNAME") or "rm"
    profile.create(context.folder, who=who, passphrase=passphrase, keyring=args.keyring).close()
    data = {"profile": str(context.folder.absolute()), "who": who, "demo": False}
    context.show(data, lambda: [_("Profile created in {folder}.").format(folder=context.folder)])
    return 0


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


def _doctor(context: Context) -> int:
    """All checks; those of the data itself only when the profile can be opened. Status 3 when something is bad."""
    from rmdesk.services.store import doctor

    try:
        with context.store() as store:
            rows = doctor.examine(context.folder, store, context.progress())
    except Refused as error:
        if error.code not in ("no_profile", "locked"):
            raise
        rows = doctor.examine(context.folder)
    except Trouble as error:
        text, do = Phrase(error.message, error.params), Phrase(error.do, error.params)
        rows = (*doctor.examine(context.folder), doctor.CheckRow("data", doctor.State.BAD, text, do, error.code))
    is_well = all(row.state is not doctor.State.BAD for row in rows)
    data = {"ok": is_well, "checks": [doctor.plain(row) for row in rows]}
    context.show(data, lambda: _checks(rows))
    return 0 if is_well else TROUBLE


def _checks(rows: tuple[CheckRow, ...]) -> Iterator[str]:
    marks = {"ok": "✓", "warning": "!", "bad": "✗"}
    for row in rows:
        yield f"{marks[row.state.value]} {row.text.said}"
        if row.do is not None:
            yield f"  {row.do.said}"
