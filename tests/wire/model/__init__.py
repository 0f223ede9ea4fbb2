"""A model of desks and hub in memory, around the very functions that the real ones run (`rmdesk/wire/merge`), with
lost requests, lost and repeated answers, crashes, hand-overs, desks and hubs thrown back to old copies, and an
oracle: each edit carries a word of its own, and at the end every word must be current, or replaced by somebody who
saw it, or kept as a difference, or kept aside, or gone with what existed nowhere any more.

`MUTANTS` plants one fault each, to show that the oracle sees it. Run it at length:
    python -m tests.wire.model SEEDS STEPS [--mutant NAME] [--first SEED]
"""

from __future__ import annotations

import pickle
import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from rmdesk.wire.messages import Difference
from tests.wire.model.desk import Crash, Desk, Lost
from tests.wire.model.hub import ACCESS, BOOKS, FIELDS, KIND, KINDS, LATE, Hub
from tests.wire.model.oracle import Faults, Oracle, Word, words_of

OWNERS = ("u1", "u1", "u2", "u2", "lead")
MUTANTS = (
    "lww",  # the last to arrive wins
    "delwins",  # a deletion is stronger than an edit nobody saw
    "rebase",  # a pull moves the base of what is dirty
    "overlay",  # the hub's row is laid over the clean part instead of replacing it
    "exitall",  # a client who leaves takes along what came again from another scope
    "nodigest",  # a batch's number is not bound to its bytes
    "noreoffer",  # after the hub went back, nothing is offered again
    "lateonce",  # what came late and was kept aside is not offered again
    "badbase",  # offered again on the hub's revisions instead of those known before
    "freshdelete",  # a deletion stands on the newest revision, also of fields whose newer value was hidden by dirt
    "selfconflict",  # a field typed on while its batch was under way keeps its old base
)


@dataclass
class World:
    rng: random.Random
    hub: Hub
    oracle: Oracle
    faults: Faults
    desks: list[Desk]
    count: dict[str, int] = field(default_factory=dict)
    words: int = 0

    def word(self) -> str:
        self.words += 1
        return f"w{self.words}"

    def tally(self, what: str) -> None:
        self.count[what] = self.count.get(what, 0) + 1


def step(world: World, hub_restores: float) -> None:
    """One thing that happens to one desk or to the hub."""
    rng, hub = world.rng, world.hub
    desk, dice = rng.choice(world.desks), rng.random()
    records = desk.now.records
    shown = sorted(one for one, record in records.items() if record.values is not None and record.kind == KIND.name)
    if dice < 0.12:
        reachable = sorted(client for client, book in hub.clients.items() if book in ACCESS[desk.now.user])
        if reachable:
            word = world.word()
            desk.create(f"{world.words:032x}", rng.choice(reachable), word)
    elif dice < 0.55 and shown:
        world.tally("edits")
        desk.edit(rng.choice(shown[-8:]), rng.choice(FIELDS), None if rng.random() < 0.05 else world.word())
    elif dice < 0.59 and shown:
        desk.delete(rng.choice(shown))
    elif dice < 0.60:
        gone = sorted(one for one, record in records.items() if record.before is not None)
        if gone:
            desk.undelete(rng.choice(gone))
    elif dice < 0.64:
        open_ = sorted(one for one in shown if records[one].held.conflicts)
        if open_:
            desk.settle(rng.choice(open_), world.word())
    elif dice < 0.66:
        hub.hand_over(rng.choice(sorted(hub.clients)), rng.choice(BOOKS))
        world.tally("hand-overs")
    elif dice < 0.662 + hub_restores:
        if rng.random() < 0.5:
            hub.backup()
        elif back_in_time(world, hub.restore):
            world.tally("hub restores")
    elif dice < 0.665 + hub_restores:
        back_in_time(world, desk.restore)
        world.tally("desk restores")
    elif dice < 0.68 + hub_restores:
        desk.copy = desk.disk
    else:
        desk.sync()


def back_in_time(world: World, restore: Callable[[], bool | None]) -> bool | None:
    """Somebody goes back to a copy: what neither the hub nor any desk has afterwards is gone, but nothing else."""
    before = _words(world)
    done = restore()
    world.oracle.lost |= before - _words(world)
    return done


def _words(world: World) -> set[Word]:
    rows = [row for scope in world.hub.scopes.values() for row in scope.rows.values() if not row.deleted]
    found = [words_of(row.type, row.id, row.fields, row.conflicts.values()) for row in rows]
    return set().union(*found, *(desk.words() for desk in world.desks))


def run(
    seed: int, steps: int, bugs: Iterable[str] = (), hub_restores: float = 0.02
) -> tuple[list[Any], dict[str, int]]:
    """Play one history; gives what went wrong (nothing, for the unmutated) and how much happened."""
    rng = random.Random(seed)
    hub, oracle, faults = Hub(bugs), Oracle(), Faults()
    desks = [Desk(hub, f"d{at}", user, rng, oracle, faults) for at, user in enumerate(OWNERS)]
    hub.clients = {f"{at:032d}": BOOKS[at % 2] for at in range(6)}
    world = World(rng, hub, oracle, faults, desks)
    for _ in range(steps):
        try:
            step(world, hub_restores)
        except ValueError as broken:  # an answer that does not fit its batch
            return [("broken", str(broken))], world.count
        except Crash:
            world.tally("crashes")
            _wake(world)
        except Lost:
            world.tally("lost requests and answers")
            _wake(world)
    faults.net = faults.crash = 0.0
    for _ in range(6):
        for desk in desks:
            desk.sync()
    own = [("differs from itself", name) for name in hub.own]
    return [*_diverged(world), *_lost(world), *own], world.count


def _wake(world: World) -> None:
    for desk in world.desks:
        desk.now = pickle.loads(desk.disk)


def _shown(kind: str, fields: dict[str, Any], open_: dict[str, Difference]) -> Any:
    values = {told.name: fields.get(told.name) for told in KINDS[kind].fields}
    return values, sorted(str(one.value) for one in open_.values())


def _diverged(world: World) -> list[Any]:
    hub, found = world.hub, list[Any]()
    for desk in world.desks:
        rows = {one: row for book in ACCESS[desk.now.user] for one, row in hub.scopes[book].rows.items()}
        want = {one: _shown(row.type, row.fields, row.conflicts) for one, row in rows.items() if not row.deleted}
        have = {
            one: _shown(record.kind, record.values or {}, record.held.conflicts)
            for one, record in desk.now.records.items()
        }
        differ = sorted(one for one in set(want) | set(have) if want.get(one) != have.get(one))
        found += [("diverged", desk.now.device, one, want.get(one), have.get(one)) for one in differ]
        for one, record in desk.now.records.items():
            if hub.clients[record.client] not in ACCESS[desk.now.user]:
                found.append(("leaked", desk.now.device, one))
        if desk.now.batch is not None:
            found.append(("stuck", desk.now.device))
    return found


def _lost(world: World) -> list[Any]:
    hub, oracle = world.hub, world.oracle
    rows = {one: row for scope in hub.scopes.values() for one, row in scope.rows.items()}
    kept: set[Word] = set()
    for one, row in rows.items():
        kept |= words_of(row.type, one, row.fields if row.type == LATE.name else {}, row.conflicts.values())
    found = []
    for key in oracle.edits:
        one, name, word = key
        at_hub = rows.get(one)
        if at_hub is not None and at_hub.fields.get(name) == word and (not at_hub.deleted or key in oracle.deleted):
            continue
        if key in oracle.deleted and (at_hub is None or hub.epoch > 1 or at_hub.deleted):
            continue
        if any(key in known for known in (kept, oracle.saw, oracle.discarded, oracle.lost)):
            continue
        found.append(("lost", key, at_hub))
    return found
