"""Reads drafts."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from rmdesk.services.store.reads import Reads


@dataclass(frozen=True, slots=True)
class DraftRow:
    """What was typed into a form, and when it was kept last (UTC)."""

    form: str
    subject: str
    payload: dict[str, Any]
    saved_at: datetime


def draft_of(reads: Reads, form: str, subject: str = "") -> DraftRow | None:
    """The draft of a form about a subject; None when there is none."""
    row = reads.one("SELECT payload, saved_at FROM draft WHERE form = ? AND subject = ?", (form, subject))
    return None if row is None else DraftRow(form, subject, json.loads(row[0]), datetime.fromisoformat(row[1]))


def drafts_of(reads: Reads, form: str) -> tuple[DraftRow, ...]:
    """All drafts of a form, whatever they are about, by subject."""
    rows = reads.rows("SELECT subject, payload, saved_at FROM draft WHERE form = ? ORDER BY subject", (form,))
    return tuple(DraftRow(form, row[0], json.loads(row[1]), datetime.fromisoformat(row[2])) for row in rows)
