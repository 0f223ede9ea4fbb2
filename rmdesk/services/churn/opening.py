"""Opens the cases that are due; writes nothing when there are none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rmdesk.models.kinds import RecordId
from rmdesk.services.churn.lost import due

if TYPE_CHECKING:
    from rmdesk.services.store.store import Store


def open_due(store: Store) -> tuple[RecordId, ...]:
    """Look, and open what is due; gives the new cases. For when hand-overs came in and when a day begins."""
    if not store.read(due):
        return ()
    from rmdesk.services.churn.commands import OpenDueCases

    return store.perform(OpenDueCases()).result
