"""`hub`: the team hub, for whoever keeps it. Its verbs lie in files of their own, loaded together."""

from __future__ import annotations

import argparse
from importlib import import_module
from types import ModuleType
from typing import Any

from rmdesk.base.errors import Refused
from rmdesk.base.text import N_, _
from rmdesk.cli.context import Context

PARTS = (
    "hub_escrow",
    "hub_keeping",
    "hub_load",
    "hub_people",
)  # files of this package; each registers verbs and sets `work` to what runs one


def register(subparsers: Any) -> None:
    """Add the commands of this group."""
    hub = subparsers.add_parser("hub", help=_("the team hub: serve it, look after it"))
    parts = _parts()
    if not parts:
        hub.add_argument("rest", nargs=argparse.REMAINDER, help=argparse.SUPPRESS)
        hub.set_defaults(work=_absent)
        return
    verbs = hub.add_subparsers(dest="verb", metavar="VERB", title=_("commands"), required=True)
    for part in parts:
        part.register(verbs)


def _parts() -> list[ModuleType]:
    """The files with the verbs; none in the installed program of a desk, which is without them."""
    try:
        return [import_module(f"rmdesk.cli.{name}") for name in PARTS]
    except ModuleNotFoundError:
        return []


def _absent(_args: argparse.Namespace, _context: Context) -> int:
    raise Refused(
        N_("The team hub is not part of this program."),
        do=N_("Install it on the hub's computer, as docs/manual-hub.md tells."),
        code="hub_absent",
    )


def run(args: argparse.Namespace, context: Context) -> int:
    """Run one command of this group."""
    result: int = args.work(args, context)
    return result
