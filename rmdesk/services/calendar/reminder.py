"""What the notification in the morning says: how many occasions the day has, never whose."""

from __future__ import annotations

from collections import Counter
from datetime import date

from rmdesk.base.text import plural
from rmdesk.services import settings
from rmdesk.services.calendar.queries import today_of
from rmdesk.services.calendar.rows import EntryKind
from rmdesk.services.occasions.settings import REMIND
from rmdesk.services.store.reads import Reads


def counted(reads: Reads, day: date | None = None) -> dict[EntryKind, int]:
    """How many occasions of each kind the day has that nobody was greeted for; nothing when reminders are off."""
    if not settings.value(reads, REMIND):
        return {}
    return dict(Counter(one.kind for one in today_of(reads, day)))


def said(counts: dict[EntryKind, int]) -> str:
    """The counts in words, in the language in use; empty when there is nothing."""
    birthdays = counts.get(EntryKind.BIRTHDAY, 0) + counts.get(EntryKind.FAMILY, 0)
    others = counts.get(EntryKind.ANNIVERSARY, 0) + counts.get(EntryKind.FESTIVAL, 0)
    parts = []
    if birthdays:
        parts.append(plural("{count} birthday today", "{count} birthdays today", birthdays))
    if others:
        parts.append(plural("{count} other occasion", "{count} other occasions", others))
    return ", ".join(parts)
