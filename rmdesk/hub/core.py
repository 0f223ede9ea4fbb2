"""A hub at work: its settings, its database, who it is, and its signing key."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from psycopg import Connection

from rmdesk.base.errors import Refused
from rmdesk.base.text import N_
from rmdesk.hub import migrate, replica
from rmdesk.hub.counting import Counts
from rmdesk.hub.database import Database
from rmdesk.hub.gate.gate import Gate, gate_of
from rmdesk.hub.replica import Replica
from rmdesk.hub.settings import Settings
from rmdesk.hub.signing import Signer


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody who signed in, at a desk of theirs that may ask. `device` is empty where no desk is needed."""

    user: str
    device: str
    role: str  # manager, lead, administrator
    team: str


@dataclass(frozen=True, slots=True)
class Hub:
    """What every service of the hub is given first."""

    settings: Settings
    database: Database
    id: str
    signer: Signer
    gate: Gate
    counts: Counts = field(default_factory=Counts)
    replica: Replica | None = None

    @property
    def scope(self) -> str:
        """The scope in whose audit stands what concerns the whole hub."""
        return f"hub:{self.id}"

    def close(self) -> None:
        """Let go of the database."""
        self.database.close()
        if self.replica is not None:
            self.replica.close()


def opened(settings: Settings) -> Hub:
    """The hub of these settings; refused when its database is not ready."""
    if not migrate.is_current(settings.database_url):
        raise Refused(
            N_("The hub's database does not have the schema of this program."),
            do=N_("Run rmdesk hub init as the owner of the database."),
            code="schema",
        )
    how: dict[str, Any] = {
        "pool": settings.pool,
        "lock_timeout_ms": settings.lock_timeout_ms,
        "statement_timeout_ms": settings.statement_timeout_ms,
    }
    database = Database(settings.database_url, **how)
    with database.transaction() as connection:
        row = connection.execute("SELECT hub, signing_key FROM hub_state").fetchone()
    if row is None:
        raise Refused(N_("The hub was not founded."), do=N_("Run rmdesk hub init."), code="schema")
    try:
        return Hub(
            settings, database, row[0], Signer(row[1], settings.key("signing key")), gate_of(settings),
            replica=replica.of(settings.replica_url, **how),
        )  # fmt: skip
    except Refused:
        database.close()
        raise


def epoch(connection: Connection[Any]) -> int:
    """How often the hub went back in time."""
    row = connection.execute("SELECT epoch FROM hub_state").fetchone()
    return 0 if row is None else int(row[0])
