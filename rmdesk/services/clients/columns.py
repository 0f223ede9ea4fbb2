"""The columns that the table of clients can show, and what each says of a client."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from rmdesk.base.money import Money
from rmdesk.base.text import N_

if TYPE_CHECKING:
    from rmdesk.services.clients.table_rows import ClientRow
    from rmdesk.services.exports.cells import Cell


class Form(StrEnum):
    """How a column's values are written."""

    NAME = "name"
    TEXT = "text"
    TIER = "tier"
    FAMILIARITY = "familiarity"
    GROUP = "group"
    STATUS = "status"
    MONEY = "money"
    CHANGE = "change"
    DAYS = "days"
    SCORE = "score"
    DATE = "date"
    YEARS = "years"
    MATURITY = "maturity"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its title (untranslated), how it is written, how wide it begins, whether it is shown at first."""

    key: str
    title: str
    form: Form
    width: int
    shown: bool = True
    descending: bool = False  # the order that a first click on the header gives


COLUMNS: tuple[Column, ...] = (
    Column("name", N_("Name"), Form.NAME, 146),
    Column("tier", N_("Tier"), Form.TIER, 82, descending=True),
    Column("familiarity", N_("Familiarity"), Form.FAMILIARITY, 88, descending=True),
    Column("group", N_("Group"), Form.GROUP, 108),
    Column("aum", N_("AUM"), Form.MONEY, 92, descending=True),
    Column("change", N_("90 days"), Form.CHANGE, 72),
    Column("gap", N_("Silent"), Form.DAYS, 82, descending=True),
    Column("score", N_("Priority"), Form.SCORE, 80, descending=True),
    Column("maturity", N_("Maturity in 30 days"), Form.MATURITY, 168, shown=False),
    Column("phone", N_("Phone"), Form.TEXT, 132, shown=False),
    Column("birthday", N_("Birth date"), Form.TEXT, 108, shown=False),
    Column("district", N_("District"), Form.TEXT, 108, shown=False),
    Column("branch", N_("Branch"), Form.TEXT, 120, shown=False),
    Column("tenure", N_("With the bank"), Form.YEARS, 92, shown=False, descending=True),
    Column("number", N_("Client number"), Form.TEXT, 120, shown=False),
    Column("status", N_("Status"), Form.STATUS, 92, shown=False),
    Column("as_of", N_("As of"), Form.DATE, 100, shown=False, descending=True),
)

BY_KEY = {column.key: column for column in COLUMNS}
SHOWN = tuple(column.key for column in COLUMNS if column.shown)


def cell(row: ClientRow, key: str) -> Cell:
    """The plain value of a column, for a file: money in major units, change as a fraction, dates as dates."""
    match key:
        case "aum":
            return None if row.aum_minor is None else Money(row.aum_minor, row.currency).amount
        case "change":
            return None if row.change_90 is None else Decimal(f"{row.change_90:.4f}")
        case "maturity":
            return row.matures_on
        case "group":
            return row.group
        case "tenure":
            return None if row.tenure is None else Decimal(f"{row.tenure:.1f}")
        case "gap":
            return row.gap_days
        case "birthday":
            return row.birth_date
        case _:
            value: Cell = getattr(row, key)
            return str(value) if isinstance(value, StrEnum) else value
