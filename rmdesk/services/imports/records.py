"""What a hand-over says, as typed records: the seam between reading files and changing the database.

A file row may tell of several things at once (a client, an account, holdings). Each `Chunk` holds one kind of
thing; rows that come from the same file row carry the same number, so that an account without a client number
belongs to the client of its own file row. A chunk may tell only part of a thing: None means "not told here", and
one account may come in several rows (its owner in one, the second holder in another). Links are natural keys
(`client_number`, `account_number`, `product_code`, `branch_code`) and may name things that no chunk describes;
`branch_code` is the branch's code where the file has one, else its name.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from rmdesk.base.text import Phrase
from rmdesk.wire.bank import MONTH_FIGURES, TERMS


class Entity(StrEnum):
    """The kinds of things a hand-over can tell of."""

    BRANCH = "branch"
    PRODUCT = "product"
    CLIENT = "client"
    ACCOUNT = "account"
    HOLDING = "holding"
    MONTH = "month"
    TRANSACTION = "transaction"


# The fields that chunks of an entity can carry, in the order they carry them; a chunk carries those that its file
# tells. Names are those of the models, but for links (see above). Money is an int of minor units in the row's
# `currency`; dates are `date`, except `birth_date`, which is text (YYYY-MM-DD, ---MM-DD without a year, YYYY-MM
# without a day); `month` counts year * 12 + month - 1 and is None where only the day of the whole hand-over could
# tell it; `as_of` is there when a column tells it, else the source's `as_of` holds; `extra` is a dict of header ->
# text for columns without a meaning here. A transaction's `amount_minor` is signed: what leaves the account is
# negative; `own` is False for interest, fees and the like, None when the file does not tell.
FIELDS: dict[Entity, tuple[str, ...]] = {
    Entity.BRANCH: ("code", "name", "region"),
    Entity.PRODUCT: ("code", "name", "kind", "risk", "term_days", "rate_bp", "minimum_minor", "currency"),
    Entity.CLIENT: (
        "number",
        "kind",
        "status",
        "name",
        "sex",
        "birth_date",
        "id_kind",
        "id_number",
        "phone",
        "other_phones",
        "email",
        "wechat",
        "address",
        "district",
        "occupation",
        "employer",
        "note",
        "manager",
        "manager_since",
        "risk_level",
        "risk_on",
        "opened_on",
        "aum_minor",
        "aum_on",
        "marketing_consent",
        "currency",
        "branch_code",
        "as_of",
        "extra",
    ),
    Entity.ACCOUNT: (
        "number",
        "client_number",
        "second_client_number",
        "kind",
        "opened_on",
        "closed_on",
        "balance_minor",
        "average_minor",
        "year_tx_count",
        "currency",
        "branch_code",
        "as_of",
        "extra",
    ),
    Entity.HOLDING: (
        "key",
        "client_number",
        "account_number",
        "product_code",
        "name",
        "kind",
        "amount_minor",
        *TERMS,
        "currency",
        "as_of",
        "extra",
    ),
    Entity.MONTH: ("client_number", "account_number", "month", *MONTH_FIGURES, "currency"),
    Entity.TRANSACTION: (
        "key",
        "client_number",
        "account_number",
        "on",
        "amount_minor",
        "balance_minor",
        "own",
        "text",
        "currency",
    ),
}


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some thousand records of one kind: `rows[i]` is aligned with `fields`, `numbers[i]` is its 1-based file row."""

    entity: Entity
    fields: tuple[str, ...]
    rows: list[tuple[Any, ...]]
    numbers: list[int]


class Severity(StrEnum):
    """What became of the row: left out because it is wrong, taken with a doubt, or merely mentioned."""

    REFUSED = "refused"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a person should know: where, which value (cut), why, and what to do about it."""

    file: str
    row: int | None
    column: str
    value: str
    why: Phrase
    do: Phrase
    severity: Severity = Severity.REFUSED
