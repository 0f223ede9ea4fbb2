"""`man CLIENT`: Money, Authority, Need with hints and the open question; `specialists`: what they were asked."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from rmdesk.base.text import _
from rmdesk.cli.context import Context
from rmdesk.cli.output import table
from rmdesk.models.kinds import RequestState

if TYPE_CHECKING:
    from rmdesk.services.specialists.queries import RequestRow
    from rmdesk.services.store.reads import Reads
    from rmdesk.services.strategy.man import ManFile


def register(subparsers: Any) -> None:
    """Add the commands of this group."""
    man = subparsers.add_parser("man", help=_("Money, Authority, Need of a client, with hints and the open question"))
    man.add_argument("client", metavar="CLIENT", help=_("client number, name, pinyin, initials, or # and the id"))
    man.add_argument("--product", metavar="CODE", help=_("hold free money against this product's minimum"))
    asked = subparsers.add_parser("specialists", help=_("what specialists were asked, and what they said"))
    asked.add_argument("--all", action="store_true", help=_("also what is closed"))


def run(args: argparse.Namespace, context: Context) -> int:
    """Run the command."""
    return {"man": _man, "specialists": _specialists}[args.command](args, context)


def _man(args: argparse.Namespace, context: Context) -> int:
    from rmdesk.services.search.queries import client_meant
    from rmdesk.services.strategy.man import man_of

    def ask(reads: Reads) -> ManFile:
        return man_of(reads, client_meant(reads, args.client), args.product)

    with context.store() as store:
        found = store.read(ask)
    told = {
        "low": found.low,
        "high": found.high,
        "letters": [
            {
                "letter": one.letter,
                "answer": one.answer.value if one.answer else None,
                "hints": [hint.said for hint in one.hints],
            }
            for one in found.letters
        ],
        "ask": {"letter": found.ask.letter, "question": found.ask.question.said} if found.ask else None,
    }
    context.show(told, lambda: _told(found))
    return 0


def _told(found: ManFile) -> Iterator[str]:
    rows = [
        (one.letter, one.answer.value if one.answer else "?", " · ".join(hint.said for hint in one.hints))
        for one in found.letters
    ]
    yield _("Difficulty {low} to {high}").format(low=found.low, high=found.high)
    yield from table(("MAN", _("Answer"), _("Hints")), rows)
    if found.ask is not None:
        yield _("Ask: {question}").format(question=found.ask.question.said)


def _specialists(args: argparse.Namespace, context: Context) -> int:
    from rmdesk.services.specialists import queries

    with context.store() as store:
        found = store.read(queries.requests)
    waiting = (RequestState.OPEN, RequestState.ANSWERED)
    shown = [one for one in found if args.all or one.state in waiting]
    context.show({"requests": [_plain(one) for one in shown]}, lambda: _asked(shown))
    return 0


def _plain(one: RequestRow) -> dict[str, Any]:
    return {
        "request": one.id,
        "client": one.number or f"#{one.client}",
        "field": one.field,
        "specialist": one.who or None,
        "question": one.question,
        "asked_on": one.asked_on.isoformat(),
        "due_on": one.due_on.isoformat(),
        "state": one.state.value,
        "overdue": one.overdue,
        "reply": one.reply or None,
        "follow_up": one.follow or None,
        "followed": one.followed,
    }


def _asked(rows: list[RequestRow]) -> Iterator[str]:
    from rmdesk.services.specialists.tables import field_name
    from rmdesk.services.specialists.words import STATES

    lines = [
        (one.due_on.isoformat(), one.name, field_name(one.field), one.who, _(STATES[one.state]), one.question)
        for one in rows
    ]
    head = (_("Due"), _("Client"), _("Field of expertise"), _("Specialist"), _("State"), _("What you want to know"))
    yield from table(head, lines)
