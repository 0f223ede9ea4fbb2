"""`travel begin` leaves only chosen clients on this computer; `travel end` lets the next sync bring all back."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from rmdesk.base.text import _, plural
from rmdesk.cli.context import Context

if TYPE_CHECKING:
    from rmdesk.models.kinds import ClientId
    from rmdesk.services.store.reads import Reads
    from rmdesk.services.sync.travel import Packing


def register(subparsers: Any) -> None:
    """Add the command."""
    travel = subparsers.add_parser("travel", help=_("only chosen clients on this computer, until the next sync"))
    parts = travel.add_subparsers(dest="part", metavar="PART", required=True)
    begin = parts.add_parser("begin", help=_("remove all other clients from this computer; the hub keeps them"))
    begin.add_argument(
        "clients", metavar="CLIENT", nargs="*", help=_("client number, name, pinyin, initials, or # and the id")
    )
    begin.add_argument("--dry-run", action="store_true", help=_("only tell how many would stay and go"))
    parts.add_parser("end", help=_("let the next sync bring everything back"))


def run(args: argparse.Namespace, context: Context) -> int:
    """Begin or end a journey."""
    return _begin(args, context) if args.part == "begin" else _end(context)


def _begin(args: argparse.Namespace, context: Context) -> int:
    from rmdesk.services.search.queries import client_meant
    from rmdesk.services.sync import traces
    from rmdesk.services.sync.travel import PackForTravel, packing

    def asked(reads: Reads) -> tuple[frozenset[ClientId], Packing]:
        keep = frozenset(client_meant(reads, one) for one in args.clients)
        return keep, packing(reads, keep)

    with context.store() as store:
        keep, found = store.read(asked)
        swept = True
        if not args.dry_run:
            store.perform(PackForTravel(keep))
            swept = traces.sweep(store)
    data = {"removed": not args.dry_run, "stay": found.stay, "go": found.go, "swept": swept}
    stay = plural("{count} client stays", "{count} clients stay", found.stay)
    go = plural("{count} client goes until the next sync", "{count} clients go until the next sync", found.go)
    context.show(data, lambda: [_("{stay}; {go}.").format(stay=stay, go=go)])
    return 0


def _end(context: Context) -> int:
    from rmdesk.services.sync.travel import ComeHome

    with context.store() as store:
        store.perform(ComeHome())
    context.show({"travelling": False}, lambda: [_("The next sync brings everything back.")])
    return 0
