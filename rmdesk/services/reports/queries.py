"""Reads the reports that were made by themselves. Asked at the start, so it hangs on little."""

from __future__ import annotations

from datetime import date, datetime

from rmdesk.base.record import record
from rmdesk.base.text import N_, Phrase, phrase
from rmdesk.services.store.reads import Reads, Row

MOST = 200
NAMES: dict[str, str] = {
    "weekly": N_("Weekly work report"),
    "monthly": N_("Monthly work report"),
    "team": N_("Team report"),
    "book": N_("Portfolio book"),
    "briefs": N_("Visit briefs"),
}


@record
class MadeRow:
    """A report that was made on its day; `seen`: somebody has read it."""

    id: str
    kind: str
    first: date
    last: date
    made_at: datetime
    seen: bool

    @property
    def name(self) -> Phrase:
        """What it is, with its days."""
        days = f"{self.first:%m-%d} – {self.last:%m-%d}"
        return phrase("{name} {days}", name=phrase(NAMES.get(self.kind, self.kind)), days=days)


_ROWS = "SELECT id, kind, first_on, last_on, made_at, seen_at FROM made_report"


def made(reads: Reads) -> tuple[MadeRow, ...]:
    """All that are kept, the newest first."""
    return tuple(_row(row) for row in reads.rows(f"{_ROWS} ORDER BY last_on DESC, kind LIMIT {MOST}"))


def unread(reads: Reads) -> tuple[MadeRow, ...]:
    """Those nobody has read, the newest first."""
    rows = reads.rows(f"{_ROWS} WHERE seen_at IS NULL ORDER BY last_on DESC, kind LIMIT {MOST}")
    return tuple(_row(row) for row in rows)


def content(reads: Reads, report: str) -> str | None:
    """A report as it was packed; None when it is gone."""
    found = reads.value("SELECT content FROM made_report WHERE id = ?", (report,))
    return None if found is None else str(found)


def latest(reads: Reads) -> dict[str, date]:
    """The last day of the newest report of each kind."""
    rows = reads.rows("SELECT kind, max(last_on) FROM made_report GROUP BY kind")
    return {kind: date.fromisoformat(last) for kind, last in rows}


def _row(row: Row) -> MadeRow:
    return MadeRow(
        row[0], row[1], date.fromisoformat(row[2]), date.fromisoformat(row[3]), datetime.fromisoformat(row[4]),
        row[5] is not None,
    )  # fmt: skip
