"""The calling order of the clients at hand."""

from __future__ import annotations

from datetime import date

from rmdesk.models.kinds import ClientId
from rmdesk.services.response.queries import CallRow, Earlier, call_order
from rmdesk.services.store.store import Store
from tests.services.imports.handovers import client, holding, take_in

DAY = date(2026, 11, 21)


def test_what_the_desk_knows_orders_the_calls(store: Store) -> None:
    told = [
        client("A", name="甲", phone="13800000001", birth_date="1950-01-01"),
        client("B", name="乙"),
        client("C", name="丙", phone="13800000003"),
        holding(key="L1", client_number="C", kind="loan", name="个人住房贷款"),
        client("D", name="丁", birth_date="2000-11-22"),
        holding(key="L2", client_number="D", kind="loan", name="消费贷款"),
    ]
    take_in(store, told, as_of=DAY)
    ids = {
        number: ClientId(one) for number, one in store.read(lambda reads: reads.rows("SELECT number, id FROM client"))
    }

    def order(**more: object) -> tuple[CallRow, ...]:
        return store.read(call_order, [*ids.values()], DAY, **more)

    names = {one: number for number, one in ids.items()}
    found = {names[row.client]: row for row in order()}
    assert list(found) == ["A", "C", "D", "B"]
    assert found["A"].points == 20
    assert {points for _name, points in found["C"].lines} == {10, -5}
    assert {points for _name, points in found["D"].lines} == {10, -5}  # a day before the 26th birthday
    first = order(earlier={ids["B"]: Earlier(success=True, days=200)}, tries={ids["A"]: 5})[0]
    assert (names[first.client], first.points) == ("B", 25)
