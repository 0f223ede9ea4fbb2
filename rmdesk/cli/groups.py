"""`groups`: group clients with their tree and how near the limits they are, also with a deal that is talked about."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from rmdesk.base.errors import Refused
from rmdesk.base.text import N_, _
from rmdesk.cli.context import Context
from rmdesk.cli.output import table

if TYPE_CHECKING:
    from rmdesk.services.groups.facts import Draft, GroupFile, Standing
    from rmdesk.services.groups.queries import GroupRow


def register(subparsers: Any) -> None:
    """Add the command of this group."""
    groups = subparsers.add_parser("groups", help=_("group clients and how near the limits they are"))
    groups.add_argument("name", metavar="NAME", nargs="?", help=_("one group: tree, exposures, guarantees"))
    groups.add_argument(
        "--draft", nargs=3, metavar=("MEMBER", "KIND", "AMOUNT"), help=_("with a deal that is talked about; not saved")
    )


def run(args: argparse.Namespace, context: Context) -> int:
    """Run the command."""
    from rmdesk.services.groups import queries

    with context.store() as store:
        if args.name is None:
            rows = store.read(queries.groups)
            found = None
        else:
            key = store.read(queries.group_named, args.name)
            found = store.read(queries.group_of, key) if key is not None else None
            if found is None:
                raise Refused(
                    N_("There is no group {name}."), do=N_("rmdesk groups lists them."), field="group", code="no_group",
                    name=args.name,
                )  # fmt: skip
    if found is None:
        data = {"groups": [_brief(row) for row in rows]}
        context.show(data, lambda: _listed(rows))
        return 0
    draft = _draft(args.draft, found) if args.draft else None
    context.show(_plain(found, draft), lambda: _told(found, draft))
    return 0


def _draft(given: list[str], found: GroupFile) -> Draft:
    from rmdesk.models.kinds import ExposureKind
    from rmdesk.services import amounts
    from rmdesk.services.groups.facts import Draft

    member, kind, amount = given
    party = _member(member, found)
    if kind not in {one.value for one in ExposureKind}:
        raise Refused(
            N_("There is no kind of exposure {name}."), do=N_("Choose one of {kinds}."), field="draft", code="usage",
            name=kind, kinds=", ".join(ExposureKind),
        )  # fmt: skip
    worth = amounts.typed(amount, found.currency, "draft")
    if worth is not None and worth.currency != found.currency:
        raise Refused(
            N_("Name it in {currency}."),
            do=N_("Write the amount without a currency, or with this one."),
            field="draft",
            code="currency",
            currency=found.currency,
        )
    return Draft(party, ExposureKind(kind), worth.minor if worth else None)


def _member(wanted: str, found: GroupFile) -> str:
    """The member of that name, else the only one whose name holds it."""
    whole = [party for party, name in found.names.items() if name == wanted]
    near = whole or [party for party, name in found.names.items() if wanted and wanted in name]
    if not near:
        raise Refused(
            N_("{name} is no member of this group."), do=N_("Choose one of {names}."), field="draft", code="no_member",
            name=wanted, names=", ".join(found.names.values()),
        )  # fmt: skip
    if len(near) > 1:
        raise Refused(
            N_("Several members are meant by {name}."), do=N_("Choose one of {names}."), field="draft",
            code="several_members", name=wanted, names=", ".join(found.names[party] for party in near),
        )  # fmt: skip
    return near[0]


def _brief(row: GroupRow) -> dict[str, Any]:
    return {"id": row.id, "name": row.name, "members": row.members, **_standing(row.standing), "currency": row.currency}


def _standing(told: Standing) -> dict[str, Any]:
    return {
        "light": told.light.value,
        "total_minor": told.total.minor,
        "at_least": told.total.at_least,
        "limits": [
            {
                "code": line.limit.code, "percent": line.limit.percent, "of": line.limit.of, "whose": line.name or None,
                "total_minor": line.total.minor, "limit_minor": line.limit_minor, "light": line.light.value,
            }
            for line in told.lines
        ],
        "reasons": [reason.said for reason in told.reasons],
    }  # fmt: skip


def _plain(found: GroupFile, draft: Draft | None) -> dict[str, Any]:
    data = {
        "id": found.id,
        "name": found.name,
        "currency": found.currency,
        "capital": found.capital
        and {
            "on": found.capital.on, "net_minor": found.capital.net_minor, "tier1_minor": found.capital.tier1_minor,
            "stale": found.capital.stale,
        },
        **_standing(found.standing()),
        "tree": [
            {
                "name": node.name, "client": node.client, "depth": node.depth, "share_bp": node.share_bp,
                "shared": node.shared, "also_in": list(node.also_in), "total_minor": node.total.minor,
                "at_least": node.total.at_least,
            }
            for node in found.nodes
        ],
        "exposures": [
            {
                "name": one.name, "kind": one.kind.value, "amount_minor": one.amount_minor, "currency": one.currency,
                "draft": one.draft, "told_by_bank": one.told, "as_of": one.as_of,
            }
            for one in found.exposures
        ],
        "guarantees": [
            {"guarantor": one.guarantor_name, "debtor": one.debtor_name, "amount_minor": one.amount_minor,
             "currency": one.currency}
            for one in found.guarantees
        ],
        "circles": [[_named(found, party) for party in circle] for circle in found.circles],
    }  # fmt: skip
    if draft is not None:
        data["with_draft"] = _standing(found.standing(draft, drafts=True))
    return data


def _named(found: GroupFile, party: str) -> str:
    names = {one.guarantor: one.guarantor_name for one in found.guarantees}
    return found.names.get(party) or names.get(party, party)


def _listed(rows: tuple[GroupRow, ...]) -> Iterator[str]:
    from rmdesk.services.groups.words import LIGHTS

    lines = [
        (
            row.name,
            str(row.members),
            f"{'≥ ' if row.standing.total.at_least else ''}{_units(row.standing.total.minor, row.currency)}",
            _(LIGHTS[row.standing.light]),
            " ".join(reason.said for reason in row.standing.reasons),
        )
        for row in rows
    ]
    yield from table((_("Group"), _("Members"), _("Exposure"), _("Traffic light"), _("Why")), lines, right=(1, 2))


def _told(found: GroupFile, draft: Draft | None) -> Iterator[str]:
    from rmdesk.services.groups.tables import kind_name
    from rmdesk.services.groups.words import LIGHTS

    for title, standing in ((_("Today"), found.standing()), (_("With the draft"), found.standing(draft, drafts=True))):
        if title == _("Today") or draft is not None:
            yield f"{found.name} · {title}: {_(LIGHTS[standing.light])}"
            yield from (f"  {reason.said}" for reason in standing.reasons)
    yield ""
    for node in found.nodes:
        notes = [_("counted above")] if node.shared else [_units(node.total.minor, found.currency)]
        share = f" {node.share_bp / 100:g} %" if node.share_bp else ""
        yield f"{'  ' * node.depth}{node.name}{share} · {' · '.join(notes)}"
    yield ""
    rows = [
        (
            one.name,
            kind_name(one.kind),
            _("unknown") if one.amount_minor is None else _units(one.amount_minor, one.currency),
            _("draft") if one.draft else _("the bank") if one.told else "",
        )
        for one in found.exposures
    ]
    yield from table((_("Member"), _("Kind"), _("Amount"), ""), rows, right=(2,))
    for circle in found.circles:
        yield _("Guarantees in a circle: {names}").format(names=" → ".join(_named(found, one) for one in circle))


def _units(minor: int, currency: str) -> str:
    from rmdesk.base.money import Money

    return f"{Money(minor, currency).amount:,.0f} {currency}"
