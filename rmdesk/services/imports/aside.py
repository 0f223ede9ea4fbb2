"""The importer run aside: in an encrypted file that is thrown away, whose key never leaves the memory.

The hub keeps the bank's facts as text. To take in a hand-over it lays them out here as a desk would have them, imports
the files with the one importer there is, and reads the facts again.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import ClassVar, NamedTuple

from rmdesk.base import clock
from rmdesk.base.progress import Progress
from rmdesk.base.text import N_
from rmdesk.services.imports import gone, keys, telling
from rmdesk.services.imports.commands import Applied, ApplyImport
from rmdesk.services.imports.days import Days
from rmdesk.services.imports.gathering import Handover
from rmdesk.services.imports.kept import ACCOUNT, CLIENT, HOLDING
from rmdesk.services.imports.laying import Laying
from rmdesk.services.imports.records import Entity
from rmdesk.services.imports.stage import Stage
from rmdesk.services.imports.terms import Terms
from rmdesk.services.store import migrate
from rmdesk.services.store.command import Done
from rmdesk.services.store.engine import connect
from rmdesk.services.store.reads import Reads
from rmdesk.services.store.store import Store
from rmdesk.services.store.work import UnitOfWork
from rmdesk.wire import bank
from rmdesk.wire.bank import ClientFacts, MoneyFacts, Part


class Person(NamedTuple):
    """A client in the file; `number` is None for those the bank's files tell of without one."""

    id: int
    number: str | None
    manager: str | None


class Named(NamedTuple):
    """Whom a hand-over tells of. `whole`: also accounts without their clients, so that anybody may be meant."""

    numbers: set[str]
    managers: set[str]
    whole: bool


class Aside:
    """The file; used as a context. `folder` is where it lies while it lasts, the system's own place if not given."""

    def __init__(self, folder: Path | None = None) -> None:
        self._parent = folder
        self._folder: TemporaryDirectory[str] | None = None
        self._store: Store | None = None
        self._gaps: list[Gap] = []
        self._stand_ins: frozenset[int] = frozenset()

    def __enter__(self) -> Aside:
        self._folder = TemporaryDirectory(prefix="rmdesk-load-", dir=self._parent)
        path, key = Path(self._folder.name) / "aside.db", secrets.token_bytes(32)
        connect(path, key, create=True).close()
        migrate.bring_up(path, key)
        self._store = Store(path, key, who="hub")
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.store.close()
        if self._folder is not None:
            self._folder.cleanup()

    @property
    def store(self) -> Store:
        """The opened file."""
        if self._store is None:
            raise RuntimeError("the importer's own file is not open")
        return self._store

    def lay(self, scope: str, told: Iterable[tuple[str, str]]) -> None:
        """Lay out what the hub has of a book: (type, facts)."""
        self._gaps += self.store.perform(LayOut(scope, tuple(told))).result

    def laid(self) -> None:
        """All books are laid out: what is named in them and lies in none of them gets a stand-in."""
        self._stand_ins = self.store.perform(CloseGaps(tuple(self._gaps))).result
        self._gaps.clear()

    def people(self) -> list[Person]:
        """Every client there is."""
        rows = self.store.read(lambda reads: reads.rows(_PEOPLE))
        return [Person(*row) for row in rows if row[0] not in self._stand_ins]

    def missing(self, handover: Handover, terms: Terms) -> tuple[int, int]:
        """How many clients a hand-over of all of them lacks, and how many are open before it."""
        return self.store.read(_missing, handover, terms)

    def take(self, handover: Handover, terms: Terms, progress: Progress) -> Applied:
        """Import the files."""
        return self.store.perform(ApplyImport(handover, terms), progress).result

    def tell(self, clients: Sequence[int]) -> list[tuple[ClientFacts, MoneyFacts]]:
        """What is known now of these clients (ids)."""
        return self.store.read(lambda reads: list(telling.told(reads, clients)))

    def products(self, clients: Sequence[int]) -> list[Part]:
        """The products they hold."""
        return self.store.read(telling.products, clients)


class Gap(NamedTuple):
    """The money of a client that names what is not there (yet): (kind, its key)."""

    scope: str
    text: str
    needs: frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class LayOut:
    """Lay out a book in the importer's own file. It cannot be undone: the file is thrown away."""

    label: ClassVar[str] = N_("Import")
    scope: str
    told: tuple[tuple[str, str], ...]

    def apply(self, work: UnitOfWork) -> Done[list[Gap]]:
        texts: dict[str, list[str]] = {kind: [] for kind in bank.TYPES}
        for kind, text in self.told:
            texts[kind].append(text)
        days, laying = Days(work, self.scope), Laying(work, Terms(clock.today()))
        for text in texts[bank.DAY]:
            days.move(bank.day_facts(text))
        laying.products([bank.product_facts(text) for text in texts[bank.PRODUCT]], days)
        laying.clients([bank.client_facts(text) for text in texts[bank.CLIENT]], days)
        money = [bank.money_facts(text) for text in texts[bank.MONEY]]
        laying.money(money, days)
        missing = laying.laid.missing
        return Done(
            [
                Gap(self.scope, text, frozenset(missing[facts.number]))
                for facts, text in zip(money, texts[bank.MONEY], strict=True)
                if facts.number in missing
            ]
        )


@dataclass(frozen=True, slots=True)
class CloseGaps:
    """Let the money of clients name what it names: second holders and accounts of clients in other books stand in
    for themselves. Gives the ids of clients who only stand in. It cannot be undone: the file is thrown away.
    """

    label: ClassVar[str] = N_("Import")
    gaps: tuple[Gap, ...]

    def apply(self, work: UnitOfWork) -> Done[frozenset[int]]:
        before = int(work.value("SELECT coalesce(max(id), 0) FROM client"))
        needs = {need for gap in self.gaps for need in gap.needs}
        clients = [(name,) for kind, name in sorted(needs) if kind == "client"]
        accounts = [(name,) for kind, name in sorted(needs) if kind == "account"]
        made = "INSERT INTO client (number, origin, kind, status, name, pinyin, initials)"
        what = "'bank', 'person', 'active', '', '', ''"
        if clients:
            work.bulk(f"{made} VALUES (?, {what}) ON CONFLICT DO NOTHING", clients, topics=())
        if accounts:
            work.bulk(f"{made} VALUES (NULL, {what})", topics=())
            owner = int(work.value("SELECT max(id) FROM client"))
            sql = "INSERT INTO account (number, client_id, kind, currency) VALUES (?, ?, 'demand', '')"
            work.bulk(f"{sql} ON CONFLICT DO NOTHING", [(name, owner) for (name,) in accounts], topics=())
        laying = Laying(work, Terms(clock.today()))
        for gap in self.gaps:
            laying.money([bank.money_facts(gap.text)], Days(work, gap.scope))
        return Done(frozenset(row[0] for row in work.rows("SELECT id FROM client WHERE id > ?", (before,))))


def named(stage: Stage) -> Named:
    """Whom a hand-over tells of."""
    numbers = {row[0] for row in stage.rows(_NUMBERS) if not row[0].startswith(keys.NUMBERLESS)}
    managers = {row[0] for row in stage.rows("SELECT DISTINCT manager FROM client WHERE manager IS NOT NULL")}
    return Named(numbers, managers, bool(stage.rows(_ORPHANS)))


def kinds_of(stage: Stage) -> frozenset[Entity]:
    """Which kinds that may be gone a hand-over tells of at all."""
    return frozenset(kept.entity for kept in (CLIENT, ACCOUNT, HOLDING) if stage.size(kept))


def _missing(reads: Reads, handover: Handover, terms: Terms) -> tuple[int, int]:
    lacking = sum(len(page) for page in gone.gone(reads, handover.stage, terms, Entity.CLIENT))
    return lacking, int(reads.value(f"SELECT count(*) FROM client WHERE {gone.ENDING[Entity.CLIENT].open}"))


_PEOPLE = "SELECT id, number, manager FROM client ORDER BY number, id"
_NUMBERS = " UNION ".join(
    f'SELECT "{column}" FROM {table} WHERE "{column}" IS NOT NULL'
    for table, column in (
        ("client", "at"),
        ("account", "client_number"),
        ("account", "second_client_number"),
        ("holding", "client_number"),
        ("month_fact", "client_number"),
        ("tx", "client"),
    )
)
_OWNED = "(SELECT at FROM account WHERE client_number IS NOT NULL)"
_ORPHANS = (
    "SELECT 1 FROM account a WHERE client_number IS NULL"
    " AND NOT EXISTS (SELECT 1 FROM account o WHERE o.at = a.at AND o.client_number IS NOT NULL)"
    f" UNION ALL SELECT 1 FROM holding WHERE client_number IS NULL AND account_number NOT IN {_OWNED}"
    f" UNION ALL SELECT 1 FROM month_fact WHERE client_number IS NULL AND account_number NOT IN {_OWNED}"
    f" UNION ALL SELECT 1 FROM tx WHERE client IS NULL AND account NOT IN {_OWNED} LIMIT 1"
)
