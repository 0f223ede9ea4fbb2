"""Fills the search list: clients from the index in memory, then pages by name."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer

from rmdesk.base.text import _
from rmdesk.models.kinds import ClientKind, Topic
from rmdesk.ui.care import words
from rmdesk.ui.kit.client_finder import ClientFinder
from rmdesk.ui.kit.widgets import tier_kind
from rmdesk.ui.shell.desk import WindowDesk
from rmdesk.ui.shell.routes import ROUTES
from rmdesk.ui.shell.texts import TextSearch
from rmdesk.ui.tasks.task import Task

if TYPE_CHECKING:
    from rmdesk.services.search.index import Hit, SearchIndex
    from rmdesk.services.store.reads import Reads
    from rmdesk.ui.kit.pick_list import Pick
    from rmdesk.ui.shell.search import SearchPopup

WATCHED = frozenset({Topic.CLIENTS, Topic.IMPORTS})
# After a change, several changes are waited for; and while a page is being read the index waits, too: the threads
# share one interpreter, and the page is what is looked at.
SETTLE_MS = 300
BEGIN_MS = 1000  # at the start; whoever types before is told that the index is being made
MOST_PAGES = 3
MOST_OWNERS = 3  # clients whose newest records are shown, too; a single letter or sign means too many


class Searching(QObject):
    """Keeps the index in step with the clients, on a thread of its own, and empties it when the desk is locked."""

    def __init__(self, desk: WindowDesk) -> None:
        super().__init__()
        self._desk = desk
        self._task: Task[Any] | None = None
        self._clients = ClientFinder(desk, self)
        self._clients.more.connect(self._tell_more)
        self._popup: SearchPopup | None = None
        self._texts = TextSearch(desk)
        self._texts.found.connect(self._tell_more)
        desk.window.topbar.search.textEdited.connect(self._typed)
        self._soon = QTimer(self, singleShot=True)
        self._soon.timeout.connect(self._build)
        desk.changed.connect(self._changed)

    @property
    def popup(self) -> SearchPopup:
        """The list under the field; made after the first page, or at the first letter typed."""
        if self._popup is None:
            from rmdesk.ui.shell.search import SearchPopup

            self._popup = SearchPopup(self._desk.window.topbar.search, self._desk.window.frame)
            self._popup.picked.connect(lambda call: call())
        return self._popup

    def began(self) -> None:
        """The store is open."""
        self._soon.start(BEGIN_MS)
        self._texts.began()

    def ended(self) -> None:
        """The desk is locked: nothing of the clients stays in memory."""
        self._soon.stop()
        self._texts.ended()
        self._desk.index = None
        if self._task is not None:
            self._task.cancel()
            self._task = None  # it would hold what it found
        self._clients.forget()
        if self._popup is not None:
            self._popup.forget()

    def find(self, typed: str) -> list[Pick]:
        """Clients first, then pages whose name answers, then texts, with the newest records of the first clients.

        What is not known of a client yet, and the texts, are told a moment later.
        """
        from rmdesk.ui.kit.pick_list import Pick
        from rmdesk.ui.shell.palette import matches

        hits = self._clients.find(typed)
        pages = [route for route in ROUTES if route.listed and matches(typed, _(route.title)) >= 2]
        picks = [self._client(hit) for hit in hits] + [
            Pick(_(route.title), lambda name=route.name: self._desk.go(name), right=_("Page"), icon=route.icon)
            for route in pages[:MOST_PAGES]
        ]
        whose = tuple(hit.client for hit in hits[:MOST_OWNERS]) if len(typed.strip()) > 1 else ()
        return picks + self._texts.picks(typed, whose)

    def _client(self, hit: Hit) -> Pick:
        from rmdesk.ui.kit.pick_list import Pick

        known, go = self._clients.known(hit), partial(self._desk.go, "client", client=hit.client)
        if known is None:
            return Pick(hit.name, go, icon="client", spans=hit.spans, key=hit.client)
        from rmdesk.services.clients.rules import masked_phone

        company = known.kind is ClientKind.COMPANY
        by_phone = bool(hit.number) and hit.number != known.number.upper()
        tail = _("ends {digits}").format(digits=known.tail) if known.tail and not by_phone else ""
        return Pick(
            hit.name,
            go,
            note=masked_phone(hit.number) if by_phone else "" if company else known.initials,
            right="  ·  ".join(part for part in (known.number, tail) if part),
            icon="company" if company else "client",
            spans=hit.spans,
            chip=(words.tier(known.tier), tier_kind(known.tier)) if known.tier else ("", ""),
            key=hit.client,
        )

    def _typed(self, text: str) -> None:
        if self._popup is None:
            self.popup.show_hits(text)

    def _tell_more(self) -> None:
        if self._popup is not None:
            self._popup.tell_more()

    def _invite(self) -> None:
        self._desk.go("imports")

    def _changed(self, topics: frozenset[Topic]) -> None:
        if topics & WATCHED:
            self._soon.start(SETTLE_MS)

    def _build(self) -> None:
        if self._task is not None:
            self._task.cancel()
        if any(not task.label for task in self._desk.tasks.running):
            self._soon.start(SETTLE_MS)
            return
        if self._desk.tasks.store is not None:
            self._desk.imports.begin("search")  # the list to show it in
            self._task = self._desk.tasks.study(_index_of)
            self._task.done.connect(self._built)

    def _built(self, index: SearchIndex) -> None:
        self.popup.finder = self.find
        self.popup.invite = None if len(index) else self._invite
        self._desk.take_index(index)


def _index_of(reads: Reads, progress: object) -> SearchIndex:
    from rmdesk.services.search.queries import build

    return build(reads)
