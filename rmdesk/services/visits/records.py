"""The inverse of every command on visits, promises and tasks: several records as they were, in one step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from rmdesk.base.text import N_
from rmdesk.models.all import Model
from rmdesk.models.files import Attachment, AttachmentContent
from rmdesk.models.journals import JournalVisit
from rmdesk.models.visits import Promise, Task, Visit
from rmdesk.services.store.command import Done
from rmdesk.services.store.inverse import Fields, fields_of
from rmdesk.services.store.work import UnitOfWork

# Those that are pointed to first.
ORDER: tuple[type[Model], ...] = (Visit, Promise, Task, Attachment, AttachmentContent, JournalVisit)
Key = tuple[type[Model], Any]


@dataclass(frozen=True, slots=True)
class AsBefore:
    """Take records away, and give others the state they had; its inverse is the same the other way round."""

    label: ClassVar[str] = N_("Restore earlier state")
    away: tuple[Key, ...] = ()
    back: tuple[tuple[type[Model], Any, Fields], ...] = ()

    def apply(self, work: UnitOfWork) -> Done[None]:
        away: list[Key] = []
        back: list[tuple[type[Model], Any, Fields]] = []
        for model, key in sorted(self.away, key=lambda one: ORDER.index(one[0]), reverse=True):
            thing = work.get(model, key)
            back.append((model, key, fields_of(thing)))
            work.delete(thing)
            work.flush()
        for model, key, fields in sorted(self.back, key=lambda one: ORDER.index(one[0])):
            found = work.find(model, key)
            if found is None:
                work.add(model(**dict(fields)))
                away.append((model, key))
            else:
                back.append((model, key, fields_of(found)))
                for name, value in fields:
                    setattr(found, name, value)
            work.flush()
        return Done(None, inverse=AsBefore(tuple(away), tuple(back)))


class Kept:
    """Notes the state of records before a command changes them, and what the command makes; `inverse` takes it back."""

    def __init__(self) -> None:
        self._away: list[Key] = []
        self._back: list[tuple[type[Model], Any, Fields]] = []

    def before(self, thing: Model, key: Any) -> None:
        """This record is about to change or to go; what it was at first counts."""
        if (type(thing), key) not in {(model, one) for model, one, _fields in self._back}:
            self._back.append((type(thing), key, fields_of(thing)))

    def made(self, thing: Model, key: Any) -> None:
        """This record is new."""
        self._away.append((type(thing), key))

    @property
    def inverse(self) -> AsBefore:
        """The command that takes everything back."""
        return AsBefore(tuple(self._away), tuple(self._back))
