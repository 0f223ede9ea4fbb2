"""What the keeper of a hub asks it: whether all is well, whether a chain was tampered with, and after a restore."""

from __future__ import annotations

from typing import Any, NamedTuple

from rmdesk.base.errors import Trouble
from rmdesk.hub import core, migrate
from rmdesk.hub.core import Hub
from rmdesk.hub.database import connect
from rmdesk.hub.embedded import APP
from rmdesk.hub.migrations import HEAD
from rmdesk.hub.models.all import BY_SCOPE
from rmdesk.hub.services import audit, desk_logs
from rmdesk.hub.settings import Settings
from rmdesk.wire.merge import digest_of


class Check(NamedTuple):
    """Something that was looked at: its name, whether it is well, and what was found."""

    name: str
    well: bool
    found: str


def examine(settings: Settings) -> list[Check]:
    """Look at the database, the role, the policies and the secret; every check, also after a failed one."""
    found = [_schema(settings)]
    if not found[0].well:
        return found
    with connect(settings.database_url) as connection:
        row = connection.execute(
            "SELECT current_user, rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
        ).fetchone()
        name, strong = row or ("", True)
        found.append(Check("role", name == APP and not strong, str(name)))
        owned = connection.execute("SELECT count(*) FROM pg_class WHERE relowner = current_user::regrole").fetchone()
        found.append(Check("owns nothing", owned == (0,), str(owned and owned[0])))
        guarded = connection.execute(
            "SELECT count(*) FROM pg_class WHERE relname = ANY(%s) AND relrowsecurity AND relforcerowsecurity",
            (list(BY_SCOPE),),
        ).fetchone()
        found.append(Check("row-level security", guarded == (len(BY_SCOPE),), f"{guarded and guarded[0]} tables"))
        version = connection.info.server_version // 10000
        found.append(Check("PostgreSQL", version >= 15, str(version)))
    if settings.replica_url:
        found.append(_copy(settings.replica_url))
    hub = core.opened(settings)
    try:
        found.append(Check("signing key", True, hub.signer.public[:16]))
        found.append(
            Check("TLS", bool(settings.tls_certificate) or settings.host in ("127.0.0.1", "::1"), settings.host)
        )
    finally:
        hub.close()
    return found


def _copy(url: str) -> Check:
    """Whether the copy answers, is one, and how far it is behind."""
    try:
        with connect(url) as connection:
            row = connection.execute(
                "SELECT pg_is_in_recovery(), coalesce(extract(epoch FROM now() - pg_last_xact_replay_timestamp()), 0)"
            ).fetchone()
    except Trouble as trouble:
        return Check("copy", False, trouble.code)
    is_copy, behind = row or (False, 0)
    return Check("copy", bool(is_copy), f"last change {behind:.0f} s ago" if is_copy else "a server of its own")


def flaws(hub: Hub) -> tuple[int, list[audit.Flaw]]:
    """How many audit chains there are, and the first flaw of each that has one."""
    with hub.database.transaction() as connection:
        scopes = audit.all_scopes(connection, hub.id)
    found = []
    for scope in scopes:
        with hub.database.transaction([scope], reading=True) as connection:
            flaw = audit.verify(connection, scope)
        if flaw is not None:
            found.append(flaw)
    return len(scopes), found


def desk_breaks(hub: Hub) -> list[desk_logs.Break]:
    """What was put on record on the audit logs of desks: breaks and restores."""
    with hub.database.transaction() as connection:
        scopes = [one for one in audit.all_scopes(connection, hub.id) if one.startswith("own:")]
    found = []
    for scope in scopes:
        with hub.database.transaction([scope], reading=True) as connection:
            found += desk_logs.breaks(connection, scope)
    return found


def digests(hub: Hub) -> list[str]:
    """The scopes whose digest or count is not that of their records."""
    with hub.database.transaction() as connection:
        scopes = audit.all_scopes(connection, hub.id)
    wrong = []
    for scope in scopes:
        with hub.database.transaction([scope], reading=True) as connection:
            row = connection.execute("SELECT digest, live FROM scope WHERE id = %s", (scope,)).fetchone()
            records = connection.execute("SELECT id, rev FROM record WHERE scope_id = %s AND NOT deleted", (scope,))
            live, digest = 0, 0
            for record, rev in records:
                live, digest = live + 1, (digest + digest_of(record, rev)) % (1 << 64)
        if row is None or (int(row[0]), row[1]) != (digest, live):
            wrong.append(scope)
    return wrong


def raise_epoch(owner_url: str) -> int:
    """Tell all desks that the hub went back in time; gives the new epoch."""
    with connect(owner_url) as connection:
        row: Any = connection.execute("UPDATE hub_state SET epoch = epoch + 1 RETURNING epoch").fetchone()
    return int(row[0])


def _schema(settings: Settings) -> Check:
    version = migrate.version(settings.database_url)
    return Check("schema", version == HEAD, version or "-")
