"""`brief`: what to know of a client before a visit, as text or as a PDF of one page; `route`: the visits of a day."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rmdesk.base.text import _
from rmdesk.cli.context import Context
from rmdesk.cli.outgoing import add_options, wish_of

if TYPE_CHECKING:
    from rmdesk.services.documents import Document
    from rmdesk.services.store.store import Store


def register(subparsers: Any) -> None:
    """Add the commands of this group."""
    brief = subparsers.add_parser("brief", help=_("what to know of a client before a visit, on one page"))
    brief.add_argument("client", metavar="CLIENT", help=_("client number, name, pinyin, initials, or # and the id"))
    brief.add_argument("--pdf", metavar="FILE", help=_("write it to this file as PDF"))
    route = subparsers.add_parser("route", help=_("the planned visits of a day, by district and time"))
    route.add_argument("--pdf", metavar="FILE", help=_("write it to this file as PDF"))
    add_options(brief)
    add_options(route)


def run(args: argparse.Namespace, context: Context) -> int:
    """Run one command of this group."""
    return {"brief": _brief, "route": _route}[args.command](args, context)


def _brief(args: argparse.Namespace, context: Context) -> int:
    from rmdesk.services.brief import document as made
    from rmdesk.services.brief.queries import brief_of
    from rmdesk.services.documents import plain
    from rmdesk.services.search.queries import client_meant

    with context.store() as store:
        found = store.read(lambda reads: brief_of(reads, client_meant(reads, args.client)))
        data = made.plain(found)
        if args.pdf is None:
            context.show(data, lambda: plain.lines(made.document_of(found)))
            return 0
        from rmdesk.ui.brief.fitting import fitted
        from rmdesk.ui.kit.offscreen import drawing

        _application = drawing()  # fonts live as long as it does
        path = save_pdf(args, store, fitted(found))
    context.show({**data, "pdf": str(path)}, lambda: [_("Saved as {name}").format(name=path)])
    return 0


def _route(args: argparse.Namespace, context: Context) -> int:
    from rmdesk.services.documents import plain
    from rmdesk.services.route import document as made
    from rmdesk.services.route.queries import route_of

    with context.store() as store:
        found = store.read(route_of)
        data, document = made.plain(found), made.document_of(found)
        if args.pdf is None:
            context.show(data, lambda: plain.lines(document))
            return 0
        from rmdesk.ui.kit.offscreen import drawing

        _application = drawing()
        path = save_pdf(args, store, document)
    context.show({**data, "pdf": str(path)}, lambda: [_("Saved as {name}").format(name=path)])
    return 0


def save_pdf(args: argparse.Namespace, store: Store, document: Document) -> Path:
    """Put on record that it goes out, and write the PDF; gives where it lies."""
    from rmdesk.services.documents.commands import DOCUMENT
    from rmdesk.services.exports.door import give_out
    from rmdesk.ui.kit.document import check_fonts, pdf

    check_fonts(document)
    wish = wish_of(args, DOCUMENT, "pdf", document.client)
    told = {"document": document.name.message, "way": "pdf"}
    made = give_out(store, wish, Path(args.pdf), lambda _reads, mark, _progress: (pdf(document, mark.line), 1), told)
    return made.path
