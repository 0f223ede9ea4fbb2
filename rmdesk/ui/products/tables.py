"""The tables of the Products page."""

from __future__ import annotations

from rmdesk.base.text import N_
from rmdesk.services.products.cards import CardRow
from rmdesk.services.products.tables import kind_name
from rmdesk.ui.kit import format
from rmdesk.ui.kit.columns import CHIP, STRONG, Cell, Column
from rmdesk.ui.products import words

# Width in units of text that a column of the cards wants to be there, the first to go first.
ROOM = {"code": 780, "minimum": 660, "kind": 560, "term": 470, "rate": 400}
CARDS: tuple[Column[CardRow], ...] = (
    Column("name", N_("Product"), lambda row: row.name, 170, STRONG, fixed=True, sorts=False),
    Column("code", N_("Code"), lambda row: row.code, 70, sorts=False),
    Column("kind", N_("Kind"), lambda row: Cell(kind_name(row.kind), "plain"), 116, CHIP, sorts=False),
    Column("risk", N_("Risk"), lambda row: words.risk(row.risk), 70, CHIP, fixed=True, sorts=False),
    Column("term", N_("Term"), lambda row: words.term(row.term_days), 96, sorts=False),
    Column("rate", N_("Rate"), lambda row: words.rate(row.rate_bp), 70, right=True, sorts=False),
    Column("minimum", N_("Minimum"), words.minimum, 90, right=True, sorts=False),
    Column("clients", N_("Clients"), lambda row: format.whole(row.clients), 70, right=True, fixed=True, sorts=False),
    Column(
        "held",
        N_("Sum held"),
        lambda row: format.short_amount(row.amount_minor, row.held_in),
        92,
        right=True,
        sorts=False,
    ),
)
