"""What is known of earlier hand-overs: the batches with their files, and the layouts remembered per bank."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from rmdesk.base.errors import Refused
from rmdesk.base.text import N_
from rmdesk.models.kinds import BatchId, BatchState
from rmdesk.services.imports.layout import Layout
from rmdesk.services.settings import general
from rmdesk.services.settings import queries as settings
from rmdesk.services.store.reads import Reads


@dataclass(frozen=True, slots=True)
class BatchRow:
    """One hand-over that was taken in. `counts` is {"clients": {"new", "changed", "unchanged"}, ...}."""

    id: BatchId
    at: datetime
    who: str
    as_of: date
    state: BatchState
    files: tuple[str, ...]
    counts: dict[str, dict[str, int]]
    findings: int
    can_return: bool  # undone, and still there to be brought back


def may_import(reads: Reads) -> None:
    """Refuses where a desk follows a hub: then the bank's files come through the hub, to all desks alike."""
    if reads.value("SELECT joined FROM sync_control"):
        raise Refused(
            N_("This desk follows a team hub: the bank's files come through the hub."),
            do=N_("Give the files to whoever looks after the hub."),
            code="hub_imports",
            guide="imports",
        )


def batches(reads: Reads, limit: int = 200) -> list[BatchRow]:
    """The hand-overs taken in, the last one first; of what a hub told one for each book."""
    rows = reads.rows(
        """
        SELECT b.id, b.at, b.who, b.as_of, b.state,
            (SELECT json_group_array(f.name) FROM batch_file f WHERE f.batch_id = b.id),
            b.counts, json_array_length(ifnull(b.findings, '[]')),
            EXISTS (SELECT 1 FROM batch_before i WHERE i.batch_id = b.id)
        FROM batch b WHERE NOT (b.state = 'told' AND b.who = 'bank') ORDER BY b.id DESC LIMIT ?
        """,
        (limit,),
    )
    return [_batch(row) for row in rows]


def layouts(reads: Reads) -> list[Layout]:
    """The remembered layouts, the last used first."""
    rows = reads.rows("SELECT spec FROM layout ORDER BY used_at DESC, name")
    return [Layout.from_dict(json.loads(row[0])) for row in rows]


def layout_named(reads: Reads, name: str) -> Layout:
    """One remembered layout; refused with the names there are when there is none of this name."""
    known = layouts(reads)
    for layout in known:
        if layout.name == name:
            return layout
    raise Refused(
        N_("There is no layout {name}."),
        do=N_("Remembered are: {names}."),
        code="no_layout",
        field="layout",
        name=name,
        names=", ".join(layout.name for layout in known) or "–",
    )


def currency(reads: Reads) -> str:
    """The currency of amounts that name none: that of most of the portfolio, else the one in the settings."""
    most = reads.value("SELECT currency FROM account GROUP BY currency ORDER BY count(*) DESC, currency LIMIT 1")
    return settings.value(reads, general.CURRENCY) if most is None else str(most)


def _batch(row: tuple[Any, ...]) -> BatchRow:
    state = BatchState(row[4])
    return BatchRow(
        BatchId(row[0]),
        datetime.fromisoformat(row[1]),
        row[2],
        date.fromisoformat(row[3]),
        state,
        tuple(json.loads(row[5])),
        json.loads(row[6]) if row[6] else {},
        row[7],
        state is BatchState.UNDONE and bool(row[8]),
    )
