"""`escrow`: the bank's recovery key, made and used away from the hub."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rmdesk.base.errors import Refused
from rmdesk.base.text import N_, _
from rmdesk.cli.context import Context

PASSWORD = "RMDESK_ESCROW_PASSWORD"


def register(subparsers: Any) -> None:
    """Add the commands of this group."""
    escrow = subparsers.add_parser("escrow", help=_("the bank's recovery key: made and used away from the hub"))
    verbs = escrow.add_subparsers(dest="verb", metavar="VERB", title=_("commands"), required=True)
    pair = verbs.add_parser("pair", help=_("make a recovery key; its public half is told to the hub"))
    pair.add_argument("private", metavar="FILE", help=_("new file for the private key, encrypted with a password"))
    opened = verbs.add_parser("open", help=_("open the sealed key of a desk with the private key"))
    opened.add_argument("box", metavar="FILE", help=_("what rmdesk hub escrow wrote"))
    opened.add_argument("--private", metavar="FILE", required=True, help=_("file with the private key"))
    opened.add_argument("--to", metavar="FILE", required=True, help=_("new key file, which opens that desk"))


def run(args: argparse.Namespace, context: Context) -> int:
    """Run one command of this group."""
    return {"pair": _pair, "open": _open}[args.verb](args, context)


def _pair(args: argparse.Namespace, context: Context) -> int:
    from rmdesk.services.store import escrow, passphrase

    password = _password(context, twice=True)
    passphrase.check(password)
    public = escrow.make_pair(Path(args.private), password)

    def said() -> Iterator[str]:
        yield _("Private key in {name}: keep it away from the hub, with two people.").format(name=args.private)
        yield f"RMDESK_HUB_ESCROW_KEY={public}"

    context.show({"public": public, "file": args.private}, said)
    return 0


def _open(args: argparse.Namespace, context: Context) -> int:
    from rmdesk.services.store import escrow, keys

    device, box = _read(Path(args.box))
    opened = escrow.unseal(escrow.read_private(Path(args.private), _password(context)), box)
    if opened.device != device:
        raise Refused(
            N_("This box was made by another desk than the file says."), do=N_("Ask the hub for it again."), code="box"
        )
    keys.export(opened.key, Path(args.to))
    data = {"device": opened.device, "file": args.to}

    def said() -> Iterator[str]:
        yield _("Written: {name}").format(name=args.to)
        yield _("At that desk: Forgot PIN, a key file from the bank, this file and a new PIN. Then destroy it.")

    context.show(data, said)
    return 0


def _read(file: Path) -> tuple[str, bytes]:
    from rmdesk.services.store import escrow

    try:
        with file.open("rb") as given:
            told = json.loads(given.read(1 << 16))
        device, box = str(told["device"]), bytes.fromhex(told["sealed"])
    except (ValueError, KeyError, TypeError) as error:
        raise _no_box(file) from error
    if len(box) != escrow.BOX_BYTES:
        raise _no_box(file)
    return device, box


def _no_box(file: Path) -> Refused:
    do = N_("Give the file that rmdesk hub escrow wrote.")
    return Refused(N_("{name} holds no sealed key."), do=do, field="box", code="no_box", name=file.name)


def _password(context: Context, *, twice: bool = False) -> str:
    given = os.environ.get(PASSWORD)
    if given is not None:
        return given
    if context.json or not sys.stdin.isatty():
        raise Refused(
            N_("The private key has a password."),
            do=N_("Set RMDESK_ESCROW_PASSWORD."),
            field="password",
            code="password",
        )
    from rmdesk.cli import asking

    return asking.passphrase(twice=twice)
