"""`hub serve`, `init`, `doctor`, `audit`, `epoch`: for whoever keeps the hub."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rmdesk.base.text import _
from rmdesk.cli.context import Context

if TYPE_CHECKING:
    from rmdesk.hub.places import Place

FAILED = 1


def register(verbs: Any) -> None:
    """Add these verbs."""
    serve = verbs.add_parser("serve", help=_("run the hub until it is stopped"))
    options(serve)
    serve.add_argument("--demo", action="store_true", help=_("with an invented team, and its passwords printed"))
    serve.add_argument("--host", metavar="ADDRESS", help=_("address to listen at"))
    serve.add_argument("--port", type=int, metavar="PORT", help=_("port to listen at; 0 takes a free one"))
    serve.add_argument("--workers", type=int, metavar="N", help=_("how many processes"))
    serve.set_defaults(work=_serve)
    for name, work, told in (
        ("init", _init, _("make or upgrade the tables of the hub")),
        ("doctor", _doctor, _("look whether all is well")),
        ("audit", _audit, _("check every audit chain and every digest")),
        ("epoch", _epoch, _("after a restore of the database: let all desks compare and offer again")),
    ):
        verb = verbs.add_parser(name, help=told)
        options(verb)
        verb.set_defaults(work=work)


def options(parser: Any) -> None:
    """Where the hub lies; for every verb."""
    parser.add_argument("--embedded", action="store_true", help=_("with a PostgreSQL of its own"))
    parser.add_argument("--data", metavar="DIR", help=_("folder of that PostgreSQL"))
    parser.add_argument("--database-url", metavar="URL", help=_("the bank's PostgreSQL, as rmdesk_app"))
    parser.add_argument("--owner-url", metavar="URL", help=_("the same, as the owner of the tables"))


@contextmanager
def place(args: argparse.Namespace) -> Iterator[Place]:
    """The hub that the options and the environment name."""
    from rmdesk.hub import places

    told = {"database_url": args.database_url, "owner_url": args.owner_url}
    told |= {name: getattr(args, name, None) for name in ("host", "port", "workers")}
    if getattr(args, "demo", False):
        told["unasked_devices"] = 1  # there is nobody yet who could let a desk in
    folder = Path(args.data) if args.data else None
    with places.opened(
        embedded=args.embedded,
        folder=folder,
        thrown_away=folder is None and getattr(args, "demo", False),
        **{name: value for name, value in told.items() if value is not None},
    ) as found:
        yield found


def _serve(args: argparse.Namespace, context: Context) -> int:
    from rmdesk.hub import core, demo, serving

    with place(args) as found:
        settings = found.settings
        if args.demo:
            hub = core.opened(settings)
            people = demo.found(hub)
            hub.close()
            for one in people:
                context.output.out.write(f"{one.login:12}{one.name:12}{one.role:16}{one.password}\n")
            told = _("Desks are let in at once: rmdesk --profile DIR join URL --user {name}")
            context.output.out.write(told.format(name=demo.PEOPLE[0][0]) + "\n")
        if settings.port == 0:
            settings = replace(settings, port=_free_port(settings.host))
        scheme = "https" if settings.tls_certificate else "http"
        context.output.out.write(f"{scheme}://{settings.host}:{settings.port}\n")
        context.output.out.flush()
        serving.serve(settings)
    return 0


def _init(args: argparse.Namespace, context: Context) -> int:
    from rmdesk.hub import migrate, places

    with place(args) as found:
        settings = found.settings
        if not found.embedded:
            migrate.bring_up(
                places.owner_url(found), settings.key("signing key"), partitions=settings.partitions
            )  # fmt: skip
        version = migrate.version(settings.database_url)
    context.show({"schema": version}, lambda: [_("The tables are those of {version}.").format(version=version)])
    return 0


def _doctor(args: argparse.Namespace, context: Context) -> int:
    from rmdesk.hub import inspecting

    with place(args) as found:
        checks = inspecting.examine(found.settings)
    context.show(
        {"checks": [one._asdict() for one in checks]},
        lambda: [f"{'✓' if one.well else '✗'} {one.name}: {one.found}" for one in checks],
    )
    return 0 if all(one.well for one in checks) else FAILED


def _audit(args: argparse.Namespace, context: Context) -> int:
    from rmdesk.hub import core, inspecting

    with place(args) as found:
        hub = core.opened(found.settings)
        try:
            count, flaws = inspecting.flaws(hub)
            digests = inspecting.digests(hub)
            desks = inspecting.desk_breaks(hub)
        finally:
            hub.close()
    told = [{"scope": one.scope, "no": one.no, "why": one.why} for one in flaws]
    lines = [_("{count} chains checked.").format(count=count)]
    lines += [f"✗ {one.scope} {one.no}: {one.why}" for one in flaws]
    lines += [f"✗ {scope}: digest" for scope in digests]
    lines += [f"{one.at:%Y-%m-%d %H:%M} {one.device} {one.action} {one.seq} {one.why}".rstrip() for one in desks]
    logs = [one._asdict() | {"at": one.at.isoformat()} for one in desks]
    context.show({"chains": count, "flaws": told, "digests": digests, "desk_logs": logs}, lambda: lines)
    return FAILED if flaws or digests else 0


def _epoch(args: argparse.Namespace, context: Context) -> int:
    from rmdesk.hub import inspecting, places

    with place(args) as found:
        epoch = inspecting.raise_epoch(places.owner_url(found))
    context.show({"epoch": epoch}, lambda: [_("The epoch is now {epoch}.").format(epoch=epoch)])
    return 0


def _free_port(host: str) -> int:
    import socket

    with socket.socket() as found:
        found.bind((host, 0))
        port: int = found.getsockname()[1]
    return port
