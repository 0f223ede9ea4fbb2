"""What a column can mean: one target per meaning, with the kind of value it holds and how it is called.

A target is `entity.field`; `as_of` alone is the day a row speaks of. Targets that name no field of
`records.FIELDS` say how several records are made of one row: `account.role` decides which holder a client is,
`holding.card_count` gives one record of kind card when the count is not zero, `holding.time_amount` one of kind
time with that amount.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from rmdesk.base.text import N_


class Kind(StrEnum):
    """How the cells of a column are read."""

    TEXT = "text"
    ID = "id"  # kept digit for digit
    MONEY = "money"
    DATE = "date"
    BIRTH = "birth"  # a date that may lack year or day
    CZECH_BIRTH = "czech_birth"  # yymmdd, women with 50 added to the month
    MONTH = "month"
    COUNT = "count"
    RATE = "rate"  # percent a year, kept as hundredths of a percent
    PHONE = "phone"
    CHOICE = "choice"  # one of the words of choices.toml
    FLAG = "flag"


@dataclass(frozen=True, slots=True)
class Target:
    """One meaning of a column. A row whose `strict` cell can't be read is refused; else the cell is left out."""

    name: str
    kind: Kind
    label: str
    strict: bool = False

    @property
    def entity(self) -> str:
        return self.name.partition(".")[0]

    @property
    def field(self) -> str:
        return self.name.partition(".")[2]


def _targets() -> tuple[Target, ...]:
    text, ident, money, day = Kind.TEXT, Kind.ID, Kind.MONEY, Kind.DATE
    choice, count, flag = Kind.CHOICE, Kind.COUNT, Kind.FLAG
    return (
        Target("as_of", day, N_("Data date"), strict=True),
        Target("currency", choice, N_("Currency"), strict=True),
        Target("client.number", ident, N_("Client number"), strict=True),
        Target("client.name", text, N_("Client name")),
        Target("client.kind", choice, N_("Client kind")),
        Target("client.status", choice, N_("Client status")),
        Target("client.sex", choice, N_("Sex")),
        Target("client.birth_date", Kind.BIRTH, N_("Birth date")),
        Target("client.birth_number", Kind.CZECH_BIRTH, N_("Birth number")),
        Target("client.id_kind", choice, N_("ID document kind")),
        Target("client.id_number", ident, N_("ID document number"), strict=True),
        Target("client.phone", Kind.PHONE, N_("Phone")),
        Target("client.other_phones", Kind.PHONE, N_("Other phones")),
        Target("client.email", text, N_("E-mail")),
        Target("client.wechat", text, N_("WeChat")),
        Target("client.address", text, N_("Address")),
        Target("client.district", text, N_("District")),
        Target("client.occupation", text, N_("Occupation")),
        Target("client.employer", text, N_("Employer")),
        Target("client.note", text, N_("Note")),
        Target("client.manager", text, N_("Relationship manager")),
        Target("client.manager_since", day, N_("Managed since")),
        Target("client.risk_level", choice, N_("Risk level")),
        Target("client.risk_on", day, N_("Risk assessed on")),
        Target("client.opened_on", day, N_("Client since")),
        Target("client.aum_minor", money, N_("Assets under management"), strict=True),
        Target("client.marketing_consent", flag, N_("Marketing consent")),
        Target("branch.code", ident, N_("Branch code")),
        Target("branch.name", text, N_("Branch")),
        Target("branch.region", text, N_("Region")),
        Target("account.number", ident, N_("Account number"), strict=True),
        Target("account.second_client_number", ident, N_("Second holder"), strict=True),
        Target("account.role", choice, N_("Role of the client")),
        Target("account.kind", choice, N_("Account kind")),
        Target("account.opened_on", day, N_("Account opened on")),
        Target("account.closed_on", day, N_("Account closed on")),
        Target("account.balance_minor", money, N_("Account balance"), strict=True),
        Target("account.average_minor", money, N_("Average balance"), strict=True),
        Target("account.year_tx_count", count, N_("Transactions this year")),
        Target("holding.key", ident, N_("Contract number"), strict=True),
        Target("holding.card_key", ident, N_("Card number"), strict=True),
        Target("holding.loan_key", ident, N_("Loan number"), strict=True),
        Target("holding.standing_order_key", ident, N_("Standing order number"), strict=True),
        Target("holding.name", text, N_("Product")),
        Target("holding.kind", choice, N_("Product kind")),
        Target("holding.amount_minor", money, N_("Amount held"), strict=True),
        Target("holding.started_on", day, N_("Starts on")),
        Target("holding.matures_on", day, N_("Matures on"), strict=True),
        Target("holding.ended_on", day, N_("Ended on")),
        Target("holding.term_months", count, N_("Term in months")),
        Target("holding.rate_bp", Kind.RATE, N_("Rate a year")),
        Target("holding.renewed", flag, N_("Renewed")),
        *(Target(f"holding.{kind}_count", count, label) for kind, label in COUNTS.items()),
        *(Target(f"holding.{kind}_amount", money, label, strict=True) for kind, label in AMOUNTS.items()),
        Target("product.code", ident, N_("Product code"), strict=True),
        Target("product.name", text, N_("Product name")),
        Target("product.kind", choice, N_("Kind of product")),
        Target("product.risk", choice, N_("Product risk")),
        Target("product.term_days", count, N_("Term in days")),
        Target("product.rate_bp", Kind.RATE, N_("Product rate")),
        Target("product.minimum_minor", money, N_("Minimum amount")),
        Target("month.month", Kind.MONTH, N_("Month"), strict=True),
        Target("month.end_minor", money, N_("Month-end balance"), strict=True),
        Target("month.average_minor", money, N_("Daily average of the month"), strict=True),
        Target("month.in_minor", money, N_("Paid in this month"), strict=True),
        Target("month.out_minor", money, N_("Paid out this month"), strict=True),
        Target("month.tx_count", count, N_("Transactions this month")),
        Target("month.last_tx_on", day, N_("Last transaction")),
        Target("month.last_own_on", day, N_("Last own transaction")),
        Target("transaction.key", ident, N_("Transaction number")),
        Target("transaction.on", day, N_("Transaction date"), strict=True),
        Target("transaction.amount_minor", money, N_("Transaction amount"), strict=True),
        Target("transaction.in_minor", money, N_("Paid in"), strict=True),
        Target("transaction.out_minor", money, N_("Paid out"), strict=True),
        Target("transaction.direction", choice, N_("In or out"), strict=True),
        Target("transaction.balance_minor", money, N_("Balance after"), strict=True),
        Target("transaction.cause", choice, N_("Cause of the transaction")),
        Target("transaction.text", text, N_("Transaction text")),
    )


COUNTS = {
    "card": N_("Number of cards"),
    "loan": N_("Number of loans"),
    "standing_order": N_("Number of standing orders"),
}
AMOUNTS = {
    "demand": N_("Demand deposits"),
    "time": N_("Time deposits"),
    "wealth": N_("Wealth products"),
    "fund": N_("Funds"),
    "insurance": N_("Insurance"),
    "bond": N_("Bonds"),
    "metal": N_("Precious metals"),
    "trust": N_("Trusts"),
    "loan": N_("Loans"),
}

TARGETS: dict[str, Target] = {target.name: target for target in _targets()}
EXTRA = ""  # the target of a column without meaning: kept beside the record
IGNORED = "-"  # the target of a column that is not kept
