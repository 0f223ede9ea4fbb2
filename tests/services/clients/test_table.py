"""The table of clients: filters, order, the nine cells, and rows read only where they are looked at."""

from __future__ import annotations

import dataclasses
from dataclasses import replace
from datetime import timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rmdesk.models.clients import Branch, Client
from rmdesk.models.holdings import ClientFigures, Holding
from rmdesk.models.kinds import ClientStatus, Familiarity, Tier
from rmdesk.services.clients import columns, table
from rmdesk.services.clients.filters import GROUPS, ClientFilter, Order
from rmdesk.services.clients.table_rows import Found, Standing
from rmdesk.services.store.reads import Reads
from rmdesk.services.store.store import Store
from rmdesk.services.store.work import UnitOfWork
from tests.conftest import TODAY
from tests.support.build import perform

COUNT = 40


def portfolio(work: UnitOfWork) -> None:
    """Forty clients; every seventh is inactive, every fifth has no known figures."""
    work.add(Branch(id=1, code="1", name="城中支行"))
    work.add(Branch(id=2, code="2", name="安平支行"))
    work.flush()
    for number in range(1, COUNT + 1):
        work.add(
            Client(
                id=number,
                number=f"N{number:04}",
                name=f"客户{number}",
                initials="kh" if number % 2 else "zl",
                phone=f"138{number:08}",
                branch_id=1 + number % 2,
                status="closed" if number % 7 == 0 else "active",
                origin="desk" if number == 11 else "bank",
                as_of=TODAY,
            )
        )
    work.flush()
    work.add(ClientFigures(client_id=3, currency="CNY", since=TODAY - timedelta(731)))
    for client, days, kind in ((4, 0, "wealth"), (5, 30, "time"), (6, 31, "time"), (8, 3, "loan"), (4, 9, "fund")):
        work.add(
            Holding(
                key=f"{client}{days}",
                client_id=client,
                name="x",
                kind=kind,
                currency="CNY",
                amount_minor=100,
                matures_on=TODAY + timedelta(days),
            )
        )


def standing(count: int = COUNT) -> Standing:
    """Figures for all clients but every fifth."""
    clients = np.array([number for number in range(1, count + 1) if number % 5], np.int64)
    figures = clients.astype(np.float64)
    return Standing(
        client=clients,
        tier=clients % 5,
        familiarity=clients % 3,
        group=1 + clients % 9,
        aum=np.where(clients % 4 == 0, np.nan, figures * 100),
        change=(figures - 20) / 100,
        gap=np.where(clients % 3 == 0, np.nan, figures),
        score=figures % 17,
        currency="CNY",
        day=TODAY,
    )


@pytest.fixture
def filled(store: Store) -> Store:
    perform(store, portfolio)
    return store


def found(store: Store, chosen: ClientFilter | None = None, order: Order | None = None) -> Found:
    return store.read(table.find, standing(), chosen or ClientFilter(), order or Order())


def test_active_clients_come_by_score_and_those_without_one_last(filled: Store) -> None:
    result = found(filled)
    active = [number for number in range(1, COUNT + 1) if number % 7]
    assert sorted(result.ids) == active
    scores = [number % 17 if number % 5 else None for number in result.ids]
    known = [score for score in scores if score is not None]
    assert known == sorted(known, reverse=True)
    assert scores[len(known) :] == [None] * (len(scores) - len(known))
    assert result.total == COUNT


@pytest.mark.parametrize(
    ("chosen", "fits"),
    [
        (ClientFilter(tiers=(Tier.T5,)), lambda n: n % 5 == 4),
        (ClientFilter(familiarities=(Familiarity.STRANGER,)), lambda n: n % 5 and n % 3 == 0),
        (ClientFilter(groups=("G1", "G9")), lambda n: n % 5 and n % 9 in (0, 8)),
        (ClientFilter(quiet_days=20), lambda n: n % 5 == 0 or n % 3 == 0 or n >= 20),
        (ClientFilter(matures_days=30), lambda n: n in (4, 5)),
        (ClientFilter(branches=(2,)), lambda n: n % 2 == 1),
        (ClientFilter(prospects_only=True), lambda n: n == 11),
        (ClientFilter(text="ZL"), lambda n: n % 2 == 0),
        (ClientFilter(text="客户12"), lambda n: n == 12),
        (ClientFilter(text="kh 0000001"), lambda n: n in (1, 11, 13, 15, 17, 19)),
        (ClientFilter(text="%"), lambda n: False),
    ],
)
def test_each_filter_leaves_whom_it_names(filled: Store, chosen: ClientFilter, fits: object) -> None:
    assert callable(fits)
    expected = [number for number in range(1, COUNT + 1) if number % 7 and fits(number)]
    assert sorted(found(filled, chosen).ids) == expected


def test_a_filter_among_some_clients_knows_no_others_and_no_saved_view_keeps_it(filled: Store) -> None:
    some = ClientFilter(statuses=(), among=(3, 7, 21, 9999), among_name="of a chart")
    assert sorted(found(filled, some).ids) == [3, 7, 21]
    assert sorted(found(filled, replace(some, statuses=(ClientStatus.ACTIVE,))).ids) == [3]
    assert found(filled, ClientFilter(among=())).count == 0
    assert some.narrows
    assert some.plain() == {"statuses": []}


def test_other_statuses_are_shown_when_asked_for(filled: Store) -> None:
    assert sorted(found(filled, ClientFilter(statuses=(ClientStatus.CLOSED,))).ids) == [7, 14, 21, 28, 35]
    assert found(filled, ClientFilter(statuses=())).count == COUNT


def test_the_nine_cells_ignore_the_group_chosen_but_heed_everything_else(filled: Store) -> None:
    whole = found(filled, ClientFilter(tiers=(Tier.T5,)))
    assert found(filled, ClientFilter(tiers=(Tier.T5,), groups=("G1",))).cells == whole.cells
    assert sum(whole.cells) == whole.count
    for cell, group in enumerate(GROUPS):
        assert found(filled, ClientFilter(tiers=(Tier.T5,), groups=(group,))).count == whole.cells[cell]


@pytest.mark.parametrize("column", [column.key for column in columns.COLUMNS])
@pytest.mark.parametrize("descending", [True, False])
def test_every_column_orders_the_same_clients(filled: Store, column: str, descending: bool) -> None:
    result = found(filled, order=Order(column, descending))
    assert sorted(result.ids) == sorted(found(filled).ids)
    rows = filled.read(table.rows_of, standing(), result.ids)
    values = [columns.cell(row, column) for row in rows]
    known = [value for value in values if value not in (None, "")]
    assert values[len(known) :] == [value for value in values if value in (None, "")]
    if column in ("aum", "change", "gap", "score", "number", "phone", "as_of", "maturity"):
        assert known == sorted(known, reverse=descending)  # type: ignore[type-var]


def whole() -> table.Standing:
    """Figures and the status of all clients, as the portfolio of the day has them."""
    known, everybody = standing(), np.arange(1, COUNT + 1)
    at = table.places(known.client, everybody)
    tier, familiarity, group = (table._taken(one, at, -1) for one in (known.tier, known.familiarity, known.group))
    aum, change, gap, score = (
        table._taken(one, at, np.nan) for one in (known.aum, known.change, known.gap, known.score)
    )
    codes = [table.STATUSES.index(status) for status in (ClientStatus.ACTIVE, ClientStatus.CLOSED)]
    status = np.where(everybody % 7 == 0, codes[1], codes[0])
    return table.Standing(everybody, tier, familiarity, group, aum, change, gap, score, "CNY", TODAY, status)


@pytest.mark.parametrize(
    "chosen",
    [
        ClientFilter(),
        ClientFilter(statuses=()),
        ClientFilter(statuses=(ClientStatus.CLOSED,)),
        ClientFilter(tiers=(Tier.T5,), groups=("G1",)),
        ClientFilter(text="zl"),
        ClientFilter(branches=(2,)),
        ClientFilter(among=(3, 7, 8)),
        ClientFilter(prospects_only=True),
        ClientFilter(matures_days=30),
    ],
)
def test_with_every_client_at_hand_the_same_are_found(filled: Store, chosen: ClientFilter) -> None:
    ours = filled.read(table.find, whole(), chosen, Order())
    told = found(filled, chosen)
    assert (ours.ids, ours.cells, ours.total, ours.aum_minor) == (told.ids, told.cells, told.total, told.aum_minor)


def test_opening_the_table_asks_the_file_for_no_client() -> None:
    nobody: Any = None  # any question would fail
    result = table.find(nobody, whole(), ClientFilter(), Order())
    assert result.count == sum(number % 7 > 0 for number in range(1, COUNT + 1))


def test_the_branches_offered_are_those_of_clients_found_by_an_index(filled: Store) -> None:
    perform(filled, lambda work: work.add(Branch(id=3, code="3", name="无人支行")))
    assert [number for number, _name in filled.read(table.branches)] == [1, 2]
    steps: list[str] = []

    class Watched:
        def __init__(self, reads: Reads) -> None:
            self.reads = reads

        def rows(self, sql: str) -> list[tuple[object, ...]]:
            steps.extend(row[3] for row in self.reads.rows(f"EXPLAIN QUERY PLAN {sql}"))
            return self.reads.rows(sql)

    filled.read(lambda reads: table.branches(Watched(reads)))  # type: ignore[arg-type]
    assert any("ix_client_branch_id" in step for step in steps), steps


def test_rows_come_in_the_order_asked_for_and_keep_unknown_unknown(filled: Store) -> None:
    rows = filled.read(table.rows_of, standing(), [4, 999, 3, 10])
    assert [row.id for row in rows] == [4, 3, 10]
    four, three, ten = rows
    assert (four.matures_on, four.matures_minor, four.aum_minor) == (TODAY, 200, None)
    assert (three.tier, three.group, three.gap_days, three.aum_minor) == (Tier.T4, "G4", None, 300)
    assert three.tenure == pytest.approx(2, abs=0.01)
    assert (ten.tier, ten.group, ten.score, ten.aum_minor, ten.change_90) == (None, None, None, None, None)
    assert ten.phone == "138 •••• 0010"


def test_an_empty_portfolio_is_an_empty_table(store: Store) -> None:
    nobody = np.zeros(0, np.int64)
    nothing = np.zeros(0)
    empty = Standing(nobody, nobody, nobody, nobody, nothing, nothing, nothing, nothing, "CNY", TODAY)
    result = store.read(table.find, empty, ClientFilter(), Order())
    assert (result.count, result.cells, result.total) == (0, (0,) * 9, 0)
    assert store.read(table.rows_of, empty, []) == ()


def test_reading_a_screen_of_rows_reads_no_other_client(filled: Store) -> None:
    class Counted:
        def __init__(self, reads: Reads) -> None:
            self.reads, self.seen = reads, 0

        def rows(self, sql: str, params: object = ()) -> list[tuple[object, ...]]:
            found = self.reads.rows(sql, params)  # type: ignore[arg-type]
            self.seen += len(found)
            return found

    def read(reads: Reads) -> int:
        counted = Counted(reads)
        table.rows_of(counted, standing(), [1, 2, 3, 4])  # type: ignore[arg-type]
        return counted.seen

    assert filled.read(read) == 5  # four clients, and one maturity


filters = st.builds(
    ClientFilter,
    tiers=st.lists(st.sampled_from(Tier), unique=True).map(tuple),
    familiarities=st.lists(st.sampled_from(Familiarity), unique=True).map(tuple),
    groups=st.lists(st.sampled_from(GROUPS), unique=True).map(tuple),
    quiet_days=st.none() | st.integers(0, 400),
    matures_days=st.none() | st.integers(0, 90),
    branches=st.lists(st.integers(1, 3), unique=True).map(tuple),
    statuses=st.lists(st.sampled_from(ClientStatus), unique=True).map(tuple),
    prospects_only=st.booleans(),
    text=st.text("kh客1' %_", max_size=4),
)


@given(filters)
def test_a_saved_filter_comes_back_as_it_was(chosen: ClientFilter) -> None:
    assert ClientFilter.of(chosen.plain()) == chosen
    assert bool(chosen.plain()) == chosen.narrows


def test_a_filter_of_a_later_version_is_read_as_far_as_known() -> None:
    assert ClientFilter.of({"tiers": ["T5", "T9"], "moon": 1, "groups": ["G1", "G0"]}) == ClientFilter(
        tiers=(Tier.T5,), groups=("G1",)
    )


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(chosen=filters, descending=st.booleans(), column=st.sampled_from([column.key for column in columns.COLUMNS]))
def test_narrowing_further_never_adds_a_client(
    store: Store, chosen: ClientFilter, descending: bool, column: str
) -> None:
    if not store.read(lambda reads: reads.value("SELECT count(*) FROM client")):
        perform(store, portfolio)
    result = set(found(store, chosen, Order(column, descending)).ids)
    wider = dataclasses.replace(chosen, tiers=(), groups=(), quiet_days=None)
    assert result <= set(found(store, wider).ids)
