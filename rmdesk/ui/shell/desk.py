"""The desk: shows pages, performs commands with undo, tells pages what changed. Pages see it as `kit.desk.Desk`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Signal

from rmdesk.base.text import _
from rmdesk.models.kinds import Topic
from rmdesk.ui.kit.page import Page
from rmdesk.ui.kit.state import State
from rmdesk.ui.shell import forms, routes
from rmdesk.ui.shell.errors import Door
from rmdesk.ui.shell.history import History, Place
from rmdesk.ui.shell.imports import Imports
from rmdesk.ui.shell.notices import Notices
from rmdesk.ui.shell.window import Window
from rmdesk.ui.tasks.runner import Tasks
from rmdesk.ui.tasks.task import Task

if TYPE_CHECKING:
    from rmdesk.models.kinds import Topic
    from rmdesk.services.search.index import SearchIndex
    from rmdesk.services.store.command import Command, Outcome
    from rmdesk.services.store.store import Store
    from rmdesk.services.store.undo import UndoStack

T = TypeVar("T")


class WindowDesk(QObject):
    """The desk of the window; made once, `opened` with each store, `closed` when it is locked.

    `changed` tells the topics of each commit, an undo's too; `sync_wanted` that a round with the hub is to begin,
    `round_changed` that one has begun or ended, `rebuilt` that all is in another language; `reopen_wanted`
    tells what is to be done with the profile while it is shut, `tour_wanted` that somebody wants to be shown round.
    """

    changed = Signal(object)
    indexed = Signal()
    sync_wanted = Signal()
    round_changed = Signal()
    rebuilt = Signal()
    reopen_wanted = Signal(object)
    tour_wanted = Signal()

    def __init__(self, tasks: Tasks, state: State, window: Window, door: Door, notices: Notices) -> None:
        super().__init__()
        self.notices = notices
        self.tasks = tasks
        self.state = state
        self.window = window
        self.door = door
        door.asks = self.ask
        self.undo_stack: UndoStack | None = None
        self.index: SearchIndex | None = None
        self.round: Task[Any] | None = None
        self.imports = Imports(tasks, self)
        self._pages: dict[str, Page] = {}
        self._history = History()
        self._counts: dict[str, int | None] = {}
        tasks.performed.connect(self._performed)
        tasks.slow.connect(window.status.follow)
        window.nav.wanted.connect(self.go)
        window.status.sync_wanted.connect(lambda: self.go("sync"))
        window.status.notices_wanted.connect(self.show_notices)
        notices.changed.connect(lambda: window.status.show_unread(notices.unread))
        window.topbar.pressed.connect(lambda action: action.run(window.page()))

    # Coming and going.

    def opened(self, store: Store) -> None:
        """The store is open: take the gate away."""
        from rmdesk.services.store.undo import UndoStack

        self.tasks.open(store)
        self.undo_stack = UndoStack(store)
        self.window.show_frame()

    def take_index(self, index: SearchIndex) -> None:
        """From now on clients are found in this one."""
        self.index = index
        self.indexed.emit()

    def closed(self) -> None:
        """The store is closed: drop every page, and all that could be undone, from memory."""
        self.drop_pages()
        self._history.clear()
        self.index = None
        if self.undo_stack is not None:
            self.undo_stack.clear()
            self.undo_stack = None
        for name in self._counts:
            self.window.nav.count(name, None)
        self._counts.clear()
        self.notices.clear()
        self.window.forget()

    def drop_pages(self) -> None:
        """Delete all pages, as on locking or when the language changes."""
        for page in self._pages.values():
            self.window.drop_page(page)
        self._pages.clear()

    def pages(self) -> tuple[Page, ...]:
        """All pages there are in memory."""
        return tuple(self._pages.values())

    def places(self) -> tuple[Place, ...]:
        """Where one was, and last where one is, with what the page says of itself."""
        places, page = self._history.all(), self.window.page()
        if not places or page is None:
            return places
        here = places[-1]
        return (*places[:-1], Place(here.page, {**here.what, **page.place()}))

    def go_back_to(self, places: Iterable[Place]) -> None:
        """Show the last of these; the others are the way back."""
        if self.tasks.store is None:
            return
        for place in places:
            self._history.went(place)
        if self._history.here is not None:
            self._show(self._history.here)

    def rebuild(self) -> None:
        """Make the page that is shown anew, in the language in use."""
        self.window.retranslate()
        for page in self._pages.values():
            page.keep_typed()
        self.drop_pages()
        if self._history.here is not None:
            self._show(self._history.here)
        self.rebuilt.emit()

    # What pages ask.

    def go(self, page: str, **what: Any) -> None:
        """Show a page by name."""
        if self.tasks.store is None:
            return
        place = Place(page, what)
        self._history.went(place)
        self._show(place)

    def ask(self, form: str, *, through: Any = None, **filled: Any) -> None:
        """Open a form by name."""
        if self.tasks.store is not None:
            forms.FORMS[form]()(through or self, **filled)

    def can_ask(self, form: str) -> bool:
        """Whether there is such a form."""
        return form in forms.FORMS

    def back(self) -> None:
        """Show the place before this one."""
        place = self._history.back()
        if place is not None and self.tasks.store is not None:
            self._show(place)

    def perform(self, command: Command[T], said: str | Callable[[Outcome[T]], str] = "") -> Task[Outcome[T]]:
        """Do it, and say so with Undo."""
        task = self.tasks.perform(command)

        def done(outcome: Outcome[T]) -> None:
            undo = outcome.inverse is not None
            text = said(outcome) if callable(said) else said
            self.toast(text or _(outcome.label), button=_("Undo") if undo else "", press=self.undo if undo else None)

        task.done.connect(done)
        return task

    def tour(self) -> None:
        """Show the user round."""
        self.tour_wanted.emit()

    def undo(self) -> None:
        """Take the last command back."""
        self._move(lambda stack: stack.undo, _("Nothing to undo."), _("Undone: {what}"))

    def redo(self) -> None:
        """Do again what was taken back."""
        self._move(lambda stack: stack.redo, _("Nothing to redo."), _("Done again: {what}"))

    def toast(self, text: str, *, button: str = "", press: Callable[[], object] | None = None) -> None:
        """Say something in passing; nothing while locked, as it may name a client."""
        if self.tasks.store is None:
            return
        self.notices.add(text)
        self.window.toast.say(text, button=button, press=press)

    def show_notices(self) -> None:
        """What was said in passing, to be read again."""
        from rmdesk.ui.shell.notice_list import NoticeList

        sheet = NoticeList(self.notices, self.window)
        sheet.finished.connect(sheet.deleteLater)
        sheet.show_above(self.window.status.bell)
        self.notices.read()

    def tell(self, error: BaseException, again: Callable[[], object] | None = None) -> None:
        """The one door."""
        self.door.tell(error, again)

    def heard(self, topics: frozenset[Topic]) -> None:
        """Tell pages and frame; while locked nobody is there to hear."""
        if self.tasks.store is None:
            return
        for page in list(self._pages.values()):
            page.changed(topics)
        self.changed.emit(topics)

    def reopen(self, work: Callable[[Path], Store]) -> None:
        """Shut the desk, do this with its folder, and open what it gives."""
        self.reopen_wanted.emit(work)

    def sync_now(self) -> None:
        """Begin a round with the hub."""
        if self.tasks.store is not None and self.round is None:
            self.sync_wanted.emit()

    def show_round(self, task: Task[Any]) -> None:
        """A round with the hub is under way, until the task ends."""
        self.round = task
        self.round_changed.emit()
        task.ended.connect(self._round_ended)

    def badge(self, page: str, count: int | None) -> None:
        """The number beside a page."""
        self._counts[page] = count
        self.window.nav.count(page, count)

    # Inside.

    def _show(self, place: Place) -> None:
        route = routes.route(place.page)
        page = self._pages.get(place.page)
        if page is None:
            page = self._pages[place.page] = route.load()(self)
            page.renamed.connect(self._renamed)
        page.open(**place.what)
        if place.what:
            page.stale = True
        self.window.show_page(page, route.under or route.name)
        page.refresh_if_stale()

    def _round_ended(self, task: Task[Any]) -> None:
        if task is self.round:
            self.round = None
            self.round_changed.emit()

    def _renamed(self) -> None:
        page = self.window.page()
        if page is not None:
            self.window.show_title(page)

    def _performed(self, outcome: Outcome[Any]) -> None:
        if self.undo_stack is not None:
            self.undo_stack.did(outcome)
        self._tell_pages(outcome)

    def _tell_pages(self, outcome: Outcome[Any]) -> None:
        self.heard(outcome.topics)

    def _move(self, which: Callable[[UndoStack], Callable[..., Any]], nothing: str, said: str) -> None:
        stack = self.undo_stack
        if stack is None:
            return
        label = stack.undo_label if which(stack) == stack.undo else stack.redo_label

        def done(outcome: Outcome[Any] | None) -> None:
            if outcome is None:
                self.toast(nothing)
                return
            self._tell_pages(outcome)
            self.toast(said.format(what=_(label or outcome.label)))

        self.tasks.write(which(stack)).done.connect(done)
