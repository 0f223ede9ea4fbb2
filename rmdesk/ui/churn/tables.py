"""The three tables of the Churn page: warnings, cases, what the cases teach."""

from __future__ import annotations

from rmdesk.base.text import N_, _
from rmdesk.services.churn.at_risk import WarningRow
from rmdesk.services.churn.cases import CaseRow
from rmdesk.services.churn.lessons import LeadTime
from rmdesk.services.churn.words import LOSSES
from rmdesk.ui.churn import words
from rmdesk.ui.kit import format
from rmdesk.ui.kit.columns import CHIP, STRONG, Cell, Column

WARNINGS: tuple[Column[WarningRow], ...] = (
    Column("name", N_("Client"), lambda row: row.name or row.number or "", 132, STRONG, fixed=True, sorts=False),
    Column("risk", N_("Risk"), lambda row: format.percent(row.risk), 72, right=True, fixed=True, sorts=False),
    Column(
        "aum", N_("AUM"), lambda row: format.short_amount(row.aum_minor, row.currency), 110, right=True, sorts=False
    ),
    Column(
        "why", N_("Why"), lambda row: " · ".join(reason.said for reason in row.reasons), 420, fixed=True, sorts=False
    ),
)
ROOM = {"reason": 600, "cause": 480}  # width in units of text that a column of the cases wants to be there
CASES: tuple[Column[CaseRow], ...] = (
    Column("name", N_("Client"), lambda row: row.name or row.number or "", 108, STRONG, fixed=True, sorts=False),
    Column("state", N_("State"), lambda row: Cell(*words.state(row)), 128, CHIP, fixed=True, sorts=False),
    Column("lost", N_("Lost on"), lambda row: format.short_day(row.lost_on), 84, fixed=True, sorts=False),
    Column("reason", N_("Why lost"), lambda row: _(LOSSES[row.reason]), 150, sorts=False),
    Column("cause", N_("Cause"), lambda row: words.cause(row.cause) or "–", 160, sorts=False),
)
LESSONS: tuple[Column[LeadTime], ...] = (
    Column("signal", N_("Signal"), lambda row: words.signal(row.signal), 220, STRONG, fixed=True, sorts=False),
    Column("cases", N_("Cases"), lambda row: format.whole(row.cases), 80, right=True, sorts=False),
    Column("missed", N_("Missed"), lambda row: format.whole(row.missed), 80, right=True, sorts=False),
    Column("first", N_("Named first"), lambda row: format.whole(row.first), 110, right=True, sorts=False),
    Column("least", N_("Days before, least"), lambda row: format.whole(row.least), 130, right=True, sorts=False),
    Column("middle", N_("Days before, middle"), lambda row: format.whole(row.middle), 140, right=True, sorts=False),
    Column("most", N_("Days before, most"), lambda row: format.whole(row.most), 130, right=True, sorts=False),
)


def number_of(case: CaseRow) -> int:
    """A whole number for a row: the random end of the case's id."""
    return int(case.id[-12:], 16)
