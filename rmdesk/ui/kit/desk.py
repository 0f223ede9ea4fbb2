"""What a page may ask of the program around it; the shell provides it, tests provide a stand-in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from PySide6.QtCore import SignalInstance

from rmdesk.services.store.command import Command, Outcome
from rmdesk.ui.kit.state import State
from rmdesk.ui.tasks.runner import Tasks
from rmdesk.ui.tasks.task import Task

if TYPE_CHECKING:
    from rmdesk.models.kinds import Topic
    from rmdesk.services.search.index import SearchIndex
    from rmdesk.services.store.store import Store

T = TypeVar("T")


class Desk(Protocol):
    """Given to every page and dialog."""

    tasks: Tasks
    state: State
    round: Task[Any] | None  # the round with the hub that is under way
    index: SearchIndex | None  # the clients in memory, to find them by name; None until it is made
    indexed: SignalInstance  # the index was made, or made anew
    changed: SignalInstance  # something was written: the topics

    def take_index(self, index: SearchIndex) -> None:
        """From now on clients are found in this one."""

    def go(self, page: str, **what: Any) -> None:
        """Show a page by name, as in `go("client", client=12)`."""

    def ask(self, form: str, *, through: Any = None, **filled: Any) -> None:
        """Open a form by name, with what is known filled in, as in `ask("gift", client=12)`.

        `through` is the desk that the form sees, when something is to happen with what it performs.
        """

    def can_ask(self, form: str) -> bool:
        """Whether there is such a form."""

    def back(self) -> None:
        """Show the page before this one."""

    def perform(self, command: Command[T], said: str | Callable[[Outcome[T]], str] = "") -> Task[Outcome[T]]:
        """Do it; when done, a toast says so (`said`, made of the outcome or as it is, or the label) and offers Undo.

        Errors go through the one door unless the caller connects `failed`.
        """

    def tour(self) -> None:
        """Show the user round."""

    def undo(self) -> None:
        """Take back the last command."""

    def toast(self, text: str, *, button: str = "", press: Callable[[], object] | None = None) -> None:
        """Say something in passing; both texts are already translated."""

    def tell(self, error: BaseException, again: Callable[[], object] | None = None) -> None:
        """The one door for errors; `again` is offered as Try again."""

    def heard(self, topics: frozenset[Topic]) -> None:
        """Something was written by no command of this desk's: whoever watches these topics reads again."""

    def sync_now(self) -> None:
        """Begin a round with the hub, if one is followed and none is under way."""

    def reopen(self, work: Callable[[Path], Store]) -> None:
        """Shut the desk, do this with its folder on the worker while nobody has it open, and open what it gives."""

    def badge(self, page: str, count: int | None) -> None:
        """The number beside a page in the navigation; None takes it away."""
