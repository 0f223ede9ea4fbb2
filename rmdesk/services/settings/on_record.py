"""An entry of the audit log that is about a setting, by the name that the settings page has for it."""

from __future__ import annotations

from rmdesk.base.text import _
from rmdesk.services.audit.queries import EntryRow
from rmdesk.services.settings.registry import all_settings


def about(entry: EntryRow) -> str:
    """What an entry is about; a setting by its name, unless this program has none of its key."""
    found = next((one for one in all_settings() if one.key == entry.entity_id), None)
    return _(found.text) if entry.entity == "setting" and found is not None else entry.about
