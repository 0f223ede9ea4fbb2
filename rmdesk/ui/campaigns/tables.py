"""The two tables of the Campaigns page: the campaigns, and the clients on a list."""

from __future__ import annotations

from rmdesk.base.text import N_
from rmdesk.services.campaigns.rows import CampaignRow, TargetRow
from rmdesk.ui.campaigns import words
from rmdesk.ui.kit import format, names
from rmdesk.ui.kit.columns import CHIP, STRONG, Cell, Column

CAMPAIGNS: tuple[Column[CampaignRow], ...] = (
    Column("name", N_("Campaign"), lambda row: row.name, 140, STRONG, fixed=True, sorts=False),
    Column("state", N_("State"), lambda row: Cell(*words.state(row)), 88, CHIP, fixed=True, sorts=False),
    Column("done", N_("Touched"), lambda row: f"{row.touched}/{row.targets}", 64, right=True, sorts=False),
)
TARGETS: tuple[Column[TargetRow], ...] = (
    Column("place", N_("Rank"), lambda row: "–" if row.place is None else str(row.place), 48, right=True, fixed=True,
           sorts=False),
    Column("name", N_("Client"), lambda row: Cell(row.name, after=names.tier(row.tier)), 138, STRONG, fixed=True,
           sorts=False),
    Column("last", N_("Last outcome"), lambda row: _outcome(row), 96, CHIP, sorts=False),
    Column("tries", N_("Tries"), lambda row: format.whole(row.tries), 72, right=True, sorts=False),
    Column("why", N_("Why"), words.why, 300, fixed=True, sorts=False),
)  # fmt: skip


def _outcome(row: TargetRow) -> Cell:
    return Cell("") if row.last is None else Cell(words.outcome(row.last), words.OUTCOME_KINDS[row.last])


def number_of(one: CampaignRow) -> int:
    """A whole number for a row: the random end of the campaign's id."""
    return int(one.id[-12:], 16)
