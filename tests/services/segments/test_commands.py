"""What the manager says about a client, and that each inverse restores what was there."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from rmdesk.base import clock
from rmdesk.base.errors import Refused
from rmdesk.models.clients import Client
from rmdesk.models.kinds import Answer, ClientId, Familiarity
from rmdesk.services.segments.commands import AnswerMan, ConfirmKycBlock, OverrideFamiliarity, RefreshFigures
from rmdesk.services.store.store import Store
from rmdesk.services.store.work import UnitOfWork
from tests.support.build import perform

TABLES = ("familiarity_override", "kyc_block", "man_answer")


def client(store: Store) -> ClientId:
    def add(work: UnitOfWork) -> int:
        kept = Client(name="王小明")
        work.add(kept)
        work.flush()
        return kept.id

    return ClientId(perform(store, add))


def kept(store: Store) -> list[Any]:
    return [store.read(lambda reads, table=table: reads.rows(f"SELECT * FROM {table}")) for table in TABLES]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (
            lambda who: OverrideFamiliarity(who, Familiarity.FAMILIAR, "同学"),
            lambda who: OverrideFamiliarity(who, Familiarity.STRANGER, "多年不见"),
        ),
        (
            lambda who: ConfirmKycBlock(who, "family", "present", "两个孩子"),
            lambda who: ConfirmKycBlock(who, "family", "present", "三个孩子"),
        ),
        (lambda who: AnswerMan(who, "A", Answer.YES), lambda who: AnswerMan(who, "A", Answer.NO)),
    ],
)
def test_each_change_can_be_taken_back_step_by_step(store: Store, first: Any, second: Any) -> None:
    who = client(store)
    empty = kept(store)
    one = store.perform(first(who))
    after_one = kept(store)
    two = store.perform(second(who))
    after_two = kept(store)
    assert empty != after_one != after_two
    assert two.inverse is not None
    assert one.inverse is not None
    again = store.perform(two.inverse)
    assert kept(store) == after_one
    assert again.inverse is not None
    store.perform(again.inverse)
    assert kept(store) == after_two
    store.perform(two.inverse)
    store.perform(one.inverse)
    assert kept(store) == empty


@pytest.mark.parametrize(
    "make",
    [
        lambda who: OverrideFamiliarity(who, Familiarity.FAMILIAR, "  "),
        lambda who: ConfirmKycBlock(who, "hobby", "past", "x"),
        lambda who: AnswerMan(who, "X", Answer.YES),
    ],
)
def test_what_makes_no_sense_is_refused(store: Store, make: Any) -> None:
    with pytest.raises(Refused):
        store.perform(make(client(store)))
    assert kept(store) == [[], [], []]


@pytest.mark.parametrize(
    "make",
    [
        lambda who, on: OverrideFamiliarity(who, Familiarity.FAMILIAR, "同学", on),
        lambda who, on: ConfirmKycBlock(who, "family", "present", "两个孩子", on),
        lambda who, on: AnswerMan(who, "A", Answer.YES, on),
    ],
)
def test_a_day_to_come_is_refused_beside_its_field(store: Store, make: Any) -> None:
    who, today = client(store), clock.today()
    with pytest.raises(Refused) as refused:
        store.perform(make(who, today + timedelta(1)))
    assert (refused.value.field, refused.value.code) == ("on", "future")
    store.perform(make(who, today))


def test_figures_can_be_counted_anew(store: Store) -> None:
    who = client(store)
    store.perform(RefreshFigures())
    assert store.read(lambda reads: reads.rows("SELECT client_id, aum_minor FROM client_figures")) == [(who, None)]
