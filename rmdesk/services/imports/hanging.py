"""Whether a batch can be taken back: nothing made since may hang on what it made or changed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NoReturn

from rmdesk.base.errors import Refused
from rmdesk.base.text import N_
from rmdesk.models.kinds import BatchState
from rmdesk.services.imports.images import ALIKE, runs
from rmdesk.services.imports.kept import BY_ENTITY, ORDER, Kept
from rmdesk.services.store.references import naming_clients

if TYPE_CHECKING:
    from rmdesk.services.store.work import UnitOfWork

Runs = list[list[int]]
# Records that are made without the manager: they count once the manager has added to them.
MADE_ALONE = {
    "churn_case": "t.state <> 'open' OR t.cause IS NOT NULL OR t.note IS NOT NULL"
    " OR EXISTS (SELECT 1 FROM churn_step s WHERE s.case_id = t.id)"
}
LATER = N_("A later import, as of {day}, builds on this one.")
UNDO_LATER = N_("Undo the later import first.")


def check(work: UnitOfWork, batch: int) -> None:
    """Refuse to undo when records of the manager, edits by hand or a later batch hang on the batch."""
    _check_records(work, batch)
    _check_edits(work, batch)
    _check_later(work, batch)
    _check_links(work, batch)
    _check_images(work, batch)


def check_again(work: UnitOfWork, batch: int) -> None:
    """Refuse to bring back when another hand-over came in since, or a changed client was edited by hand."""
    later = work.one(
        "SELECT as_of FROM batch WHERE id > ? AND state = ? ORDER BY id DESC LIMIT 1", (batch, BatchState.APPLIED.value)
    )
    if later is not None:
        raise Refused(
            N_("Another import, as of {day}, came in since."),
            do=N_("Import the files again instead."),
            code="later_batch",
            day=later[0],
            guide="imports",
        )
    if work.value("SELECT 1 FROM batch_before WHERE batch_id = ? LIMIT 1", (batch,)) is None:
        raise Refused(
            N_("What this import said is no longer kept."), do=N_("Import the files again instead."), code="gone"
        )
    _check_edits(work, batch)


def _check_records(work: UnitOfWork, batch: int) -> None:
    """Whatever the manager noted on clients that the batch made would be lost with them."""
    clients = 0
    for table, column in naming_clients():
        noted = MADE_ALONE.get(table, "TRUE")
        clients += work.value(
            f"SELECT count(DISTINCT t.{column}) FROM {table} t JOIN client c ON c.id = t.{column}"
            f" WHERE c.first_batch_id = ? AND ({noted})",
            (batch,),
        )
    if clients:
        raise Refused(
            N_("You have recorded things about clients that this import brought in: undoing it would lose them."),
            do=N_("Keep the import, and correct single clients by hand or by a newer hand-over."),
            code="records_hang",
            clients=clients,
            guide="imports",
        )


def _check_edits(work: UnitOfWork, batch: int) -> None:
    """An edit by hand since then would be overwritten by what was there before."""
    edited = work.value(
        "SELECT count(DISTINCT g.client_id) FROM change g JOIN batch b ON b.id = ?"
        " WHERE g.entity = 'client' AND g.at >= b.at AND (EXISTS (SELECT 1 FROM client c WHERE c.id = g.client_id"
        " AND c.first_batch_id = b.id) OR EXISTS (SELECT 1 FROM batch_before i WHERE i.batch_id = b.id"
        " AND i.kind = 'client' AND i.row_id = g.client_id))",
        (batch,),
    )
    if edited:
        raise Refused(
            N_("Clients of this import were edited or merged by hand since: {count}."),
            do=N_("Undo those edits first, or keep the import."),
            code="edited_since",
            count=edited,
            guide="imports",
        )


def _check_later(work: UnitOfWork, batch: int) -> None:
    """A later batch has changed what this one made or changed."""
    later = work.rows(
        "SELECT id, as_of FROM batch WHERE id > ? AND state = ? ORDER BY id DESC", (batch, BatchState.APPLIED.value)
    )
    for kept in ORDER if later else ():
        mine = _touched(work, kept, batch) + runs(_made(work, kept, batch))
        for other, day in later:
            if mine and _meet(sorted(mine), sorted(_touched(work, kept, other))):
                _later(day)


def _check_links(work: UnitOfWork, batch: int) -> None:
    """Rows of others that are linked to what this batch made."""
    for child in ORDER:
        links = [(link.column, BY_ENTITY[link.to].table) for link in child.links]
        if child.table == "client":
            links.append(("merged_into", "client"))
        for column, parent in links:
            found = work.one(
                f"SELECT coalesce(b.as_of, '') FROM {child.table} c JOIN {parent} p ON p.id = c.{column}"
                " LEFT JOIN batch b ON b.id = c.batch_id"
                " WHERE p.first_batch_id = ?1 AND c.first_batch_id IS NOT ?1"
                " AND NOT EXISTS (SELECT 1 FROM batch_before i"
                f" WHERE i.batch_id = ?1 AND i.kind = '{child.table}' AND i.row_id = c.id) LIMIT 1",
                (batch,),
            )
            if found is not None:
                _later(found[0])


def _check_images(work: UnitOfWork, batch: int) -> None:
    """Later batches that moved a row away from what this one made: undoing them would move it back to nothing."""
    for child in ORDER:
        for link in child.links:
            found = work.one(
                "SELECT b.as_of FROM batch_before i JOIN batch b ON b.id = i.batch_id"
                f" JOIN {BY_ENTITY[link.to].table} p ON p.id = json_extract(i.before, '$.{link.column}')"
                " WHERE i.batch_id > ? AND b.state = ? AND i.kind = ? AND i.row_id > 0 AND p.first_batch_id = ?"
                " ORDER BY b.id DESC LIMIT 1",
                (batch, BatchState.APPLIED.value, child.table, batch),
            )
            if found is not None:
                _later(found[0])


def _later(day: Any) -> NoReturn:
    raise Refused(LATER, do=UNDO_LATER, code="later_batch", day=day, guide="imports")


def _made(work: UnitOfWork, kept: Kept, batch: int) -> list[int]:
    return [row[0] for row in work.rows(f"SELECT id FROM {kept.table} WHERE first_batch_id = ? ORDER BY id", (batch,))]


def _touched(work: UnitOfWork, kept: Kept, batch: int) -> Runs:
    """The ids of rows that a batch changed or confirmed, as runs."""
    rows = work.rows(
        "SELECT row_id FROM batch_before WHERE batch_id = ? AND kind = ? AND row_id > 0", (batch, kept.table)
    )
    found = runs(row[0] for row in rows)
    alike = "SELECT before FROM batch_before WHERE batch_id = ? AND kind = ? AND row_id = ?"
    for (text,) in work.rows(alike, (batch, kept.table, ALIKE)):
        found += json.loads(text)["ids"]
    return found


def _meet(one: Runs, other: Runs) -> bool:
    """Whether two sorted lists of runs have a number in common."""
    at = 0
    for first, last in one:
        while at < len(other) and other[at][1] < first:
            at += 1
        if at < len(other) and other[at][0] <= last:
            return True
    return False
