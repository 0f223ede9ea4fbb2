"""Whatever comes in, in whatever order, and is taken back or not: nothing is lost and nothing is made up."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rmdesk.base.errors import Refused
from rmdesk.services.imports.records import Entity
from rmdesk.services.store.store import Store
from tests.services.imports.handovers import DAY, Told, account, client, contents, handover, holding, take_in
from tests.support import build

DAYS = [date(2026, 9, 30), DAY, date(2026, 11, 20)]
numbers = st.sampled_from(["C1", "C2", "C3"])
texts = st.sampled_from([None, "甲", "乙", "wang"])
amounts = st.none() | st.integers(0, 3)
records = st.one_of(
    st.builds(client, numbers, name=texts, phone=texts),
    st.builds(client, st.none(), name=st.sampled_from(["甲", "乙"]), phone=texts),
    st.builds(account, st.sampled_from(["A1", "A2"]), numbers, balance_minor=amounts),
    st.builds(
        lambda number, amount: holding(
            key="H1", client_number=number, account_number="A1", kind="fund", amount_minor=amount
        ),
        numbers,
        amounts,
    ),
    st.builds(
        lambda number, month, end: (Entity.MONTH, {"client_number": number, "month": 24300 + month, "end_minor": end}),
        numbers,
        st.integers(0, 2),
        amounts,
    ),
)
files = st.lists(records, min_size=1, max_size=6)
LIMITS = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def store_in(template: Path, folder: str) -> Store:
    return build.store_from(template, Path(folder))


def plain(store: Store) -> dict[str, list[Any]]:
    """What is known, without ids and batches: by natural keys."""
    queries = {
        "client": "SELECT number, name, phone, as_of, origin FROM client",
        "account": "SELECT a.number, balance_minor, a.as_of, c.number FROM account a JOIN client c ON c.id = client_id",
        "holding": "SELECT key, amount_minor, c.number FROM holding JOIN client c ON c.id = client_id",
        "month": "SELECT month, end_minor, c.number FROM month_fact JOIN client c ON c.id = client_id",
    }
    return {name: sorted(store.read(lambda reads, q=sql: reads.rows(q)), key=repr) for name, sql in queries.items()}


@LIMITS
@given(told=files, data=st.data())
def test_the_order_of_rows_and_files_does_not_matter(template: Path, told: list[Told], data: st.DataObject) -> None:
    other = data.draw(st.permutations(told))
    cut = data.draw(st.integers(0, len(other)))
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
        first, second = store_in(template, one), store_in(template, two)
        try:
            take_in(first, told)
            take_in(second, other[:cut], other[cut:])
            assert plain(first) == plain(second)
            assert take_in(first, other).result.batch is None
        finally:
            first.close()
            second.close()


steps = st.lists(st.tuples(st.sampled_from(DAYS), files, st.booleans()), min_size=1, max_size=5)


@LIMITS
@given(steps=steps)
def test_importing_and_undoing_leave_what_was_there(template: Path, steps: list[tuple[date, list[Told], bool]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = store_in(template, folder)
        try:
            past: list[tuple[dict[str, list[Any]], Any]] = []
            for day, told, back in steps:
                before = contents(store)
                done = take_in(store, told, as_of=day)
                after = contents(store)
                assert (done.result.batch is None) == (before == after)
                assert take_in(store, told, as_of=day).result.batch is None
                if done.inverse is None:
                    continue
                if back:
                    undone = store.perform(done.inverse)
                    assert contents(store) == before
                    assert undone.inverse is not None
                    store.perform(undone.inverse)
                    assert contents(store) == after
                past.append((before, done.inverse))
            for before, inverse in reversed(past):
                store.perform(inverse)
                assert contents(store) == before
        finally:
            store.close()


@LIMITS
@given(steps=steps)
def test_an_undo_out_of_order_succeeds_whole_or_is_refused_whole(
    template: Path, steps: list[tuple[date, list[Told], bool]]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = store_in(template, folder)
        try:
            inverses = [take_in(store, told, as_of=day).inverse for day, told, _ in steps]
            for inverse in filter(None, inverses):
                before = contents(store)
                try:
                    undone = store.perform(inverse)
                except Refused:
                    assert contents(store) == before
                    continue
                broken = store.read(lambda reads: reads.rows("PRAGMA foreign_key_check"))
                assert broken == []
                again = undone.inverse
                assert again is not None
                try:
                    store.perform(again)
                except Refused:
                    continue
                assert contents(store) == before
        finally:
            store.close()


def test_what_a_later_import_moved_away_is_not_undone_before_it(store: Store) -> None:
    """A2 was C1's; the third import gave it to C2. Without C1 it could not be given back."""
    first = take_in(store, [client("C1")]).inverse
    take_in(store, [account("A2", "C1")])
    third = take_in(store, [account("A2", "C2")]).inverse
    assert first is not None
    assert third is not None
    before = contents(store)
    with pytest.raises(Refused) as refused:
        store.perform(first)
    assert refused.value.code == "later_batch"
    assert contents(store) == before
    store.perform(third)


def test_an_import_comes_back_only_after_what_it_builds_on(store: Store) -> None:
    inverses = [take_in(store, told).inverse for told in ([client("C1")], [account("A2", "C1")])]
    undo_first, undo_second = inverses
    assert undo_first is not None
    assert undo_second is not None
    redo_second = store.perform(undo_second).inverse
    redo_first = store.perform(undo_first).inverse
    assert redo_second is not None
    assert redo_first is not None
    before = contents(store)
    with pytest.raises(Refused) as refused:
        store.perform(redo_second)
    assert refused.value.code == "earlier_batch"
    assert contents(store) == before
    store.perform(redo_first)
    store.perform(redo_second)


def test_a_holding_on_somebody_elses_account_counts_anew_when_that_account_does(store: Store) -> None:
    """Its amount stands in for a balance that is not known, and is part of it once it is."""
    lot = holding(key="H1", client_number="C2", account_number="A1", kind="demand", amount_minor=7)
    take_in(store, [account("A1", "C1"), lot])
    sql = "SELECT f.aum_minor FROM client_figures f JOIN client c ON c.id = f.client_id ORDER BY c.number"
    assert store.read(lambda reads: reads.rows(sql)) == [(None,), (7,)]
    take_in(store, [account("A1", "C1", balance_minor=50)])
    assert store.read(lambda reads: reads.rows(sql)) == [(50,), (None,)]


def test_a_hand_over_can_be_laid_in_twice_from_one_reading(store: Store) -> None:
    with handover([client("C1", name="甲")]) as made:
        from rmdesk.services.imports.plan import plan
        from rmdesk.services.imports.terms import Terms

        first = store.read(plan, made, Terms(DAY))
        assert first == store.read(plan, made, Terms(DAY))
