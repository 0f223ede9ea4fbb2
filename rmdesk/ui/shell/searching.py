"""Fills the search list: clients from the index in memory, then pages by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer

from rmdesk.base.text import _
from rmdesk.models.kinds import Topic
from rmdesk.ui.kit.pick_list import Pick
from rmdesk.ui.shell.desk import WindowDesk
from rmdesk.ui.shell.palette import matches
from rmdesk.ui.shell.routes import ROUTES
from rmdesk.ui.shell.search import SearchPopup
from rmdesk.ui.tasks.task import Task

if TYPE_CHECKING:
    from rmdesk.services.search.index import SearchIndex
    from rmdesk.services.store.reads import Reads

WATCHED = frozenset({Topic.CLIENTS, Topic.IMPORTS})
# After a change, several changes are waited for; and while a page is being read the index waits, too: the threads
# share one interpreter, and the page is what is looked at.
SETTLE_MS = 300
MOST_PAGES = 3


class Searching(QObject):
    """Keeps the index in step with the clients, on a thread of its own, and empties it when the desk is locked."""

    def __init__(self, desk: WindowDesk) -> None:
        super().__init__()
        self._desk = desk
        self._index: SearchIndex | None = None
        self._task: Task[Any] | None = None
        self.popup = SearchPopup(desk.window.topbar.search, desk.window.frame)
        self.popup.picked.connect(lambda call: call())
        self._soon = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._soon.timeout.connect(self._build)
        desk.changed.connect(self._changed)

    def began(self) -> None:
        """The store is open."""
        self._soon.start()

    def ended(self) -> None:
        """The desk is locked: nothing of the clients stays in memory."""
        self._soon.stop()
        self._index = None
        self.popup.finder = None
        self.popup.close_list()

    def find(self, typed: str) -> list[Pick]:
        """Clients first, then pages whose name answers."""
        found = (
            [self._client(hit.client, hit.name, hit.number) for hit in self._index.find(typed)] if self._index else []
        )
        pages = [route for route in ROUTES if route.listed and matches(typed, _(route.title)) >= 2]
        return found + [
            Pick(_(route.title), lambda name=route.name: self._desk.go(name), right=_("Page"), icon=route.icon)
            for route in pages[:MOST_PAGES]
        ]

    def _client(self, client: int, name: str, number: str) -> Pick:
        return Pick(name, lambda: self._desk.go("client", client=client), note=number, icon="client")

    def _changed(self, topics: frozenset[Topic]) -> None:
        if topics & WATCHED:
            self._soon.start()

    def _build(self) -> None:
        if self._task is not None:
            self._task.cancel()
        if any(not task.label for task in self._desk.tasks.running):
            self._soon.start()
            return
        if self._desk.tasks.store is not None:
            self._task = self._desk.tasks.study(_index_of)
            self._task.done.connect(self._built)

    def _built(self, index: SearchIndex) -> None:
        self._index = index
        self.popup.finder = self.find


def _index_of(reads: Reads, progress: object) -> SearchIndex:
    from rmdesk.services.search.queries import build

    return build(reads)
