"""Beginning and ceasing to follow a team hub."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, ClassVar

from rmdesk.base.errors import Refused
from rmdesk.base.text import N_
from rmdesk.models.kinds import Topic
from rmdesk.services.audit.acts import Act
from rmdesk.services.audit.writing import note
from rmdesk.services.store.command import Done
from rmdesk.services.store.work import UnitOfWork
from rmdesk.services.sync import leasing, marking, state, tracking
from rmdesk.wire.messages import Colleague, Scope, Welcome

# The state of following a hub, children first. `sync_control` keeps its one row.
_TABLES = ("sync_batch", "sync_waiting", "sync_record", "sync_scope", "sync_client", "sync_state", "colleague")


@dataclass(frozen=True, slots=True)
class JoinHub:
    """Follow a hub that has greeted this desk: from now on every change is noted, and everything there is waits to
    be told. It cannot be undone; LeaveHub ends it. Gives back how many records the hub must hear.

    `key`: the hub's public key, pinned from now on; `tokens`: what later rounds sign in with.
    """

    label: ClassVar[str] = N_("Join a team hub")
    url: str
    device: str
    welcome: Welcome
    key: str = ""
    tokens: dict[str, Any] = field(default_factory=dict)

    def apply(self, work: UnitOfWork) -> Done[int]:
        if state.joined(work):
            raise Refused(N_("This desk follows a hub already."), do=N_("Leave it first."), code="joined")
        welcome = self.welcome
        _forget(work)
        state.put(work, "hub", {"url": self.url.rstrip("/"), "id": welcome.hub, "key": self.key})
        note(work, Act.JOIN, facts={"hub": welcome.hub})
        state.put(work, "device", self.device)
        state.put(work, "epoch", welcome.epoch)
        state.put(work, "speaks", welcome.schema)
        state.put(work, "push_no", welcome.push_no)
        if not leasing.keep(work, welcome.lease):
            state.put(work, "lease", None if self.key else welcome.lease or None)
        state.put(work, "tokens", self.tokens or None)
        greeted(work, welcome.user, welcome.colleagues, welcome.scopes)
        install(work)
        marked = marking.mark_all(work)
        work.bulk("UPDATE sync_control SET joined = 1, applying = 0", topics=set(Topic))
        return Done(marked, forgets=True)


@dataclass(frozen=True, slots=True)
class LeaveHub:
    """Follow no hub any more. What is here stays here and can be written again; it cannot be undone.

    Refused while the hub has not heard everything, unless `anyway`. Gives back how many records it will not hear.
    """

    label: ClassVar[str] = N_("Leave the team hub")
    anyway: bool = False

    def apply(self, work: UnitOfWork) -> Done[int]:
        if not state.joined(work):
            raise Refused(N_("This desk follows no team hub."), do=N_("Join one first."), code="no_hub")
        unheard = int(work.value("SELECT count(*) FROM sync_record WHERE state <> 'clean'"))
        if unheard and not self.anyway:
            raise Refused(
                N_("The hub has not heard {count} records yet."),
                do=N_("Synchronise first, or leave without telling it."),
                code="unheard",
                count=unheard,
            )
        note(work, Act.LEAVE, facts={"unheard": unheard})
        work.bulk("UPDATE sync_control SET joined = 0, applying = 0", topics=set(Topic))
        tracking.remove(lambda sql: _run(work, sql))
        _forget(work)
        return Done(unheard, forgets=True)


def greeted(work: UnitOfWork, user: Colleague, colleagues: Iterable[Colleague], scopes: Iterable[Scope]) -> None:
    """Keep who we are, who the others are and what we may follow. Scopes new to us begin with phase "new"."""
    me = {"user": user.id, "name": user.name, "role": user.role, "team": user.team, "book": user.book}
    if state.get(work, "me") != me:
        state.put(work, "me", me)
    known = [(one.id, one.name, one.role, one.book or None, one.team or None) for one in (user, *colleagues)]
    if set(known) != set(work.rows("SELECT id, name, role, book, team FROM colleague")):
        work.bulk("DELETE FROM colleague", topics={Topic.TEAM})
        sql = "INSERT OR REPLACE INTO colleague (id, name, role, book, team) VALUES (?, ?, ?, ?, ?)"
        work.bulk(sql, known, topics={Topic.TEAM})
    follow(work, scopes)


def follow(work: UnitOfWork, scopes: Iterable[Scope]) -> None:
    """Keep what is told of scopes; those that are new to this desk begin with phase "new"."""
    told = [(one.id, one.kind, one.label, one.owner, int(one.write)) for one in scopes]
    if set(told) <= set(work.rows('SELECT id, kind, label, owner, "write" FROM sync_scope')):
        return
    work.bulk(
        'INSERT INTO sync_scope (id, kind, label, owner, "write", phase, cursor, head, live, digest) '
        "VALUES (?, ?, ?, ?, ?, 'new', 0, 0, 0, '0') ON CONFLICT (id) DO UPDATE SET "
        'kind = excluded.kind, label = excluded.label, owner = excluded.owner, "write" = excluded."write"',
        told,
        topics={Topic.SYNC},
    )


@dataclass(frozen=True, slots=True)
class RenewTracking:
    """Make the triggers of a desk that follows a hub anew, after they were lost. Cannot be undone: they are needed."""

    label: ClassVar[str] = N_("Note changes for the hub again")

    def apply(self, work: UnitOfWork) -> Done[None]:
        install(work)
        return Done(None)


def install(work: UnitOfWork) -> None:
    """Make the triggers that note every change, as this program knows them."""
    tracking.install(lambda sql: _run(work, sql))
    state.put(work, "tracking", tracking.FINGERPRINT)


def _run(work: UnitOfWork, sql: str) -> Any:
    if sql.startswith("SELECT"):
        return work.rows(sql)
    return work.bulk(sql, topics=())


def _forget(work: UnitOfWork) -> None:
    for table in _TABLES:
        work.bulk(f"DELETE FROM {table}", topics={Topic.SYNC})
