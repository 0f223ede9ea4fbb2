"""Fields put back, rows taken away and brought back: the other way round gives the same file."""

from __future__ import annotations

import pytest

from rmdesk.base.errors import Refused
from rmdesk.models.kinds import new_id
from rmdesk.models.relations import Household, HouseholdMember, Person
from rmdesk.services.store.inverse import AsBefore, Kept, PutBack, TakeAway
from rmdesk.services.store.store import Store
from rmdesk.services.store.work import UnitOfWork
from tests.support.build import perform


def arrange(work: UnitOfWork) -> tuple[str, str, str]:
    person = Person(id=new_id(), name="测试甲", birth_date="2000-01-01")
    house = Household(id=new_id(), name="一家")
    member = HouseholdMember(id=new_id(), household_id=house.id, person_id=person.id)
    for thing in (person, house, member):
        work.add(thing)
        work.flush()
    return person.id, house.id, member.id


def rows(store: Store) -> list[list[tuple[object, ...]]]:
    tables = ("person", "household", "household_member")
    return store.read(lambda reads: [reads.rows(f"SELECT * FROM {table}") for table in tables])


def test_rows_that_were_taken_away_come_back_as_they_were(store: Store) -> None:
    person, house, member = perform(store, arrange)
    before = rows(store)
    taken = store.perform(TakeAway(((HouseholdMember, member), (Household, house), (Person, person))))
    assert rows(store) == [[], [], []]
    assert taken.inverse is not None
    back = store.perform(taken.inverse)
    assert rows(store) == before
    assert back.inverse is not None
    store.perform(back.inverse)
    assert rows(store) == [[], [], []]


def test_fields_go_back_and_forth(store: Store) -> None:
    person, _house, _member = perform(store, arrange)
    put = store.perform(PutBack(Person, person, (("name", "测试乙"), ("note", "x"))))
    assert rows(store)[0][0][1] == "测试乙"
    assert put.inverse is not None
    again = store.perform(put.inverse)
    assert rows(store)[0][0][1] == "测试甲"
    assert again.inverse == PutBack(Person, person, (("name", "测试乙"), ("note", "x")))


def rearrange(work: UnitOfWork, was: Kept, person: str, house: str, member: str) -> None:
    """Another house with the same person in it takes the place of the first; the person changes twice."""
    one, first, in_first = work.get(Person, person), work.get(Household, house), work.get(HouseholdMember, member)
    second = Household(id=new_id(), name="另一家")
    work.add(second)
    was.made(second)
    for name in ("测试乙", "测试丙"):
        was.before(one, "name")
        one.name = name
    was.before(one)
    one.note = "x"
    was.before(in_first)
    work.delete(in_first)
    work.flush()
    again = HouseholdMember(id=member, household_id=second.id, person_id=person)
    work.add(again)
    was.made(again)
    was.before(first)
    work.flush()
    work.delete(first)


def test_what_a_command_made_changed_and_took_away_goes_back_and_forth(store: Store) -> None:
    keys = perform(store, arrange)
    before, was = rows(store), Kept()
    perform(store, lambda work: rearrange(work, was, *keys))
    after = rows(store)
    assert [row[1] for row in after[1]] == ["另一家"]
    assert after[0][0][1] == "测试丙"
    for _round in range(2):
        back = store.perform(was.inverse)
        assert rows(store) == before
        assert isinstance(back.inverse, AsBefore)
        forth = store.perform(back.inverse)
        assert rows(store) == after
        assert forth.inverse is not None


def test_what_is_named_by_later_records_does_not_go(store: Store) -> None:
    person, _house, _member = perform(store, arrange)
    before = rows(store)
    with pytest.raises(Refused, match="name this entry"):
        store.perform(AsBefore(((Person, person),)))
    assert rows(store) == before


def test_fields_of_a_row_that_is_gone_are_refused(store: Store) -> None:
    person, house, member = perform(store, arrange)
    store.perform(TakeAway(((HouseholdMember, member), (Household, house), (Person, person))))
    with pytest.raises(Refused):
        store.perform(AsBefore(back=((Person, person, (("name", "测试乙"),)),)))
