"""Persons who are no clients: kept with their reading, guarded when they are children, moved when they join."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from rmdesk.base import clock
from rmdesk.base.errors import Refused
from rmdesk.models.gifts import Gift
from rmdesk.models.kinds import ClientId, RecordId, new_id
from rmdesk.models.occasions import Occasion
from rmdesk.services.relations import queries
from rmdesk.services.relations.becoming import MOVES, LinkPersonToClient
from rmdesk.services.relations.commands import AddRelationship
from rmdesk.services.relations.households import AddToHousehold, MakeHousehold
from rmdesk.services.relations.persons import EditPerson, RemovePerson
from rmdesk.services.relations.rows import Details
from rmdesk.services.store.references import all_naming
from rmdesk.services.store.store import Store
from tests.services.relations.circle import client, company, person, state, there_and_back, tie
from tests.support.build import perform

CHILD = "2015-03-08"


def gift_for(store: Store, of: ClientId, who: str) -> str:
    made = new_id()
    perform(
        store,
        lambda work: work.add(
            Gift(id=made, client_id=of, to_person_id=who, state="given", title="茶", entered_at=clock.now())
        ),
    )
    return made


def somebody(store: Store) -> RecordId:
    """The one person there is."""
    return RecordId(store.read(lambda reads: reads.value("SELECT id FROM person")))


def birthday_of(store: Store, of: ClientId, who: str, kind: str = "relative_birthday") -> str:
    made = new_id()
    perform(store, lambda work: work.add(Occasion(id=made, client_id=of, person_id=who, kind=kind, month=5, day=4)))
    return made


def test_a_person_is_noted_corrected_and_removed(store: Store) -> None:
    given = Details(" 解 晓光 ", "M", "8-18", "139 0000 1111", "教师", "云川一中", "爱茶", True)
    there_and_back(store, AddRelationship(client(store, "王芳"), "friend", given))
    who = somebody(store)
    row = store.read(queries.person_of, who)
    assert (row.name, row.pinyin, row.sex, row.birth, row.phone, row.official, row.child) == (
        "解 晓光", "Xiè Xiǎoguāng", "M", "---08-18", "139 •••• 1111", True, False,
    )  # fmt: skip
    kept = store.perform(EditPerson(who, Details("解 晓光", phone=None)))  # a form that has not shown it
    assert store.read(lambda reads: reads.value("SELECT phone FROM person WHERE id = ?", (who,))) == "13900001111"
    assert kept.inverse is not None
    there_and_back(store, EditPerson(who, Details("仇英", "F")))
    row = store.read(queries.person_of, who)
    assert (row.name, row.pinyin, row.phone, row.official) == ("仇英", "Qiú Yīng", "", False)
    there_and_back(store, RemovePerson(who, ties=True))
    with pytest.raises(Refused):
        store.read(queries.person_of, who)


@pytest.mark.parametrize(
    ("details", "field"),
    [
        (Details("  "), "name"),
        (Details("长" * 101), "name"),
        (Details("甲", birth_date="2月30日"), "birth_date"),
        (Details("甲", phone="call me"), "phone"),
        (Details("甲", note="密码是 123456"), "note"),
        (Details("甲", birth_date=CHILD), "guardian"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(store: Store, details: Details, field: str) -> None:
    of = client(store, "王芳")
    before = state(store)
    with pytest.raises(Refused) as refused:
        store.perform(AddRelationship(of, "friend", details))
    assert refused.value.field == field
    assert state(store) == before


def test_a_child_needs_a_guardian_and_shows_no_year(store: Store) -> None:
    of = client(store, "王芳")
    given = Details("小明", "M", CHILD, guardian="王芳", how="当面")
    there_and_back(store, AddRelationship(of, "child", given))
    who = somebody(store)
    consent = store.read(lambda reads: reads.one("SELECT client_id, person_id, kind, given, by, how FROM consent"))
    assert consent == (of, who, "child", 1, "王芳", "当面")
    row = store.read(queries.person_of, who)
    assert (row.birth, row.child) == ("---03-08", True)
    assert store.read(queries.birth_of, who) == CHILD
    there_and_back(store, EditPerson(who, Details("小明", "M", CHILD, note="爱画画")))  # the consent is there already
    clock.fix(date(2029, 3, 8))
    assert store.read(queries.person_of, who).birth == CHILD  # fourteen today
    with pytest.raises(Refused):
        store.perform(
            AddRelationship(who, "friend", Details("小红", birth_date="2020-01-01", guardian="王芳"))
        )  # nowhere to keep the consent


def test_a_person_who_is_named_stays_until_the_ties_go_along(store: Store) -> None:
    of = client(store, "王芳")
    who = RecordId(person(store, "小明"))
    tie(store, of, "child", who)
    store.perform(MakeHousehold("王家", (of, who)))
    with pytest.raises(Refused) as refused:
        store.perform(RemovePerson(who))
    assert refused.value.code == "named"
    there_and_back(store, RemovePerson(who, ties=True))


def test_a_person_with_a_gift_or_an_occasion_stays(store: Store) -> None:
    of = client(store, "王芳")
    for name in (gift_for, birthday_of):
        who = RecordId(person(store, "小明"))
        name(store, of, who)
        before = state(store)
        with pytest.raises(Refused) as refused:
            store.perform(RemovePerson(who, ties=True))
        assert refused.value.code == "named"
        assert state(store) == before


def test_taking_back_a_person_who_is_named_meanwhile_is_refused(store: Store) -> None:
    of = client(store, "王芳")
    done = store.perform(AddRelationship(of, "friend", Details("小明")))
    gift_for(store, of, somebody(store))
    assert done.inverse
    with pytest.raises(Refused):
        store.perform(done.inverse)


def test_persons_are_found_by_name_and_initials_while_typing(store: Store) -> None:
    person(store, "单建华")
    person(store, "单小明")
    person(store, "李四")
    for typed, names in (("单", ["单小明", "单建华"]), ("sj", ["单建华"]), ("SJH", ["单建华"]), ("", []), ("王", [])):
        assert {row.name for row in store.read(queries.persons_named, typed)} == set(names)


def test_who_becomes_a_client_takes_everything_along(store: Store) -> None:
    of = client(store, "王芳")
    who = RecordId(
        person(store, "李雷", "M", birth_date="1990-05-04", phone="13900001111", occupation="教师", note="爱茶")
    )
    joined = client(store, "李雷", occupation="校长", note="新客户")
    tie(store, of, "spouse", who)
    tie(store, who, "friend", joined)  # the two that become one
    store.perform(MakeHousehold("王家", (of, who)))
    gift, birthday, exam = (
        gift_for(store, of, who),
        birthday_of(store, of, who),
        birthday_of(store, of, who, "child_event"),
    )
    there_and_back(store, LinkPersonToClient(who, joined))
    assert [(row.role, row.other.node) for row in store.read(queries.relations_of, of)] == [("spouse", joined)]
    assert [row.role for row in store.read(queries.relations_of, joined)] == ["spouse"]
    household = store.read(queries.household_of, joined)
    assert household is not None
    assert [member.party.node for member in household.members] == [of, joined]

    def row(table: str, key: str, *columns: str) -> Any:
        return store.read(lambda reads: reads.one(f"SELECT {', '.join(columns)} FROM {table} WHERE id = ?", (key,)))

    assert row("gift", gift, "to_person_id", "to_client_id", "client_id") == (None, joined, of)
    assert row("occasion", birthday, "client_id", "kind", "person") == (joined, "birthday", None)
    assert row("occasion", exam, "client_id", "kind", "person") == (of, "child_event", "李雷")
    kept = row("client", str(joined), "sex", "birth_date", "phone", "occupation", "note")
    assert kept == ("M", "1990-05-04", "13900001111", "校长", "新客户\n爱茶")
    with pytest.raises(Refused):
        store.read(queries.person_of, who)


def test_joining_brings_no_second_household_and_no_second_birthday(store: Store) -> None:
    of, joined = client(store, "王芳"), client(store, "李雷")
    who = RecordId(person(store, "李雷", "M"))
    house = store.perform(MakeHousehold("王家", (of,))).result
    store.perform(AddToHousehold(house, who))
    store.perform(MakeHousehold("李家", (joined,)))
    perform(store, lambda work: work.add(Occasion(id=new_id(), client_id=joined, kind="birthday", month=5, day=4)))
    birthday = birthday_of(store, of, who)
    there_and_back(store, LinkPersonToClient(who, joined))
    household = store.read(queries.household_of, joined)
    assert household is not None
    assert household.name == "李家"
    kept = store.read(lambda reads: reads.one("SELECT client_id, kind, person FROM occasion WHERE id = ?", (birthday,)))
    assert kept == (of, "relative_birthday", "李雷")


def test_a_person_becomes_no_company_and_nobody_who_is_gone(store: Store) -> None:
    who = RecordId(person(store, "李雷"))
    for number in (company(store, "宏远机械有限公司"), ClientId(999)):
        with pytest.raises(Refused) as refused:
            store.perform(LinkPersonToClient(who, number))
        assert refused.value.field == "client"


def test_no_table_that_names_persons_is_forgotten() -> None:
    assert set(all_naming("person")) == {(model.__tablename__, column) for model, column, _move in MOVES}
    assert all_naming("client")
