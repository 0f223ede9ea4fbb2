"""Travel mode: only the chosen clients are on the laptop, nothing of the others; a round brings everything back."""

from __future__ import annotations

import pytest

from rmdesk.base.errors import Refused
from rmdesk.models.kinds import ClientId
from rmdesk.services.clients.commands import AddProspect
from rmdesk.services.clients.rules import Details
from rmdesk.services.search.texts import IndexTexts
from rmdesk.services.store import backup
from rmdesk.services.store.store import Store
from rmdesk.services.sync import traces, travel
from rmdesk.services.sync.travel import ComeHome, PackForTravel, Packing
from rmdesk.services.visits.tasks import AddTask, EditTask
from tests.services.sync.conftest import Make
from tests.services.sync.small_hub import Person
from tests.services.sync.test_traces import beside, in_file


def tasks(store: Store) -> set[str]:
    return {row[0] for row in store.read(lambda reads: reads.rows("SELECT text FROM task"))}


def test_only_the_chosen_stay_and_a_round_brings_all_back(desk_of: Make, wang: Person) -> None:
    desk = desk_of(wang)
    store = desk.store
    kept, gone = (store.perform(AddProspect(Details(name))).result for name in ("周文敏", "zqxnameplanted"))
    mine = store.perform(AddTask("bleibt hier", None, kept)).result
    store.perform(AddTask("zqxtaskplanted", None, gone))
    while store.perform(IndexTexts()).result:
        pass
    desk.sync()
    backup.make(store, keep=3)
    # Two came from a file that this desk alone took in: nobody could bring them back, so they stay.
    assert store.read(travel.packing, {kept}) == Packing(3, 1, 0, True)
    done = store.perform(PackForTravel(frozenset({kept})))
    assert (done.result, done.inverse, done.forgets) == (1, None, True)
    assert traces.sweep(store)
    assert desk.value("SELECT count(*) FROM client") == 3
    assert tasks(store) == {"bleibt hier"}
    assert in_file(store, store.path) == []
    assert beside(store.folder, store) == {}
    store.perform(EditTask(mine, "unterwegs", None))  # one works on with those who are here
    assert store.read(travel.since) is not None
    desk.sync()
    desk.sync()
    assert store.read(travel.since) is None
    assert desk.value("SELECT count(*) FROM client WHERE name = 'zqxnameplanted'") == 1
    assert tasks(store) == {"unterwegs", "zqxtaskplanted"}
    acts = [row[0] for row in desk.rows("SELECT facts FROM audit_entry WHERE act = 'travel'")]
    assert ['"begun"' in acts[0], '"ended"' in acts[1]] == [True, True]


def test_nothing_goes_that_the_hub_has_not_heard(desk_of: Make, wang: Person) -> None:
    desk = desk_of(wang)
    desk.sync()
    desk.store.perform(AddTask("noch nicht gehört", None, desk.at(2)))
    with pytest.raises(Refused) as caught:
        desk.store.perform(PackForTravel(frozenset()))
    assert caught.value.code == "unsent"
    assert tasks(desk.store) == {"noch nicht gehört"}


def test_without_a_hub_nobody_travels(store: Store) -> None:
    with pytest.raises(Refused) as caught:
        store.perform(PackForTravel(frozenset({ClientId(1)})))
    assert caught.value.code == "no_hub"
    store.perform(ComeHome())
    assert store.read(lambda reads: reads.value("SELECT count(*) FROM audit_entry")) == 0
