"""Texts under the search field: asks for them on the reading thread, and keeps their index in step without a word."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from rmdesk.models.kinds import Topic
from rmdesk.ui.kit import format
from rmdesk.ui.shell.desk import WindowDesk

if TYPE_CHECKING:
    from rmdesk.models.kinds import ClientId
    from rmdesk.services.search.finding import TextHit
    from rmdesk.services.store.reads import Reads
    from rmdesk.ui.kit.pick_list import Pick

START_MS = 4000  # after the start: the first page and the clients' index go first
SETTLE_MS = 400
PAUSE_MS = 60  # between two slices: whoever wants to save something gets in
ICONS = {"visit": "visit", "gift": "gift", "journal": "edit", "playbook_card": "star", "greeting": "calendar",
         "gathering": "event", "invitation": "event"}  # fmt: skip
WATCHED = frozenset(Topic) - {Topic.SETTINGS, Topic.DRAFTS, Topic.CARE, Topic.HOLDINGS}


class TextSearch(QObject):
    """`found` comes when hits for what is typed have arrived; `picks` gives those there are."""

    found = Signal()

    def __init__(self, desk: WindowDesk) -> None:
        super().__init__()
        self._desk = desk
        self._asked: tuple[str, tuple[ClientId, ...]] = ("", ())
        self._hits: tuple[TextHit, ...] = ()
        self._line = desk.tasks.line(self)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._look)
        desk.changed.connect(self._changed)

    def began(self) -> None:
        """The store is open."""
        self._timer.start(START_MS)

    def ended(self) -> None:
        """The desk is locked: nothing of the texts stays in memory."""
        self._timer.stop()
        self._forget()

    def picks(self, typed: str, clients: tuple[ClientId, ...] = ()) -> list[Pick]:
        """The lines for what is typed and for the clients it means; when they are not known yet, they are asked for."""
        asked = (typed.strip(), clients)
        if asked != self._asked:
            self._asked, self._hits = asked, ()
            if asked[0] and self._desk.tasks.store is not None:
                self._line.fetch(_find, *asked).done.connect(self._arrived)
        return [self._pick(hit) for hit in self._hits]

    def _forget(self) -> None:
        self._line.drop()
        self._asked, self._hits = ("", ()), ()

    def _arrived(self, hits: tuple[TextHit, ...]) -> None:
        self._hits = hits
        if hits:
            self.found.emit()

    def _pick(self, hit: TextHit) -> Pick:
        from rmdesk.ui.kit.pick_list import Pick

        return Pick(
            hit.snippet,
            partial(self._open, hit),
            right="" if hit.on is None else format.day(hit.on),
            icon=ICONS.get(hit.entity, "file"),
            spans=hit.spans,
            chip=(hit.name, "plain") if hit.name else ("", ""),
        )

    def _open(self, hit: TextHit) -> None:
        if hit.page:
            self._desk.go(hit.page, entity=hit.entity, key=hit.entity_id)
        elif hit.client is not None:
            self._desk.go("client", client=hit.client, tab=hit.tab)

    # Keeping the index in step.

    def _changed(self, topics: frozenset[Topic]) -> None:
        if topics & WATCHED:
            self._renew()
            if not self._timer.isActive():
                self._timer.start(SETTLE_MS)

    def _renew(self) -> None:
        """The same words have another answer now."""
        self._forget()
        self.found.emit()

    def _look(self) -> None:
        if self._desk.tasks.store is not None:
            self._desk.tasks.fetch(_left).done.connect(self._go_on)

    def _go_on(self, left: int) -> None:
        store = self._desk.tasks.store
        if not left or store is None:
            return
        from rmdesk.services.search.texts import IndexTexts

        task = self._desk.tasks.write(lambda progress: store.perform(IndexTexts(), progress).result)
        task.done.connect(lambda rest: self._timer.start(PAUSE_MS) if rest else self._renew())


def _find(reads: Reads, typed: str, clients: tuple[ClientId, ...]) -> tuple[TextHit, ...]:
    from rmdesk.services.search.finding import find

    return find(reads, typed, clients=clients)


def _left(reads: Reads) -> int:
    from rmdesk.services.search.texts import left

    return left(reads)
