"""Where records of a hand-over are kept: table, natural key, fields and links, one description per kind of thing."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from rmdesk.base.text import N_
from rmdesk.models.kinds import AssetKind, ClientKind, ClientStatus, Topic
from rmdesk.services.imports.records import FIELDS, Entity
from rmdesk.wire.bank import MONTH_FIGURES


@dataclass(frozen=True, slots=True)
class Link:
    """A field that names another thing by its natural key; `column` keeps that thing's id."""

    field: str
    column: str
    to: Entity


@dataclass(frozen=True, eq=False)
class Kept:
    """How one kind of thing is kept. `defaults` fill what a new row needs and nobody told."""

    entity: Entity
    table: str
    key: str  # the field (and column) that is the natural key; "" where the key is made of several
    topic: Topic
    links: tuple[Link, ...] = ()
    defaults: dict[str, Any] = field(default_factory=dict)
    dated: bool = True  # whether each row keeps its own day and which batch told what
    only: tuple[str, ...] = ()  # where not every field of the record is a column

    @cached_property
    def plain(self) -> tuple[str, ...]:
        """The fields of the record that are columns of the same name."""
        linked = {link.field for link in self.links}
        return self.only or tuple(name for name in FIELDS[self.entity] if name != "as_of" and name not in linked)

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The columns that records fill, plain ones first."""
        return self.plain + tuple(link.column for link in self.links)

    @cached_property
    def fields(self) -> tuple[str, ...]:
        """The same in the words of the records."""
        return self.plain + tuple(link.field for link in self.links)

    @cached_property
    def header(self) -> tuple[str, ...]:
        """The columns that say by whom and when a row was told."""
        return ("as_of", "batch_id", "older") if self.dated else ("batch_id",)


BRANCH = Kept(Entity.BRANCH, "branch", "code", Topic.CLIENTS, defaults={"name": ""}, dated=False)
PRODUCT = Kept(
    Entity.PRODUCT,
    "product",
    "code",
    Topic.HOLDINGS,
    defaults={"name": "", "kind": AssetKind.OTHER.value},
    dated=False,
)
CLIENT = Kept(
    Entity.CLIENT,
    "client",
    "number",
    Topic.CLIENTS,
    (Link("branch_code", "branch_id", Entity.BRANCH),),
    {"kind": ClientKind.PERSON.value, "status": ClientStatus.ACTIVE.value, "name": ""},
)
ACCOUNT = Kept(
    Entity.ACCOUNT,
    "account",
    "number",
    Topic.HOLDINGS,
    (
        Link("client_number", "client_id", Entity.CLIENT),
        Link("second_client_number", "second_client_id", Entity.CLIENT),
        Link("branch_code", "branch_id", Entity.BRANCH),
    ),
    {"kind": AssetKind.DEMAND.value},
)
HOLDING = Kept(
    Entity.HOLDING,
    "holding",
    "key",
    Topic.HOLDINGS,
    (
        Link("client_number", "client_id", Entity.CLIENT),
        Link("account_number", "account_id", Entity.ACCOUNT),
        Link("product_code", "product_id", Entity.PRODUCT),
    ),
    {"name": "", "kind": AssetKind.OTHER.value},
)
MONTH = Kept(
    Entity.MONTH,
    "month_fact",
    "",
    Topic.HOLDINGS,
    (
        Link("client_number", "client_id", Entity.CLIENT),
        Link("account_number", "account_id", Entity.ACCOUNT),
    ),
    {"partial": 0},
    dated=False,
    only=("month", *MONTH_FIGURES, "partial", "currency"),
)

# In the order in which they can be written: whatever is linked to comes first.
ORDER: tuple[Kept, ...] = (BRANCH, PRODUCT, CLIENT, ACCOUNT, HOLDING, MONTH)
BY_ENTITY: dict[Entity, Kept] = {kept.entity: kept for kept in ORDER}

# How the command line and the batch list name the counts.
PLURAL: dict[Entity, str] = {
    Entity.BRANCH: "branches",
    Entity.PRODUCT: "products",
    Entity.CLIENT: "clients",
    Entity.ACCOUNT: "accounts",
    Entity.HOLDING: "holdings",
    Entity.MONTH: "months",
}

NAMES: dict[Entity, str] = {
    Entity.CLIENT: N_("Clients"),
    Entity.ACCOUNT: N_("Accounts"),
    Entity.HOLDING: N_("Holdings"),
    Entity.MONTH: N_("Months"),
    Entity.PRODUCT: N_("Products"),
    Entity.BRANCH: N_("Branches"),
    Entity.TRANSACTION: N_("Transactions"),
}
