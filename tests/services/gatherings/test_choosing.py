"""Whom a filter chooses for the list of an event."""

from __future__ import annotations

from rmdesk.models.kinds import Tier
from rmdesk.services.clients.filters import ClientFilter
from rmdesk.services.gatherings.choosing import clients_of
from rmdesk.services.store.store import Store
from tests.services.clubs.arrange import members, of
from tests.services.clubs.test_commands import join


def test_invitees_come_from_tier_group_and_membership(store: Store) -> None:
    members(store, RICH=(12, 12, 12, 12), NEXT=(11, 11, 11, 11), POOR=(2, 2, 2, 2))
    join(store, "NEXT")
    private = ClientFilter(tiers=(Tier.T5,))
    assert set(store.read(clients_of, private)) == {of(store, "RICH"), of(store, "NEXT")}
    assert store.read(clients_of, private, "sunshine") == (of(store, "NEXT"),)
    assert store.read(clients_of, ClientFilter(groups=("G3",)), "sunshine") == (of(store, "NEXT"),)
    assert store.read(clients_of, ClientFilter(tiers=(Tier.T4,)), "sunshine") == ()
