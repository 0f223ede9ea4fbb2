"""Taking in what a scope's feed tells: a page of events, or a page of its first load, with the cursor in the same
transaction. Cut off anywhere, the next round goes on with the page that was not finished.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from rmdesk.base.record import record
from rmdesk.base.text import N_
from rmdesk.models.kinds import Topic
from rmdesk.services.store.command import Done
from rmdesk.services.store.reads import Reads
from rmdesk.services.store.work import UnitOfWork
from rmdesk.services.sync import applying, guards, leaving
from rmdesk.wire.messages import Feed, FirstPage

NEW, DOWN, LIVE = "new", "down", "live"
TOP = (1 << 63) - 1
_RANK = ("bank", "own", "team", "book")  # whom there is to know, before what is known of them


@record
class Followed:
    """A scope this desk follows, and how far."""

    id: str
    kind: str
    phase: str
    cursor: int
    head: int
    live: int
    digest: str
    below: int | None
    write: bool


@record
class Took:
    """What became of a page. `held_back`: it waits for the manager's word and was not taken in."""

    rows: int = 0
    deleted: int = 0
    left: int = 0
    held_back: bool = False
    fetch: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TakeFeed:
    """Take in a page of a feed. `before`: deletions of this round already. Cannot be undone: it is so at the hub."""

    label: ClassVar[str] = N_("Take in what is new at the hub")
    scope: str
    feed: Feed
    before: int = 0

    def apply(self, work: UnitOfWork) -> Done[Took]:
        feed = self.feed
        if feed.code == "resync":
            sql = "UPDATE sync_scope SET phase = 'new', cursor = 0, top = NULL, below = NULL WHERE id = ?"
            work.bulk(sql, (self.scope,), topics={Topic.SYNC})
            return Done(Took())
        if guards.too_many(work, self.scope, feed.events, self.before):
            return Done(Took(held_back=True))
        exits = [event for event in feed.events if event.exit is not None]
        for event in exits:
            leaving.leave(work, str(event.exit), self.scope, event.handover or "")
        rows = [event.row for event in feed.events if event.row is not None]
        fetch = applying.take_in(work, rows) if rows else []
        work.bulk(
            "UPDATE sync_scope SET cursor = ?, head = ?, live = ?, digest = ? WHERE id = ?",
            (feed.cursor, feed.head, feed.live, feed.digest, self.scope),
            topics={Topic.SYNC} if feed.events else (),
        )
        if not feed.more:
            guards.caught_up(work, self.scope)
        return Done(Took(len(rows), sum(row.deleted for row in rows), len(exits), False, tuple(fetch)))


@dataclass(frozen=True, slots=True)
class TakeFirst:
    """Take in a page of a first load. Cannot be undone: it is so at the hub."""

    label: ClassVar[str] = N_("Take in what the hub has")
    scope: str
    page: FirstPage

    def apply(self, work: UnitOfWork) -> Done[Took]:
        page = self.page
        fetch = applying.take_in(work, page.rows) if page.rows else []
        done = page.below <= 0
        work.bulk(
            "UPDATE sync_scope SET top = coalesce(top, ?), below = ?, live = ?, head = max(head, ?), phase = ?, "
            "cursor = CASE WHEN ? THEN coalesce(top, ?) ELSE cursor END WHERE id = ?",
            (page.head, page.below, page.live, page.head, LIVE if done else DOWN, done, page.head, self.scope),
            topics={Topic.SYNC},
        )
        return Done(Took(len(page.rows), fetch=tuple(fetch)))


def is_news(scope: Followed, feed: Feed) -> bool:
    """Whether a page of a feed changes anything here."""
    stands = (scope.cursor, scope.head, scope.live, scope.digest)
    return bool(feed.events or feed.code) or (feed.cursor, feed.head, feed.live, feed.digest) != stands


def caught_up(reads: Reads, heads: Mapping[str, int] | None) -> bool:
    """Whether every scope is here as far as the hub's greeting says that it has got; False when it says nothing."""
    return heads is not None and all(
        one.phase == LIVE and one.cursor == one.head == heads.get(one.id, 0) for one in scopes(reads)
    )


def scopes(reads: Reads) -> list[Followed]:
    """The scopes this desk follows, in the order in which they are read."""
    found = [
        Followed(*row)
        for row in reads.rows('SELECT id, kind, phase, cursor, head, live, digest, below, "write" FROM sync_scope')
    ]
    return sorted(found, key=lambda one: (_RANK.index(one.kind) if one.kind in _RANK else len(_RANK), one.id))
