"""What the hub says of ourselves: who we are, what we may follow, and whether it or this file went back in time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from rmdesk.base import clock
from rmdesk.base.text import N_
from rmdesk.models.kinds import Topic
from rmdesk.services.store.command import Done
from rmdesk.services.store.reads import Reads
from rmdesk.services.store.work import UnitOfWork
from rmdesk.services.sync import applying, freeze, joining, leasing, leaving, state, tracking, witnessing
from rmdesk.wire.messages import Scope, Welcome

SAME, EPOCH, ROLLED = "same", "epoch", "rolled"
UNSENT = "SELECT count(*) FROM sync_record WHERE state = 'dirty' AND state <> 'clean'"


@dataclass(frozen=True, slots=True)
class Ready:
    """Renew the triggers and what waited for a newer program, if this program is another one; let what the hub
    deferred be told again. Cannot be undone.
    """

    label: ClassVar[str] = N_("Get ready to synchronise")

    def apply(self, work: UnitOfWork) -> Done[None]:
        state.the_hub(work)
        renew(work)
        if work.value(f"{UNSENT} AND refusal IS NOT NULL"):
            sql = "UPDATE sync_record SET refusal = NULL WHERE state = 'dirty' AND state <> 'clean'"
            work.bulk(sql, topics={Topic.SYNC})
        return Done(None)


def is_unready(reads: Reads) -> bool:
    """Whether `Ready` has anything to do; refused when no hub is followed."""
    state.the_hub(reads)
    return state.get(reads, "tracking") != tracking.FINGERPRINT or bool(
        reads.value(f"{UNSENT} AND refusal IS NOT NULL")
    )


def renew(work: UnitOfWork) -> bool:
    """Let the triggers be those of this program; whether they were others."""
    if state.get(work, "tracking") == tracking.FINGERPRINT:
        return False
    joining.install(work)
    applying.retry_strange(work)
    return True


@dataclass(frozen=True, slots=True)
class TakeWelcome:
    """Take in the hub's greeting; gives whether the hub (EPOCH) or this file (ROLLED) went back in time.

    Cannot be undone: it was said.
    """

    label: ClassVar[str] = N_("Take in the hub's greeting")
    welcome: Welcome
    line: str = ""  # of the audit log, as the hub was told

    def apply(self, work: UnitOfWork) -> Done[str]:
        welcome = self.welcome
        if not welcome.same:
            joining.greeted(work, welcome.user, welcome.colleagues, welcome.scopes)
            _no_longer(work, {scope.id for scope in welcome.scopes})
            if state.get(work, "seen") != welcome.mark():
                state.put(work, "seen", welcome.mark())
        if state.get(work, "speaks") != welcome.schema:
            state.put(work, "speaks", welcome.schema)
        witnessing.took(work, self.line, welcome.log)
        _lease(work, welcome.lease)
        if welcome.epoch != state.epoch(work):
            return Done(EPOCH)
        number, batch = state.push_no(work), freeze.batch(work)
        expected = (number,) if batch is None else (number, batch.number)
        return Done(SAME if welcome.push_no in expected else ROLLED)


@dataclass(frozen=True, slots=True)
class TakeScopes:
    """Take in which scopes may be followed from now on and which no longer. Cannot be undone: it was said."""

    label: ClassVar[str] = N_("Take in what may be followed")
    granted: tuple[str, ...]
    revoked: tuple[str, ...]
    lease: str = ""

    def apply(self, work: UnitOfWork) -> Done[None]:
        _lease(work, self.lease)
        known = {row[0] for row in work.rows("SELECT id FROM sync_scope")}
        fresh = [Scope(one, one.partition(":")[0]) for one in self.granted if one not in known]
        state.put(work, "seen", None)
        if fresh:
            joining.follow(work, fresh)
        for scope in self.revoked:
            if scope in known:
                _revoke(work, scope)
        return Done(None)


@dataclass(frozen=True, slots=True)
class Sweep:
    """Remove clients who left and scopes that are no longer ours, once nothing of them is unsent. Cannot be undone."""

    label: ClassVar[str] = N_("Remove clients who left")

    def apply(self, work: UnitOfWork) -> Done[None]:
        leaving.sweep(work)
        for scope in state.get(work, "revoked") or []:
            _revoke(work, scope)
        return Done(None)


@dataclass(frozen=True, slots=True)
class ReceiptGiven:
    """The hub has the receipt of a removal. Cannot be undone: it was given."""

    label: ClassVar[str] = N_("Note the receipt")
    handover: str
    client: str

    def apply(self, work: UnitOfWork) -> Done[None]:
        open_ = state.get(work, "receipts") or []
        left = [one for one in open_ if (one["handover"], one["client"]) != (self.handover, self.client)]
        state.put(work, "receipts", left or None)
        return Done(None)


@dataclass(frozen=True, slots=True)
class Note:
    """Keep a fact of following the hub. Cannot be undone: it is so."""

    label: ClassVar[str] = N_("Note how it stands with the hub")
    name: str
    value: Any

    def apply(self, work: UnitOfWork) -> Done[None]:
        state.put(work, self.name, self.value)
        return Done(None)


@dataclass(frozen=True, slots=True)
class NoteRound:
    """Keep how a round went; `error` is a code, "" for none. Cannot be undone: it happened."""

    label: ClassVar[str] = N_("Note how it stands with the hub")
    began: datetime
    error: str
    next_after: int

    def apply(self, work: UnitOfWork) -> Done[None]:
        found = state.get(work, "reached") or {}
        if not self.error:
            found["at"] = clock.now().isoformat()
        found |= {"tried": self.began.isoformat(), "error": self.error, "next_after": self.next_after}
        state.put(work, "reached", found)
        return Done(None)


def known_revisions(reads: Reads) -> dict[str, int]:
    """The revision of every record of this desk that a hub has heard of."""
    sql = "SELECT wire_id, rev FROM sync_record WHERE rev > 0 AND wire_id IS NOT NULL"
    return {wire: rev for page in reads.pages(sql) for wire, rev in page}


def _lease(work: UnitOfWork, word: str) -> None:
    if word and not leasing.keep(work, word):
        hub = state.hub(work)
        if hub is not None and not hub.key and word != state.lease(work):  # a hub whose key nobody pinned
            state.put(work, "lease", word)


def _no_longer(work: UnitOfWork, told: set[str]) -> None:
    for (scope,) in work.rows("SELECT id FROM sync_scope"):
        if scope not in told:
            _revoke(work, scope)


def _revoke(work: UnitOfWork, scope: str) -> None:
    """What came from a scope goes; while something of it is unsent, the scope is only read no longer."""
    stay = leaving.revoke(work, scope)
    before = state.get(work, "revoked") or []
    now = [one for one in before if one != scope] + ([scope] if stay else [])
    if stay:
        work.bulk("UPDATE sync_scope SET phase = 'gone' WHERE id = ?", (scope,), topics={Topic.SYNC})
    if now != before:
        state.put(work, "revoked", now or None)
