"""`audit`: what was put on record at this desk, and whether anybody tampered with it."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from rmdesk.base.errors import Refused
from rmdesk.base.text import N_, _
from rmdesk.cli.context import Context
from rmdesk.cli.output import day_given, table, whole_number

if TYPE_CHECKING:
    from rmdesk.services.audit.chain import Verdict
    from rmdesk.services.audit.queries import EntryRow

BROKEN = 2  # the exit status of a log that does not hold
COLUMNS = (N_("No."), N_("When"), N_("Who"), N_("What"), N_("About"), N_("Details"))


def register(subparsers: Any) -> None:
    """Add the command."""
    audit = subparsers.add_parser("audit", help=_("what was looked at, given out, removed or put right at this desk"))
    audit.add_argument("--verify", action="store_true", help=_("look whether the log was tampered with"))
    audit.add_argument("--act", metavar="ACT", help=_("only this act, such as view, export or unlock"))
    audit.add_argument("--client", metavar="CLIENT", help=_("client number, name, pinyin, initials, or # and the id"))
    audit.add_argument("--from", dest="since", metavar="YYYY-MM-DD", help=_("from this day on"))
    audit.add_argument("--to", dest="until", metavar="YYYY-MM-DD", help=_("up to this day"))
    audit.add_argument("--limit", metavar="N", type=whole_number("--limit"), default=200, help=_("at most so many"))


def run(args: argparse.Namespace, context: Context) -> int:
    """Show the log, or look whether it holds (exit status 2 when it does not)."""
    return _verify(context) if args.verify else _show(args, context)


def _verify(context: Context) -> int:
    from rmdesk.services.audit import queries, words

    with context.store() as store:
        found = store.read(queries.verify, queries.end_of(store.folder, store.key))
    context.show(_plain(found), lambda: [words.verdict_said(found)])
    return BROKEN if found.broken else 0


def _plain(found: Verdict) -> dict[str, Any]:
    broken = None if found.broken is None else {"seq": found.broken.seq, "fault": found.broken.fault.value}
    return {
        "entries": found.entries,
        "last": None if found.last is None else {"seq": found.last.seq, "hash": found.last.hash},
        "at_the_hub": found.hub,
        "holds": broken is None,
        "first_bad": broken,
    }


def _act(written: str | None) -> str:
    from rmdesk.services.audit.acts import Act

    if not written or written in set(Act):
        return written or ""
    raise Refused(
        N_("There is no act {name} in the log."),
        do=N_("One of: {known}."), field="act", code="usage", name=written, known=", ".join(Act),
    )  # fmt: skip


def _show(args: argparse.Namespace, context: Context) -> int:
    from rmdesk.services.audit import queries
    from rmdesk.services.audit.queries import Wanted

    since, until = day_given(args.since, "from"), day_given(args.until, "to")
    if since and until and since > until:
        raise Refused(
            N_("{since} lies after {until}."), do=N_("Exchange the two days."), field="from", code="usage",
            since=since, until=until,
        )  # fmt: skip
    with context.store() as store:
        client = None
        if args.client:
            from rmdesk.services.search.queries import client_meant

            client = store.read(client_meant, args.client)
        wanted = Wanted(_act(args.act), client, since, until)
        rows = store.read(queries.shown, wanted, most=args.limit)
    context.show(
        {"entries": [_row(row) for row in rows]},
        lambda: table([_(one) for one in COLUMNS], [_cells(row) for row in rows]),
    )
    return 0


def _row(row: EntryRow) -> dict[str, Any]:
    return {
        "seq": row.seq,
        "at": row.at.isoformat(),
        "who": row.who,
        "act": row.act,
        "entity": row.entity,
        "entity_id": row.entity_id,
        "client": row.name,
        "facts": row.facts,
    }


def _cells(row: EntryRow) -> list[str]:
    from rmdesk.services.settings.on_record import about

    at = row.at.astimezone().strftime("%Y-%m-%d %H:%M:%S")
    return [str(row.seq), at, row.who, row.said, about(row), row.details]
