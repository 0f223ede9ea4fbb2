"""`archive` writes everything of a profile into one file, and reads such a file into a new profile."""

from __future__ import annotations

import argparse
import os
from contextlib import suppress
from pathlib import Path
from typing import Any

from rmdesk.base.errors import Refused
from rmdesk.base.text import N_, _
from rmdesk.cli import asking
from rmdesk.cli.context import PASSPHRASE, Context

ARCHIVE_PASSWORD = "RMDESK_ARCHIVE_PASSWORD"


def register(subparsers: Any) -> None:
    """Add the command of this group."""
    from rmdesk.services.exports import rules

    archive = subparsers.add_parser("archive", help=_("write or read everything of a profile as one file"))
    archive.add_argument("what", choices=("export", "import"), help=_("what to do"))
    archive.add_argument("file", metavar="FILE", help=_("the archive"))
    archive.add_argument("--into", metavar="FOLDER", help=_("import: the empty folder of the new profile"))
    archive.add_argument("--who", metavar="NAME", help=_("import: name of the relationship manager"))
    told = _(
        "a text file with the archive's password as its first line; else RMDESK_ARCHIVE_PASSWORD or the terminal gives "
        "it, {length} characters or more"
    )
    archive.add_argument("--password-file", metavar="FILE", help=told.format(length=rules.least()))


def run(args: argparse.Namespace, context: Context) -> int:
    """Run the command."""
    return _export(args, context) if args.what == "export" else _import(args, context)


def _export(args: argparse.Namespace, context: Context) -> int:
    from rmdesk.services.archive import writing

    password = _password(args, context, twice=True)
    with context.store() as store:
        made = writing.write(store, Path(args.file), password, context.progress())
    data = {"file": str(made.path.absolute()), "size": made.size, "rows": made.rows}
    context.show(data, lambda: [_("{count} rows written to {name}.").format(count=made.rows, name=made.path)])
    return 0


def _import(args: argparse.Namespace, context: Context) -> int:
    from rmdesk.services.archive import reading
    from rmdesk.services.store import profile

    if not args.into:
        raise Refused(
            N_("An archive is read into a new profile."),
            do=N_("Name an empty folder with --into."),
            field="into",
            code="usage",
        )
    file, folder = Path(args.file), Path(args.into)
    about = reading.describe(file)
    password = _password(args, context)
    is_new = not folder.exists()
    store = profile.create(folder, who=args.who or _user(), passphrase=_passphrase(context))
    try:
        rows = reading.read_into(file, password, store, context.progress())
    except BaseException:
        if is_new:
            with suppress(OSError):  # what is not empty stays
                folder.rmdir()
        raise
    data = {"profile": str(folder.absolute()), "rows": sum(rows.values()), "made": about.made}
    said = _("{count} rows read into {folder}.").format(count=sum(rows.values()), folder=folder)
    context.show(data, lambda: [said, _("It has no recovery code yet: rmdesk key recovery")])
    return 0


def _user() -> str:
    return os.environ.get("USER") or os.environ.get("USERNAME") or "rm"


def _passphrase(context: Context) -> str:
    """The passphrase of the new profile, as for `init`."""
    from rmdesk.services.store import keys

    if context.key_file is not None:
        read = keys.read_exported(context.key_file)
        if isinstance(read, str):
            return read
    given = os.environ.get(PASSPHRASE)
    if given:
        return given
    if not asking.at_terminal(context.output):
        raise Refused(
            N_("A new profile needs a passphrase."),
            do=N_("Set RMDESK_PASSPHRASE, or name a text file with it with --key-file."),
            field="passphrase",
            code="no_passphrase",
        )
    return asking.passphrase(twice=True)


def _password(args: argparse.Namespace, context: Context, *, twice: bool = False) -> str:
    from rmdesk.services.store import keys

    if args.password_file:
        read = keys.read_exported(Path(args.password_file))
        return read if isinstance(read, str) else read.hex()
    given = os.environ.get(ARCHIVE_PASSWORD)
    if given:
        return given
    if not asking.at_terminal(context.output):
        raise Refused(
            N_("An archive has a password of its own."),
            do=N_("Set RMDESK_ARCHIVE_PASSWORD, or name a text file with it with --password-file."),
            field="password",
            code="no_password",
        )
    from getpass import getpass

    from rmdesk.services.exports import rules

    asked = _("Password of the archive ({length} characters or more): ").format(length=rules.least())
    typed = getpass(asked if twice else _("Password of the archive: "))
    if twice and getpass(_("Password again: ")) != typed:
        raise Refused(N_("The two passwords differ."), do=N_("Try again."), field="password", code="differ")
    return typed
