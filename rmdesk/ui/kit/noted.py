"""Puts on record what was looked at; the window goes on meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rmdesk.base import log

if TYPE_CHECKING:
    from rmdesk.ui.tasks.runner import Tasks


def note_view(tasks: Tasks, client: int) -> None:
    """Note that a client's file was opened, on the writing thread. A full disk keeps nobody from reading."""
    store = tasks.store
    if store is None:
        return

    def write(_progress: object) -> int:
        from rmdesk.services.audit.noting import viewed

        return viewed(store, client)

    tasks.write(write).failed.connect(not_noted)


def not_noted(error: BaseException) -> None:
    """The log could not be written: say so where bugs are looked for, without a word on whom it was about."""
    log.logger("audit").warning("not noted: %s", type(error).__name__)
