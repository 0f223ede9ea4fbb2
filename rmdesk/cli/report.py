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

if TYPE_CHECKING:
    from rmdesk.services.reports.parts import Report
    from rmdesk.services.store.store import Store

PDF, XLSX = "pdf", "xlsx"
KINDS = ("weekly",)


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
    add_options(parser)


def run(args: argparse.Namespace, context: Context) -> int:
    """Run the command of this group."""
    from rmdesk.base import clock
    from rmdesk.services.documents import plain as lines
    from rmdesk.services.reports import making, rules
    from rmdesk.services.reports.document import document_of
    from rmdesk.services.reports.parts import Kind
    from rmdesk.services.reports.plain import plain

    kind = Kind(args.kind)
    first, last = rules.span(kind, clock.today(), _day(args.first, "from"), _day(args.last, "to"))
    form = None if args.out is None else _form(args)
    with context.store() as store:
        made = store.read(making.report, kind, first, last)
        data = plain(made)
        if form is None:
            context.show(data, lambda: lines.lines(document_of(made)))
            return 0
        path = save(args, store, made, form)
    context.show({**data, "file": str(path)}, lambda: [_("Saved as {name}").format(name=path)])
    return 0


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
        )
    from rmdesk.ui.kit.document import pdf
    from rmdesk.ui.kit.offscreen import drawing

    _application = drawing()  # fonts live as long as it does
    document = document_of(made)
    return give_out(
        store, wish, Path(args.out), lambda _r, mark, _p: (pdf(document, mark.line), made.rows), told(made, form)
    )


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


def _day(written: str | None, field: str) -> date | None:
    if written is None:
        return None
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise Refused(
            N_("{written} is not a day."), do=N_("Write it as YYYY-MM-DD, between 1901 and 2100."), field=field,
            code="usage", written=written,
        ) from None  # fmt: skip
