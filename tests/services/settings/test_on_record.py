"""The audit log names a setting as the settings page does."""

from __future__ import annotations

from rmdesk.services.audit.queries import Wanted, shown
from rmdesk.services.settings.commands import ChangeSetting
from rmdesk.services.settings.on_record import about
from rmdesk.services.settings.registry import setting
from rmdesk.services.store.store import Store


def test_a_changed_setting_is_told_by_its_name(store: Store) -> None:
    store.perform(ChangeSetting("care.day_length", 12))
    (row,) = store.read(shown, Wanted(act="rules"))
    assert about(row) == setting("care.day_length").text
