"""`report`: what a stretch of days came to, on the terminal, as PDF or as a workbook."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rmdesk.base.errors import Refused
from rmdesk.base.text import N_, _
from rmdesk.cli.context import Context
from rmdesk.cli.outgoing import add_options, wish_of
from rmdesk.cli.output import day_given

if TYPE_CHECKING:
    from rmdesk.services.reports.parts import Kind, Report
    from rmdesk.services.store.store import Store

PDF, XLSX = "pdf", "xlsx"
TIERS = ("T1", "T2", "T3", "T4", "T5")
KINDS = ("weekly", "monthly", "team", "book", "briefs")


def register(subparsers: Any) -> None:
    """Add the command of this group."""
    parser = subparsers.add_parser("report", help=_("what a week or a month came to, to read, print or pass on"))
    parser.add_argument("kind", metavar="KIND", choices=KINDS, help=_("one of: {kinds}").format(kinds=", ".join(KINDS)))
    parser.add_argument("--from", dest="first", metavar="DAY", help=_("first day, YYYY-MM-DD"))
    parser.add_argument("--to", dest="last", metavar="DAY", help=_("last day, YYYY-MM-DD"))
    parser.add_argument("--out", metavar="FILE", help=_("write it to this file"))
    parser.add_argument(
        "--format", choices=(PDF, XLSX), help=_("pdf or xlsx; else what the name of the file ends with")
    )
    who = _("for a book: a client by number, name, pinyin or # and the id; may be given again")
    parser.add_argument("--client", metavar="CLIENT", action="append", default=[], help=who)
    parser.add_argument("--tier", choices=TIERS, help=_("for a book: the clients of a tier"))
    add_options(parser)


def run(args: argparse.Namespace, context: Context) -> int:
    """Run the command of this group."""
    from rmdesk.base import clock
    from rmdesk.services.documents import plain as lines
    from rmdesk.services.reports import rules
    from rmdesk.services.reports.document import document_of
    from rmdesk.services.reports.parts import Kind
    from rmdesk.services.reports.plain import plain

    kind = Kind(args.kind)
    first, last = rules.span(kind, clock.today(), day_given(args.first, "from"), day_given(args.last, "to"))
    form = None if args.out is None else _form(args)
    with context.store() as store:
        made = _made(args, store, kind, first, last, form)
        data = plain(made)
        if form is None:
            context.show(data, lambda: lines.lines(document_of(made)))
            return 0
        path = save(args, store, made, form)
    context.show({**data, "file": str(path)}, lambda: [_("Saved as {name}").format(name=path)])
    return 0


def _made(args: argparse.Namespace, store: Store, kind: Kind, first: date, last: date, form: str | None) -> Report:
    from rmdesk.models.kinds import Tier
    from rmdesk.services.brief.document import document_of
    from rmdesk.services.reports import making
    from rmdesk.services.reports.book import Choice
    from rmdesk.services.reports.briefs import Fit
    from rmdesk.services.search.queries import client_meant

    fit: Fit = document_of
    if form == PDF:
        from rmdesk.ui.brief.fitting import fitted
        from rmdesk.ui.kit.offscreen import drawing

        _keep(drawing())
        fit = fitted
    clients = tuple(store.read(client_meant, name) for name in args.client)
    choice = Choice(clients, Tier(args.tier) if args.tier else None)
    return store.read(making.report, kind, first, last, choice, fit)


_kept: list[object] = []


def _keep(application: object) -> None:
    """Fonts live as long as the application does."""
    _kept[:] = [application]


def save(args: argparse.Namespace, store: Store, made: Report, form: str) -> Path:
    """Put on record that it goes out, and write it; gives where it lies."""
    from rmdesk.services.exports.door import give_out
    from rmdesk.services.reports.document import document_of
    from rmdesk.services.reports.outgoing import REPORT, told
    from rmdesk.services.reports.sheets import workbook

    wish = wish_of(args, REPORT, form)
    if form == XLSX:
        return give_out(
            store, wish, Path(args.out), lambda _r, mark, _p: (workbook(made, mark), made.rows), told(made, form)
        ).path
    from rmdesk.ui.kit.document import check_fonts, pdf

    document = document_of(made)
    check_fonts(document)
    return give_out(
        store, wish, Path(args.out), lambda _r, mark, _p: (pdf(document, mark.line), made.rows), told(made, form)
    ).path


def _form(args: argparse.Namespace) -> str:
    form: str = args.format or Path(args.out).suffix.lower().removeprefix(".")
    if form not in (PDF, XLSX):
        raise Refused(
            N_("It is not clear what to write: PDF or a workbook."),
            do=N_("Say --format pdf or --format xlsx."),
            field="format",
            code="usage",
        )
    return form
