"""Desks of the fuzz: real encrypted files, whose programs fall at any commit and whose files are thrown back."""

from __future__ import annotations

import json
import random
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rmdesk.base.errors import Known, Trouble
from rmdesk.services.store.store import Store
from rmdesk.services.sync import contents, state
from rmdesk.services.sync.engine import Report, sync_round
from rmdesk.services.sync.hub_client import HubClient
from rmdesk.services.sync.joining import JoinHub
from rmdesk.services.sync.naming import Names
from rmdesk.wire.messages import SCHEMA, Hello, Pull, Pulled, Pushed
from rmdesk.wire.registry import BY_NAME
from tests.fuzz.oracle import Oracle
from tests.fuzz.person import WORDS, Habits, Person, key_sql
from tests.support import build
from tests.support.hub import HubUnderTest
from tests.support.hub import Person as Member

_OURS = 'scope NOT IN (SELECT id FROM sync_scope WHERE "write" = 0)'
_TELLS = f"({_OURS} OR state <> 'clean')"


class Fallen(BaseException):
    """The power went: nothing after the last commit happened."""


class FallingStore(Store):
    """A store whose program may fall just before or just after any commit of the engine."""

    dice: random.Random
    share = 0.0

    def perform(self, command: Any, progress: Any = None) -> Any:
        if self.dice.random() < self.share:
            raise Fallen
        done = super().perform(command, progress)
        if self.dice.random() < self.share:
            raise Fallen
        return done


class Always:
    """A token that is always good."""

    def __init__(self, token: str) -> None:
        self._token = token

    def access(self) -> str:
        return self._token

    def renewed(self, refused: str) -> str:
        return self._token


class BusyClient(HubClient):
    """A client of somebody who goes on working while the round runs: between what is told and what is heard."""

    meanwhile: Callable[[], object] | None = None
    cut = False  # what is told does not arrive

    def push(self, body: bytes) -> Pushed:
        if self.cut:
            raise Trouble("cut", code="hub_unreachable")
        return super().push(body)

    def pull(self, told: Pull) -> Pulled:
        if self.meanwhile is not None:
            self.meanwhile()
        return super().pull(told)


@dataclass
class Desk:
    """One desk of a member of the team."""

    name: str
    member: Member
    folder: Path
    rng: random.Random
    oracle: Oracle
    fall: float
    habits: Habits
    busy: float = 0.0  # how often something is done in the middle of a round
    store: FallingStore = field(init=False)
    person: Person = field(init=False)
    report: Report = field(default_factory=Report)
    count: dict[str, int] = field(default_factory=dict)

    def start(self, template: Path) -> None:
        """A new file."""
        self.folder.mkdir()
        shutil.copyfile(template, self.folder / "rmdesk.db")
        self._open()

    def _open(self) -> None:
        self.store = FallingStore(self.folder / "rmdesk.db", build.KEY, who=self.member.name)
        self.store.dice = self.rng
        self.person = Person(self.store, self.rng, self.oracle, self.habits)

    def join(self, hub: HubUnderTest, url: str, device: str) -> None:
        """Follow the hub."""
        with HubClient(url, Always(hub.token(self.member.id, device))) as client:
            welcome = client.hello(Hello(device, SCHEMA, SCHEMA, "fuzz", ""))
        self.store.perform(JoinHub(url, device, welcome))

    def sync(
        self, hub: HubUnderTest, url: str, *, meanwhile: Callable[[], object] | None = None, cut: bool = False
    ) -> bool:
        """One round over the line; whatever the line does, the file stays right. True when it went through."""
        device = self.person.ask(lambda reads: str(state.get(reads, "device")))
        self.store.share = self.fall
        try:
            client = BusyClient(url, Always(hub.token(self.member.id, device)))
            client.meanwhile, client.cut = meanwhile or (self._meanwhile if self.busy else None), cut
            with client:
                self.report = sync_round(self.store, client)
        except Fallen:
            self._tally("falls")
            self._restart()
            return False
        except Known as error:
            self._tally(f"stopped: {error.code} {error.params.get('reason', '')}".rstrip())
            return False
        finally:
            self.store.share = 0.0
        return True

    def _meanwhile(self) -> None:
        if self.member.role == "manager" and self.rng.random() < self.busy:
            self._tally("done in a round")
            share, self.store.share = self.store.share, 0.0
            self.person.act()
            self.store.share = share

    @property
    def quiet(self) -> bool:
        """Whether the last round neither told nor heard anything."""
        told = self.report
        return not (told.pushed or told.refused or told.handed_over or told.pulled or told.left or told.mended)

    def _tally(self, what: str) -> None:
        self.count[what] = self.count.get(what, 0) + 1

    def close(self) -> None:
        """The program ends."""
        self.person.let_go()
        self.store.close()

    def _restart(self) -> None:
        self.close()
        self._open()

    def keep_copy(self) -> None:
        """Somebody copies the file while the program is closed."""
        self.close()
        for path in self.folder.glob("copy*"):
            path.unlink()
        for path in self.folder.glob("rmdesk.db*"):
            shutil.copyfile(path, self.folder / path.name.replace("rmdesk", "copy"))
        self._open()

    def throw_back(self, *, swap: bool = False) -> bool:
        """The file is replaced by the copy; with `swap` what was there becomes the copy."""
        if not (self.folder / "copy.db").exists():
            return False
        self.close()
        aside = {path.name: path.read_bytes() for path in self.folder.glob("rmdesk.db*")} if swap else {}
        for path in self.folder.glob("rmdesk.db*"):
            path.unlink()
        for path in self.folder.glob("copy*"):
            shutil.copyfile(path, self.folder / path.name.replace("copy", "rmdesk"))
            if swap:
                path.unlink()
        for name, data in aside.items():
            (self.folder / name.replace("rmdesk", "copy")).write_bytes(data)
        self._open()
        return True

    def tokens(self) -> set[str]:
        """The words that this desk could tell a hub: those of its own books and people, and whatever is unsent."""
        found = []
        for table in WORDS:
            mine = f"SELECT entity_id FROM sync_record WHERE entity = '{table}' AND {_TELLS}"
            found += self.person._rows(f"SELECT * FROM {table} WHERE {key_sql(table)} IN ({mine})")
        found += self.person._rows(f"SELECT * FROM sync_record WHERE {_TELLS}")
        found += self.person._rows(f"SELECT * FROM sync_waiting WHERE {_OURS}")
        mine = f"SELECT entity_id FROM sync_record WHERE entity = 'late_edit' AND {_TELLS}"
        found += self.person._rows(f"SELECT * FROM late_edit WHERE id IN ({mine})")
        return tokens_in(found)

    def wire_rows(self) -> dict[tuple[str, str], dict[str, Any]]:
        """Every record of this desk that the hub must know, as it travels, by type and wire id."""
        found: dict[tuple[str, str], dict[str, Any]] = self.person.ask(_wire_rows)
        return found

    def held(self, wire: str) -> Any:
        """All that the desk keeps of a record, to look at what went wrong."""
        tables = ("sync_record", "sync_waiting")
        return [self.person._rows(f"SELECT * FROM {table} WHERE wire_id = ?", (wire,)) for table in tables]

    def refused_clients(self) -> set[str]:
        """Clients about whom the hub refused something: they wait for the manager's word."""
        refused = "SELECT client_id FROM sync_record WHERE state = 'refused'"
        sql = f"SELECT wire_id FROM sync_client WHERE client_id IN ({refused})"
        return {str(row[0]) for row in self.person.ask(lambda reads: reads.rows(sql))}

    def refused_tokens(self) -> set[str]:
        """Words in records that the hub refused, and in late edits: they stay at the desk, to be settled."""
        told = [str(row["item"]) for row in self.person._rows("SELECT * FROM late_edit")]
        told += map(str, self.person._rows("SELECT * FROM sync_record WHERE state = 'refused'"))
        for table in WORDS:
            refused = f"SELECT entity_id FROM sync_record WHERE state = 'refused' AND entity = '{table}'"
            told += map(str, self.person._rows(f"SELECT * FROM {table} WHERE {key_sql(table)} IN ({refused})"))
        return tokens_in(told)

    def unsent(self) -> Any:
        """What the hub has not heard, to look at what went wrong."""
        return self.person._rows("SELECT * FROM sync_record WHERE state <> 'clean'")

    def waiting(self) -> int:
        """Records the hub has not heard of, and batches under way."""
        sql = "SELECT (SELECT count(*) FROM sync_record WHERE state = 'dirty') + (SELECT count(*) FROM sync_batch)"
        return int(self.person.ask(lambda reads: reads.value(sql)))


def tokens_in(told: Any) -> set[str]:
    """Every word in whatever was told."""
    return set(re.findall(r"tok\d{6}", json.dumps(told, ensure_ascii=False, default=str)))


def _wire_rows(reads: Any) -> dict[tuple[str, str], dict[str, Any]]:
    found = {}
    for kind in BY_NAME.values():
        heard = f"(rev > 0 OR (state = 'clean' AND {_OURS} AND entity = 'late_edit'))"
        sql = f"SELECT entity_id, wire_id FROM sync_record WHERE entity = ? AND deleted IS NULL AND {heard}"
        wires = dict(reads.rows(sql, (kind.name,)))
        values = contents.wire_values(reads, kind, wires, Names(reads))
        found.update({(kind.name, wires[key]): row for key, row in values.items()})
    return found
