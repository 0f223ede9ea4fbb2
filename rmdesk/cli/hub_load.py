"""`hub load`: takes the bank's files in, for all books at once; `--check` tells what it would do."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rmdesk.base.text import _, plural
from rmdesk.cli import hub_keeping
from rmdesk.cli.context import Context
from rmdesk.cli.imports import files_of
from rmdesk.cli.output import day_given

if TYPE_CHECKING:
    from rmdesk.hub.services.bank.load import Loaded, Options

SHOWN = 20  # findings told to a person; --json tells all


def register(verbs: Any) -> None:
    """Add the verb."""
    verb = verbs.add_parser("load", help=_("take in the bank's files, for all books"))
    verb.add_argument("files", metavar="FILE", nargs="+", help=_("files, folders or patterns such as 'export/*.csv'"))
    hub_keeping.options(verb)
    verb.add_argument("--check", action="store_true", help=_("only tell what would change"))
    verb.add_argument("--currency", metavar="CODE", default="CNY", help=_("currency of amounts that name none, as CNY"))
    verb.add_argument("--as-of", metavar="YYYY-MM-DD", help=_("the day the figures are of, where no file says it"))
    verb.add_argument("--managers", metavar="CSV", help=_("whose book is whose: manager as in the files, book"))
    verb.add_argument("--book", metavar="BOOK", default="", help=_("the book of clients without a manager"))
    verb.add_argument(
        "--complete", action="store_true", help=_("the files hold all clients: those who are missing have gone")
    )
    verb.add_argument("--sure", action="store_true", help=_("with --complete: also when many have gone"))
    verb.add_argument(
        "--move", action="store_true", help=_("confirm the hand-overs that another manager in the files means")
    )
    verb.set_defaults(work=run)


def run(args: argparse.Namespace, context: Context) -> int:
    """Load the files."""
    from rmdesk.hub import core
    from rmdesk.hub.services.bank.load import load

    paths = files_of(args.files)
    options = _options(args)
    with hub_keeping.place(args) as found:
        hub = core.opened(found.settings)
        try:
            loaded = load(hub, paths, options, context.progress())
        finally:
            hub.close()
    answer = _answer(loaded, checked=args.check)
    context.show(answer, lambda: _lines(loaded, answer))
    return 0


def _options(args: argparse.Namespace) -> Options:
    from rmdesk.hub.services.bank.books import mapping
    from rmdesk.hub.services.bank.load import Options

    return Options(
        currency=args.currency.upper(),
        as_of=day_given(args.as_of, "as_of"),
        mapping=tuple(mapping(Path(args.managers))) if args.managers else (),
        book=args.book,
        complete=args.complete,
        sure=args.sure,
        move=args.move,
        check=args.check,
    )


def _answer(loaded: Loaded, *, checked: bool) -> dict[str, Any]:
    return {
        "load": loaded.load,
        "as_of": None if loaded.as_of is None else loaded.as_of.isoformat(),
        "files": list(loaded.files),
        "checked": checked,
        **loaded.totals,
        "books": loaded.books,
        "books_done_before": loaded.before,
        "unassigned": loaded.unassigned,
        "moved": loaded.moved,
        "findings": [
            {"code": note.code, "severity": note.severity.value, "file": note.file, "row": note.line,
             "why": note.why.said, **note.told}
            for note in loaded.notes
        ],
    }  # fmt: skip


def _lines(loaded: Loaded, answer: dict[str, Any]) -> Iterator[str]:
    yield from loaded.files
    books = plural("{count} book", "{count} books", len(loaded.books))
    yield f"{books}: " + _("{new} new, {changed} changed, {unchanged} unchanged").format(**loaded.totals)
    if loaded.before:
        yield plural("{count} book was done before.", "{count} books were done before.", loaded.before)
    if loaded.unassigned:
        yield plural("{count} client is unassigned.", "{count} clients are unassigned.", loaded.unassigned)
    if loaded.moved:
        yield plural("{count} client changed books.", "{count} clients changed books.", loaded.moved)
    for note in answer["findings"][:SHOWN]:
        where = f"{note['file']} {note['row'] or ''}".strip()
        yield f"  {where}: {note['why']}" if where else f"  {note['why']}"
    more = len(loaded.notes) - SHOWN
    if more > 0:
        yield "  " + plural("and {count} other", "and {count} others", more)
    if answer["checked"]:
        yield _("Nothing was written.")
