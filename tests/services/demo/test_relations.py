"""The demo portfolio shows what relationships are for."""

from __future__ import annotations

from itertools import pairwise

import pytest

from rmdesk.models.kinds import ClientId
from rmdesk.services.relations import influence, queries
from rmdesk.services.relations.network import network
from rmdesk.services.store.store import Store


@pytest.fixture
def filled(demo_store: Store) -> Store:
    return demo_store


def number(store: Store, name: str) -> ClientId:
    return ClientId(store.read(lambda reads: reads.value("SELECT id FROM client WHERE name = ?", (name,))))


def test_a_large_network_a_household_of_five_and_influencers(filled: Store) -> None:
    middle = number(filled, "周文敏")
    found = filled.read(network, middle)
    assert len(found.nodes) > 40
    assert found.left_out == 0
    household = filled.read(queries.household_of, middle)
    assert household is not None
    assert len(household.members) == 5
    assert household.aum_minor
    best = {row.party.name: row.ties for row in filled.read(influence.influencers)}
    assert best["江慧兰"] >= 12
    chain = ["周文敏", "解晓光", "仇慧", "唐敏"]
    for by, new in pairwise(chain):
        brought = filled.read(queries.referrals_of, number(filled, by))
        assert new in [row.new.name for row in brought if row.new is not None]


def test_nothing_the_commands_would_refuse(filled: Store) -> None:
    def twice(sql: str) -> list[tuple[object, ...]]:
        return filled.read(lambda reads: reads.rows(sql))

    assert not twice(
        "SELECT kind, coalesce(from_client_id, from_person_id) f, coalesce(to_client_id, to_person_id) t, count(*)"
        " FROM relationship GROUP BY 1, 2, 3 HAVING count(*) > 1 OR f = t"
    )
    assert not twice(
        "SELECT coalesce(client_id, person_id), count(*) FROM household_member GROUP BY 1 HAVING count(*) > 1"
    )
    assert not twice(
        "SELECT new_client_id, count(*) FROM referral WHERE new_client_id IS NOT NULL GROUP BY 1 HAVING count(*) > 1"
    )
    assert not twice(
        "SELECT p.name FROM person p WHERE p.birth_date > '2012-11-21'"
        " AND NOT EXISTS (SELECT 1 FROM consent WHERE person_id = p.id AND kind = 'child' AND given)"
    )
