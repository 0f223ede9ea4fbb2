"""Every model, for migrations and for tests that look at the whole schema."""

from rmdesk.models import (
    care,
    changes,
    clients,
    complaints,
    files,
    gifts,
    holdings,
    imports,
    journals,
    kept,
    occasions,
    profile,
    relations,
    search,
    segments,
    settings,
    visits,
)
from rmdesk.models.base import Model

__all__ = [
    "Model",
    "care",
    "changes",
    "clients",
    "complaints",
    "files",
    "gifts",
    "holdings",
    "imports",
    "journals",
    "kept",
    "occasions",
    "profile",
    "relations",
    "search",
    "segments",
    "settings",
    "visits",
]
