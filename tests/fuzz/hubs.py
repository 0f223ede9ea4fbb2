"""The hub of the fuzz: a real server over a database of its own, copies of it, and throwing it back to the last one."""

from __future__ import annotations

from typing import Any

import psycopg
from psycopg.rows import dict_row

from rmdesk.hub import core, migrate
from rmdesk.hub.app import application
from rmdesk.hub.embedded import OWNER, Postgres
from rmdesk.hub.services import founding
from tests.support import hub as support
from tests.support.hub import HubUnderTest, People, Person


class Hubs:
    """One hub through all that happens to it."""

    def __init__(self, server: Postgres, name: str) -> None:
        self._server, self._name, self._times = server, name, 0
        self.kept = False
        self.thrown_back = False
        with self._admin() as admin:
            admin.execute(f"CREATE DATABASE {name} OWNER {OWNER}")
        told = support.settings(server.url(database=name))
        migrate.bring_up(server.url(OWNER, name), told.key("signing key"), partitions=support.PARTITIONS)
        opened = core.opened(told)
        self.people: People = support.found(opened)
        opened.close()
        self.hub = self._served()

    def _admin(self) -> psycopg.Connection[Any]:
        return psycopg.connect(self._server.admin_url, autocommit=True)

    @property
    def database(self) -> str:
        """The name of the present database."""
        return f"{self._name}_{self._times}" if self._times else self._name

    def _served(self) -> HubUnderTest:
        told = support.settings(self._server.url(database=self.database))
        opened = core.opened(told)
        owner = self._server.url(OWNER, self.database)
        return HubUnderTest(told, owner, told.database_url, self.people, opened, application(opened))

    def another_device(self, member: Person, name: str) -> str:
        """A further desk of somebody."""
        return founding.add_device(self.hub.core.database, member.id, name)

    def caller(self, member: Person) -> core.Caller:
        """Somebody who asks the hub itself."""
        return core.Caller(member.id, member.device, member.role, member.team)

    def keep(self) -> None:
        """Copy the database as it is now; nobody may be connected to it meanwhile."""
        self.hub.core.database.close()
        self._copy(self.database, f"{self._name}_kept")
        self.kept = True

    def throw_back(self) -> None:
        """The hub as it was at the last copy, in a new epoch."""
        self.hub.close()
        now = self._all("SELECT epoch FROM hub_state")[0]["epoch"]
        self._times += 1
        self._copy(f"{self._name}_kept", self.database)
        with psycopg.connect(self._server.url("postgres", self.database), autocommit=True) as admin:
            admin.execute("UPDATE hub_state SET epoch = %s", (now + 1,))
        self.hub = self._served()
        self.thrown_back = True

    def _copy(self, source: str, target: str) -> None:
        with self._admin() as admin:
            admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (source,))
            admin.execute(f"DROP DATABASE IF EXISTS {target} WITH (FORCE)")
            admin.execute(f"CREATE DATABASE {target} TEMPLATE {source} OWNER {OWNER}")

    def _all(self, sql: str) -> list[dict[str, Any]]:
        """Rows past all row-level security."""
        with psycopg.connect(self._server.url("postgres", self.database), row_factory=dict_row) as admin:
            return admin.execute(sql).fetchall()

    def rows(self) -> dict[tuple[str, str], dict[str, Any]]:
        """Every record, by type and id."""
        return {(row["type"], row["id"]): row for row in self._all("SELECT * FROM record")}

    def aside(self) -> list[Any]:
        """What is kept aside."""
        return [row["item"] for row in self._all("SELECT item FROM quarantine")]

    def history(self, record: str) -> list[Any]:
        """What the hub remembers of a record, oldest first, and what was kept aside of it."""
        rows = self._all(f"SELECT * FROM record_history WHERE id = '{record}' ORDER BY at, rev")
        told = [
            (row["scope_id"][:9], row["status"], row["rev"], row["device"][:4], row["push_no"], row["patch"])
            for row in rows
        ]
        return told + [row["item"] for row in self._all(f"SELECT item FROM quarantine WHERE item->>'id' = '{record}'")]

    def own_differences(self) -> list[Any]:
        """Open differences whose other version the same device had written, by the hub's history."""
        kept = {
            (row["id"], one["field"], one["value"])
            for row in self._all("SELECT id, conflicts FROM record")
            for one in row["conflicts"].values()
        }
        found, author = [], dict[tuple[str, str], str]()
        for row in self._all("SELECT id, status, device, patch FROM record_history ORDER BY at, rev, push_no"):
            for name, edit in row["patch"].get("patch", {}).items():
                at = row["id"], name
                if (*at, edit["value"]) not in kept:
                    author[at] = row["device"]
                elif author.get(at) == row["device"]:
                    found.append(("differs from itself", *at, row["device"]))
        return found

    def clients(self) -> dict[str, str]:
        """The book of each client."""
        return {row["id"]: row["book"] for row in self._all("SELECT id, book FROM hub_client ORDER BY id")}

    def reachable(self, member: Person) -> set[str]:
        """The scopes somebody may follow."""
        books = [member.book] if member.book else [self.people.wang.book, self.people.li.book]
        own = {f"own:{member.id}", f"team:{member.team}"}
        return own | {f"{kind}:{book}" for book in books for kind in ("book", "bank")}

    def close(self) -> None:
        """Stop serving; nothing stays that PostgreSQL would have to write down when it stops."""
        self.hub.close()
        with self._admin() as admin:
            names = [row[0] for row in admin.execute("SELECT datname FROM pg_database")]
            for name in names:
                if name.startswith(self._name):
                    admin.execute(f"DROP DATABASE {name} WITH (FORCE)")
