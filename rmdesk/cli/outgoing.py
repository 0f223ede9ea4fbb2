"""Options of every command that gives something out: what for, and locked or not."""

from __future__ import annotations

import argparse
import os
import sys
from typing import TYPE_CHECKING

from rmdesk.base.errors import Refused
from rmdesk.base.text import N_, _

if TYPE_CHECKING:
    from rmdesk.services.exports.rules import Wish

PASSWORD = "RMDESK_EXPORT_PASSWORD"


def add_options(parser: argparse.ArgumentParser) -> None:
    """`--reason` and `--plain`."""
    from rmdesk.services.exports import rules

    parser.add_argument("--reason", metavar="TEXT", default="", help=_("what the file is for; kept in the audit log"))
    told = _("not encrypted; else RMDESK_EXPORT_PASSWORD or the terminal locks it, with {length} characters or more")
    parser.add_argument("--plain", action="store_true", help=told.format(length=rules.least()))


def wish_of(args: argparse.Namespace, what: str, form: str, client: int | None = None) -> Wish:
    """What is asked for; Refused when nothing says how it is locked."""
    from rmdesk.services.exports.rules import Wish

    return Wish(what, form, args.reason, "" if args.plain else _password(), client)


def _password() -> str:
    given = os.environ.get(PASSWORD)
    if given:
        return given
    if not sys.stdin.isatty():
        raise Refused(
            N_("The file is encrypted, and there is no password."),
            do=N_("Set RMDESK_EXPORT_PASSWORD, or say --plain."),
            field="password",
            code="no_password",
        )
    from getpass import getpass

    from rmdesk.services.exports import rules

    typed = getpass(_("Password of the file ({length} characters or more): ").format(length=rules.least()))
    if getpass(_("Once more: ")) != typed:
        raise Refused(N_("The two passwords differ."), do=N_("Try again."), field="password", code="differ")
    return typed
