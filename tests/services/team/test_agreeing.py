"""Agreed cadences: who may agree, what holds then, for whose clients, and that lists and receipts say so."""

from __future__ import annotations

import json
from datetime import date
from typing import Any, cast

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from rmdesk.base import clock
from rmdesk.base.errors import Refused
from rmdesk.models.holdings import ClientFigures
from rmdesk.models.kinds import ClientId, RecordId
from rmdesk.services.care import portfolio, queries
from rmdesk.services.segments import agreed
from rmdesk.services.segments.agreed import Agreed
from rmdesk.services.store.reads import Reads
from rmdesk.services.store.store import Store
from rmdesk.services.team.agreeing import AnswerCadence, EndCadence, ProposeCadence
from rmdesk.services.team.cadences import cadences
from rmdesk.services.team.rules import Agreement
from tests.conftest import TODAY
from tests.services.team import arrange
from tests.support.build import perform

MANAGER = "2" * 32


def wealthy(store: Store, name: str, book: str = "", yuan: int = 20_000_000) -> ClientId:
    """A client of a tier, by what they hold."""
    client = arrange.client(store, name, book)
    perform(store, lambda work: work.add(
        ClientFigures(client_id=client, currency="CNY", aum_minor=100 * yuan, aum_on=TODAY)
    ))  # fmt: skip
    return client


def cadence(store: Store, client: ClientId) -> float:
    """The cadence that a client's list goes by."""
    whole = store.read(portfolio.load, TODAY)
    at = whole.place(client)
    assert at is not None
    return float(whole.cadence[at])


def sit(store: Store, user: str, role: str, book: str = "") -> None:
    """Somebody else sits at the desk."""
    me = {"user": user, "name": role, "role": role, "team": arrange.TEAM, "book": book}
    perform(store, lambda work: work.bulk(
        "UPDATE sync_state SET value = ? WHERE name = 'me'", (json.dumps(me),), topics=()
    ))  # fmt: skip


def state(store: Store, key: RecordId) -> Agreement:
    """Where an agreement stands."""
    return next(one.state for one in store.read(cadences) if one.id == key)


def test_alone_it_holds_at_once_for_the_tier_and_is_taken_back(store: Store) -> None:
    client, other = wealthy(store, "甲"), wealthy(store, "乙", yuan=2_000_000)
    before, apart = cadence(store, client), cadence(store, other)
    done = store.perform(ProposeCadence("T5", 20, "客户多，两周一次做不到"))
    assert state(store, done.result) is Agreement.AGREED
    assert (cadence(store, client), cadence(store, other)) == (20, apart)
    assert done.inverse is not None
    store.perform(done.inverse)
    assert cadence(store, client) == before != 20


def test_list_and_receipt_say_what_was_agreed(store: Store) -> None:
    client = wealthy(store, "甲")
    arrange.visit(store, client, on=date(2026, 10, 1))
    store.perform(ProposeCadence("T5", 20, "两周一次做不到"))
    receipt = store.read(queries.receipt, client, day=TODAY)
    (contact,) = [line for line in receipt.lines if line.rule == "C"]
    assert "agreed cadence 20" in contact.input.said
    (told,) = [fact for fact in receipt.facts if fact.name == "D"]
    assert told.value == 20
    assert "两周一次做不到" in told.input.said
    assert TODAY.isoformat() in told.input.said


def test_one_group_stands_before_the_tier_and_a_newer_word_ends_the_older(store: Store) -> None:
    client = wealthy(store, "甲")
    whole = store.read(portfolio.load, TODAY)
    group = f"G{int(whole.group[0])}"
    first = store.perform(ProposeCadence("T5", 20, "一")).result
    store.perform(ProposeCadence("T5", 25, "二", group=group))
    assert cadence(store, client) == 25
    store.perform(ProposeCadence("T5", 30, "三"))
    assert cadence(store, client) == 25
    assert state(store, first) is Agreement.ENDED
    for one in store.read(cadences):
        if one.state is Agreement.AGREED:
            store.perform(EndCadence(RecordId(one.id)))
    assert cadence(store, client) == whole.cadence[0]


def test_lead_and_manager_agree_and_only_that_book_follows(store: Store) -> None:
    arrange.join(store)
    own, other = wealthy(store, "甲", arrange.book(1)), wealthy(store, "乙", arrange.book(2))
    before = cadence(store, own)
    key = store.perform(ProposeCadence("T5", 20, "先这样", book=arrange.book(1))).result
    assert (state(store, key), cadence(store, own)) == (Agreement.PROPOSED, before)
    with pytest.raises(Refused, match="yourself"):
        store.perform(AnswerCadence(key, yes=True))
    sit(store, MANAGER, "manager", arrange.book(1))
    assert [one.answers for one in store.read(cadences)] == [True]
    store.perform(AnswerCadence(key, yes=True))
    assert (cadence(store, own), cadence(store, other)) == (20, before)
    with pytest.raises(Refused, match="answered"):
        store.perform(AnswerCadence(key, yes=False))


def test_nobody_else_agrees_and_a_no_changes_nothing(store: Store) -> None:
    arrange.join(store)
    own = wealthy(store, "甲", arrange.book(1))
    before = cadence(store, own)
    key = store.perform(ProposeCadence("T5", 20, "先这样", book=arrange.book(1))).result
    sit(store, "9" * 32, "manager", arrange.book(2))
    with pytest.raises(Refused, match="manager of a book"):
        store.perform(AnswerCadence(key, yes=True))
    assert store.read(cadences) == ()
    sit(store, MANAGER, "manager", arrange.book(1))
    store.perform(AnswerCadence(key, yes=False))
    assert (state(store, key), cadence(store, own)) == (Agreement.DECLINED, before)


@pytest.mark.parametrize(
    ("given_", "field"),
    [
        ({"note": " "}, "note"),
        ({"days": 0}, "days"),
        ({"days": 400}, "days"),
        ({"tier": "T6"}, "tier"),
        ({"group": "G10"}, "tier"),
    ],
)
def test_an_agreement_needs_a_note_and_days_within_reason(store: Store, given_: dict[str, Any], field: str) -> None:
    with pytest.raises(Refused) as caught:
        store.perform(ProposeCadence(**{"tier": "T5", "days": 20, "note": "因为"} | given_))
    assert caught.value.field == field


@examples(max_examples=40)
@given(st.lists(st.tuples(st.integers(1, 5), st.integers(0, 9), st.integers(1, 90)), max_size=5))
def test_what_was_agreed_for_others_changes_nobody(told: list[tuple[int, int, int]]) -> None:
    in_order = sorted(told, key=lambda one: one[1] > 0)
    known = tuple(Agreed(str(at), "", *one, "", (), TODAY) for at, one in enumerate(in_order))
    tier, group = np.array([5, 4, 3, 0]), np.array([1, 2, 5, 0])
    table = np.array([14.0, 21.0, 45.0, np.nan])
    days, which = agreed.applied(cast(Reads, _Alone()), known, np.arange(4), tier, group, table)
    for at in range(4):
        if which[at]:
            one = known[int(which[at]) - 1]
            assert (one.tier, days[at]) == (tier[at], one.days)
            assert one.group in (0, group[at])
        else:
            assert days[at] == table[at] or np.isnan(table[at])
            assert not any(one.tier == tier[at] and one.group in (0, group[at]) for one in known) or not group[at]


class _Alone:
    """A desk without a hub."""

    def value(self, sql: str, params: object = ()) -> object:
        return None

    def rows(self, sql: str, params: object = ()) -> list[tuple[object, ...]]:
        return []


def test_the_clock_decides_from_when_it_holds(store: Store) -> None:
    client = wealthy(store, "甲")
    before = cadence(store, client)
    clock.fix(date(2026, 11, 25))
    store.perform(ProposeCadence("T5", 20, "下周起"))
    assert cadence(store, client) == before  # as of TODAY it was not agreed yet
