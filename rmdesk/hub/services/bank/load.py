"""Takes the bank's exports in: the importer's records, distributed to the books of those who look after the clients.

The books that the files may change are laid out in the importer's own file, the files imported there as at a desk, and
each book's facts compared with what its scope has: only what differs is numbered, one transaction a book. A load that
is stopped goes on with the books it had not done.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from rmdesk.base.errors import Refused, Trouble
from rmdesk.base.progress import Progress, Silent
from rmdesk.base.text import N_, _
from rmdesk.hub.core import Hub, epoch
from rmdesk.hub.services.bank import findings, ledger, moves, writing
from rmdesk.hub.services.bank.books import POOL, Books, open_pool
from rmdesk.hub.services.bank.findings import Note
from rmdesk.hub.services.bank.telling import told_of
from rmdesk.services.imports.aside import Aside, Named, Person, kinds_of, named
from rmdesk.services.imports.gathering import Handover, gathered
from rmdesk.services.imports.rereading import open_all
from rmdesk.services.imports.terms import Terms, numbers
from rmdesk.wire import bank
from rmdesk.wire.ids import client_id, scope_id

WRITING = N_("Writing the books…")
LAYING = N_("Reading the books…")


@dataclass(frozen=True, slots=True)
class Options:
    """How a load is to be taken. `mapping`: pairs of a manager as in the files and a book; `book`: of clients without
    a manager in the files. `complete`: the files hold every client, who is missing has gone; `sure`: also when those
    are many. `move`: hand-overs that the files suggest need no second word. `check`: nothing is written.
    """

    currency: str = "CNY"
    as_of: date | None = None
    mapping: tuple[tuple[str, str], ...] = ()
    book: str = ""
    complete: bool = False
    sure: bool = False
    move: bool = False
    check: bool = False
    by: str = ""  # user id
    folder: Path | None = None  # where the importer's own file lies meanwhile


@dataclass(slots=True)
class Loaded:
    """What a load did. `books`: by book what became of its records; `load` is empty where nothing was written."""

    load: str = ""
    as_of: date | None = None
    files: tuple[str, ...] = ()
    books: dict[str, dict[str, int]] = field(default_factory=dict)
    before: int = 0  # books done by an earlier try of the same load
    unassigned: int = 0
    moved: int = 0  # clients whose hand-over was confirmed
    notes: list[Note] = field(default_factory=list)

    @property
    def totals(self) -> dict[str, int]:
        """What became of the records of all books."""
        found: Counter[str] = Counter({"new": 0, "changed": 0, "unchanged": 0})
        for counts in self.books.values():
            found.update(counts)
        return dict(found)


def load(hub: Hub, paths: Sequence[Path], options: Options, progress: Progress | None = None) -> Loaded:
    """Load these files, together. Refused and Trouble as the importer raises them, and when too many have gone."""
    progress = progress or Silent()
    if not options.check:
        open_pool(hub.database)
    sources = open_all(paths, currency=options.currency, progress=progress)
    with gathered(sources, progress) as handover, Aside(options.folder) as aside:
        return _Load(hub, handover, options, aside, progress).run()


class _Load:
    def __init__(self, hub: Hub, handover: Handover, options: Options, aside: Aside, progress: Progress) -> None:
        self._hub, self._database = hub, hub.database
        self._handover, self._options, self._aside, self._progress = handover, options, aside, progress
        whole = kinds_of(handover.stage) if options.complete else frozenset()
        day = options.as_of or handover.day()
        self._terms = Terms(day, options.currency, whole=whole, ended=whole)
        self._heads: dict[str, int] = {}
        self._loaded = Loaded(as_of=day, files=handover.names)
        with self._database.transaction() as connection:
            self._books = Books(connection, options.mapping, options.book)
            self._epoch = epoch(connection)

    def run(self) -> Loaded:
        whom = named(self._handover.stage)
        self._lay_out(self._concerned(whom))
        before = {person.number: person.manager for person in self._aside.people()}
        self._guard()
        applied = self._aside.take(self._handover, self._terms, self._progress)
        people = self._aside.people()
        self._loaded.notes += findings.of_files(applied.findings)
        self._loaded.notes += findings.numberless(sum(person.number is None for person in people))
        plan = self._distribute([person for person in people if person.number is not None], before)
        self._write(plan)
        return self._loaded

    # Before the import.

    def _concerned(self, whom: Named) -> set[str]:
        """The books the files may change."""
        with self._database.transaction() as connection:
            if whom.whole or self._options.complete:
                books = {row[0] for row in connection.execute("SELECT DISTINCT book FROM hub_client")}
            else:
                ids = [client_id(number) for number in sorted(whom.numbers)]
                rows = connection.execute("SELECT DISTINCT book FROM hub_client WHERE id = ANY(%s)", (ids,))
                books = {row[0] for row in rows}
        told = {self._books.of(manager) for manager in whom.managers}
        return {book for book in (*books, *told, self._books.fallback, POOL) if book is not None}

    def _lay_out(self, books: set[str]) -> None:
        for done, book in enumerate(sorted(books)):
            self._progress.at(done, len(books), _(LAYING))
            scope = scope_id("bank", book)
            with self._database.transaction([scope], reading=True) as connection:
                row = connection.execute("SELECT head FROM scope WHERE id = %s", (scope,)).fetchone()
                rows = connection.execute(
                    "SELECT type, fields ->> %s FROM record WHERE scope_id = %s AND type = ANY(%s) AND NOT deleted",
                    (bank.FACTS, scope, list(bank.TYPES)),
                )
                told = list(rows)
            self._heads[book] = 0 if row is None else int(row[0])
            self._aside.lay(scope, told)
        self._aside.laid()

    def _guard(self) -> None:
        """Many who are gone at once are more likely a wrong file than a fact."""
        if not self._options.complete or self._options.sure:
            return
        missing, known = self._aside.missing(self._handover, self._terms)
        most = numbers().most_gone
        if missing > known * most:
            raise Refused(
                N_("{missing} of {known} clients are not in these files: more than {most}% at once."),
                do=N_("Check that the files are complete. If they are, say so with --sure."),
                code="many_gone",
                missing=missing,
                known=known,
                most=round(100 * most),
            )

    # After it.

    def _distribute(self, people: Sequence[Person], before: dict[str | None, str | None]) -> moves.Plan:
        with self._database.transaction() as connection:
            ids = [client_id(str(person.number)) for person in people]
            rows = connection.execute("SELECT id, book FROM hub_client WHERE id = ANY(%s)", (ids,))
            known: dict[str, str] = dict(rows)
        plan = moves.plan(people, before, known, self._books)
        self._loaded.unassigned = len(plan.books.get(POOL, ()))
        self._loaded.notes += findings.unknown_managers(plan.unknown)
        counts = Counter(to for _client, _from, to in plan.proposed)
        self._loaded.notes += [findings.proposed(count, book) for book, count in sorted(counts.items())]
        return plan

    def _write(self, plan: moves.Plan) -> None:
        begun = None
        if not self._options.check:
            with self._database.transaction() as connection:
                more = (str(self._options.move), self._books.fallback, *map(str, sorted(self._options.mapping)))
                begun = ledger.begin(connection, self._handover, self._terms, more, self._options.by)
            self._loaded.load, self._loaded.before = begun.id, len(begun.done)
        books = sorted(plan.books, key=lambda book: (book == POOL, book))
        for done, book in enumerate(books):
            self._progress.at(done, len(books), _(WRITING))
            scope = scope_id("bank", book)
            if begun is not None and scope in begun.done:
                continue
            told = told_of(self._aside, book, plan.books[book])
            if told:
                self._loaded.books[book] = self._one(plan, book, told, begun)
        if begun is not None:
            with self._database.transaction() as connection:
                ledger.finish(connection, begun.id)
                findings.keep(connection, begun.id, self._loaded.notes)
            if self._options.move:
                self._loaded.moved = moves.confirm(self._hub, plan, self._options.by)

    def _one(
        self, plan: moves.Plan, book: str, told: Sequence[writing.Told], begun: ledger.Begun | None
    ) -> dict[str, int]:
        """One book, in one transaction."""
        scope, pool = scope_id("bank", book), scope_id("bank", POOL)
        scopes = {scope, pool} if plan.from_pool.get(book) else {scope}
        with self._database.transaction(scopes) as connection:
            if begun is None:
                there = writing.before(connection, scope)
                return _plain(writing.counted(there, told, writing.differing(there, told)))
            heads = writing.lock(connection, scopes)
            if heads[scope].head != self._heads.get(book, heads[scope].head):
                raise Trouble(
                    N_("A book was changed by somebody else during the load."),
                    do=N_("Run the same load again: it goes on where it stopped."),
                    code="load_again",
                )
            there = writing.before(connection, scope)
            differ = writing.differing(there, told)
            counts = writing.counted(there, told, differ)
            if pool in scopes and book != POOL:
                there |= writing.leave_pool(connection, pool, plan.from_pool[book], begun.id, heads[pool])
                self._heads[POOL] = heads[pool].head + len(plan.from_pool[book])
            by = self._options.by
            writing.write(connection, scope, heads[scope], there, differ, self._epoch, by, begun.id)
            moves.keep(connection, plan, book, begun.id, by)
            writing.witness(connection, scope, begun.id, by, len(differ))
            ledger.scope_done(connection, begun.id, scope, _plain(counts))
        return _plain(counts)


def _plain(counts: writing.Written) -> dict[str, int]:
    return counts._asdict()
