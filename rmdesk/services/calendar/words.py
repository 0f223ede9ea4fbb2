"""How one entry of a kind is called, on screen and in reports."""

from __future__ import annotations

from rmdesk.base.text import N_
from rmdesk.services.calendar.rows import EntryKind

SINGLE: dict[EntryKind, str] = {
    EntryKind.VISIT: N_("Planned visit"),
    EntryKind.EVENT: N_("Event"),
    EntryKind.PROMISE: N_("Promise"),
    EntryKind.TASK: N_("Task"),
    EntryKind.BIRTHDAY: N_("Birthday"),
    EntryKind.FAMILY: N_("Family"),
    EntryKind.ANNIVERSARY: N_("Milestone"),
    EntryKind.FESTIVAL: N_("Festival"),
    EntryKind.PREPARE: N_("Prepare gift"),
    EntryKind.MATURITY: N_("Maturity"),
}
