"""Erasing a client's data: all that no law keeps, at once and for good; what is kept is named and marked."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import ClassVar

from rmdesk.base import clock
from rmdesk.base.errors import Refused
from rmdesk.base.text import N_
from rmdesk.models.clients import Client
from rmdesk.models.kinds import ClientId, ClientStatus, Origin, Topic
from rmdesk.services.audit.acts import Act
from rmdesk.services.audit.writing import note
from rmdesk.services.privacy.fates import fates, rows_of
from rmdesk.services.profile import privacy
from rmdesk.services.profile.privacy import TableRow
from rmdesk.services.search.texts import IndexTexts, changed
from rmdesk.services.store.command import Done
from rmdesk.services.store.work import UnitOfWork
from rmdesk.services.sync import state, traces

AT_ONCE = 500
MOST_INDEXED = 5000
CHANGES = "change"
LOGS = {CHANGES, "audit_entry", "export_record"}  # that something was done, when and by whom


@dataclass(frozen=True, slots=True)
class EraseClient:
    """Erase all data on a client that the law does not keep. Cannot be undone: what is erased is gone.

    `name` is the client's name, typed by hand, so that nobody does it by mistake. A client of the bank stays with what
    the law keeps, and is contacted no more (PIPL art. 47: storing is all that is still done); a prospect of whom
    nothing must be kept goes altogether. Gives back how many rows went.
    """

    label: ClassVar[str] = N_("Erase client's data")
    client: ClientId
    name: str

    def apply(self, work: UnitOfWork) -> Done[int]:
        client = work.get(Client, self.client)
        if self.name.strip() != client.name:
            raise Refused(
                N_("This is not the client's name."),
                do=N_("Type it exactly as it stands in the file."),
                field="name",
                code="not_confirmed",
                guide="privacy",
            )
        plan = fates(work, self.client)
        kept = [fate.table.table for fate in plan if fate.stays and fate.retention is not None]
        ids = {table.table: rows_of(work, table, self.client) for table in privacy.personal() if table.kept is None}
        keys = {table: _keys(work, table, rows) for table, rows in ids.items()}
        work.bulk("UPDATE consent SET person_id = NULL WHERE client_id = ?", (self.client,), topics={Topic.PROFILE})
        # The last ones hang on those before them.
        gone = sum(_delete(work, table, ids[table]) for table in reversed(ids))
        gone += _drop_drafts(work, client) + _drop_reports(work, client)
        for table in privacy.personal():
            if table.kept is not None and table.table not in (Client.__tablename__, CHANGES):
                _blank_fields(work, table, self.client)
        state.put(work, traces.MARK, True)  # the file, its WAL and the backups are swept next (sync/traces.sweep)
        _blank_changes(work, self.client, keys)
        if client.origin == Origin.DESK and set(kept) <= {"client", *LOGS}:
            work.bulk("DELETE FROM client WHERE id = ?", (self.client,), topics=set(Topic))
            gone += 1
        else:
            _blank(work, self.client)
        # What was found by its words is found no more. An index far behind learns of it with all else, soon after.
        if changed(work) <= MOST_INDEXED:
            IndexTexts(MOST_INDEXED).apply(work)
        after = {"erased": gone, "kept": sorted(kept)}
        work.note(Client.__tablename__, str(self.client), self.client, after=after)
        note(work, Act.ERASE, entity="client", entity_id=self.client, facts={"rows": gone})
        return Done(gone, forgets=True)


def _keys(work: UnitOfWork, table: str, rows: list[int]) -> list[str]:
    if "id" not in next(one for one in privacy.tables() if one.table == table).silent:
        return []
    found = []
    for at in range(0, len(rows), AT_ONCE):
        some = rows[at : at + AT_ONCE]
        found += work.rows(f"SELECT id FROM {table} WHERE rowid IN ({', '.join('?' * len(some))})", tuple(some))
    return [str(row[0]) for row in found]


def _delete(work: UnitOfWork, table: str, rows: list[int]) -> int:
    if rows:
        work.bulk(f"DELETE FROM {table} WHERE rowid = ?", [(row,) for row in rows], topics=set(Topic))
    return len(rows)


def _drop_drafts(work: UnitOfWork, client: Client) -> int:
    """A draft that is not bound to a client may name one."""
    words = [word for word in (client.name, client.number) if word]
    sql = "DELETE FROM draft WHERE instr(payload, ?) > 0"
    return sum(work.bulk(sql, (word,), topics={Topic.DRAFTS}) for word in words)


def _drop_reports(work: UnitOfWork, client: Client) -> int:
    """A report kept for reading that names the client goes whole: it can be made anew, without the client."""
    sql = "DELETE FROM made_report WHERE instr(content, ?) > 0"
    written = json.dumps(client.name, ensure_ascii=False)[1:-1]  # as the report is packed
    return work.bulk(sql, (written,), topics={Topic.REPORTS}) if written else 0


def _blank_fields(work: UnitOfWork, table: TableRow, client: ClientId) -> None:
    """What may go of rows that stay: emptied, as such fields need not be there."""
    if table.erasable:
        sets = ", ".join(f"\"{field}\" = ''" for field in table.erasable)
        work.bulk(f"UPDATE {table.table} SET {sets} WHERE {table.of}", {"client": client}, topics=set(Topic))


def _blank(work: UnitOfWork, client: ClientId) -> None:
    """The client's own row loses what may go, and is contacted no more."""
    table = next(one for one in privacy.tables() if one.table == Client.__tablename__)
    sets = ", ".join(f'"{field}" = NULL' for field in table.erasable)
    day = clock.today().isoformat()
    work.bulk(
        f"""
        UPDATE client SET {sets}, status = CASE status WHEN ? THEN ? ELSE status END,
               kept = json_object('status', ?, 'note', ?, 'wechat', ?, 'district', ?)
        WHERE id = ?
        """,
        (ClientStatus.ACTIVE.value, ClientStatus.DO_NOT_CONTACT.value, day, day, day, day, client),
        topics={Topic.CLIENTS},
    )


def _blank_changes(work: UnitOfWork, client: ClientId, keys: dict[str, list[str]]) -> None:
    """Who did what and when stays; what it said goes, also of rows that name no client themselves."""
    work.bulk("UPDATE change SET before = NULL, after = NULL WHERE client_id = ?", (client,), topics={Topic.SETTINGS})
    rows = [(table, key) for table, found in keys.items() for key in found]
    if rows:
        sql = "UPDATE change SET before = NULL, after = NULL WHERE entity = ? AND entity_id = ?"
        work.bulk(sql, rows, topics={Topic.SETTINGS})
