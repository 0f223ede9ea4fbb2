"""What the screens show of visits, promises, tasks and coverage."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rmdesk.models.kinds import ClientId, RecordId, Tier
from rmdesk.services.visits.rules import Found


@dataclass(frozen=True, slots=True)
class VisitRow:
    """A visit. `number` tells rows of a table apart; empty texts and None are unknown; `late` marks a late entry,
    `word` is the team lead's last one on it.
    """

    number: int
    id: RecordId
    client: ClientId
    name: str
    state: str
    channel: str
    on: date
    at: str
    minutes: int | None
    two_way: bool
    inbound: bool
    marketing: bool
    purpose: str
    content: str
    participants: str
    place: str
    district: str
    found: tuple[Found, ...]
    mood: str
    next_step: str
    next_on: date | None
    reason: str
    entered_on: date
    late: bool
    word: str = ""


@dataclass(frozen=True, slots=True)
class PromiseRow:
    """A promise. `days` until it is due, negative once past; `outcome` is what came of it, or who took it."""

    number: int
    id: RecordId
    client: ClientId
    name: str
    text: str
    made_on: date
    due_on: date
    days: int
    state: str
    closed_on: date | None
    outcome: str
    visit: RecordId | None

    @property
    def overdue(self) -> bool:
        """Whether it is open and its day has passed."""
        return self.state == "open" and self.days < 0


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A task; without a client it is the manager's own. `days` until it is due, None without a day."""

    number: int
    id: RecordId
    client: ClientId | None
    name: str
    text: str
    made_on: date
    due_on: date | None
    days: int | None
    state: str
    closed_on: date | None
    visit: RecordId | None

    @property
    def overdue(self) -> bool:
        """Whether it is open and its day has passed."""
        return self.state == "open" and self.days is not None and self.days < 0


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of days up to today: of how many clients the cadence asked for contact in it, how many had one."""

    days: int
    due: int
    met: int  # of those due
    contacted: int  # of all


@dataclass(frozen=True, slots=True)
class TierCoverage:
    """One tier: its clients, the windows, and how many are overdue today."""

    tier: Tier
    clients: int
    windows: tuple[Window, ...]
    overdue: int


@dataclass(frozen=True, slots=True)
class OverdueRow:
    """A client whose cadence has passed; `gap` days since the last contact, None when there never was one."""

    number: int
    client: ClientId
    name: str
    tier: Tier | None
    gap: int | None
    cadence: int
    over: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """Coverage of the whole portfolio on a day, the highest tier first; the longest overdue clients first."""

    day: date
    tiers: tuple[TierCoverage, ...]
    overdue: tuple[OverdueRow, ...]
    overdue_count: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits: planned visits of today and those not logged, promises and tasks due."""

    visits: int
    promises: int
    tasks: int

    @property
    def all(self) -> int:
        """All of it, for the navigation."""
        return self.visits + self.promises + self.tasks
