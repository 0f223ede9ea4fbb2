"""Households: made, added to, left, dissolved; nobody belongs to two."""

from __future__ import annotations

import pytest

from rmdesk.base.errors import Refused
from rmdesk.models.holdings import ClientFigures
from rmdesk.models.kinds import RecordId
from rmdesk.services.relations import households, queries
from rmdesk.services.store.store import Store
from tests.services.relations.circle import client, company, person, there_and_back
from tests.support.build import perform


def members(store: Store, of: int | str) -> list[str]:
    found = store.read(queries.household_around, of)
    return [] if found is None else [member.party.name for member in found.members]


def test_a_household_is_made_and_changed_and_dissolved(store: Store) -> None:
    one, other, third = client(store, "王芳"), client(store, "李雷"), person(store, "小明")
    made: RecordId = there_and_back(store, households.MakeHousehold("王家", (one, other, one), "三代同堂"))
    assert members(store, other) == ["王芳", "李雷"]
    there_and_back(store, households.AddToHousehold(made, third))
    assert members(store, third) == ["王芳", "李雷", "小明"]
    there_and_back(store, households.EditHousehold(made, "李家", ""))
    found = store.read(queries.household_of, one)
    assert found is not None
    assert (found.name, found.note) == ("李家", "")
    there_and_back(store, households.RemoveFromHousehold(found.members[0].id))
    assert members(store, one) == []
    assert members(store, other) == ["李雷", "小明"]
    there_and_back(store, households.DissolveHousehold(made))
    assert members(store, other) == []


def test_the_last_one_takes_the_household_along(store: Store) -> None:
    one = client(store, "王芳")
    store.perform(households.MakeHousehold("王家", (one,)))
    found = store.read(queries.household_of, one)
    assert found is not None
    there_and_back(store, households.RemoveFromHousehold(found.members[0].id))
    assert store.read(lambda reads: reads.value("SELECT count(*) FROM household")) == 0


def test_what_is_refused(store: Store) -> None:
    one, firm = client(store, "王芳"), company(store, "宏远机械有限公司")
    made = store.perform(households.MakeHousehold("王家", (one,))).result
    for command, code in (
        (households.MakeHousehold("空家", ()), "empty"),
        (households.MakeHousehold(" ", (client(store, "甲"),)), "no_name"),
        (households.MakeHousehold("另一家", (one,)), "in_household"),
        (households.AddToHousehold(made, firm), "company_kin"),
        (households.AddToHousehold(made, "nobody"), "gone"),
    ):
        with pytest.raises(Refused) as refused:
            store.perform(command)
        assert refused.value.code == code
    assert store.read(lambda reads: reads.value("SELECT count(*) FROM household")) == 1


def test_what_a_household_owns_adds_up_where_it_is_known(store: Store) -> None:
    one, other, third = (client(store, name, currency="CNY") for name in ("王芳", "李雷", "小明"))
    store.perform(households.MakeHousehold("王家", (one, other, third)))
    found = store.read(queries.household_of, one)
    assert found is not None
    assert found.aum_minor is None

    def arrange(work: object) -> None:
        for number, amount in ((one, 100_00), (other, 250_00)):
            work.add(ClientFigures(client_id=number, currency="CNY", aum_minor=amount))  # type: ignore[attr-defined]

    perform(store, arrange)
    found = store.read(queries.household_of, one)
    assert found is not None
    assert (found.aum_minor, found.currency) == (350_00, "CNY")
