"""`join`, `rejoin`, `leave`: a team hub; `sync`: one round with it, or how it stands."""

from __future__ import annotations

import argparse
import platform
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rmdesk.base.errors import Refused
from rmdesk.base.text import N_, _, plural
from rmdesk.cli.context import Context

PASSWORD_MOST = 1000
ACTIVE = "active"


def register(subparsers: Any) -> None:
    """Add the commands of this group."""
    join = subparsers.add_parser("join", help=_("follow a team hub"))
    join.add_argument(
        "url",
        metavar="URL",
        nargs="?",
        default="",
        help=_("address of the hub, as in https://hub.bank.example; else the one that the bank set in policy.toml"),
    )
    join.add_argument("--user", metavar="NAME", required=True, help=_("who signs in"))
    join.add_argument("--password-file", metavar="FILE", help=_("read the password from a file; else it is asked for"))
    join.add_argument("--name", metavar="NAME", default="", help=_("name of this desk, for who approves it"))
    anew = subparsers.add_parser("rejoin", help=_("sign in at the hub again: its key was lost, or the hub shut it out"))
    anew.add_argument("--user", metavar="NAME", required=True, help=_("who signs in"))
    anew.add_argument("--password-file", metavar="FILE", help=_("read the password from a file; else it is asked for"))
    anew.add_argument("--name", metavar="NAME", default="", help=_("name of this desk, for who approves it"))
    leave = subparsers.add_parser("leave", help=_("follow no hub any more; the data stay here"))
    leave.add_argument("--anyway", action="store_true", help=_("also if the hub has not heard everything"))
    sync = subparsers.add_parser("sync", help=_("one round with the team hub"))
    sync.add_argument("what", nargs="?", choices=["status"], help=_("only say how it stands"))
    sync.add_argument("--allow-deletions", action="store_true", help=_("yes to the many deletions that wait"))


def run(args: argparse.Namespace, context: Context) -> int:
    """Run one command of this group."""
    if args.command == "sync":
        return (_status if args.what else _sync)(args, context)
    return {"join": _join, "rejoin": _rejoin, "leave": _leave}[args.command](args, context)


def _join(args: argparse.Namespace, context: Context) -> int:
    from rmdesk.services.settings.policy import policy
    from rmdesk.services.sync import login, state
    from rmdesk.services.sync.address import checked

    url = checked(args.url or policy().hub)
    password = _password(args.password_file, context)
    marked = 0
    with context.store(late=True) as store:
        entered = login.with_password(url, args.user, password)
        status = login.register(store, url, entered, args.name or platform.node() or "desk")
        if status == ACTIVE:
            marked = login.join(store)
        me = store.read(state.who)
    name, role = (me.name, me.role) if me else (entered.name, entered.role)
    data = {"joined": status == ACTIVE, "name": name, "role": role, "to_tell": marked}

    def said() -> Iterator[str]:
        if status == ACTIVE:
            yield _("{name} follows {url}.").format(name=name, url=url)
            yield plural(
                "{count} record will be told: rmdesk sync", "{count} records will be told: rmdesk sync", marked
            )
        else:
            yield _("This desk waits for approval. Afterwards run the same command again.")

    context.show(data, said)
    return 0


def _rejoin(args: argparse.Namespace, context: Context) -> int:
    from rmdesk.services.sync import login, rejoining, state

    with context.store(late=True) as store:
        hub = store.read(state.the_hub)
        password = _password(args.password_file, context)
        entered = login.with_password(hub.url, args.user, password)
        status = rejoining.sign_in(store, entered, args.name or platform.node() or "desk")
        waiting = rejoining.finish(store) if status == ACTIVE else 0

    def said() -> Iterator[str]:
        if status == ACTIVE:
            yield _("This desk follows {url} again; nothing was lost.").format(url=hub.url)
            yield plural(
                "{count} record will be told: rmdesk sync", "{count} records will be told: rmdesk sync", waiting
            )
        else:
            yield _("This desk waits for approval. Afterwards run the same command again.")

    context.show({"joined": status == ACTIVE, "to_tell": waiting}, said)
    return 0


def _leave(args: argparse.Namespace, context: Context) -> int:
    from rmdesk.services.sync.joining import LeaveHub

    with context.store() as store:
        unheard = store.perform(LeaveHub(args.anyway)).result
    context.show({"unheard": unheard}, lambda: iter([_("This desk follows no hub any more. All data stay here.")]))
    return 0


def _sync(args: argparse.Namespace, context: Context) -> int:
    from rmdesk.services.sync import address
    from rmdesk.services.sync.engine import sync_round

    with context.store(late=True) as store:
        if args.allow_deletions:
            from rmdesk.services.sync.guards import AllowDeletions

            store.perform(AllowDeletions())
        with address.connect(store) as client:
            report = sync_round(store, client, context.progress())
    data = {
        name: getattr(report, name)
        for name in ("pushed", "kept_both", "refused", "handed_over", "pulled", "left", "mended", "offered", "asks",
                     "push_only", "sent_bytes", "received_bytes")
    }  # fmt: skip

    def said() -> Iterator[str]:
        yield _("{pushed} told, {pulled} heard.").format(pushed=report.pushed, pulled=report.pulled)
        if report.kept_both:
            yield _("{count} with two versions: rmdesk differences").format(count=report.kept_both)
        if report.refused:
            yield _("{count} were not accepted: rmdesk differences").format(count=report.refused)
        if report.handed_over:
            yield _("{count} went to the client's new manager.").format(count=report.handed_over)
        if report.asks:
            yield _("Many deletions wait for your word: rmdesk sync --allow-deletions")

    context.show(data, said)
    return 0


def _status(args: argparse.Namespace, context: Context) -> int:
    from rmdesk.services.sync import escrowing, guards, state
    from rmdesk.services.sync.queries import sync_line

    with context.store(late=True) as store:
        hub, me = store.read(state.the_hub), store.read(state.who)
        line, asked = store.read(sync_line), store.read(guards.asked)
        last, escrow = store.read(state.reached), store.read(escrowing.since)
    at = line.last_at.astimezone().isoformat(sep=" ", timespec="minutes") if line.last_at else ""
    data = {
        "hub": hub.url,
        "name": me.name if me else "",
        "role": me.role if me else "",
        "state": str(line.state),
        "waiting": line.waiting,
        "differences": line.differences,
        "refused": line.refused,
        "lease_days": line.lease_days,
        "last": at,
        "error": last.error,
        "deletions_asked": asked.outgoing + asked.incoming,
        "escrow_since": escrow,
    }

    def said() -> Iterator[str]:
        yield _("{name} at {url}").format(name=data["name"], url=hub.url)
        yield _("Last in step: {at}").format(at=at or _("never"))
        yield (
            _("Since {day} the bank can open this desk with its own recovery key.").format(day=escrow)
            if escrow
            else _("The bank has set no recovery key: it cannot open this desk.")
        )
        yield _("{waiting} to tell, {differences} to settle, {refused} not accepted").format(**data)

    context.show(data, said)
    return 0


def _password(file: str | None, context: Context) -> str:
    if file is not None:
        written = Path(file).read_text(encoding="utf-8").rstrip("\r\n")
        if not written or len(written) > PASSWORD_MOST:
            raise Refused(
                N_("The file holds no password."),
                do=N_("Write the password into its first line."),
                field="password_file",
                code="password",
            )
        return written
    from getpass import getpass

    return getpass(_("Password at the hub: "))
