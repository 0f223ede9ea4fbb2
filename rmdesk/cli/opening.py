"""`open`: the window, with a bank's files on the import page. Desktops call it for a double click."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from rmdesk.base.errors import Refused
from rmdesk.base.text import N_, _
from rmdesk.cli.context import Context


def register(subparsers: Any) -> None:
    """Add the commands of this group."""
    opens = subparsers.add_parser("open", help=_("open the window with these files of the bank on the import page"))
    opens.add_argument(
        "files", nargs="*", metavar="FILE", type=Path, help=_("files to look at; nothing is imported yet")
    )


def run(args: argparse.Namespace, context: Context) -> int:
    """Run one command of this group."""
    for file in args.files:
        if not file.is_file():
            raise Refused(
                N_("There is no file {name}."), do=N_("Check the path and try again."), code="no_file", name=file
            )
    if context.json:
        raise Refused(N_("The window has no answer for --json."), do=N_("Leave --json out."), code="usage")
    from rmdesk.ui.shell import screen

    screen.check()
    from rmdesk import app

    files = tuple(str(file.absolute()) for file in args.files)
    return app.run(context.folder, language=context.language, files=files)
