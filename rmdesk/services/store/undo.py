"""What can be taken back: each undo performs the inverse of a command as an ordinary command."""

from __future__ import annotations

from collections import deque
from threading import RLock
from typing import Any

from rmdesk.base.errors import Refused
from rmdesk.base.progress import Progress
from rmdesk.base.record import record
from rmdesk.services.store.command import Command, Outcome
from rmdesk.services.store.store import Store

KEPT = 100


@record
class _Step:
    label: str
    command: Command[Any]


class UndoStack:
    """The last commands of this session. `did` notes an outcome; `undo` and `redo` write, so call them on the worker.

    A step that is refused (the record has gone meanwhile) is dropped, because it would be refused again; after
    Trouble (a full disk) it stays, because trying again may help.
    """

    def __init__(self, store: Store, kept: int = KEPT) -> None:
        self._store = store
        self._undo: deque[_Step] = deque(maxlen=kept)
        self._redo: deque[_Step] = deque(maxlen=kept)
        self._lock = RLock()

    @property
    def undo_label(self) -> str | None:
        """The msgid of what undo would take back, or None."""
        return self._undo[-1].label if self._undo else None

    @property
    def redo_label(self) -> str | None:
        """The msgid of what redo would do again, or None."""
        return self._redo[-1].label if self._redo else None

    def did(self, outcome: Outcome[Any]) -> None:
        """Note a command that was performed; what could be redone is forgotten."""
        with self._lock:
            self._redo.clear()
            if outcome.forgets:
                self._undo.clear()
            if outcome.inverse is not None:
                self._undo.append(_Step(outcome.label, outcome.inverse))

    def undo(self, progress: Progress | None = None) -> Outcome[Any] | None:
        """Take the last command back; None when there is nothing."""
        return self._move(self._undo, self._redo, progress)

    def redo(self, progress: Progress | None = None) -> Outcome[Any] | None:
        """Do again what was taken back last; None when there is nothing."""
        return self._move(self._redo, self._undo, progress)

    def clear(self) -> None:
        """Forget everything, as when the desk is locked."""
        with self._lock:
            self._undo.clear()
            self._redo.clear()

    def _move(self, taken: deque[_Step], given: deque[_Step], progress: Progress | None) -> Outcome[Any] | None:
        with self._lock:
            if not taken:
                return None
            step = taken[-1]
            try:
                outcome = self._store.perform(step.command, progress)
            except Refused:
                taken.pop()
                raise
            taken.pop()
            if outcome.inverse is not None:
                given.append(_Step(step.label, outcome.inverse))
        return outcome
