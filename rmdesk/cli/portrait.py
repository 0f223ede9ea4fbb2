"""`profile`: what is known of a client as a person, what is missing, and a copy of all data for the client."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rmdesk.base.errors import Refused
from rmdesk.base.text import N_, _
from rmdesk.cli.context import Context
from rmdesk.cli.outgoing import add_options, wish_of
from rmdesk.cli.output import table
from rmdesk.models.kinds import ClientId

if TYPE_CHECKING:
    from rmdesk.services.profile.rows import Profile
    from rmdesk.services.store.reads import Reads
    from rmdesk.services.store.store import Store


def register(subparsers: Any) -> None:
    """Add the commands of this group."""
    profile = subparsers.add_parser("profile", help=_("what is known of a client, and what to ask next"))
    profile.add_argument("client", metavar="CLIENT", help=_("client number, name, pinyin, initials, or # and the id"))
    profile.add_argument(
        "--copy",
        metavar="FOLDER",
        help=_("also write all data on the client there, as JSON and text"),
    )
    add_options(profile)


def run(args: argparse.Namespace, context: Context) -> int:
    """Run one command of this group."""
    from rmdesk.services.profile.queries import profile_of
    from rmdesk.services.search.queries import client_meant

    def told(reads: Reads) -> Profile:
        return profile_of(reads, client_meant(reads, args.client))

    with context.store() as store:
        found = store.read(told)
        files = [] if args.copy is None else _copied(args, store, found.client, Path(args.copy))
    data = {**plain(found), **({"files": files} if files else {})}
    context.show(data, lambda: _lines(found, files))
    return 0


def plain(profile: Profile) -> dict[str, Any]:
    """A profile as plain data; what is masked on the screen is masked here, too."""
    return {
        "client": profile.client,
        "name": profile.name,
        "completeness": profile.completeness.percent,
        "blocks": [
            {
                "area": one.area,
                "tense": one.tense,
                "text": one.text,
                "confirmed_on": _day(one.confirmed_on),
                "fresh": one.fresh,
            }
            for one in profile.blocks
        ],
        "preferences": [
            {"taste": one.taste.value, "text": one.text, "noted_on": one.noted_on.isoformat(), "source": one.source}
            for one in profile.preferences
        ],
        "man": {one.letter: one.answer.value if one.answer else None for one in profile.man},
        "consents": [
            {
                "kind": one.kind.value,
                "given": one.given,
                "on": one.on.isoformat(),
                "how": one.how,
                "by": one.by,
                "holds": one.holds,
            }
            for one in profile.consents
        ],
        "marketing": profile.marketing,
        "reach": {
            "channel": profile.reach.channel.value if profile.reach.channel else None,
            "hours": profile.reach.hours,
            "district": profile.reach.district,
            "wechat": profile.reach.wechat,
        },
        "questions": [
            {"field": one.field, "text": one.text.said, "stale": one.stale} for one in profile.completeness.missing
        ],
    }


def _lines(profile: Profile, files: list[str]) -> Iterator[str]:
    yield f"{profile.name}  {_('Profile complete: {percent}').format(percent=f'{profile.completeness.percent}%')}"
    for one in profile.preferences:
        yield f"  {'+' if one.taste == 'like' else '-'} {one.text}"
    rows = [(f"{one.area}/{one.tense}", _day(one.confirmed_on) or "", one.text) for one in profile.blocks if one.text]
    yield ""
    yield from table((_("Block"), _("Confirmed"), _("Text")), rows)
    yield ""
    for question in profile.completeness.missing:
        yield f"? {question.text.said}"
    yield from files


def _copied(args: argparse.Namespace, store: Store, client: ClientId, folder: Path) -> list[str]:
    """Write the copy for the client, after it is put on record; gives back the paths."""
    from rmdesk.base import clock
    from rmdesk.base.text import phrase
    from rmdesk.services.documents.writing import file_name
    from rmdesk.services.exports.door import give_out
    from rmdesk.services.privacy import copying

    if not folder.is_dir():
        raise Refused(N_("There is no such folder."), do=N_("Name one that exists."), field="copy", code="no_folder")
    name = phrase("Copy of your data")

    paths = []
    for ending in ("json", "txt"):
        path = folder / file_name(name, clock.today(), ending)
        wish = wish_of(args, copying.COPY, ending, client)
        paths.append(str(give_out(store, wish, path, copying.as_made(client, ending), copying.TOLD).path))
    return paths


def _day(day: Any) -> str | None:
    return None if day is None else day.isoformat()
