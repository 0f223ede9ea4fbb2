"""Commands: everything that is written. A frozen dataclass whose `apply` does the work and names its inverse."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Generic, Protocol, TypeVar

from rmdesk.base.record import record
from rmdesk.models.kinds import Topic

if TYPE_CHECKING:
    from rmdesk.services.store.work import UnitOfWork

T = TypeVar("T")


@record
class Done(Generic[T]):
    """What a command gives back: its result, and the command that takes it back (None: cannot be undone)."""

    result: T
    inverse: Command[Any] | None = None
    forgets: bool = False  # what came before can't be taken back either: data were erased for good
    label: str = ""  # what was done, where it is called otherwise than the command


class Command(Protocol[T]):
    """One thing a user does; `label` is its name in menus, the undo list and the change records."""

    label: ClassVar[str]

    def apply(self, work: UnitOfWork) -> Done[T]:
        """Do it inside the transaction; raise Refused to leave no trace."""


@record
class Outcome(Generic[T]):
    """A command that was committed."""

    result: T
    label: str
    topics: frozenset[Topic]
    inverse: Command[Any] | None = None
    forgets: bool = False
