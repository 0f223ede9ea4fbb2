"""Relationships are told from both sides, refused where they can't be, and taken back."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rmdesk.base.errors import Refused
from rmdesk.models.kinds import RecordId, Topic
from rmdesk.services.imports.merges import MergeClients
from rmdesk.services.relations import queries, tables
from rmdesk.services.relations.commands import AddRelationship, EditRelationship, RemoveRelationship
from rmdesk.services.relations.rows import Details
from rmdesk.services.store.store import Store
from tests.services.relations.circle import client, company, person, state, there_and_back, tie


def said(store: Store, of: int | str) -> list[tuple[str, str]]:
    return [(row.called.zh, row.other.name) for row in store.read(queries.relations_around, of)]


def test_both_sides_tell_the_same_tie_in_their_own_words(store: Store) -> None:
    mother, son = client(store, "王芳", sex="F"), client(store, "李雷", sex="M")
    outcome = store.perform(AddRelationship(mother, "child", son, note="在上海读书"))
    assert Topic.RELATIONS in outcome.topics
    assert said(store, mother) == [("儿子", "李雷")]
    assert said(store, son) == [("母亲", "王芳")]
    (row,) = store.read(queries.relations_of, son)
    assert (row.role, row.group, row.note, row.noted_on) == ("parent", "family", "在上海读书", date(2026, 11, 21))


@pytest.mark.parametrize("name", tables.role_names())
def test_each_role_and_its_way_back(store: Store, name: str) -> None:
    one, other = client(store, "甲"), client(store, "乙")
    there_and_back(store, AddRelationship(one, name, other))
    (mine,), (theirs,) = store.read(queries.relations_of, one), store.read(queries.relations_of, other)
    role, back = tables.role(mine.role), tables.role(theirs.role)
    assert (mine.role, mine.other.node, theirs.other.node) == (name, other, one)
    assert role.kind == back.kind
    assert (role == back) is tables.is_symmetric(role.kind)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 3), st.sampled_from(tables.role_names()), st.integers(0, 3)), max_size=8))
def test_what_one_side_shows_the_other_shows_reversed(store: Store, ties: list[tuple[int, str, int]]) -> None:
    people = [client(store, name) for name in "甲乙丙丁"]
    for one, role, other in ties:
        with suppress(Refused):
            store.perform(AddRelationship(people[one], role, people[other]))
    seen = set()
    for of in people:
        for row in store.read(queries.relations_of, of):
            assert row.other.node != of
            seen.add((of, tables.role(row.role).kind, tables.role(row.role).first, row.other.node))
    for of, kind, first, other in seen:
        assert (other, kind, first if tables.is_symmetric(kind) else not first, of) in seen


def test_oneself_and_the_same_twice_are_refused(store: Store) -> None:
    one, other = client(store, "甲"), client(store, "乙")
    tie(store, one, "friend", other)
    tie(store, one, "supplier", other)
    for of, role, to, code in (
        (one, "friend", one, "self"),
        (one, "friend", other, "duplicate"),
        (other, "friend", one, "duplicate"),
        (other, "customer", one, "duplicate"),
        (one, "nonsense", other, "no_role"),
    ):
        with pytest.raises(Refused) as refused:
            store.perform(AddRelationship(of, role, to))
        assert refused.value.code == code
    tie(store, one, "customer", other)  # the other way round is another tie


def test_a_second_spouse_and_an_own_parent_are_questioned(store: Store) -> None:
    one, other, third = (client(store, name) for name in "甲乙丙")
    tie(store, one, "spouse", other)
    for of, to in ((one, third), (third, other)):
        with pytest.raises(Refused) as refused:
            store.perform(AddRelationship(of, "spouse", to))
        assert refused.value.code == "second_spouse"
        assert refused.value.field == "role"
    store.perform(AddRelationship(one, "spouse", third, sure=True))
    with pytest.raises(Refused) as refused:
        store.perform(AddRelationship(one, "child", other))
    assert refused.value.code == "other_kin"
    young = client(store, "丁")
    tie(store, one, "child", young)
    with pytest.raises(Refused) as refused:
        store.perform(AddRelationship(young, "child", one))
    assert refused.value.code == "own_parent"
    tie(store, one, "colleague", young)


def test_a_company_has_no_kin_but_an_owner(store: Store) -> None:
    owner, firm = client(store, "王芳"), company(store, "宏远机械有限公司")
    with pytest.raises(Refused) as refused:
        store.perform(AddRelationship(owner, "sibling", firm))
    assert refused.value.code == "company_kin"
    tie(store, owner, "owned", firm)
    assert said(store, firm) == [("企业主", "王芳")]


def test_a_new_person_comes_and_goes_with_the_tie(store: Store) -> None:
    of = client(store, "王芳")
    result = there_and_back(store, AddRelationship(of, "sibling", Details("单建华", "M")))
    assert said(store, of) == [("兄弟", "单建华")]
    kept = store.read(lambda reads: reads.one("SELECT pinyin, initials FROM person"))
    assert kept == ("Shàn Jiànhuá", "sjh")
    assert store.read(queries.relation_of, result)[2] == "sibling"


def test_a_tie_is_edited_turned_and_removed(store: Store) -> None:
    one, other = client(store, "甲"), person(store, "乙", "F")
    kept = RecordId(tie(store, one, "child", other))
    there_and_back(store, EditRelationship(kept, one, "parent", "弄反了", date(2020, 1, 2)))
    (row,) = store.read(queries.relations_of, one)
    assert (row.role, row.called.zh, row.note, row.noted_on) == ("parent", "母亲", "弄反了", date(2020, 1, 2))
    there_and_back(store, RemoveRelationship(kept))
    assert store.read(queries.relations_of, one) == ()
    with pytest.raises(Refused) as refused:
        store.perform(RemoveRelationship(kept))
    assert refused.value.code == "gone"


def test_editing_into_a_duplicate_is_refused_and_changes_nothing(store: Store) -> None:
    one, other, third = client(store, "甲"), client(store, "乙"), client(store, "丙")
    tie(store, one, "friend", other)
    kept = RecordId(tie(store, one, "colleague", other))
    before = state(store)
    with pytest.raises(Refused):
        store.perform(EditRelationship(kept, one, "friend"))
    with pytest.raises(Refused):
        store.perform(EditRelationship(kept, third, "friend"))
    with pytest.raises(Refused):
        store.perform(EditRelationship(kept, one, "colleague", note="取款密码是 884421"))
    with pytest.raises(Refused) as refused:
        store.perform(EditRelationship(kept, one, "colleague", note="长" * 2001))
    assert refused.value.code == "too_long"
    assert state(store) == before


def test_after_a_merge_nobody_is_their_own_friend_and_nothing_stands_twice(store: Store) -> None:
    one, twin, other = client(store, "甲", phone="138"), client(store, "甲"), client(store, "乙")
    tie(store, one, "friend", twin)
    tie(store, one, "colleague", other)
    tie(store, other, "colleague", twin)
    merged = store.perform(MergeClients(one, twin))
    assert said(store, one) == [("同事", "乙")]
    assert said(store, other) == [("同事", "甲")]
    assert merged.inverse
    store.perform(merged.inverse)
    assert len(said(store, one)) == 2


def test_somebody_who_is_gone_is_refused(store: Store) -> None:
    of = client(store, "甲")
    for other in (999, "no such person"):
        with pytest.raises(Refused):
            store.perform(AddRelationship(of, "friend", other))
