"""Reading around damage: the rows of a table that can still be read, however many of its pages cannot."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from rmdesk.services.store.engine import Connection, connect

_LOWEST, _HIGHEST = -(2**63), 2**63 - 1
_PAGE = 200
_TRIES = 300  # reads of one table that may fail before the rest is given up


class Reading:
    """The readable rows of one table, in pages; afterwards `whole` says whether there were no others.

    From the front to the first bad page, from the back to the last one, then the halves of what lies between.
    """

    def __init__(self, path: Path, key: bytes, table: str, columns: list[str]) -> None:
        listed = ", ".join(f'"{name}"' for name in columns)
        self._path, self._key = path, key
        self._sql = f'SELECT rowid, {listed} FROM "{table}" NOT INDEXED WHERE rowid BETWEEN ? AND ? ORDER BY rowid'
        self._connection: Connection | None = None
        self._tries = 0
        self._ended = False  # the last read came to its end
        self.whole = True

    def pages(self) -> Iterator[list[tuple[Any, ...]]]:
        """Rows with their number in front; no row twice."""
        try:
            yield from self._between(_LOWEST, _HIGHEST)
        finally:
            self._close()

    def _between(self, low: int, high: int) -> Iterator[list[tuple[Any, ...]]]:
        if low > high or self._tries >= _TRIES:
            return
        for page in self._run("ASC", low, high):
            low = page[-1][0] + 1
            yield page
        if self._ended or low > high:
            return
        for page in self._run("DESC", low, high):
            high = page[-1][0] - 1
            yield page
        if self._ended:
            return
        middle = (low + high) // 2
        if low < high:
            yield from self._halves(low, middle, high)

    def _halves(self, low: int, middle: int, high: int) -> Iterator[list[tuple[Any, ...]]]:
        if middle == low and high == low + 1:
            return
        yield from self._between(low, middle)
        yield from self._between(middle + 1, high)

    def _run(self, order: str, low: int, high: int) -> Iterator[list[tuple[Any, ...]]]:
        """Pages until the end or a bad page; one bad page makes a connection useless."""
        self._ended = False
        held: list[tuple[Any, ...]] = []
        try:
            if self._connection is None:
                self._connection = connect(self._path, self._key, cut_short=True)
            cursor = self._connection.execute(f"{self._sql} {order}", (low, high))
            for row in cursor:
                held.append(row)
                if len(held) >= _PAGE:
                    yield held
                    held = []
            self._ended = True
        except dbapi2.Error:
            self._tries += 1
            self.whole = False
            self._close()
        if held:
            yield held

    def _close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None
