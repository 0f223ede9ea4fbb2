"""`clients` and `show`: who is in the portfolio; `pinyin`: how names are read."""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from rmdesk.base.errors import Refused
from rmdesk.base.text import N_, _, plural
from rmdesk.cli.context import Context
from rmdesk.cli.output import table, whole_number

if TYPE_CHECKING:
    from rmdesk.services.search.listing import ListedRow

SHOWN = 50  # clients told to a person who set no limit; --json tells all


def register(subparsers: Any) -> None:
    """Add the commands of this group."""
    clients = subparsers.add_parser("clients", help=_("list clients, or those found by a query"))
    clients.add_argument(
        "query", metavar="QUERY", nargs="?", default="", help=_("name, pinyin, initials, number, phone")
    )
    clients.add_argument("--limit", metavar="N", type=whole_number("--limit"), help=_("at most so many"))
    show = subparsers.add_parser("show", help=_("show one client"))
    show.add_argument("client", metavar="CLIENT", help=_("client number, name, pinyin, initials, or # and the id"))
    pinyin = subparsers.add_parser("pinyin", help=_("how names are read: one name a line on standard input"))
    pinyin.add_argument("names", metavar="-", nargs="*", help=_("- for standard input, or the names themselves"))


def run(args: argparse.Namespace, context: Context) -> int:
    """Run one command of this group."""
    return {"clients": _clients, "show": _show, "pinyin": _pinyin}[args.command](args, context)


def _clients(args: argparse.Namespace, context: Context) -> int:
    from rmdesk.services.search import listing

    with context.store() as store:
        rows = store.read(listing.clients, args.query)
    limit = args.limit if args.limit is not None else len(rows) if context.json else SHOWN
    data = {"total": len(rows), "clients": [_plain(row) for row in rows[:limit]]}
    context.show(data, lambda: _lines(rows, limit))
    return 0


def _plain(row: ListedRow) -> dict[str, Any]:
    from rmdesk.base.money import Money

    return {
        "id": row.id,
        "number": row.number,
        "name": row.name,
        "pinyin": row.pinyin,
        "tier": row.tier,
        "familiarity": row.familiarity,
        "group": row.group,
        "aum": None if row.aum_minor is None else str(Money(row.aum_minor, row.currency)),
        "currency": row.currency,
        "score": row.score,
    }


def _lines(rows: list[ListedRow], limit: int) -> Iterator[str]:
    from rmdesk.ui.care import words
    from rmdesk.ui.kit import format as written

    if not rows:
        yield _("No client found.")
        return
    yield from table(
        ("#", _("Number"), _("Name"), _("Reading"), _("Tier"), _("Familiarity"), _("Group"), _("AUM"), _("Score")),
        [
            (
                str(row.id), row.number or "", row.name, row.pinyin, words.tier(row.tier),
                words.familiarity(row.familiarity), row.group or "", written.short_amount(row.aum_minor, row.currency),
                written.decimal(row.score),
            )
            for row in rows[:limit]
        ],
        right=(0, 7, 8),
    )  # fmt: skip
    if len(rows) > limit:
        yield plural("and {count} more", "and {count} more", len(rows) - limit)


def _show(args: argparse.Namespace, context: Context) -> int:
    from rmdesk.services.care import plain
    from rmdesk.services.clients import queries as clients
    from rmdesk.services.holdings import queries as holdings
    from rmdesk.services.search.queries import client_meant
    from rmdesk.services.store.reads import Reads

    def told(reads: Reads) -> dict[str, Any]:
        client = client_meant(reads, args.client)
        return {
            "client": _fields(clients.header_of(reads, client)),
            "accounts": [_fields(row) for row in holdings.accounts_of(reads, client)],
            "holdings": [_fields(row) for row in holdings.holdings_of(reads, client)],
            "care": plain.score(reads, client),
        }

    with context.store() as store:
        data = store.read(told)
    context.show(data, lambda: _sheet(data))
    return 0


def _fields(row: Any) -> dict[str, Any]:
    """A row of the queries as plain data, without what is unknown to it; amounts stay whole minor units."""
    from dataclasses import fields

    found = {field.name: getattr(row, field.name) for field in fields(row)}
    return {name: str(value) if hasattr(value, "isoformat") else value for name, value in found.items()}


def _sheet(data: dict[str, Any]) -> Iterator[str]:
    from rmdesk.ui.kit import format as written

    client, care = data["client"], data["care"]
    yield f"{client['name']}  {client['pinyin']}  #{client['id']}  {client['number']}"
    facts = (client["birth_date"], client["phone"], client["occupation"], client["employer"], client["address"])
    yield "  ".join(fact for fact in facts if fact)
    if client["note"]:
        yield client["note"]
    yield ""
    rows = [
        (row["name"], written.amount(row["amount_minor"], row["currency"]), row["matures_on"] or "")
        for row in data["holdings"]
    ]
    rows += [
        (_("Account {number}").format(number=row["number"]), written.amount(row["balance_minor"], row["currency"]), "")
        for row in data["accounts"]
    ]
    yield from table((_("Holding"), _("Amount"), _("Matures")), rows, right=(1,))
    yield ""
    from rmdesk.cli.care import receipt

    yield from receipt(care)


def _pinyin(args: argparse.Namespace, context: Context) -> int:
    """NAME, pinyin with tone marks and initials a line, tab-separated; the name is given back as it came."""
    from rmdesk.services.clients.pinyin import reading

    names = _lines_of_stdin() if args.names in ([], ["-"]) else iter(args.names)
    if context.json:
        found = ((name, reading(name)) for name in names)
        data = [{"name": name, "pinyin": read.pinyin, "initials": read.initials} for name, read in found]
        context.show({"names": data}, list)
        return 0
    for name in names:
        read = reading(name)
        context.output.out.write(f"{name}\t{read.pinyin}\t{read.initials}\n")
    return 0


def _lines_of_stdin() -> Iterator[str]:
    if sys.stdin is None or sys.stdin.isatty():
        raise Refused(
            N_("No names on standard input."), do=N_("Pipe them in, as in: rmdesk pinyin - < names.txt"), code="usage"
        )
    source = getattr(sys.stdin, "buffer", None)
    lines = sys.stdin if source is None else io.TextIOWrapper(source, encoding="utf-8-sig", errors="replace")
    for line in lines:
        yield line.rstrip("\r\n")
