"""`visits`: what was and what is planned; `log`: enter a visit; `promises`: the ledger."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import date
from typing import Any

from rmdesk.base.text import _
from rmdesk.cli.context import Context
from rmdesk.cli.output import day_given, table
from rmdesk.models.kinds import Channel, ClientId, Mood


def register(subparsers: Any) -> None:
    """Add the commands of this group."""
    who = _("client number, name, pinyin, initials, or # and the id")
    visits = subparsers.add_parser("visits", help=_("visits that were and that are planned"))
    visits.add_argument("--client", metavar="CLIENT", help=who)
    visits.add_argument("--from", dest="first", metavar="YYYY-MM-DD", help=_("from this day on"))
    visits.add_argument("--to", dest="last", metavar="YYYY-MM-DD", help=_("up to this day"))
    visits.add_argument("--late", action="store_true", help=_("late entries only"))
    log = subparsers.add_parser("log", help=_("enter a visit that was held"))
    log.add_argument("client", metavar="CLIENT", help=who)
    log.add_argument("--channel", required=True, choices=[channel.value for channel in Channel], help=_("how"))
    log.add_argument("--text", required=True, metavar="TEXT", help=_("what it was about"))
    log.add_argument("--on", metavar="YYYY-MM-DD", help=_("the day, today unless given"))
    log.add_argument("--at", metavar="HH:MM", help=_("the time of day"))
    log.add_argument("--minutes", metavar="N", help=_("how long"))
    log.add_argument("--purpose", metavar="TEXT", default="", help=_("what for"))
    log.add_argument("--mood", choices=[mood.value for mood in Mood], help=_("how the client was"))
    log.add_argument("--no-answer", action="store_true", help=_("a message without an answer"))
    log.add_argument("--inbound", action="store_true", help=_("the client came to us"))
    log.add_argument("--marketing", action="store_true", help=_("a marketing contact"))
    log.add_argument("--next", metavar="TEXT", default="", help=_("the next step, which becomes a task"))
    log.add_argument("--next-on", metavar="YYYY-MM-DD", help=_("by when"))
    log.add_argument("--promise", action="append", default=[], metavar="YYYY-MM-DD TEXT", help=_("a promise"))
    promises = subparsers.add_parser("promises", help=_("the ledger of promises"))
    promises.add_argument("--client", metavar="CLIENT", help=who)
    promises.add_argument("--all", action="store_true", help=_("settled ones, too"))


def run(args: argparse.Namespace, context: Context) -> int:
    """Run one command of this group."""
    return {"visits": _visits, "log": _log, "promises": _promises}[args.command](args, context)


def _visits(args: argparse.Namespace, context: Context) -> int:
    from rmdesk.services.store.reads import Reads
    from rmdesk.services.visits import plain
    from rmdesk.services.visits.queries import LogFilter

    first, last = day_given(args.first, "from"), day_given(args.last, "to")

    def told(reads: Reads) -> dict[str, Any]:
        return plain.visits(reads, LogFilter(client=_meant(reads, args.client), first=first, last=last, late=args.late))

    with context.store() as store:
        data = store.read(told)
    context.show(data, lambda: _lines(data))
    return 0


def _log(args: argparse.Namespace, context: Context) -> int:
    from rmdesk.services.visits import plain, queries, rules
    from rmdesk.services.visits.commands import LogVisit
    from rmdesk.services.visits.entry import Entry
    from rmdesk.services.visits.rules import Owed

    promises = []
    for written in args.promise:
        day, _blank, text = written.partition(" ")
        promises.append(Owed(text, day_given(day, "promise") or date.min))
    with context.store() as store:
        entry = Entry(
            client=store.read(_meant, args.client), channel=args.channel, content=args.text,
            on=day_given(args.on, "on"), at=args.at, minutes=rules.typed_minutes(args.minutes), purpose=args.purpose,
            mood=args.mood, two_way=not args.no_answer, inbound=args.inbound, marketing=args.marketing,
            next_step=args.next, next_on=day_given(args.next_on, "next_on"), promises=tuple(promises),
        )  # fmt: skip
        visit = store.perform(LogVisit(entry)).result
        data = plain.visit(store.read(queries.visit_of, visit))
    context.show(data, lambda: [_("{name}: visit logged").format(name=data["name"])])
    return 0


def _promises(args: argparse.Namespace, context: Context) -> int:
    from rmdesk.services.store.reads import Reads
    from rmdesk.services.visits import plain

    def told(reads: Reads) -> dict[str, Any]:
        return plain.promises(reads, _meant(reads, args.client), closed=args.all)

    with context.store() as store:
        data = store.read(told)
    context.show(data, lambda: _ledger(data))
    return 0


def _lines(data: dict[str, Any]) -> Iterator[str]:
    from rmdesk.ui.visits import words

    rows = [
        (
            one["date"], one["time"] or "", one["name"], words.channel(one["channel"]),
            _("Late entry") if one["late"] else _(words.STATES[one["state"]][0]), one["content"] or one["purpose"],
        )
        for one in (*data["planned"], *data["items"])
    ]  # fmt: skip
    yield from table((_("Day"), _("Time"), _("Client"), _("Channel"), _("State"), _("Content")), rows)


def _ledger(data: dict[str, Any]) -> Iterator[str]:
    from rmdesk.ui.visits import words

    rows = [
        (
            one["due"], one["name"], one["text"],
            _("Overdue") if one["overdue"] else _(words.PROMISES[one["state"]][0]), one["outcome"],
        )
        for one in data["items"]
    ]  # fmt: skip
    yield from table((_("Due"), _("Client"), _("Promise"), _("State"), _("Outcome")), rows)


def _meant(reads: Any, text: str | None) -> ClientId | None:
    from rmdesk.services.search.queries import client_meant

    return None if text is None else client_meant(reads, text)
