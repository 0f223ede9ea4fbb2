"""Where a hub lies: the bank's PostgreSQL, or one of its own; its settings and its secret."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rmdesk.base import paths
from rmdesk.base.errors import Refused
from rmdesk.base.text import N_
from rmdesk.hub import migrate
from rmdesk.hub.embedded import OWNER, Postgres
from rmdesk.hub.settings import PREFIX, Settings, from_environment

AS_ROOT = Path("/var/lib/rmdesk-hub")  # the server's own account must reach it


@dataclass(frozen=True, slots=True)
class Place:
    """A hub's settings and how its database is reached as its owner."""

    settings: Settings
    owner_url: str
    embedded: bool


def kept_folder() -> Path:
    """Where a hub with a PostgreSQL of its own keeps its data unless told otherwise."""
    return AS_ROOT if hasattr(os, "geteuid") and os.geteuid() == 0 else paths.profiles() / "hub"


@contextmanager
def opened(
    *, embedded: bool = False, folder: Path | None = None, thrown_away: bool = False, **more: Any
) -> Iterator[Place]:
    """The hub of the environment; or one over a PostgreSQL of its own, which runs as long as this is entered."""
    if not embedded:
        settings = from_environment(**more)
        yield Place(settings, settings.owner_url, embedded=False)
        return
    kept = None if thrown_away else folder or kept_folder()
    with Postgres(kept) as server:
        told = {"database_url": server.url(), "secret": _secret(kept, os.environ), **more}
        settings = from_environment(**told)
        migrate.bring_up(server.url(OWNER), settings.key("signing key"), partitions=settings.partitions)
        yield Place(settings, server.url(OWNER), embedded=True)


def owner_url(place: Place) -> str:
    """How to reach the database as its owner; refused when nobody told."""
    if not place.owner_url:
        raise Refused(
            N_("Only the owner of the database may do this."),
            do=N_("Set RMDESK_HUB_OWNER_URL, or name it with --owner-url."),
            field="owner_url",
            code="owner_url",
        )
    return place.owner_url


def _secret(kept: Path | None, environment: Mapping[str, str]) -> str:
    """The secret of the environment, else one that lies beside the data."""
    told = environment.get(PREFIX + "SECRET")
    if told:
        return told
    if kept is None:
        return secrets.token_urlsafe(32)
    file = kept / "secret"
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(32), encoding="ascii")
    return file.read_text(encoding="ascii").strip()
