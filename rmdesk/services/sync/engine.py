"""One round with the hub: greet, tell, hear, compare, give receipts.

Each step is a transaction of its own and is taken up again where it was cut off, by a lost answer, a cancellation or
a power cut alike. Only one round at a time runs on this computer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from rmdesk import __version__
from rmdesk.base import clock
from rmdesk.base.errors import Cancelled, Known, Trouble
from rmdesk.base.progress import Progress, Silent
from rmdesk.models.kinds import Topic
from rmdesk.services.gifts import decided
from rmdesk.services.store.command import Command
from rmdesk.services.store.reads import Reader
from rmdesk.services.store.store import Store
from rmdesk.services.sync import (
    blobs,
    escrowing,
    freeze,
    greeting,
    one_round,
    pulling,
    rejoining,
    repair,
    state,
    traces,
    travel,
    wiping,
    witnessing,
)
from rmdesk.services.sync.answering import TakeAnswer
from rmdesk.services.sync.hub_client import HubClient, NewEpoch, Rolled, Wipe
from rmdesk.services.sync.hub_words import progress_text
from rmdesk.services.sync.pulling import DOWN, LIVE, NEW, TOP, Followed, TakeFeed, TakeFirst, Took
from rmdesk.wire.blobs import Receipt
from rmdesk.wire.messages import SCHEMA, Cursor, First, FirstPage, Hello, Pull, Welcome
from rmdesk.wire.proofs import Fetch, Manifest

T = TypeVar("T")
PAGE = 500  # events of a page
FIRST = 2000  # rows of a page of a first load
MOST_FETCH = 1000
NOT_FOUND = 404
OLDEST = max(1, SCHEMA - 2)
TURNS = 4  # how often one round begins anew because hub or file went back in time


@dataclass(slots=True)
class Report:
    """What a round did, in records. `asks`: deletions wait for the manager's word. `pushed` counts what was taken."""

    pushed: int = 0
    kept_both: int = 0
    refused: int = 0
    handed_over: int = 0
    pulled: int = 0
    left: int = 0
    mended: int = 0
    offered: int = 0
    files_sent: int = 0
    files_fetched: int = 0
    asks: bool = False
    push_only: bool = False
    next_after: int = 900
    sent_bytes: int = 0
    received_bytes: int = 0
    topics: set[Topic] = field(default_factory=set)


def sync_round(
    store: Store,
    client: HubClient,
    progress: Progress | None = None,
    told: Callable[[frozenset[Topic]], None] | None = None,
) -> Report:
    """Run one round. `told` hears of the topics of each commit, on the calling thread.

    Raises Trouble (nothing of what is here was changed by it; `reached` keeps the code), Cancelled between two
    steps, WipedHere when the hub ordered this desk to remove its data and that was done;
    Trouble(code="syncing") when another round runs on this computer.
    """
    with one_round.alone(store.folder):
        try:
            with store.reading() as reader:
                return _Round(store, reader, client, progress or Silent(), told).run()
        except Wipe as order:
            raise wiping.obey(store, order.order, client.transport) from order


class _Round:
    def __init__(
        self,
        store: Store,
        reader: Reader,
        client: HubClient,
        progress: Progress,
        told: Callable[[frozenset[Topic]], None] | None,
    ) -> None:
        self.store, self.reader, self.client, self.progress, self.told = store, reader, client, progress, told
        self.report = Report()
        self.heads: dict[str, int] = {}
        self.fetch: set[str] = set()
        self.touched: set[str] = set()
        self.deleted: dict[str, int] = {}
        self.device = ""
        self.epoch = 0
        self.rolled = False

    def run(self) -> Report:
        began = clock.now()
        try:
            if self._read(travel.since) is not None:  # who asks for a round is back
                self._do(travel.ComeHome())
            if self._read(greeting.is_unready):
                self._do(greeting.Ready())
            for turn in range(TURNS):
                try:
                    self._once()
                    break
                except (NewEpoch, Rolled) as error:
                    self.rolled = isinstance(error, Rolled)
                    if turn == TURNS - 1:
                        raise
        except Cancelled:
            raise
        except Known as error:
            self._ended(began, error.code)
            raise
        self._ended(began, "")
        return self.report

    def _once(self) -> None:
        """A round against one state of the hub; NewEpoch and Rolled begin it anew."""
        welcome = self._greet()
        self._push()
        if self.report.push_only:
            return
        self._first_loads()
        if self.touched or self.fetch or not self._read(pulling.caught_up, welcome.heads):
            self._pull()
        self._follow()
        self._leave()
        self._verify()
        if not self._read(traces.is_due) or traces.sweep(self.store):
            self._receipts()
        moved = blobs.exchange(self.store, self.client, self.progress)
        self.report.files_sent, self.report.files_fetched = moved.sent, moved.fetched

    def _follow(self) -> None:
        """What the lead decided at another desk is followed here; that is told in the next round."""
        if self._read(decided.behind):
            self._do(decided.TakeInDecisions())

    def _greet(self) -> Welcome:
        self.device = str(self._read(lambda reads: state.get(reads, "device")))
        now, log = clock.now().isoformat(timespec="milliseconds"), self._read(witnessing.told)
        seen = str(self._read(lambda reads: state.get(reads, "seen")) or "")
        hello = Hello(self.device, SCHEMA, OLDEST, __version__, now, log, seen)
        welcome = self.client.hello(hello)
        self.report.next_after, self.report.push_only = welcome.next_after, welcome.push_only
        self.epoch = welcome.epoch
        stands = self._do(greeting.TakeWelcome(welcome, log.line))
        if stands == greeting.EPOCH:
            self._reoffer(welcome.push_no)
        elif stands == greeting.ROLLED or self.rolled:
            self._do(repair.BeginAnew(welcome.push_no))
        self.rolled = False
        escrowing.give(self.store, self.client, welcome.escrow, self.device)
        rejoining.end_old(self.store, self.client)
        return welcome

    def _reoffer(self, number: int) -> None:
        """The hub went back: find out what it has, and tell it again what it lost."""
        revs: dict[str, int] = {}
        for scope in self._read(pulling.scopes):
            self.progress.at(0, 0)
            revs |= self.client.manifest(Manifest(self.device, self.epoch, scope.id)).revs
        here = self._read(greeting.known_revisions)
        rows = self._fetched(wire for wire, rev in revs.items() if here.get(wire, rev) != rev)
        self.report.offered += self._do(repair.Reoffer(self.epoch, number, revs, tuple(rows)))

    def _push(self) -> None:
        waiting = int(self._read(lambda reads: reads.value(greeting.UNSENT)))
        done = 0
        while self._read(freeze.is_due) and (batch := self._do(freeze.Freeze())):
            self.progress.at(done, max(waiting, done), progress_text(done, waiting))
            heard = self._do(TakeAnswer(self.client.push(batch.body)))
            done += heard.applied + heard.kept_both + heard.refused + heard.handed_over
            self.report.pushed += heard.applied + heard.kept_both
            self.report.kept_both += heard.kept_both
            self.report.refused += heard.refused
            self.report.handed_over += heard.handed_over
            self.heads |= dict(heard.heads)
            self.fetch.update(heard.fetch)
            self.touched.update(self.heads)

    def _first_loads(self) -> None:
        for scope in self._read(pulling.scopes):
            below = TOP if scope.phase == NEW else scope.below
            done, top = 0, 0 if below == TOP else None
            while scope.phase in (NEW, DOWN) and below:
                self.progress.at(done, scope.live, progress_text(done, scope.live, scope.kind))
                page = self._first_page(First(self.device, self.epoch, SCHEMA, scope.id, below, FIRST, top))
                self._took(self._do(TakeFirst(scope.id, page)))
                self.touched.add(scope.id)
                done, below, top = done + len(page.rows), page.below, top or page.head

    def _first_page(self, told: First) -> FirstPage:
        try:
            return self.client.first(told)
        except Trouble as error:
            if error.params.get("status") == NOT_FOUND:
                return FirstPage([], 0, 0, 0)  # nobody has written there yet
            raise

    def _pull(self) -> None:
        scopes = {one.id: one for one in self._read(pulling.scopes) if one.phase == LIVE}
        total, done = sum(max(0, one.head - one.cursor) for one in scopes.values()), 0
        while scopes:
            self.progress.at(done, max(total, done), progress_text(done, total))
            asked = {one.id: Cursor(one.cursor, self.heads.get(one.id, 0)) for one in scopes.values()}
            number = self._read(state.push_no)
            pulled = self.client.pull(Pull(self.device, self.epoch, SCHEMA, number, asked, PAGE))
            if pulled.push_no > number:
                self._do(repair.BeginAnew(pulled.push_no))
            if pulled.granted or pulled.revoked:
                self._do(greeting.TakeScopes(tuple(pulled.granted), tuple(pulled.revoked), pulled.lease))
            again = set()
            for scope, feed in pulled.scopes.items():
                if not pulling.is_news(scopes[scope], feed):
                    continue
                took = self._do(TakeFeed(scope, feed, self.deleted.get(scope, 0)))
                self._took(took)
                self.report.asks |= took.held_back
                self.deleted[scope] = self.deleted.get(scope, 0) + took.deleted
                done += len(feed.events)
                if feed.events:
                    self.touched.add(scope)
                if feed.more and not took.held_back and not feed.code:
                    again.add(scope)
            scopes = {one.id: one for one in self._read(pulling.scopes) if one.id in again}

    def _leave(self) -> None:
        if self._read(lambda reads: state.get(reads, "leaving") or state.get(reads, "revoked")):
            self._do(greeting.Sweep())

    def _verify(self) -> None:
        """Compare with the hub what this round touched, and everything once a day."""
        today = clock.today().isoformat()
        daily = self._read(lambda reads: state.get(reads, "verified")) != today
        self._mend(None, self.fetch)
        for scope in self._read(pulling.scopes):
            if scope.phase == LIVE and scope.cursor >= scope.head and (daily or scope.id in self.touched):
                self._compare(scope)
        if daily:
            self._do(greeting.Note("verified", today))

    def _compare(self, scope: Followed) -> None:
        lost = set(self._read(repair.orphans, scope.id))
        if self._read(repair.digest, scope.id) != scope.digest:
            manifest = self.client.manifest(Manifest(self.device, self.epoch, scope.id))
            if manifest.head != scope.cursor:
                return  # somebody wrote meanwhile: the next round compares
            here = self._read(repair.revisions, scope.id)
            lost |= {wire for wire, rev in manifest.revs.items() if here.get(wire) != rev}
            lost |= here.keys() - manifest.revs.keys()
        self._mend(scope.id, lost)

    def _mend(self, scope: str | None, wires: Iterable[str]) -> None:
        wanted = set(wires)
        if not wanted:
            return
        rows = self._fetched(wanted)
        unknown = wanted - {row.id for row in rows} if scope is not None else set()
        self.report.mended += self._do(repair.Repair(tuple(rows), tuple(sorted(unknown))))

    def _fetched(self, wires: Iterable[str]) -> list[Any]:
        ids, rows = sorted(wires), []
        for at in range(0, len(ids), MOST_FETCH):
            self.progress.at(at, len(ids))
            rows += self.client.fetch(Fetch(self.device, self.epoch, ids[at : at + MOST_FETCH])).rows
        return rows

    def _receipts(self) -> None:
        for one in self._read(lambda reads: state.get(reads, "receipts")) or []:
            try:
                self.client.receipt(Receipt(self.device, one["handover"], one["client"], one["counts"]))
            except Trouble as error:
                if error.params.get("reason") != "not_found":
                    raise  # a restored hub may have forgotten the hand-over: then nobody waits for the receipt
            self._do(greeting.ReceiptGiven(one["handover"], one["client"]))

    def _took(self, took: Took) -> None:
        self.report.pulled += took.rows
        self.report.left += took.left
        self.fetch.update(took.fetch)

    def _ended(self, began: datetime, error: str) -> None:
        self.report.sent_bytes, self.report.received_bytes = self.client.sent, self.client.received
        self._do(greeting.NoteRound(began, error, self.report.next_after))

    def _read(self, query: Callable[..., T], *args: Any) -> T:
        with self.reader.snapshot() as reads:
            return query(reads, *args)

    def _do(self, command: Command[T]) -> T:
        outcome = self.store.perform(command)
        self.report.topics |= outcome.topics
        if self.told is not None and outcome.topics:
            self.told(outcome.topics)
        return outcome.result
