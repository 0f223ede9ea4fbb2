"""`differences`: what waits for the manager's word after synchronising, and that word."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from rmdesk.base.errors import Refused
from rmdesk.base.text import N_, _, plural
from rmdesk.cli.context import Context

if TYPE_CHECKING:
    from rmdesk.services.store.command import Command
    from rmdesk.services.store.store import Store


def register(subparsers: Any) -> None:
    """Add the commands of this group."""
    told = subparsers.add_parser("differences", help=_("what to settle after synchronising: list it, settle it"))
    parts = told.add_subparsers(dest="part", metavar="PART")
    which = _("its number in the list, or its key as --json tells it")
    settle = parts.add_parser("settle", help=_("say which version of a field holds"))
    settle.add_argument("which", metavar="WHICH", help=which)
    how = settle.add_mutually_exclusive_group(required=True)
    how.add_argument("--version", type=int, metavar="N", help=_("this version of the list; 1 is the one in the record"))
    how.add_argument("--text", metavar="TEXT", help=_("none of them: this text"))
    refused = parts.add_parser("refused", help=_("what the hub did not take"))
    refused.add_argument("which", metavar="WHICH", help=which)
    word = refused.add_mutually_exclusive_group(required=True)
    word.add_argument("--again", action="store_true", help=_("send it once more, as it is now"))
    word.add_argument("--theirs", action="store_true", help=_("give it up and take the team's version"))
    late = parts.add_parser("late", help=_("what a former manager wrote too late"))
    late.add_argument("which", metavar="WHICH", help=which)
    yes = late.add_mutually_exclusive_group(required=True)
    yes.add_argument("--accept", action="store_true", help=_("take it over"))
    yes.add_argument("--set-aside", action="store_true", help=_("leave the records as they are"))
    parts.add_parser("remove-strangers", help=_("remove the clients who are in no book of this desk"))


def run(args: argparse.Namespace, context: Context) -> int:
    """Run one command of this group."""
    if args.part is None:
        return _list(context)
    with context.store() as store:
        command, said = _word(store, args)
        store.perform(command)
    context.show({"done": True}, lambda: [said])
    return 0


def _word(store: Store, args: argparse.Namespace) -> tuple[Command[Any], str]:
    """The command for what was asked, and what is said when it is done."""
    if args.part == "remove-strangers":
        from rmdesk.services.sync.parting import RemoveStrangers

        return RemoveStrangers(), _("Clients of other books removed")
    one = _chosen(_found(store)[args.part], args.which)
    if args.part == "settle":
        from rmdesk.services.sync.settling import Settle

        place: tuple[str, str, str] = one["at"]
        if args.text is not None:
            return Settle(*place, text=args.text), _("Settled.")
        versions = one["versions"]
        if not 1 <= args.version <= len(versions):
            raise Refused(
                N_("There is no version {number}."),
                do=N_("rmdesk differences shows the versions, counted from 1."),
                field="version",
                code="usage",
                number=args.version,
            )
        return Settle(*place, choice=versions[args.version - 1]["id"]), _("Settled.")
    if args.part == "refused":
        from rmdesk.services.sync.settling import RetryRefused, TakeTheirs

        again = _("It is sent with the next round: rmdesk sync")
        return (RetryRefused(*one["at"]), again) if args.again else (TakeTheirs(*one["at"]), _("Settled."))
    from rmdesk.services.sync.late import AcceptLate, KeepLate

    return (AcceptLate if args.accept else KeepLate)(*one["at"]), _("Settled.")


def _chosen(rows: list[dict[str, Any]], which: str) -> dict[str, Any]:
    """The row of that number, counted from 1, or of that key."""
    for number, row in enumerate(rows, 1):
        if which in (str(number), row["key"]):
            return row
    raise Refused(
        N_("The list has no {which}."), do=N_("rmdesk differences shows it."), field="which", code="usage", which=which
    )


def _found(store: Store) -> dict[str, list[dict[str, Any]]]:
    """Everything that waits; `at` is what its command takes."""
    from rmdesk.services.sync import queries, state, strangers

    store.read(state.the_hub)
    settle = [
        {
            "key": "/".join(one.key), "at": one.key, "client": one.name, "record": one.record.said, "about": one.about,
            "field": one.label,
            "versions": [
                {"id": version.conflict, "text": version.text, "by": version.by, "at": version.at}
                for version in one.versions
            ],
        }
        for one in store.read(queries.differences)
    ]  # fmt: skip
    refused = [
        {
            "key": f"{one.entity}/{one.entity_id}", "at": (one.entity, one.entity_id), "client": one.name,
            "record": one.record.said, "about": one.about, "code": one.code, "why": one.why.said, "do": one.do.said,
        }
        for one in store.read(queries.refused)
    ]  # fmt: skip
    late = [
        {
            "key": one.id, "at": (one.id,), "client": one.name, "record": one.record.said, "about": one.about,
            "by": one.by, "fields": {field.label: field.late for field in one.fields}, "deletes": one.deletes,
        }
        for one in store.read(queries.late_edits)
    ]  # fmt: skip
    strange = [
        {"number": one.number, "client": one.name, "records": one.records} for one in store.read(strangers.strangers)
    ]
    return {"settle": settle, "refused": refused, "late": late, "strangers": strange}


def _list(context: Context) -> int:
    with context.store() as store:
        found = _found(store)
    data = {
        name: [{key: value for key, value in row.items() if key != "at"} for row in rows]
        for name, rows in found.items()
    }
    context.show(data, lambda: _lines(found))
    return 0


def _lines(found: dict[str, list[dict[str, Any]]]) -> Iterator[str]:
    if not any(found.values()):
        yield _("Nothing waits for your word.")
    for number, row in enumerate(found["settle"], 1):
        yield f"settle {number}  {_head(row)} · {row['field']}"
        for at, version in enumerate(row["versions"], 1):
            when = f" {version['at']:%m-%d %H:%M}" if version["at"] else ""
            yield f"    {at}  {version['text'] or '–'}  ({version['by'] or '–'}{when})"
    for number, row in enumerate(found["refused"], 1):
        yield f"refused {number}  {_head(row)}"
        yield f"    {row['why']} {row['do']}"
    for number, row in enumerate(found["late"], 1):
        yield f"late {number}  {_head(row)} · {row['by']}"
        for name, text in row["fields"].items():
            yield f"    {name}: {text}"
    if found["strangers"]:
        yield plural(
            "{count} client is in no book of this desk: rmdesk differences remove-strangers",
            "{count} clients are in no book of this desk: rmdesk differences remove-strangers",
            len(found["strangers"]),
        )
        for row in found["strangers"]:
            yield f"    {row['number']}  {row['client']}  {row['records'] or ''}"


def _head(row: dict[str, Any]) -> str:
    return " · ".join(part for part in (row["client"], row["record"], row["about"]) if part)
