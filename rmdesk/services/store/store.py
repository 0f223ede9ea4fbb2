"""The store of one profile: hands out readers and performs commands."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar, cast

from rmdesk.base.errors import Known, Trouble
from rmdesk.base.progress import Progress
from rmdesk.base.text import N_
from rmdesk.services.store.command import Command, Outcome
from rmdesk.services.store.engine import told
from rmdesk.services.store.reads import Reader, Reads
from rmdesk.services.store.writing import engine

if TYPE_CHECKING:
    from sqlalchemy import Engine

P = ParamSpec("P")
T = TypeVar("T")
KEPT = 2  # reading connections: a round with the hub asks for another within its own


class Store:
    """One open, encrypted file. Reads go to a `Reader` per thread; writes one at a time through `perform`."""

    def __init__(self, path: Path, key: bytes, who: str) -> None:
        self.path = path
        self.who = who
        self._key = bytearray(key)  # ours to overwrite when the desk is locked
        self._engine: Engine | None = None
        self._writing = Lock()
        self._shelf = Lock()
        self._kept: list[tuple[Reader, tuple[int, int]]] = []

    @property
    def folder(self) -> Path:
        """The profile's folder."""
        return self.path.parent

    @property
    def key(self) -> bytes:
        """The raw key; Trouble once the store is closed (the desk was locked)."""
        if not self._key:
            raise self._locked()
        return bytes(self._key)

    def reader(self) -> Reader:
        """A new reading connection for the calling thread; the caller closes it."""
        return Reader(self.path, self.key)

    def read(self, query: Callable[Concatenate[Reads, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """One query over a connection of its own, all of it seeing the same state; for scripts and tests."""
        with self.reading() as reader, reader.snapshot() as reads:
            return query(reads, *args, **kwargs)

    @contextmanager
    def reading(self) -> Iterator[Reader]:
        """A reading connection for a while, for nobody else. It is kept for whoever asks next, because opening one
        reads the whole schema; it keeps no page of the file.
        """
        reader = self._from_shelf() or self.reader()
        try:
            yield reader
        except Known:  # a refusal, or the world outside: the connection is as good as before
            self._put_back(reader)
            raise
        except BaseException:
            reader.close()
            raise
        self._put_back(reader)

    def _put_back(self, reader: Reader) -> None:
        with suppress(Known):
            reader.shrink()
            with self._shelf:
                if self._key and len(self._kept) < KEPT:
                    self._kept.append((reader, _identity(self.path)))
                    return
        reader.close()

    def _from_shelf(self) -> Reader | None:
        with self._shelf:
            if not self._kept:
                return None
            reader, identity = self._kept.pop()
        if self._key and identity == _identity(self.path):
            return reader
        reader.close()  # the file lies elsewhere now, or another one in its place
        return None

    def perform(self, command: Command[T], progress: Progress | None = None) -> Outcome[T]:
        """Apply a command in one transaction and commit it; anything raised leaves no trace.

        But for one: who tried to change what is sealed is put on record. On a full disk the room that was held for it
        is given up, and the command is tried once more.
        """
        from rmdesk.services.store import ballast
        from rmdesk.services.store.sealed import Sealed

        try:
            return self._perform(command, progress)
        except Sealed as error:
            from rmdesk.services.store.attempts import NoteAttempt

            self._perform(NoteAttempt(command.label, error))
            raise
        except Trouble as error:
            if error.code != "disk_full" or not ballast.give_up(self.folder):
                raise
            return self._perform(command, progress)

    def _perform(self, command: Command[T], progress: Progress | None = None) -> Outcome[T]:
        from sqlalchemy.orm import Session

        from rmdesk.services.store import others, witness
        from rmdesk.services.store.work import UnitOfWork

        with self._writing, told(self.path), Session(self._open_engine(), expire_on_commit=False) as session:
            try:
                work = UnitOfWork(session, self.who, type(command).__name__, command.label, progress)
                done = command.apply(work)
                work.finish()
                session.commit()
                if work.audit_end is not None:
                    witness.keep(self.folder, self.key, *work.audit_end)
            except BaseException as error:
                session.rollback()
                original = getattr(error, "orig", None)  # SQLAlchemy wraps the driver's errors
                refusal = others.of_the_bank(original or error)
                if refusal is not None:
                    raise refusal from error
                if original is not None:
                    raise original from error
                raise
        label = done.label or command.label
        return Outcome(done.result, label, frozenset(work.topics), done.inverse, done.forgets)

    def close(self) -> None:
        """Wait for a running command, empty the WAL into the file, close the writing connection, overwrite the key.

        Readers are closed by those who opened them; one that is still reading keeps the WAL until it is done.
        """
        with self._shelf:
            kept, self._kept = self._kept, []
        for reader, _identity_then in kept:
            reader.close()
        with self._writing:
            if self._engine is not None:
                with suppress(Exception):  # a full or broken disk: what is committed stands in the WAL
                    self._checkpoint(self._engine)
                self._engine.dispose()
                self._engine = None
            for at in range(len(self._key)):
                self._key[at] = 0
            self._key = bytearray()

    @staticmethod
    def _checkpoint(engine: Engine) -> None:
        connection = engine.raw_connection()
        try:
            connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        finally:
            connection.close()

    def _open_engine(self) -> Engine:
        if not self._key:
            raise self._locked()
        if self._engine is None:
            self._engine = engine(self.path, cast(bytes, self._key))  # the very same, so that it goes with it
        return self._engine

    @staticmethod
    def _locked() -> Trouble:
        return Trouble(
            N_("The desk is locked."), do=N_("Unlock it and try again; what was saved is safe."), code="closed"
        )


def _identity(path: Path) -> tuple[int, int]:
    """Which file lies here; (0, 0) when there is none."""
    try:
        found = path.stat()
    except OSError:
        return 0, 0
    return found.st_dev, found.st_ino
