"""The tables of events and guests."""

from __future__ import annotations

from rmdesk.base.text import N_, _
from rmdesk.services.gatherings import tables
from rmdesk.services.gatherings.queries import GatheringRow, GuestRow
from rmdesk.services.segments import tables as segments
from rmdesk.ui.gatherings import words
from rmdesk.ui.kit import format, names
from rmdesk.ui.kit.columns import CHIP, STRONG, Cell, Column
from rmdesk.ui.kit.widgets import TIER_KINDS

EVENTS: tuple[Column[GatheringRow], ...] = (
    Column("on", N_("Day"), lambda row: format.short_day(row.on), 84, fixed=True, sorts=False),
    Column("title", N_("Event"), lambda row: Cell(row.title, after=tables.kind_name(row.kind)), 190, STRONG,
           fixed=True, sorts=False),
    Column("state", N_("State"), lambda row: Cell(*words.state(row)), 110, CHIP, fixed=True, sorts=False),
    Column("guests", N_("Guests"), words.guests, 110, sorts=False),
)  # fmt: skip
EVENT_ROOM = {"guests": 420}  # width in units of text that a column wants to be there
GUESTS: tuple[Column[GuestRow], ...] = (
    Column("name", N_("Client"), lambda row: row.name, 110, STRONG, fixed=True, sorts=False),
    Column("tier", N_("Tier"), lambda row: tier(row.tier), 84, CHIP, sorts=False),
    Column("stand", N_("Their answer"), lambda row: _chip(row), 116, CHIP, fixed=True, sorts=False),
    Column("more", N_("With"), lambda row: f"+{row.companions}" if row.companions else "", 56, right=True, sorts=False),
    Column("channel", N_("Invited by"), lambda row: names.channel(row.channel), 100, sorts=False, shown=False),
    Column("task", N_("Follow-up"), lambda row: row.task or "", 150, sorts=False),
    Column("after", N_("Afterwards"), words.after, 150, sorts=False),
    Column("note", N_("Note"), lambda row: row.note, 140, sorts=False, shown=False),
)
GUEST_ROOM = {"after": 520, "task": 640, "tier": 380}


def tier(number: int) -> Cell:
    """A tier as a chip; empty where it is not known."""
    if not 1 <= number <= len(segments.TIERS):
        return Cell("")
    code = segments.TIERS[number - 1]
    return Cell(names.tier(code), TIER_KINDS[code.value])


def _chip(row: GuestRow) -> Cell:
    text, kind = words.STANDS[row.stand]
    return Cell(_(text), kind)
