"""`hub escrow`: the sealed key of a desk, for two administrators together."""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from typing import Any

from rmdesk.base.errors import Refused
from rmdesk.base.text import N_, _
from rmdesk.cli.context import Context
from rmdesk.cli.hub_keeping import options, place
from rmdesk.services.store.place import told_of_files

FIRST, SECOND = "RMDESK_FIRST_PASSWORD", "RMDESK_SECOND_PASSWORD"


def register(verbs: Any) -> None:
    """Add these verbs."""
    verb = verbs.add_parser("escrow", help=_("the sealed key of a desk, for two administrators together"))
    options(verb)
    verb.add_argument("device", metavar="ID", help=_("id of a desk"))
    verb.add_argument("--first", metavar="NAME", required=True, help=_("an administrator"))
    verb.add_argument("--second", metavar="NAME", required=True, help=_("another administrator"))
    verb.add_argument("--reason", metavar="TEXT", required=True, help=_("why; it stands in the audit"))
    verb.add_argument("--to", metavar="FILE", required=True, help=_("new file for the sealed key"))
    verb.set_defaults(work=_escrow)


def _escrow(args: argparse.Namespace, context: Context) -> int:
    from rmdesk.hub import core
    from rmdesk.hub.services import escrow

    first = args.first, _password(args.first, FIRST, context)
    second = args.second, _password(args.second, SECOND, context)
    with place(args) as found:
        hub = core.opened(found.settings)
        try:
            box = escrow.taken(hub, args.device, first, second, args.reason)
        finally:
            hub.close()
    text = json.dumps({"device": box.device, "key": box.key, "sealed": box.sealed}, indent=1)
    with told_of_files(args.to):
        handle = os.open(Path(args.to), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            out.write(text + "\n")
    data = {"device": box.device, "key": box.key, "file": args.to}
    context.show(
        data,
        lambda: [
            _("Written: {name}").format(name=args.to),
            _("Open it where the private key lies: rmdesk escrow open"),
        ],
    )
    return 0


def _password(login: str, variable: str, context: Context) -> str:
    given = os.environ.get(variable)
    if given:
        return given
    if context.json or not sys.stdin.isatty():
        raise Refused(
            N_("Two administrators and a reason are needed."),
            do=N_("Set {first} and {second}, or run this at a terminal."),
            code="dual_control", first=FIRST, second=SECOND,
        )  # fmt: skip
    from getpass import getpass

    return getpass(_("Password of {login}: ").format(login=login))
