"""`complaints`, `journals`, `playbook`: what was written; `find`: clients and all texts, by characters or pinyin."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from rmdesk.base.text import _
from rmdesk.cli.context import Context
from rmdesk.cli.output import day_given, table, whole_number

if TYPE_CHECKING:
    from rmdesk.models.kinds import ClientId
    from rmdesk.services.complaints.queries import ComplaintRow
    from rmdesk.services.journals.queries import JournalRow
    from rmdesk.services.search.finding import TextHit
    from rmdesk.services.search.index import Hit
    from rmdesk.services.store.reads import Reads

FOUND_RECORDS = 3  # clients found whose newest records are shown, too


def register(subparsers: Any) -> None:
    """Add the commands of this group."""
    complaints = subparsers.add_parser("complaints", help=_("open complaints by their last day, or all of a client"))
    journals = subparsers.add_parser("journals", help=_("maintenance journals"))
    subparsers.add_parser("playbook", help=_("playbook cards and how often they worked"))
    for command in (complaints, journals):
        command.add_argument(
            "--client", metavar="CLIENT", help=_("client number, name, pinyin, initials, or # and the id")
        )
    find = subparsers.add_parser(
        "find", help=_("find clients, and texts in visits, journals, gifts and all other records")
    )
    find.add_argument(
        "text", metavar="TEXT", help=_("Chinese characters, pinyin, initials, or the beginnings of words")
    )
    find.add_argument("--limit", metavar="N", type=whole_number("--limit"), default=50, help=_("at most so many"))
    journals.add_argument("--from", dest="since", metavar="YYYY-MM-DD", help=_("from this day on"))
    journals.add_argument("--to", dest="until", metavar="YYYY-MM-DD", help=_("up to this day"))


def run(args: argparse.Namespace, context: Context) -> int:
    """Run one command of this group."""
    runs = {"complaints": _complaints, "journals": _journals, "playbook": _playbook, "find": _find}
    return runs[args.command](args, context)


def _complaints(args: argparse.Namespace, context: Context) -> int:
    from rmdesk.services.complaints import queries

    def read(reads: Reads) -> tuple[ComplaintRow, ...]:
        client = _meant(reads, args.client)
        return queries.open_complaints(reads) if client is None else queries.complaints_of(reads, client)

    with context.store() as store:
        rows = store.read(read)
    context.show({"complaints": [_complaint(row) for row in rows]}, lambda: _complaint_lines(rows))
    return 0


def _complaint(row: ComplaintRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "client": row.client,
        "name": row.name,
        "text": row.text,
        "owner": row.owner,
        "received": row.received_on.isoformat(),
        "due": row.due_on.isoformat(),
        "allowed": row.allowed,
        "used": row.used,
        "late": row.late,
        "open": row.open,
        "verdict": row.verdict,
        "steps": [{"date": step.on.isoformat(), "who": step.who, "text": step.text} for step in row.steps],
    }


def _complaint_lines(rows: tuple[ComplaintRow, ...]) -> Iterator[str]:
    if not rows:
        yield _("No complaint is open.")
        return
    yield from table(
        (_("Client"), _("Received on"), _("Last day"), _("Day"), _("Owner"), _("Complaint")),
        [
            (
                row.name,
                row.received_on.isoformat(),
                row.due_on.isoformat(),
                f"{row.used}/{row.allowed}",
                row.owner,
                row.text,
            )
            for row in rows
        ],
        right=(3,),
    )


def _journals(args: argparse.Namespace, context: Context) -> int:
    from rmdesk.services.journals import queries

    since, until = day_given(args.since, "from"), day_given(args.until, "to")
    with context.store() as store:
        rows = store.read(
            lambda reads: queries.journals(reads, since, until, client=_meant(reads, args.client), limit=100_000)
        )
    context.show({"journals": [_journal(row) for row in rows]}, lambda: _journal_lines(rows))
    return 0


def _journal(row: JournalRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "date": row.on.isoformat(),
        "method": row.method,
        "content": row.content,
        "insight": row.insight or None,
        "reflection": row.reflection or None,
        "group": row.group,
        "purpose": row.purpose,
        "clients": [{"id": one.id, "name": one.name} for one in row.clients],
        "cards": [{"id": one.card, "title": one.title, "outcome": one.outcome} for one in row.cards],
    }


def _journal_lines(rows: tuple[JournalRow, ...]) -> Iterator[str]:
    from rmdesk.services.journals.rules import methods

    if not rows:
        yield _("No journal was written.")
        return
    yield from table(
        (_("Date"), _("Method"), _("Clients"), _("Content"), _("Insight")),
        [
            (
                row.on.isoformat(), str(methods().get(row.method, row.method)),
                " ".join(one.name for one in row.clients), row.content, row.insight,
            )
            for row in rows
        ],
    )  # fmt: skip


def _playbook(args: argparse.Namespace, context: Context) -> int:
    from rmdesk.services.journals import queries

    with context.store() as store:
        rows = store.read(queries.cards)
    data = [
        {
            "id": row.id, "title": row.title, "text": row.text, "method": row.method, "group": row.group,
            "uses": row.uses, "worked": row.worked, "partly": row.partly, "failed": row.failed,
        }
        for row in rows
    ]  # fmt: skip
    lines = [(row.title, str(row.uses), str(row.worked), row.text) for row in rows]
    head = (_("Title"), _("Uses"), _("Worked"), _("Text"))
    context.show({"cards": data}, lambda: table(head, lines, right=(1, 2)))
    return 0


def _find(args: argparse.Namespace, context: Context) -> int:
    from rmdesk.services.search import finding, queries, texts

    with context.store() as store:
        while store.read(texts.left):
            store.perform(texts.IndexTexts())
        clients = store.read(queries.build).find(args.text, args.limit)
        meant = [client.client for client in clients[:FOUND_RECORDS]]
        hits = store.read(finding.find, args.text, args.limit, meant)
    data = [
        {
            "entity": hit.entity, "id": hit.entity_id, "client": hit.client, "name": hit.name or None,
            "date": hit.on and hit.on.isoformat(), "text": hit.snippet, "spans": hit.spans,
        }
        for hit in hits
    ]  # fmt: skip
    found = {"clients": [{"id": one.client, "name": one.name} for one in clients], "found": data}
    context.show(found, lambda: _found_lines(args.text, clients, hits))
    return 0


def _found_lines(text: str, clients: list[Hit], hits: tuple[TextHit, ...]) -> Iterator[str]:
    if not clients and not hits:
        yield _("Nothing found for “{text}”.").format(text=text)
    if clients:
        yield from table((_("Client"), "#"), [(one.name, str(one.client)) for one in clients])
    if clients and hits:
        yield ""
    if hits:
        lines = [(str(hit.on or ""), hit.name, hit.snippet) for hit in hits]
        yield from table((_("Date"), _("Client"), _("Text")), lines)


def _meant(reads: Reads, written: str | None) -> ClientId | None:
    from rmdesk.services.search.queries import client_meant

    return None if written is None else client_meant(reads, written)
