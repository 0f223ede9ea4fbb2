"""What a client held and the hub no longer tells of: taken away where the hub had told it, else marked as gone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from rmdesk.base import clock
from rmdesk.models.kinds import BatchState
from rmdesk.services.imports import keys
from rmdesk.services.imports.gone import ENDING
from rmdesk.services.imports.kept import ACCOUNT, HOLDING, MONTH, Kept
from rmdesk.services.imports.matching import LISTED

if TYPE_CHECKING:
    from rmdesk.services.store.work import UnitOfWork

_KINDS = (ACCOUNT, HOLDING, MONTH)


class Lapsing:
    """Compares what these clients (ids) had before with what is told; made before anything is put."""

    def __init__(self, work: UnitOfWork, clients: set[int]) -> None:
        self._work = work
        self._told: dict[str, set[int]] = {kept.table: set() for kept in _KINDS}
        listed = keys.listed(clients)
        had = " UNION ".join(f"SELECT client_id FROM {kept.table} WHERE client_id {LISTED}" for kept in _KINDS)
        self._had = keys.listed(row[0] for row in work.rows(had, (listed,) * len(_KINDS)))

    def told(self, kept: Kept, ids: Iterable[int]) -> None:
        """Rows that are told of."""
        self._told[kept.table].update(ids)

    def lapse(self) -> set[int]:
        """Take away or mark the others; gives the clients whose money that changes.

        A month that only an earlier hand-over at this desk told stays: it is history. So does its account, closed.
        """
        touched: set[int] = set()
        for kept in reversed(_KINDS):
            rows = self._work.rows(
                f"SELECT t.id, t.client_id, coalesce(b.state, '') FROM {kept.table} t"
                f" LEFT JOIN batch b ON b.id = t.batch_id WHERE t.client_id {LISTED}",
                (self._had,),
            )
            others = [row for row in rows if row[0] not in self._told[kept.table]]
            gone = [row for row in others if row[2] == BatchState.TOLD]
            self._work_off(kept, [row[0] for row in gone], [row[0] for row in others if row[2] != BatchState.TOLD])
            touched.update(row[1] for row in others)
        return touched

    def _work_off(self, kept: Kept, gone: list[int], local: list[int]) -> None:
        if gone:
            self._work.bulk(f"DELETE FROM {kept.table} WHERE id = ?", [(row,) for row in gone], topics={kept.topic})
        ending = ENDING.get(kept.entity)
        if local and ending is not None:
            rows = [(clock.today().isoformat(), row) for row in local]
            sql = f"UPDATE {kept.table} SET {ending.column} = ? WHERE id = ? AND {ending.open}"
            self._work.bulk(sql, rows, topics={kept.topic})
