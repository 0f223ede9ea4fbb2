"""`update`: what newer version the bank offers, and its file, checked. Installing it is up to its user."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rmdesk.base import text
from rmdesk.base.errors import Refused
from rmdesk.base.text import N_, _
from rmdesk.cli.context import Context

if TYPE_CHECKING:
    from rmdesk.services.updates.offers import Looked


def register(subparsers: Any) -> None:
    """Add the commands of this group."""
    update = subparsers.add_parser("update", help=_("look for a newer version that the bank offers"))
    update.add_argument("--fetch", metavar="DIR", type=Path, help=_("also fetch its file into this folder, checked"))


def run(args: argparse.Namespace, context: Context) -> int:
    """Run one command of this group."""
    from rmdesk.services.updates import offers

    found = offers.look()
    offer = found.offer
    if args.fetch and offer is not None and not found.may_follow:
        raise Refused(
            N_("First version {version} has to be installed."),
            do=N_("Nothing was fetched. Ask the administrator for that version."),
            code="not_yet",
            version=offer.least,
        )
    path = offers.fetch(found, args.fetch, context.progress()) if args.fetch and offer else None
    data = {
        "version": found.here,
        "offered": None if offer is None else offer.version,
        "until": None if offer is None else offer.until.isoformat(),
        "may_follow": found.may_follow,
        "least": None if offer is None else offer.least or None,
        "signed_by": found.signed_by,
        "notes": "" if offer is None else offer.notes.get(text.language(), ""),
        "file": None if found.file is None else found.file.name,
        "fetched": None if path is None else str(path),
    }
    context.show(data, lambda: _lines(found, path))
    return 0


def _lines(found: Looked, path: Path | None) -> Iterator[str]:
    if found.offer is None:
        yield _("Version {version} is the newest the bank offers.").format(version=found.here)
        return
    yield _("The bank offers version {version}; this is {here}. The offer stands until {day}.").format(
        version=found.offer.version, here=found.here, day=found.offer.until
    )
    yield _("Signed by the bank's key {key}.").format(key=found.signed_by)
    if notes := found.offer.notes.get(text.language(), ""):
        yield notes
    if not found.may_follow:
        yield _("First version {version} has to be installed.").format(version=found.offer.least)
    elif path is not None:
        yield _(
            "Fetched and checked: {path}. Close rmdesk and install it; a backup is made at the first start."
        ).format(path=path)
    elif found.file is None:
        yield _("There is no file for this computer among it; ask the administrator.")
