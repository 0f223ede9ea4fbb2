"""One command made of several: done together or not at all, and undone together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from rmdesk.base.text import N_
from rmdesk.services.store.command import Command, Done

if TYPE_CHECKING:
    from rmdesk.services.store.work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Several:
    """Does each step in turn; gives back how many. It has an inverse when all of its steps have one."""

    label: ClassVar[str] = N_("Several clients")
    steps: tuple[Command[Any], ...]

    def apply(self, work: UnitOfWork) -> Done[int]:
        inverses: list[Command[Any] | None] = []
        for at, step in enumerate(self.steps):
            work.progress.at(at, len(self.steps))
            inverses.append(step.apply(work).inverse)
        back = tuple(inverse for inverse in reversed(inverses) if inverse is not None)
        return Done(len(self.steps), inverse=Several(back) if len(back) == len(inverses) else None)
