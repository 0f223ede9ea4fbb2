"""Reading settings and saved views."""

from __future__ import annotations

import json
from typing import Any, TypeVar

from rmdesk.base.errors import Refused
from rmdesk.base.record import record
from rmdesk.services.settings.declared import Choice, Setting
from rmdesk.services.store.reads import Reads

T = TypeVar("T")


@record
class SettingRow:
    """One setting for the settings page; texts are msgids, `changed` says that it differs from its default."""

    key: str
    section: str
    text: str
    note: str
    source: str
    unit: str
    value: Any
    default: Any
    changed: bool
    choices: tuple[Choice, ...]
    least: Any
    most: Any
    step: Any


@record
class ViewRow:
    """One saved view of a page; `spec` is the page's own plain JSON."""

    id: str
    page: str
    name: str
    spec: Any


def value(reads: Reads, setting: Setting[T]) -> T:
    """The value in force: the changed one, or the default when there is none or it is no longer allowed."""
    kept = reads.value("SELECT value FROM setting WHERE key = ?", (setting.key,))
    return setting.default if kept is None else _allowed(setting, kept)


def all_values(reads: Reads) -> tuple[SettingRow, ...]:
    """Every declared setting with its value in force, in the order of the page."""
    from rmdesk.services.settings.registry import all_settings

    kept: dict[str, str] = dict(reads.rows("SELECT key, value FROM setting"))
    return tuple(
        _row(setting, _allowed(setting, kept[setting.key]) if setting.key in kept else setting.default)
        for setting in all_settings()
    )


def views_of(reads: Reads, page: str) -> tuple[ViewRow, ...]:
    """The saved views of a page, by name."""
    found = reads.rows("SELECT id, page, name, spec FROM saved_view WHERE page = ? ORDER BY name, id", (page,))
    return tuple(ViewRow(row[0], row[1], row[2], json.loads(row[3])) for row in found)


def _allowed(setting: Setting[T], kept: str) -> T:
    try:
        return setting.accept(json.loads(kept))
    except Refused:
        return setting.default


def _row(setting: Setting[Any], value: Any) -> SettingRow:
    return SettingRow(
        key=setting.key,
        section=setting.section,
        text=setting.text,
        note=setting.note,
        source=setting.source,
        unit=setting.unit,
        value=value,
        default=setting.default,
        changed=value != setting.default,
        choices=setting.choices,
        least=setting.least,
        most=setting.most,
        step=setting.step,
    )
