"""What a client's file shows of the people around: kin that follows, influence, deciders."""

from __future__ import annotations

from rmdesk.models.kinds import ClientId
from rmdesk.services.relations import influence, queries
from rmdesk.services.store.store import Store
from tests.services.relations.circle import client, person, tie


def test_relations_come_by_group_in_the_order_of_the_book(store: Store) -> None:
    of = client(store, "王芳", sex="F")
    for role, name in (("friend", "甲"), ("supplier", "乙"), ("adviser", "丙"), ("child", "丁"), ("spouse", "戊")):
        tie(store, of, role, person(store, name))
    rows = store.read(queries.relations_of, of)
    assert [row.other.name for row in rows] == ["戊", "丁", "丙", "乙", "甲"]
    assert [row.group for row in rows] == ["family", "family", "influence", "business", "social"]
    assert all(row.other.person and not row.other.client for row in rows)


def test_kin_that_follows_tells_its_way_in_words_that_fit(store: Store) -> None:
    of = client(store, "李雷", sex="M")
    mother = person(store, "王芳", "F")
    grandmother = client(store, "赵兰", sex="F")
    tie(store, of, "parent", mother)
    tie(store, mother, "parent", grandmother)
    (row,) = store.read(queries.inferred_kin, of)
    assert (row.called.zh, row.called.en, row.other.node) == ("外祖母", "grandmother", grandmother)
    assert row.path == "mother 王芳 → mother 赵兰"
    (back,) = store.read(queries.inferred_kin, grandmother)
    assert (back.called.zh, back.other.node) == ("外孙", of)
    assert store.read(queries.inferred_kin, client(store, "外人")) == ()
    assert store.read(lambda reads: reads.value("SELECT count(*) FROM relationship")) == 2  # nothing was stored


def test_influence_is_counted_by_people_not_by_ties(store: Store) -> None:
    hub = client(store, "王芳")
    others = [person(store, f"甲{number}") for number in range(4)]
    for at, other in enumerate(others):
        tie(store, hub, "friend", other)
        if at < 3:
            tie(store, hub, "decided", other)
    found = store.read(influence.influence_of, hub)
    assert found is not None
    assert (found.ties, found.decides, found.strong) == (4, 3, True)
    (first,) = store.read(influence.influencers)
    assert (first.party.node, first.ties, first.decides) == (hub, 4, 3)
    other = store.read(influence.influence_of, client(store, "李雷"))
    assert other is not None
    assert (other.ties, other.strong) == (0, False)
    assert store.read(influence.influence_of, ClientId(999)) is None
