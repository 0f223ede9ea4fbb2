"""`products`: the product cards, and whether one suits a client; `maturities`: what matures, and what is planned."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from rmdesk.base.errors import Refused
from rmdesk.base.text import N_, _
from rmdesk.cli.context import Context
from rmdesk.cli.output import table

if TYPE_CHECKING:
    from rmdesk.services.products.cards import CardRow
    from rmdesk.services.products.rules import Suitability
    from rmdesk.services.products.suggesting import Suggested
from rmdesk.cli.maturities import tell


def register(subparsers: Any) -> None:
    """Add the commands of this group."""
    products = subparsers.add_parser("products", help=_("product cards: risk, term, rate, minimum, who holds it"))
    products.add_argument("code", metavar="CODE", nargs="?", help=_("one product, with its card"))
    products.add_argument("--for", dest="client", metavar="CLIENT", help=_("whether it suits this client"))

    maturities = subparsers.add_parser("maturities", help=_("what matures when, and what is planned for it"))
    maturities.add_argument("--from", dest="start", metavar="YYYY-MM-DD", help=_("the first day; without it, today"))
    maturities.add_argument("--to", dest="end", metavar="YYYY-MM-DD", help=_("the last day; without it, in a year"))
    maturities.add_argument("--client", metavar="CLIENT", help=_("of this client alone"))
    suggest = subparsers.add_parser("suggest", help=_("the next product for a client, with its reason"))
    suggest.add_argument("client", metavar="CLIENT", help=_("by number, name or id"))


def run(args: argparse.Namespace, context: Context) -> int:
    """Run the command."""
    return {"products": _products, "maturities": tell, "suggest": _suggest}[args.command](args, context)


def _products(args: argparse.Namespace, context: Context) -> int:
    from rmdesk.services.products import cards, suitability
    from rmdesk.services.search.queries import client_meant

    with context.store() as store:
        found = store.read(cards.cards)
        if args.code:
            found = tuple(one for one in found if one.code == args.code)
            if not found:
                raise Refused(
                    N_("There is no product {name}."), do=N_("rmdesk products lists them."), field="product",
                    code="no_product", name=args.code,
                )  # fmt: skip
        judged: dict[str, Suitability] = {}
        if args.client:
            client = store.read(client_meant, args.client)
            judged = {one.code: store.read(suitability.check, client, one.code) for one in found}
    data = {"products": [_plain(one, judged.get(one.code)) for one in found]}
    context.show(data, lambda: _card(found[0], judged) if args.code else _listed(found, judged))
    return 0


def _suggest(args: argparse.Namespace, context: Context) -> int:
    from rmdesk.services.products.suggesting import next_products
    from rmdesk.services.search.queries import client_meant

    with context.store() as store:
        client = store.read(client_meant, args.client)
        found = store.read(next_products, client)
    data = {
        "client": client,
        "stop": found.stop and found.stop.said,
        "alike": found.of,
        "suggestions": [
            {
                "kind": one.kind, "product": one.product, "name": one.product_name, "held_by_alike": one.alike,
                "suitable": one.gate and {"ok": one.gate.ok, "code": one.gate.code, "reason": one.gate.whole},
                "reasons": [reason.said for reason in one.reasons],
            }
            for one in found.items
        ],
    }  # fmt: skip
    context.show(data, lambda: _suggested(found))
    return 0


def _suggested(found: Suggested) -> Iterator[str]:
    from rmdesk.services.products.tables import kind_name

    if not found.items:
        yield found.stop.said if found.stop else _("Nothing stands out: those most like this client hold the same.")
    for one in found.items:
        yield f"{kind_name(one.kind)} · {one.product_name or _('no product is known')}"
        yield from (f"  {reason.said}" for reason in one.reasons)
        if one.gate is not None:
            yield f"  {one.gate.whole}"


def _plain(one: CardRow, judged: Suitability | None) -> dict[str, Any]:
    told: dict[str, Any] = {
        "code": one.code,
        "name": one.name,
        "kind": one.kind.value,
        "risk": one.risk,
        "term_days": one.term_days,
        "rate_bp": one.rate_bp,
        "minimum_minor": one.minimum_minor,
        "currency": one.currency,
        "clients": one.clients,
        "held_minor": one.amount_minor,
        "held_currency": one.held_in,
        "facts": one.facts.splitlines(),
        "suits": one.suits,
        "talk": one.talk.splitlines(),
        "written_on": one.written_on,
    }
    if judged is not None:
        told["suitable"] = {"ok": judged.ok, "code": judged.code, "reason": judged.whole}
    return told


def _listed(found: tuple[CardRow, ...], judged: dict[str, Suitability]) -> Iterator[str]:
    from rmdesk.services.products.tables import kind_name

    rows = [
        (
            one.code,
            one.name,
            kind_name(one.kind),
            f"R{one.risk}" if one.risk else "–",
            str(one.term_days or "–"),
            f"{one.rate_bp / 100:.2f} %" if one.rate_bp else "–",
            str(one.clients),
            judged[one.code].whole if judged else "",
        )
        for one in found
    ]
    head = (
        _("Code"), _("Product"), _("Kind"), _("Risk"), _("Term in days"), _("Rate"), _("Clients"),
        _("Suitability") if judged else "",
    )  # fmt: skip
    yield from table(head, rows, right=(4, 5, 6))


def _card(one: CardRow, judged: dict[str, Suitability]) -> Iterator[str]:
    yield from _listed((one,), judged)
    for title, text in ((_("Key facts"), one.facts), (_("Who it suits"), one.suits), (_("Talking points"), one.talk)):
        if text:
            yield ""
            yield title
            yield from (f"  {line}" for line in text.splitlines())
