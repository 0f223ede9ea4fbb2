"""What people do at a desk, each in one transaction, as rows of the desk's own tables."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from rmdesk.models.kinds import Topic, new_id
from rmdesk.services.store.reads import Reader
from rmdesk.services.store.store import Store
from rmdesk.services.store.work import UnitOfWork
from rmdesk.services.sync.settling import Settle
from tests.fuzz.oracle import Oracle, Word
from tests.support.build import perform

DAY, NOW = "2026-11-20", "2026-11-20T02:00:00.000+00:00"
# The fields people write words into, by table; the first one is written when a record is made.
WORDS = {
    "visit": ("content", "purpose", "next_step", "place"),
    "preference": ("text", "source"),
    "task": ("text",),
    "promise": ("text", "outcome"),
    "kyc_block": ("text",),
    "complaint": ("text", "solution"),
    "complaint_step": ("text", "who"),
    "client": ("note", "occupation"),
    "person": ("note", "employer"),
    "journal": ("content", "insight"),
}
EMPTIED = {"visit": ("purpose", "next_step", "place"), "client": ("note", "occupation"), "journal": ("insight",)}
KEYS = {"kyc_block": ("client_id", "area", "tense")}
MADE: dict[str, dict[str, Any]] = {
    "visit": {"state": "held", "channel": "phone", "on": DAY, "two_way": 1, "inbound": 0, "marketing": 0,
              "entered_at": NOW},
    "preference": {"taste": "like", "noted_on": DAY},
    "task": {"made_on": DAY, "state": "open"},
    "promise": {"made_on": DAY, "due_on": DAY, "state": "open"},
    "kyc_block": {"confirmed_on": DAY},
    "complaint": {"severity": 300, "received_on": DAY, "allowed_days": 15, "state": "open", "hard": 0},
    "complaint_step": {"on": DAY, "who": "me"},
    "person": {"name": "某人", "pinyin": "", "initials": "", "official": 0},
    "journal": {"on": DAY, "method": "call", "entered_at": NOW},
}  # fmt: skip
DELETED = ("preference", "task", "promise", "kyc_block", "complaint", "person", "journal")
CLIENTLESS = ("person", "journal")


@dataclass(frozen=True)
class Habits:
    """What people do how often, each a share, and in what: which tables, and so many of their newest records."""

    note: float = 0.30
    change: float = 0.52
    delete: float = 0.06
    take_back: float = 0.03
    tables: tuple[str, ...] = tuple(WORDS)
    newest: int = 8
    empty: float = 0.0  # of the changes: the field is emptied


@dataclass
class Person:
    """Somebody at a desk, who knows nothing of hubs."""

    store: Store
    rng: random.Random
    oracle: Oracle
    habits: Habits = field(default_factory=Habits)
    taken: list[tuple[str, dict[str, Any]]] = field(default_factory=list)  # deleted here, and how it was
    reader: Reader | None = None

    def act(self) -> None:
        """Do one thing; the very first is to note something."""
        if not self.oracle.typed:
            return self.note()
        dice, habits = self.rng.random(), self.habits
        for share, what in (
            (habits.note, self.note),
            (habits.change, self.change),
            (habits.delete, self.delete),
            (habits.take_back, self.take_back),
        ):
            if dice < share:
                return what()
            dice -= share
        return self.settle()

    def clients(self) -> list[int]:
        """The clients this person may write about, those of the own book."""
        sql = "SELECT c.id FROM client c JOIN sync_client s ON s.client_id = c.id WHERE {own} ORDER BY s.wire_id"
        own = "coalesce(s.book, '') IN ('', (SELECT json_extract(value, '$.book') FROM sync_state WHERE name = 'me'))"
        return [row[0] for row in self.ask(lambda reads: reads.rows(sql.format(own=own)))]

    def note(self) -> None:
        """Make a record."""
        table = self.rng.choice([name for name in self.habits.tables if name != "client"])
        clients = self.clients()
        if table not in CLIENTLESS and not clients:
            return
        values = dict(MADE[table])
        if table == "complaint_step":
            above = self._pick("complaint")
            if above is None:
                return
            values["complaint_id"] = above["id"]
        elif table not in CLIENTLESS:
            values["client_id"] = self.rng.choice(clients)
        if table == "kyc_block":
            values |= {"area": self.rng.choice(["person", "family"]), "tense": self.rng.choice(["past", "present"])}
            if self._there(table, values):
                return
        else:
            values["id"] = new_id()
        token = self.oracle.token()
        values[WORDS[table][0]] = token
        self._run(lambda work: insert(work, table, values))
        self.oracle.typed.append(self._word(table, values, WORDS[table][0], token))

    def change(self) -> None:
        """Write another word over one that is on screen."""
        table = self.rng.choice(self.habits.tables)
        row = self._pick(table)
        if row is None:
            return
        name = self.rng.choice(WORDS[table])
        if self._empties(table, row, name):
            return
        token = self.oracle.token()
        where, key = _where(table, row)
        self._run(
            lambda work: work.bulk(f'UPDATE {table} SET "{name}" = ? WHERE {where}', (token, *key), topics=set(Topic))
        )
        if row[name] is not None:
            self.oracle.seen.add(self._word(table, row, name, row[name]))
        self.oracle.typed.append(self._word(table, row, name, token))

    def _empties(self, table: str, row: dict[str, Any], name: str) -> bool:
        """Take away what stands in a field that may be empty, now and then; whether it was done."""
        if not self.habits.empty or name not in EMPTIED.get(table, ()) or self.rng.random() >= self.habits.empty:
            return False
        where, key = _where(table, row)
        self._run(lambda work: work.bulk(f'UPDATE {table} SET "{name}" = NULL WHERE {where}', key, topics=set(Topic)))
        if row[name] is not None:
            self.oracle.seen.add(self._word(table, row, name, row[name]))
        return True

    def delete(self) -> None:
        """Delete a record, and what hangs on it."""
        table = self.rng.choice([name for name in self.habits.tables if name in DELETED])
        row = self._pick(table)
        if row is None:
            return
        rows = [(table, row)]
        if table == "complaint":
            sql = "SELECT * FROM complaint_step WHERE complaint_id = ?"
            rows += [("complaint_step", one) for one in self._rows(sql, (row["id"],))]
        where, key = _where(table, row)
        self._run(lambda work: work.bulk(f"DELETE FROM {table} WHERE {where}", key, topics=set(Topic)))
        for kind, one in rows:
            self.oracle.deleted |= {self._word(kind, one, name, one[name]) for name in WORDS[kind] if one[name]}
        self.taken.append((table, row))

    def take_back(self) -> None:
        """Take a deletion back."""
        if not self.taken:
            return
        table, row = self.taken.pop()
        if self._there(table, row) or not self._stands(row):
            return
        self._run(lambda work: insert(work, table, row))

    def settle(self) -> None:
        """Settle a difference with a word of one's own, or by choosing a side."""
        sql = "SELECT entity, entity_id, conflicts FROM sync_record WHERE conflicts <> '{}' AND state <> 'handed'"
        found = self.ask(lambda reads: reads.rows(sql + " ORDER BY wire_id"))
        found = [row for row in found if row[0] in WORDS]
        if not found:
            return
        entity, key, told = self.rng.choice(found)
        conflicts = json.loads(told)
        name = next(iter(conflicts.values()))["field"]
        row = self._named(entity, key)
        if row is None or name not in WORDS[entity]:
            return
        token = self.oracle.token()
        self.store.perform(Settle(entity, key, name, text=token))
        words = [one["value"] for one in conflicts.values() if one["field"] == name] + [row[name]]
        self.oracle.seen |= {self._word(entity, row, name, word) for word in words if word}
        self.oracle.typed.append(self._word(entity, row, name, token))

    # Finding and naming rows.

    def ask(self, query: Callable[[Any], Any]) -> Any:
        """Read over a connection that stays open as long as the file is the same."""
        if self.reader is None:
            self.reader = self.store.reader()
        with self.reader.snapshot() as reads:
            return query(reads)

    def let_go(self) -> None:
        """Close it."""
        if self.reader is not None:
            self.reader.close()
            self.reader = None

    def _run(self, what: Callable[[UnitOfWork], Any]) -> None:
        perform(self.store, what)

    def _rows(self, sql: str, params: tuple[Any, ...] = ()) -> list[dict[str, Any]]:
        table = sql.split(" FROM ")[1].split()[0]
        found: list[dict[str, Any]] = self.ask(lambda reads: _told(reads, table, sql, params))
        return found

    def _pick(self, table: str) -> dict[str, Any] | None:
        """One of the newest records of this kind that may be written here."""
        writable = (
            "NOT EXISTS (SELECT 1 FROM sync_record r JOIN sync_scope s ON s.id = r.scope "
            f"WHERE r.entity = '{table}' AND r.entity_id = {key_sql(table)} AND s.\"write\" = 0)"
        )
        rows = self._rows(
            f"SELECT * FROM {table} WHERE {writable} ORDER BY {key_sql(table)} DESC LIMIT ?", (self.habits.newest,)
        )
        if table == "client":
            mine = set(self.clients())
            rows = [row for row in rows if row["id"] in mine]
        return self.rng.choice(rows) if rows else None

    def _named(self, table: str, key: str) -> dict[str, Any] | None:
        rows = self._rows(f"SELECT * FROM {table} WHERE {key_sql(table)} = ?", (key,))
        return rows[0] if rows else None

    def _there(self, table: str, values: dict[str, Any]) -> bool:
        where, key = _where(table, values)
        return bool(self._rows(f"SELECT * FROM {table} WHERE {where}", key))

    def _stands(self, row: dict[str, Any]) -> bool:
        """Whether what a record hangs on is still there."""
        for name, table in (("client_id", "client"), ("complaint_id", "complaint"), ("visit_id", "visit")):
            value = row.get(name)
            if value is not None and not self._rows(f"SELECT * FROM {table} WHERE id = ?", (value,)):
                return False
        return True

    def _word(self, table: str, row: dict[str, Any], name: str, token: str) -> Word:
        return Word(table, self.name_of(table, row), name, token)

    def name_of(self, table: str, row: dict[str, Any]) -> str:
        """What a record is called on every desk."""
        if table == "client":
            return self._wire(row["id"])
        if table in KEYS:
            return "/".join([self._wire(row["client_id"]), *(str(row[part]) for part in KEYS[table][1:])])
        return str(row["id"])

    def _wire(self, client: int) -> str:
        sql = "SELECT wire_id FROM sync_client WHERE client_id = ?"
        return str(self.ask(lambda reads: reads.value(sql, (client,))))


def _told(reads: Any, table: str, sql: str, params: tuple[Any, ...]) -> list[dict[str, Any]]:
    names = [row[1] for row in reads.rows(f"PRAGMA table_info({table})")]
    return [dict(zip(names, row, strict=True)) for row in reads.rows(sql, params)]


def key_sql(table: str) -> str:
    """SQL for the key of a record as `sync_record` knows it."""
    return " || '/' || ".join(KEYS[table]) if table in KEYS else "CAST(id AS TEXT)"


def _where(table: str, row: dict[str, Any]) -> tuple[str, tuple[Any, ...]]:
    names = KEYS.get(table, ("id",))
    return " AND ".join(f"{name} = ?" for name in names), tuple(row[name] for name in names)


def insert(work: UnitOfWork, table: str, values: dict[str, Any]) -> None:
    """Write a row."""
    columns = ", ".join(f'"{name}"' for name in values)
    marks = ", ".join("?" * len(values))
    work.bulk(f"INSERT INTO {table} ({columns}) VALUES ({marks})", tuple(values.values()), topics=set(Topic))
