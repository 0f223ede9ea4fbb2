"""`hub`: the team hub, for whoever keeps it. Its verbs lie in files of their own, loaded together."""

from __future__ import annotations

import argparse
from importlib import import_module
from typing import Any

from rmdesk.base.text import _
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
        import_module(f"rmdesk.cli.{name}").register(verbs)


def run(args: argparse.Namespace, context: Context) -> int:
    """Run one command of this group."""
    result: int = args.work(args, context)
    return result
