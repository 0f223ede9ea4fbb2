"""`today`: whom to care for and why; `score`: one receipt; `segments`: the portfolio in parts."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from rmdesk.base.errors import Refused
from rmdesk.base.text import N_, _
from rmdesk.cli.context import Context
from rmdesk.cli.output import table, whole_number
from rmdesk.models.kinds import Channel, Purpose

if TYPE_CHECKING:
    from rmdesk.services.care.overview import Part, Summary


def register(subparsers: Any) -> None:
    """Add the commands of this group."""
    today = subparsers.add_parser("today", help=_("whom to care for today, and why"))
    _purpose(today)
    today.add_argument(
        "--limit",
        metavar="N",
        type=whole_number("--limit"),
        help=_("as if the day held N: each lane has its share of them; not the first N of the whole list"),
    )
    score = subparsers.add_parser("score", help=_("the score of one client as a receipt"))
    score.add_argument("client", metavar="CLIENT", help=_("client number, name, pinyin, initials, or # and the id"))
    _purpose(score)
    score.add_argument(
        "--what-if", choices=[channel.value for channel in Channel], help=_("as if contacted today in this way")
    )
    segments = subparsers.add_parser("segments", help=_("the portfolio by tier, familiarity and group"))
    segments.add_argument("--cuts", metavar="N,N,…", help=_("other lower limits of the tiers from T2 up, in units"))


def run(args: argparse.Namespace, context: Context) -> int:
    """Run one command of this group."""
    return {"today": _today, "score": _score, "segments": _segments}[args.command](args, context)


def _purpose(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--purpose", choices=[purpose.value for purpose in Purpose], default=Purpose.MAINTAIN.value,
        help=_("what the day is for"),
    )  # fmt: skip


def _today(args: argparse.Namespace, context: Context) -> int:
    from rmdesk.services.care import plain

    with context.store() as store:
        data = store.read(plain.today, Purpose(args.purpose), args.limit)
    context.show(data, lambda: _list(data))
    return 0


def _list(data: dict[str, Any]) -> Iterator[str]:
    from rmdesk.models.kinds import Familiarity, Lane, Tier
    from rmdesk.ui.care import words

    purpose = _(words.PURPOSES[Purpose(data["purpose"])])
    yield _("Care list of {day}, {purpose}").format(day=data["date"], purpose=purpose)
    yield ""
    rows = [
        (
            str(item["rank"]),
            item["name"] or item["number"] or f"#{item['client']}",
            _(words.LANES[Lane(item["lane"])]),
            words.tier(Tier(item["tier"]) if item["tier"] else None),
            words.familiarity(Familiarity(item["familiarity"])),
            f"{item['score']:.1f}",
            item["action"],
            " · ".join(reason["text"] for reason in item["reasons"]),
        )
        for item in data["items"]
    ]
    head = ("#", _("Name"), _("Lane"), _("Tier"), _("Familiarity"), _("Score"), _("Next step"), _("Why"))
    yield from table(head, rows, right=(0, 5))
    for note in data["notes"]:
        yield ""
        yield note


def _score(args: argparse.Namespace, context: Context) -> int:
    from rmdesk.services.care import plain
    from rmdesk.services.search.queries import client_meant
    from rmdesk.services.store.reads import Reads

    def told(reads: Reads) -> dict[str, Any]:
        client = client_meant(reads, args.client)
        what_if = Channel(args.what_if) if args.what_if else None
        data = plain.score(reads, client, Purpose(args.purpose), what_if=what_if)
        data["name"] = reads.value("SELECT coalesce(nullif(name, ''), number) FROM client WHERE id = ?", (client,))
        return data

    with context.store() as store:
        data = store.read(told)
    context.show(data, lambda: [data["name"], "", *receipt(data)])
    return 0


def receipt(data: dict[str, Any]) -> Iterator[str]:
    """A score as a receipt for people: its lines, their inputs and the rule behind each."""
    if data["excluded"]:
        yield data["excluded"]
        return
    rows = [(line["rule"], f"{line['points']:.2f}", line["input"], line["as_of"] or "") for line in data["lines"]]
    rows.append(("", f"{data['score']:.1f}", _("rank {rank} of {of}").format(rank=data["rank"], of=data["of"]), ""))
    yield from table((_("Line"), _("Points"), _("Input"), _("As of")), rows, right=(1,))
    if data["action"]:
        yield ""
        yield _("Next step: {action}").format(action=data["action"])


def _segments(args: argparse.Namespace, context: Context) -> int:
    from rmdesk.services.care import overview

    cuts = _cuts(args.cuts) if args.cuts is not None else None
    with context.store() as store:
        found = store.read(overview.summary, cuts)
    context.show(found.plain(), lambda: _parts(found))
    return 0


def _cuts(written: str) -> list[float]:
    try:
        return [float(part) for part in written.replace("，", ",").split(",")]
    except ValueError:
        raise Refused(
            N_("{written} is not a row of amounts."), do=N_("Write it like 20000,50000,100000."), field="cuts",
            code="usage", written=written,
        ) from None  # fmt: skip


def _parts(found: Summary) -> Iterator[str]:
    from rmdesk.models.kinds import Familiarity, Tier
    from rmdesk.ui.care import words
    from rmdesk.ui.kit import format as written

    def rows(parts: tuple[Part, ...], name: Any) -> list[tuple[str, str, str, str]]:
        return [
            (part.code, name(part.code), str(part.clients), written.short_amount(part.aum_minor, found.currency))
            for part in parts
        ]

    head = ("", "", _("Clients"), _("AUM"))
    yield from table(
        head,
        [
            *rows(found.tiers, lambda code: words.tier_whole(Tier(code))),
            *rows(found.familiarity, lambda code: words.familiarity(Familiarity(code))),
            *rows(found.groups, lambda _code: ""),
        ],
        right=(2, 3),
    )
    if found.top_share is not None:
        yield _("The top fifth of the clients hold {share} of the AUM.").format(share=written.percent(found.top_share))
