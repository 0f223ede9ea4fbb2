"""The one base of every screen: what it watches, how it loads, and its four states."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property, partial
from typing import Any, ClassVar, Concatenate, ParamSpec, TypeVar, Unpack

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from rmdesk.base.errors import Known
from rmdesk.base.text import _
from rmdesk.models.kinds import Topic
from rmdesk.services.store.reads import Reads
from rmdesk.ui.kit.actions import Action
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.empty import Notice, Offer
from rmdesk.ui.kit.slices import Slices
from rmdesk.ui.kit.stack import Stack
from rmdesk.ui.kit.widgets import restyle
from rmdesk.ui.tasks.runner import Line
from rmdesk.ui.tasks.task import Task

P = ParamSpec("P")
T = TypeVar("T")

# A page that answers sooner never flashes "Loading".
LOADING_MS = 250


class Page(QWidget):
    """Fill `self.body` in `__init__`, ask for data in `reload`, fill widgets in what you connect to `done`.

    `reload` is called when the page is first shown, when a watched topic changed, and on F5. `open` is called with
    what the page is to show, as in `go("client", client=12)`. A page that is being edited says so in `editing`
    and is not reloaded meanwhile. Texts are made in `__init__`: on a change of language pages are built anew.
    """

    watches: ClassVar[frozenset[Topic]] = frozenset()
    offers: ClassVar[tuple[Action, ...]] = ()
    keys: ClassVar[tuple[tuple[str, str], ...]] = ()  # further keys, with what they do, for the sheet of keys
    ahead: ClassVar[tuple[Callable[[], object], ...]] = ()  # read on a thread beforehand; makes no class of Qt
    renamed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.tasks = desk.tasks
        self.stale = True
        self._filled = False
        self._lines: dict[object, Line] = {}
        self._stacks: list[Stack] = []
        self._inside = QWidget()
        self.body = QVBoxLayout(self._inside)
        self.body.setContentsMargins(24, 20, 24, 20)
        self.body.setSpacing(16)
        self._slices, self._arriving = Slices(self), Slices(self)
        self._later: list[Callable[[], object]] = []
        self._layers = QStackedLayout(self)
        self._layers.addWidget(self._inside)
        self._waiting = QTimer(self, singleShot=True, interval=LOADING_MS)
        self._waiting.timeout.connect(self._show_loading)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._reload_now)

    @cached_property
    def notice(self) -> Notice:
        """What is shown in place of the body; made when it is first needed."""
        made = Notice()
        self._layers.addWidget(made)
        return made

    # What a page says about itself.

    def title(self) -> str:
        """The name of what is shown, for the window's title; already translated."""
        return ""

    @property
    def editing(self) -> bool:
        """Whether the user is in the middle of something that a reload would take away."""
        return False

    def open(self, **what: Any) -> None:
        """Show this; called at every visit, before the page is seen."""

    def place(self) -> dict[str, Any]:
        """What `open` needs besides what it was given, to show the same again after a lock."""
        return {}

    def half_written(self) -> dict[str, Any] | None:
        """What is typed here and not saved, as plain data, to be kept while locked; None: nothing."""
        return None

    def write_on(self, typed: dict[str, Any]) -> None:
        """Put back what `half_written` told; the page shows what it showed then."""

    def reload(self) -> None:
        """Ask for the data again."""

    def keep_typed(self) -> None:
        """The page is about to be dropped, as on locking: keep what was typed."""

    def pointed(self) -> QWidget:
        """What the tour points at when it comes by here."""
        return self

    # Asking.

    def fetch(self, query: Callable[Concatenate[Reads, P], T], *args: P.args, **kwargs: P.kwargs) -> Task[T]:
        """Run a query for this page; an older answer of the same query is dropped.

        On failure the page shows what went wrong with Try again, or, when it shows something already, a banner.
        """
        line = self._lines.setdefault(query, self.tasks.line(self))
        task = line.fetch(query, *args, **kwargs)
        if not self._filled:
            self._waiting.start()
        task.done.connect(lambda _result: self.show_content())
        task.failed.connect(self._failed)
        return task

    @property
    def reading(self) -> bool:
        """Whether an answer is awaited."""
        return any(line.busy for line in self._lines.values())

    # Building.

    def new_stack(self) -> Stack:
        """A stack for parts of this page, which is building while the stack brings one."""
        made = Stack()
        self._stacks.append(made)
        return made

    def in_slices(self, steps: Iterable[Callable[[], object]]) -> None:
        """Do these one after another, a few milliseconds in each turn of the event loop.

        For what a page has many of, and for parts that are not seen at once. New steps take the place of old ones.
        """
        self._slices.begin(steps)

    def then_in_slices(self, *steps: Callable[[], object]) -> None:
        """Do these in the same way after the steps that are left: answers that come together share no turn."""
        self._slices.follow(steps)

    def add_later(self, layout: QBoxLayout, *parts: QWidget) -> None:
        """Put these into a layout one after another, before the page is first seen: what enters the window is dressed.

        Until then they have no parent, so nothing may show them by themselves.
        """
        self._later += (partial(layout.addWidget, part) for part in parts)

    def do_later(self, *steps: Callable[[], object]) -> None:
        """Do these in the same way: what makes parts that one turn has no room for."""
        self._later += steps

    def later(self) -> list[Callable[[], object]]:
        """What puts the parts that come later into their places, for whoever brings the page into the window. What is
        not done, as somebody went elsewhere meanwhile, is left for the next time.
        """
        return [self._come_later] * len(self._later)

    def _come_later(self) -> None:
        if self._later:
            self._later.pop(0)()

    @property
    def building(self) -> bool:
        """Whether some of the steps are still to be done; painting is the last."""
        if self._slices.busy or self._arriving.busy or not self.updatesEnabled():
            return True
        return any(stack.bringing for stack in self._stacks)

    # States.

    def show_content(self) -> None:
        """Show the body."""
        self._waiting.stop()
        self._filled = True
        self._layers.setCurrentWidget(self._inside)

    def show_empty(self, text: str, note: str = "", **more: Unpack[Offer]) -> None:
        """Show that there is nothing, why, and the one thing to do about it."""
        self._waiting.stop()
        self._filled = True
        self.notice.say(text, note, **more)
        first = not any(action.primary for action in self.offers)
        restyle(self.notice.button, kind="primary" if first else "plain")
        self._layers.setCurrentWidget(self.notice)

    def show_error(self, error: BaseException) -> None:
        """Show what went wrong, and Try again."""
        self._waiting.stop()
        self._filled = False
        restyle(self.notice.button, kind="plain")
        if isinstance(error, Known):
            self.notice.say(error.said, error.advice, icon="warning", button=_("Try again"), press=self._reload_now)
        else:
            self.notice.say(
                _("This page could not be loaded."),
                _("Your data is safe. Try again, or look at the error report."),
                icon="error",
                button=_("Try again"),
                press=self._reload_now,
            )
        self._layers.setCurrentWidget(self.notice)

    @property
    def showing_notice(self) -> bool:
        """Whether the empty, loading or error state is shown in place of the body."""
        return self._layers.currentWidget() is not self._inside

    # Being told.

    def changed(self, topics: frozenset[Topic]) -> None:
        """Something was written; reload if it concerns this page and it is seen, else at the next visit."""
        if self.watches & topics:
            self.mark_stale()

    def mark_stale(self) -> None:
        """What is shown may be old."""
        self.stale = True
        if self.isVisible() and not self.editing:
            self._soon.start()

    def refresh_if_stale(self) -> None:
        """Reload if something watched has changed meanwhile."""
        if self.stale and not self.editing:
            self._soon.start()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._later:
            self._arriving.begin(self.later())
        self.refresh_if_stale()

    def _reload_now(self) -> None:
        self.stale = False
        self.reload()

    def _show_loading(self) -> None:
        if not self._filled:
            self.notice.say(_("Loading…"), icon="clock")
            self._layers.setCurrentWidget(self.notice)

    def _failed(self, error: BaseException) -> None:
        if self._filled and isinstance(error, Known):
            self.desk.tell(error, self._reload_now)
            return
        self.show_error(error)
        if not isinstance(error, Known):
            self.desk.tell(error)
