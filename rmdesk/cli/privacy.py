"""`privacy retention`: what is kept long enough goes; `--dry-run` only tells."""

from __future__ import annotations

import argparse
from typing import Any

from rmdesk.base.text import N_, _
from rmdesk.cli.context import Context
from rmdesk.cli.output import table

HEAD = (N_("Records"), N_("Older than"), N_("Count"))


def register(subparsers: Any) -> None:
    """Add the command."""
    group = subparsers.add_parser("privacy", help=_("how long what is kept"))
    parts = group.add_subparsers(dest="part", metavar="PART", required=True)
    retention = parts.add_parser("retention", help=_("remove what has been kept long enough"))
    retention.add_argument("--dry-run", action="store_true", help=_("only tell what would go"))


def run(args: argparse.Namespace, context: Context) -> int:
    """Tell what goes, and remove it."""
    from rmdesk.services.privacy.retention import ApplyRetention, over
    from rmdesk.services.sync import traces

    with context.store() as store:
        found = store.read(over)
        if not args.dry_run:
            store.perform(ApplyRetention())
            if found:
                traces.sweep(store)
    rows = [(one.expiry.table.name.said, one.before.isoformat(), str(one.count)) for one in found]
    data = {"removed": not args.dry_run, "tables": {one.expiry.table.table: one.count for one in found}}
    context.show(data, lambda: table([_(one) for one in HEAD], rows, right=(2,)) if rows else [_("Nothing is due.")])
    return 0
