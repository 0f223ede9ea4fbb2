"""What stands in the margins of every document."""

from __future__ import annotations

from rmdesk.services import settings
from rmdesk.services.settings.general import BRANCH, USER_NAME
from rmdesk.services.store.reads import Reads


def manager_of(reads: Reads) -> str:
    """The manager's name and branch, as far as they are set: 李文静 · 城中支行."""
    parts = (settings.value(reads, USER_NAME), settings.value(reads, BRANCH))
    return " · ".join(part for part in parts if part)
