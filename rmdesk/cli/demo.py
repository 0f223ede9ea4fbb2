"""`demo`: a profile of invented clients to look around in."""

from __future__ import annotations

import argparse
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

    if not context.json:
        from rmdesk.ui.shell import screen

        screen.check()
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
    from rmdesk.services import demo

    if not info.exists or args.fresh or demo.is_out_of_date(folder):
        demo.make(folder, context.progress(), anew=info.exists).close()
        if context.json:
            context.show({"profile": str(folder.absolute()), "demo": True, "clients": demo.CLIENTS}, list)
            return 0

    from rmdesk import app

    return app.run(folder, language=context.language, demo=True)
