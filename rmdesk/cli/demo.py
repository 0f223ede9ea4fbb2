"""`demo`: a profile of invented clients to look around in."""

from __future__ import annotations

import argparse
from importlib import import_module
from pathlib import Path
from typing import Any

from rmdesk.base import paths
from rmdesk.base.errors import Refused
from rmdesk.base.text import N_, _
from rmdesk.cli.context import Context


def register(subparsers: Any) -> None:
    """Add the commands of this group."""
    demo = subparsers.add_parser(
        "demo", help=_("open the window on invented clients; with --json only fill a new profile with them")
    )
    demo.add_argument("--fresh", action="store_true", help=_("fill the demo anew, as of today"))


def run(args: argparse.Namespace, context: Context) -> int:
    """Run one command of this group."""
    from rmdesk.services.store import profile

    folder = context.folder if context.given else paths.profile("demo")
    info = profile.describe(folder)
    if info.exists and not info.demo:
        raise Refused(
            N_("{folder} holds a profile with real data."),
            do=N_("Choose an empty folder for the demo."),
            code="not_a_demo",
            folder=folder,
        )
    if info.exists and context.json and not args.fresh:
        raise Refused(
            N_("{folder} already holds a demo."),
            do=N_("Choose an empty folder, or add --fresh to fill it anew."),
            code="profile_exists",
            folder=folder,
        )
    if not info.exists or args.fresh:
        clients = _fill(folder, context, anew=info.exists)
        if context.json:
            context.show({"profile": str(folder.absolute()), "demo": True, "clients": clients}, lambda: [])
            return 0
    app = import_module("rmdesk.app")
    return int(app.run(folder, language=context.language))


def _fill(folder: Path, context: Context, *, anew: bool) -> int:
    """Make the profile and fill it; a profile that could not be filled is not left behind half."""
    from rmdesk.services.demo import profile as demo

    return demo.make(folder, context.progress(), anew=anew)
