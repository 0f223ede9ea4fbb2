"""Finds clients by what is typed, in the index in memory, and learns what else a list says about them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from rmdesk.models.kinds import Topic
from rmdesk.ui.kit.desk import Desk

if TYPE_CHECKING:
    from rmdesk.services.search.described import Described
    from rmdesk.services.search.index import Hit
    from rmdesk.services.store.reads import Reads

MOST = 50  # hits that are shown, and about whom more is told
# What a line says may be another thing after one of these.
DESCRIBING = frozenset({Topic.CLIENTS, Topic.IMPORTS, Topic.HOLDINGS, Topic.SEGMENTS, Topic.SETTINGS})


class ClientFinder(QObject):
    """`more` comes when the same question has another answer: more is known, or there is a new index.

    The index is made anew a moment after the clients have changed. Who is gone meanwhile is left out as soon as that
    is known, and asked for once.
    """

    more = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._known: dict[int, Described] = {}
        self._gone: set[int] = set()
        self._line = desk.tasks.line(self)
        desk.changed.connect(self._changed)
        desk.indexed.connect(self._begin_anew)

    def find(self, typed: str) -> list[Hit]:
        """At most `MOST` clients, best first; what is not known of them yet is asked for."""
        index = self._desk.index
        found = index.find(typed, MOST + len(self._gone)) if index is not None else []
        hits = [hit for hit in found if hit.client not in self._gone][:MOST]
        unknown = [int(hit.client) for hit in hits if hit.client not in self._known]
        if unknown and self._desk.tasks.store is not None:
            self._line.fetch(describe, unknown).done.connect(partial(self._learn, unknown))
        return hits

    def known(self, hit: Hit) -> Described | None:
        """What was learnt about one, if anything yet."""
        return self._known.get(hit.client)

    def forget(self) -> None:
        """Nothing of the clients stays in memory."""
        self._line.drop()
        self._known.clear()
        self._gone.clear()

    def _learn(self, asked: list[int], found: dict[int, Described]) -> None:
        self._known |= found
        self._gone.update(asked)
        self._gone.difference_update(found)
        self.more.emit()

    def _changed(self, topics: frozenset[Topic]) -> None:
        if topics & DESCRIBING:
            self._begin_anew()

    def _begin_anew(self) -> None:
        self.forget()
        self.more.emit()


def describe(reads: Reads, clients: list[int]) -> dict[int, Described]:
    """These clients, by id; who is gone is missing."""
    from rmdesk.services.search.described import described

    return described(reads, clients)
