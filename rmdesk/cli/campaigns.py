"""`campaign list|show|targets|gates`: campaigns, what came of them, whom to call next, and who passes which gate."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from rmdesk.base.errors import Refused
from rmdesk.base.text import N_, _
from rmdesk.cli.context import Context
from rmdesk.cli.output import table
from rmdesk.models.kinds import Purpose
from rmdesk.services.campaigns.outcome import came_of

if TYPE_CHECKING:
    from rmdesk.services.campaigns.gates import Pipeline
    from rmdesk.services.campaigns.rows import Came, CampaignRow, TargetRow
    from rmdesk.services.store.reads import Reads

WHAT = ("list", "show", "targets", "gates")


def register(subparsers: Any) -> None:
    """Add the command of this group."""
    campaign = subparsers.add_parser("campaign", help=_("campaigns: what came of them, whom to call next"))
    campaign.add_argument("what", choices=WHAT, help=_("all of them, one, its clients, or who passes which gate"))
    campaign.add_argument("name", metavar="CAMPAIGN", nargs="?", help=_("which campaign, by its name or id"))
    campaign.add_argument("--purpose", choices=[one.value for one in Purpose], help=_("gates without a campaign"))
    campaign.add_argument("--product", metavar="CODE", help=_("the product that is sold, for the gates"))


def run(args: argparse.Namespace, context: Context) -> int:
    """Run the command."""
    return {"list": _list, "show": _show, "targets": _targets, "gates": _gates}[args.what](args, context)


def _list(args: argparse.Namespace, context: Context) -> int:
    from rmdesk.services.campaigns import plain, queries

    with context.store() as store:
        found = store.read(queries.campaigns)
    context.show({"campaigns": [plain.campaign(one) for one in found]}, lambda: _listed(found))
    return 0


def _listed(found: tuple[CampaignRow, ...]) -> Iterator[str]:
    from rmdesk.services.campaigns.words import STATES

    rows = [
        (one.name, _(STATES[one.state]), one.product_name, one.starts_on.isoformat(),
         *map(str, (one.targets, one.touched, one.bought)))
        for one in found
    ]  # fmt: skip
    head = (_("Campaign"), _("State"), _("Product"), _("Begins"), _("On the list"), _("Touched"), _("Sale made"))
    yield from table(head, rows, right=(4, 5, 6))


def _show(args: argparse.Namespace, context: Context) -> int:
    from rmdesk.services.campaigns import gates, plain

    def ask(reads: Reads) -> tuple[CampaignRow, Came, Pipeline]:
        one = _named(reads, args.name)
        found = gates.pipeline(reads, one.purpose, one.product, one.conditions, one.id)
        return one, came_of(reads, one.id), found

    with context.store() as store:
        one, came, found = store.read(ask)
    told = {**plain.campaign(one), "funnel": plain.funnel(came), "gates": plain.gates(found)}
    context.show(told, lambda: _told(one, came, found))
    return 0


def _told(one: CampaignRow, came: Came, found: Pipeline) -> Iterator[str]:
    from rmdesk.services.campaigns.tables import table as rules

    yield f"{one.name}: {rules().purposes[one.purpose].name.said}"
    yield ""
    yield from _passed(found)
    yield ""
    told = came.funnel
    rows = [
        (_("Touched"), str(told.traffic)),
        (_("Sale made"), str(told.bought)),
        (_("Conversion"), "–" if told.conversion is None else f"{told.conversion:.1%}"),
        (_("Margin"), "–" if told.margin is None else f"{told.margin:.2%}"),
    ]
    yield from table((_("Result"), ""), rows, right=(1,))


def _targets(args: argparse.Namespace, context: Context) -> int:
    from rmdesk.services.campaigns import plain, queries

    with context.store() as store:
        found = store.read(lambda reads: queries.targets(reads, _named(reads, args.name).id))
    context.show({"targets": [plain.target(one) for one in found]}, lambda: _called(found))
    return 0


def _called(found: tuple[TargetRow, ...]) -> Iterator[str]:
    rows = [
        (
            str(one.place or "–"),
            one.number or f"#{one.client}",
            one.name,
            one.group or "",
            one.why.said if one.why else " · ".join(f"{name} {points:+.0f}" for name, points in one.lines),
        )
        for one in found
    ]
    yield from table(("#", _("Client"), _("Name"), _("Group"), _("Why")), rows, right=(0,))


def _gates(args: argparse.Namespace, context: Context) -> int:
    from rmdesk.services.campaigns import gates, plain

    def ask(reads: Reads) -> Pipeline:
        if args.name:
            one = _named(reads, args.name)
            return gates.pipeline(reads, one.purpose, one.product, one.conditions, one.id)
        if not args.purpose:
            raise Refused(
                N_("Name a campaign, or a purpose by --purpose."),
                do=N_("The purposes are maintain, sell and wake."),
                field="purpose",
                code="usage",
            )
        return gates.pipeline(reads, Purpose(args.purpose), args.product)

    with context.store() as store:
        found = store.read(ask)
    context.show({"purpose": found.purpose.value, "gates": plain.gates(found)}, lambda: _passed(found))
    return 0


def _passed(found: Pipeline) -> Iterator[str]:
    rows = []
    for step in found.steps:
        rows.append((step.title.said, str(step.count), ""))
        rows += [("", f"−{len(fall.clients)}", fall.why.said) for fall in step.fell]
    yield from table((_("Gate"), _("Clients"), _("Why left out")), rows, right=(1,))


def _named(reads: Reads, name: str | None) -> CampaignRow:
    from rmdesk.services.campaigns import queries

    if not name:
        raise Refused(
            N_("Which campaign? Give its name or id."),
            do=N_("rmdesk campaign list shows them."),
            field="name",
            code="usage",
        )
    found = queries.campaign_named(reads, name)
    if found is None:
        raise Refused(
            N_("There is no campaign {name}."), do=N_("rmdesk campaign list tells all."), field="name",
            code="no_campaign", name=name,
        )  # fmt: skip
    return found
