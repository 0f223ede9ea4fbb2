"""Several commands as one: together or not at all."""

from __future__ import annotations

import pytest

from rmdesk.base.errors import Refused
from rmdesk.models.clients import Client
from rmdesk.models.kinds import ClientId
from rmdesk.services.clients.commands import SetNote, ShowNumber
from rmdesk.services.store.several import Several
from rmdesk.services.store.store import Store
from rmdesk.services.store.work import UnitOfWork
from tests.support.build import perform


def two(work: UnitOfWork) -> tuple[ClientId, ClientId]:
    made = Client(name="甲", phone="1"), Client(name="乙", note="旧")
    for client in made:
        work.add(client)
    work.flush()
    return ClientId(made[0].id), ClientId(made[1].id)


def notes(store: Store) -> list[tuple[object, ...]]:
    return store.read(lambda reads: reads.rows("SELECT note, kept FROM client ORDER BY id"))


def test_steps_are_done_and_undone_together(store: Store) -> None:
    one, other = perform(store, two)
    before = notes(store)
    outcome = store.perform(Several((SetNote(one, "茶"), SetNote(other, "瓷"), SetNote(one, "酒"))))
    assert [row[0] for row in notes(store)] == ["酒", "瓷"]
    assert outcome.result == 3
    assert outcome.inverse
    store.perform(outcome.inverse)
    assert notes(store) == before


def test_one_refused_step_leaves_no_trace_of_the_others(store: Store) -> None:
    one, other = perform(store, two)
    before = notes(store)
    with pytest.raises(Refused):
        store.perform(Several((SetNote(one, "茶"), SetNote(other, "密码 123456"))))
    assert notes(store) == before


def test_a_step_without_inverse_makes_the_whole_final(store: Store) -> None:
    one, _other = perform(store, two)
    assert store.perform(Several((SetNote(one, "茶"), ShowNumber(one, "phone")))).inverse is None
