"""A step: what was done on a day, and by whom, about something that takes its time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rmdesk.models.kinds import RecordId


@dataclass(frozen=True, slots=True)
class StepRow:
    """What was done about a complaint, or to win a client back."""

    id: RecordId
    on: date
    who: str
    text: str
