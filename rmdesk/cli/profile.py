"""`init` makes a profile."""

from __future__ import annotations

import argparse
import os
import sys
from typing import Any

from rmdesk.base.errors import Refused
from rmdesk.base.text import N_, _
from rmdesk.cli.context import PASSPHRASE, Context, asked_passphrase


def register(subparsers: Any) -> None:
    """Add the commands of this group."""
    init = subparsers.add_parser("init", help=_("create a profile"))
    init.add_argument("--who", metavar="NAME", help=_("name of the relationship manager"))
    init.add_argument("--keyring", action="store_true", help=_("let this computer's keyring open the profile"))


def run(args: argparse.Namespace, context: Context) -> int:
    """Run one command of this group."""
    return _init(args, context)


def _init(args: argparse.Namespace, context: Context) -> int:
    from rmdesk.services.store import profile

    passphrase = os.environ.get(PASSPHRASE) or None
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
