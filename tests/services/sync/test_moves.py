"""Whatever a manager does at one desk, drawn by dice, stands at the other desk after both have met the hub."""

from __future__ import annotations

from random import Random

import pytest

from rmdesk.base.errors import Refused
from rmdesk.services.sync import repair
from rmdesk.services.sync.pulling import scopes
from rmdesk.wire.registry import TYPES, Kind
from tests.services.moves import MOVES, Dice
from tests.services.sync.conftest import Make
from tests.services.sync.small_hub import Desk, Person

STEPS = 60


def told(desk: Desk, table: str) -> list[tuple[object, ...]]:
    """A table as it travels: clients and links by wire id, without what stays at a desk."""
    kind = next(kind for kind in TYPES if kind.name == table)
    columns = []
    for one in kind.fields:
        name = f't."{one.name}"'
        if one.kind is Kind.CLIENT:
            name = f"(SELECT wire_id FROM sync_client WHERE client_id = {name})"
        elif one.kind is Kind.LINK:
            name = f"(SELECT wire_id FROM sync_record WHERE entity = '{one.to}' AND entity_id = {name})"
        columns.append(name)
    if kind.key == ("id",):
        of_record = f"(SELECT wire_id FROM sync_record WHERE entity = '{table}' AND entity_id = t.id)"
        of_client = "(SELECT wire_id FROM sync_client WHERE client_id = t.id)"
        columns.append(of_client if table == "client" else of_record)
    found = desk.rows(f"SELECT {', '.join(columns)} FROM {table} t")
    return sorted(found, key=str)


@pytest.mark.parametrize("seed", range(4))
def test_what_is_done_at_one_desk_stands_at_the_other(desk_of: Make, wang: Person, seed: int) -> None:
    one, two = desk_of(wang, clients=4), desk_of(wang, clients=4)
    dice, random = Dice(one.store, seed), Random(seed)
    for step in range(STEPS):
        if step % 20 == 19:
            one.sync()
            two.sync()
        move = random.choice(list(MOVES))
        try:
            one.store.perform(MOVES[move](dice))
        except (Refused, LookupError):
            continue
    for _turn in range(2):
        one.sync()
        two.sync()
    for kind in TYPES:
        assert told(one, kind.name) == told(two, kind.name), kind.name
    assert one.rows("SELECT entity, state, refusal FROM sync_record WHERE state <> 'clean'") == []
    assert two.rows("SELECT * FROM sync_waiting") == []
    for scope in one.store.read(scopes):
        assert one.store.read(repair.digest, scope.id) == two.store.read(repair.digest, scope.id) == scope.digest
