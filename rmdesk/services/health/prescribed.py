"""Whether the bank's word reaches this computer: a broken or misspelt policy would prescribe nothing, unseen."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

from rmdesk.base import paths
from rmdesk.base.text import phrase
from rmdesk.services.exports import rules
from rmdesk.services.settings import owner
from rmdesk.services.store.doctor import CheckRow, State

# What policy.toml may say: of each line the kind of its value.
LINES: dict[str, type] = {
    "hub.address": str,
    "lock.minutes_at_most": int,
    "screen.hide_from_capture": bool,
    "screen.watermark": bool,
    "exports.allow": str,
    "exports.rows_at_most": int,
    "updates.manifest": str,
    "updates.key": str,
}
_DO = phrase("Have an administrator mend it. Until then the settings of the desk hold.")


def policy() -> Iterator[CheckRow]:
    """One row: nothing prescribed, what is (the names of the lines as `value`), or a file that does not count."""
    file = paths.policies() / "policy.toml"
    lines: dict[str, object] | None = _lines(file) if file.exists() else {}
    wrong = {"path": str(file)}
    if lines == {}:
        yield CheckRow("policy", State.OK, phrase("The bank prescribes nothing on this computer."), value=[])
    elif lines is None:
        yield CheckRow("policy", State.BAD, phrase("The bank's policy {path} cannot be read.", **wrong), _DO)
    elif not owner.may_prescribe(file):
        yield CheckRow(
            "policy",
            State.BAD,
            phrase("The bank's policy {path} is not an administrator's file, so it does not count.", **wrong),
            _DO,
        )
    elif unheard := [name for name, value in lines.items() if not _counts(name, value)]:
        yield CheckRow(
            "policy",
            State.BAD,
            phrase("The bank's policy says what is not understood: {lines}.", lines=", ".join(unheard)),
            _DO,
            unheard,
        )
    else:
        names = sorted(lines)
        yield CheckRow(
            "policy", State.OK, phrase("The bank's policy counts: {lines}.", lines=", ".join(names)), value=names
        )


def _lines(file: Path) -> dict[str, object] | None:
    """Each line as part.name, and its value."""
    try:
        told = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    found: dict[str, object] = {}
    for part, inside in told.items():
        found |= {f"{part}.{name}": value for name, value in inside.items()} if isinstance(inside, dict) else {part: 0}
    return found


def _counts(name: str, value: object) -> bool:
    """Whether this line prescribes something."""
    kind = LINES.get(name)
    if kind is None or type(value) is not kind or (kind is int and not value > 0):  # type: ignore[operator]
        return False
    return name != "exports.allow" or value in set(rules.Policy)
