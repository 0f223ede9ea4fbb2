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
    verbs = hub.add_subparsers(dest="verb", metavar="VERB", title=_("commands"), required=True)
    for name in PARTS:
        _part(name).register(verbs)


def _part(name: str) -> ModuleType:
    try:
        return import_module(f"rmdesk.cli.{name}")
    except ModuleNotFoundError:  # the installed program of a desk is without it
        raise Refused(
            N_("The team hub is not part of this program."),
            do=N_("Install it on the hub's computer, as docs/manual-hub.md tells."),
            code="no_hub",
        ) from None


def run(args: argparse.Namespace, context: Context) -> int:
    """Run one command of this group."""
    result: int = args.work(args, context)
    return result
