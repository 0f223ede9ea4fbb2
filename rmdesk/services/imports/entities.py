"""Which records a layout makes of each row: clients, accounts, holdings, months and so on from the same columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from rmdesk.base.errors import Refused
from rmdesk.base.text import N_, phrase
from rmdesk.services.imports import facts, place_facts, transaction_facts
from rmdesk.services.imports.block import Block
from rmdesk.services.imports.layout import Layout
from rmdesk.services.imports.records import Chunk, Entity, Severity
from rmdesk.services.imports.rows import Note
from rmdesk.services.imports.targets import TARGETS

Maker = Callable[[Block], Iterable[Chunk]]

__all__ = ["Block", "keyless", "main", "makers", "problem_of"]

_HOLDING_KEYS = ("holding.key", "holding.card_key", "holding.loan_key", "holding.standing_order_key")
_WHO = ("client.number", "client.id_number", "client.name")
_HOLDING_WHAT = (*_HOLDING_KEYS, "holding.name", "product.code", "product.name")


def main(layout: Layout) -> Entity:
    """What one row of the table is about: the finest thing its columns tell of."""
    told = layout.targets
    own = {t.partition(".")[0] for t in told - {"account.number", "account.role", "client.number"}}
    if "transaction" in own:
        return Entity.TRANSACTION
    if _holds(told):
        return Entity.HOLDING
    if "month.month" in told or (own <= {"month", "as_of", "currency", "branch"} and "month" in own):
        return Entity.MONTH
    if "account" in own:
        return Entity.ACCOUNT
    if "client" in own:
        return Entity.CLIENT
    if "product.code" in told or "product.name" in told:
        return Entity.PRODUCT
    if own & {"branch"} and "client.number" not in told and "account.number" not in told:
        return Entity.BRANCH
    return Entity.ACCOUNT if "account.number" in told else Entity.CLIENT


def _holds(told: frozenset[str]) -> bool:
    """Whether each row is one holding (amounts and counts per kind beside a client make several, or none)."""
    one = {t for t in told if t.startswith("holding.") and not t.endswith(("_count", "_amount"))}
    links = {"client.number", "account.number", "client.id_number", "client.name"}
    return bool(one) or ("product.code" in told and bool(told & links))


def problem_of(layout: Layout) -> Refused | None:
    """Why no records can be made with this layout, or None when they can."""
    told = layout.targets
    if not told - {"as_of", "currency"}:
        return Refused(
            N_("No column of this table has a meaning that is known here."),
            do=N_("Choose what the columns mean, or leave the file out."),
            code="no_meaning",
            guide="imports",
        )
    subject = main(layout)
    if subject is Entity.TRANSACTION and not told & {"account.number", "client.number"}:
        return Refused(
            N_("This is the statement of one account, and it does not say of which."),
            do=N_("Choose the account that the statement belongs to."),
            code="statement_without_account",
            field="account.number",
            guide="imports",
        )
    needs = {
        Entity.TRANSACTION: (
            {"transaction.on"},
            {"transaction.amount_minor", "transaction.in_minor", "transaction.out_minor"},
        ),
        Entity.HOLDING: (set(_HOLDING_WHAT), {*_WHO, "account.number"}),
        Entity.MONTH: ({"account.number", "client.number"},),
        Entity.ACCOUNT: ({"account.number"},),
        Entity.CLIENT: (set(_WHO) | {"client.phone", "client.email"},),
        Entity.PRODUCT: ({"product.code"},),
        Entity.BRANCH: ({"branch.code", "branch.name"},),
    }
    missing = next((group for group in needs[subject] if not told & group), None)
    if missing is None:
        return None
    first = min(missing, key=list(TARGETS).index)
    return Refused(
        N_("The table lacks a column that its rows need: {missing}."),
        do=N_("Choose the column that holds it, or leave the file out."),
        code="no_key",
        field=first,
        missing=phrase(TARGETS[first].label),
        guide="imports",
    )


def makers(layout: Layout, currency: str, as_of: date | None) -> list[Maker]:
    """The functions that make chunks of a block, in the order in which links can be followed."""
    told, subject = layout.targets, main(layout)
    chosen: list[Maker] = []
    if told & {"branch.name", "branch.region"} or subject is Entity.BRANCH:
        chosen.append(place_facts.Branches())
    if "product.code" in told:
        chosen.append(place_facts.Products(currency))
    clients = {t for t in told if t.startswith("client.")} - {"client.number"}
    if clients or subject is Entity.CLIENT:
        chosen.append(facts.Clients(told, currency, subject is Entity.CLIENT))
    accounts = {t for t in told if t.startswith("account.")} - {"account.number"}
    if "account.number" in told and (accounts or subject is Entity.ACCOUNT):
        chosen.append(facts.Accounts(told, currency, subject is Entity.ACCOUNT))
    if subject is Entity.HOLDING:
        chosen.append(facts.Holdings(told, currency))
    if any(t.startswith("holding.") and t.endswith(("_count", "_amount")) for t in told):
        chosen.append(facts.PerKind(layout, currency))
    if any(t.startswith("month.") for t in told):
        chosen.append(facts.Months(layout, currency, as_of))
    if subject is Entity.TRANSACTION:
        chosen.append(transaction_facts.Transactions(told, currency))
    return chosen


def keyless(layout: Layout, block: Block, note: Note) -> set[int]:
    """The rows that don't say what they are about; each is noted."""
    keys = {
        Entity.TRANSACTION: ("account.number", "client.number"),
        Entity.HOLDING: ("client.number", "account.number", "client.id_number", "client.name"),
        Entity.MONTH: ("account.number", "client.number"),
        Entity.ACCOUNT: ("account.number",),
        Entity.CLIENT: (*_WHO, "client.phone", "client.email"),
        Entity.PRODUCT: ("product.code",),
        Entity.BRANCH: ("branch.code", "branch.name"),
    }[main(layout)]
    present = [block.values[key] for key in keys if key in block.values]
    if not present or any(all(column) for column in present):
        return set()
    missing = {i for i, told in enumerate(zip(*present, strict=True)) if not any(told)}
    headers = {c.target: c.header for c in layout.columns}
    for i in sorted(missing):
        why = phrase("The row does not say whom or what it is about: this cell is empty.")
        column = next((headers[key] for key in keys if key in headers), "")
        note(block.numbers[i], column, "", why, phrase("Fill in the cell in the file."), Severity.REFUSED)
    return missing
