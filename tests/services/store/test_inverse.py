"""Fields put back, rows taken away and brought back: the other way round gives the same file."""

from __future__ import annotations

from rmdesk.models.kinds import new_id
from rmdesk.models.relations import Household, HouseholdMember, Person
from rmdesk.services.store.inverse import PutBack, TakeAway
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
