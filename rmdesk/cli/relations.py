"""`relations`: the people around a client; `introduce`: who can introduce the manager to a client."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import Any

from rmdesk.base.text import _
from rmdesk.cli.context import Context
from rmdesk.cli.output import table


def register(subparsers: Any) -> None:
    """Add the commands of this group."""
    who = _("client number, name, pinyin, initials, or # and the id")
    relations = subparsers.add_parser("relations", help=_("the people around a client"))
    relations.add_argument("client", metavar="CLIENT", help=who)
    introduce = subparsers.add_parser("introduce", help=_("who can introduce you to a client"))
    introduce.add_argument("client", metavar="CLIENT", help=who)


def run(args: argparse.Namespace, context: Context) -> int:
    """Run one command of this group."""
    from rmdesk.services.relations import plain
    from rmdesk.services.search.queries import client_meant
    from rmdesk.services.store.reads import Reads

    ask, show = {"relations": (plain.relations, _around), "introduce": (plain.introduce, _ways)}[args.command]

    def told(reads: Reads) -> dict[str, Any]:
        return ask(reads, client_meant(reads, args.client))

    with context.store() as store:
        data = store.read(told)
    context.show(data, lambda: show(data))
    return 0


def _around(data: dict[str, Any]) -> Iterator[str]:
    yield data["name"]
    yield ""
    rows = [(one["called"], one["name"], one["noted_on"], one["note"]) for one in data["relations"]]
    rows += [(one["called"], one["name"], _("follows"), one["path"]) for one in data["kin"]]
    if rows:
        yield from table((_("Relationship"), _("Name"), _("Noted on"), _("Note")), rows)
    else:
        yield _("No relationships are noted.")
    if data["household"]:
        yield ""
        members = ", ".join(one["name"] for one in data["household"]["members"])
        yield _("Household {name}: {members}").format(name=data["household"]["name"], members=members)
    if data["referrals"]:
        yield ""
        told = [
            (
                one["on"],
                _("brought by {name}").format(name=one["by"]["name"]) if one["by"] else one["name"],
                _("confirmed") if one["confirmed"] else _("not confirmed yet"),
                one["note"],
            )
            for one in data["referrals"]
        ]
        yield from table((_("Referral"), _("Name"), _("State"), _("Note")), told)


def _ways(data: dict[str, Any]) -> Iterator[str]:
    if not data["ways"]:
        yield _("Nobody you speak to leads to {name}.").format(name=data["name"])
        return
    yield _("Who can introduce you to {name}:").format(name=data["name"])
    for way in data["ways"]:
        yield ""
        yield " → ".join(hop["name"] for hop in way["hops"])
        for hop in way["hops"]:
            if hop["why"]:
                yield f"  {hop['why']}"
        yield "  " + _("Last contact with {name}: {day}").format(name=way["hops"][0]["name"], day=way["last_contact"])
