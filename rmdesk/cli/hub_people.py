"""`hub user`, `hub device`, `hub handover`: people, desks and hand-overs, for whoever keeps the hub.

They act as the hub itself, whoever sits at its console: what is done is in the audit without a name. Hand-overs asked
for here are still confirmed by an administrator or a lead, or here in a second step by another person.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from rmdesk.base.errors import Refused
from rmdesk.base.text import N_, _
from rmdesk.cli.context import Context
from rmdesk.cli.hub_keeping import options, place

if TYPE_CHECKING:
    from rmdesk.hub.core import Hub

PASSWORD = "RMDESK_USER_PASSWORD"
REASONS = {
    "not_found": N_("There is no such thing at this hub."),
    "taken": N_("This name or number is taken."),
    "no_team": N_("Name a team of this hub."),
    "no_way_in": N_("Give a password, or the bank's sign-in with --issuer."),
    "password_weak": N_("This password is well known or easily guessed."),
    "password_length": N_("A password has 12 to 256 characters."),
    "too_many_devices": N_("This person has too many active desks. Revoke one first."),
    "already_asked": N_("A hand-over of one of these clients was asked for already."),
    "one_book": N_("The clients must be in one book, and go to another one."),
    "dual_control": N_("Somebody else must confirm it."),
}


def register(verbs: Any) -> None:
    """Add these verbs."""
    user = _verb(verbs, "user", _("people, teams and books"), ("list", "add", "team", "book", "off"), _user)
    user.add_argument("name", nargs="?", metavar="NAME", help=_("sign-in name; with team and book their name"))
    user.add_argument("--full-name", metavar="NAME", help=_("as colleagues know them"))
    user.add_argument("--role", choices=("manager", "lead", "administrator"), default="manager", help=_("role"))
    user.add_argument("--team", metavar="TEAM", help=_("name or id of a team"))
    user.add_argument("--owner", metavar="NAME", help=_("sign-in name of a book's manager"))
    user.add_argument("--number", metavar="NUMBER", help=_("staff number in the bank's exports"))
    user.add_argument("--issuer", metavar="URL", help=_("signs in with the bank's own sign-in"))
    actions: tuple[str, ...] = ("list", "approve", "revoke", "wipe", "retire")
    device = _verb(verbs, "device", _("desks: approve, revoke, retire, wipe"), actions, _device)
    device.add_argument("id", nargs="?", metavar="ID", help=_("id of a desk"))
    actions = ("list", "ask", "confirm", "refuse", "purges", "aside")
    handover = _verb(verbs, "handover", _("clients who go to another manager"), actions, _handover)
    handover.add_argument("ids", nargs="*", metavar="ID", help=_("client numbers or ids; or the id of a batch"))
    handover.add_argument("--to", metavar="BOOK", help=_("id or staff number of the new book"))
    handover.add_argument("--reason", metavar="TEXT", default="-", help=_("why"))
    handover.add_argument("--grace-days", type=int, default=14, metavar="N", help=_("days for late edits"))


def _verb(verbs: Any, name: str, told: str, actions: tuple[str, ...], work: Callable[..., int]) -> Any:
    verb = verbs.add_parser(name, help=told)
    options(verb)
    verb.add_argument("action", choices=actions, help=_("what to do"))
    verb.set_defaults(work=work)
    return verb


def _user(args: argparse.Namespace, context: Context) -> int:
    from rmdesk.hub.services import running
    from rmdesk.wire import people as say
    from rmdesk.wire.books import BookAsk

    with _hub(args) as (hub, me):
        if args.action == "team":
            running.add_team(hub, me, say.TeamAsk(_given(args.name)))
        elif args.action == "add":
            password = None if args.issuer else _password()
            told = say.UserAsk(
                _given(args.name), args.full_name or args.name, args.role, _team(hub, me, args.team), password,
                args.issuer,
            )  # fmt: skip
            running.add_user(hub, me, told)
        elif args.action == "book":
            owner = _user_id(hub, me, args.owner)
            team = next(one.team for one in running.users(hub, me).users if one.id == owner)
            running.add_book(hub, me, BookAsk(team, owner, _given(args.name), args.number))
        elif args.action == "off":
            running.change_user(hub, me, _user_id(hub, me, args.name), say.UserChange(active=False))
        found = running.users(hub, me).users
        teams = {one.id: one.name for one in running.teams(hub, me).teams}
        books = running.books(hub, me).books
    context.show(
        {"users": [_plain(one) for one in found], "teams": teams, "books": [_plain(one) for one in books]},
        lambda: (
            [
                f"{one.login:16}{one.name:16}{one.role:16}{teams.get(one.team, ''):16}{'' if one.active else '✗'}"
                for one in found
            ]
            + [f"{one.number:16}{one.name:16}{one.clients}" for one in books]
        ),
    )
    return 0


def _device(args: argparse.Namespace, context: Context) -> int:
    from rmdesk.hub.services import devices

    with _hub(args) as (hub, me):
        if args.action != "list":
            act = {"approve": devices.approve, "revoke": devices.revoke, "wipe": devices.wipe, "retire": devices.retire}
            act[args.action](hub, me, _given(args.id))
        found = devices.rows(hub, me).devices
    context.show(
        {"devices": [_plain(one) for one in found]},
        lambda: [f"{one.id}  {one.user_name:16}{one.name:20}{one.status:10}{one.seen_at}" for one in found],
    )
    return 0


def _handover(args: argparse.Namespace, context: Context) -> int:
    from rmdesk.hub.services.handing import handover
    from rmdesk.wire.handing import HandoverAsk

    with _hub(args) as (hub, me):
        if args.action == "purges":
            late = handover.purges(hub, me).purges
            context.show(
                {"purges": [_plain(one) for one in late]},
                lambda: [f"{one.device}  {one.user:16}{one.client}  {one.days_late}" for one in late],
            )
            return 0
        if args.action == "aside":
            from rmdesk.hub.services.handing import aside

            kept = aside.kept(hub)
            context.show(
                {"aside": [one._asdict() for one in kept]},
                lambda: [f"{one.at[:16]}  {one.by:16}{one.type:18}{one.record}  {one.reason}" for one in kept],
            )
            return 0
        if args.action == "ask":
            told = HandoverAsk(
                [_client(one) for one in args.ids], _book(hub, me, args.to), args.reason, args.grace_days
            )
            found = handover.ask(hub, me, told).handovers
        elif args.action in ("confirm", "refuse"):
            act = handover.confirm if args.action == "confirm" else handover.refuse
            found = act(hub, me, _given(args.ids[0] if args.ids else None)).handovers
        else:
            found = handover.rows(hub, me).handovers
    context.show(
        {"handovers": [_plain(one) for one in found]},
        lambda: [f"{one.batch}  {one.client}  {one.state:10}{one.asked_at[:10]}  {one.reason}" for one in found],
    )
    return 0


@contextmanager
def _hub(args: argparse.Namespace) -> Iterator[tuple[Hub, Any]]:
    """The hub, and whoever keeps it; what the hub refuses becomes a sentence."""
    from rmdesk.hub import core
    from rmdesk.hub.failures import Failed

    with place(args) as found:
        hub = core.opened(found.settings)
        try:
            yield hub, core.Caller(os.environ.get("USER", "console")[:40], "", "administrator", "")
        except Failed as error:
            told = REASONS.get(error.code, N_("The hub refused: {reason}."))
            raise Refused(told, code=error.code, field=error.field, reason=error.code) from error
        finally:
            hub.close()


def _given(word: str | None) -> str:
    if not word:
        raise Refused(N_("Say which one."), do=N_("Run the command with --help."), code="usage")
    return word


def _password() -> str:
    """From the environment or the keyboard; never from the command line, where others see it."""
    told = os.environ.get(PASSWORD)
    if told:
        return told
    if not sys.stdin.isatty():
        raise Refused(N_("A new account needs a password."), do=N_("Set RMDESK_USER_PASSWORD."), code="no_password")
    import getpass

    return getpass.getpass(_("Password: "))


def _team(hub: Hub, me: Any, word: str | None) -> str | None:
    from rmdesk.hub.services import running

    if not word:
        return None
    return next((one.id for one in running.teams(hub, me).teams if word in (one.id, one.name)), word)


def _user_id(hub: Hub, me: Any, word: str | None) -> str:
    from rmdesk.hub.services import running

    found = (one.id for one in running.users(hub, me).users if _given(word).casefold() in (one.id, one.login))
    return next(found, "")


def _book(hub: Hub, me: Any, word: str | None) -> str:
    from rmdesk.hub.services import running

    return next((one.id for one in running.books(hub, me).books if _given(word) in (one.id, one.number)), _given(word))


def _client(word: str) -> str:
    from rmdesk.wire.ids import client_id

    is_id = len(word) == 32 and set(word) <= set("0123456789abcdef")
    return word if is_id else client_id(word)


def _plain(one: Any) -> Any:
    import msgspec

    return msgspec.to_builtins(one)
