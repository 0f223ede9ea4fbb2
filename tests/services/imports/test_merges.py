"""Merging moves everything that names a client, and parting puts every row back."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from rmdesk.base.errors import Refused
from rmdesk.models.all import Model
from rmdesk.models.kinds import ClientId
from rmdesk.services.imports.merges import MergeClients
from rmdesk.services.imports.merging import side_by_side
from rmdesk.services.segments import figures
from rmdesk.services.store.references import all_naming_clients
from rmdesk.services.store.store import Store
from rmdesk.services.store.work import UnitOfWork
from rmdesk.services.visits.commands import LogVisit, RemoveVisit
from rmdesk.services.visits.entry import Entry
from rmdesk.services.visits.rules import Owed
from tests.conftest import TODAY
from tests.services.imports.handovers import account, client, contents, holding, month, take_in, told
from tests.support.build import perform

ONE, TWO = ClientId(1), ClientId(2)
MONTH = 24321
PARENTS = (  # what rows that name a client belong to, besides
    "INSERT INTO person (id, name, pinyin, initials, official) VALUES ('parent', 'n', '', '', 0)",
    "INSERT INTO household (id, name) VALUES ('parent', 'n')",
    "INSERT INTO campaign (id, name, purpose, state, starts_on, with_open, made_on)"
    " VALUES ('parent', 'n', 'sell', 'draft', '2026-01-01', 0, '2026-01-01')",
    """INSERT INTO journal (id, "on", content, method, entered_at) VALUES ('parent', '2026-01-01', '', '', '')""",
)


def everything(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables but the change records, and what is computed from the rest."""
    names = [name for name in Model.metadata.tables if name not in {"change", "kept", "search_change"}]
    return store.read(lambda reads: {name: reads.rows(f"SELECT * FROM {name} ORDER BY 1, 2") for name in names})


def sample(column: Any, serial: int) -> Any:
    """A value for a column that must have one."""
    if column.default is not None:
        return int(column.default.arg) if isinstance(column.default.arg, bool) else column.default.arg
    told = {"Day": "2026-01-01", "Instant": "2026-01-01T00:00:00.000+00:00", "Json": "{}", "Integer": serial, "Flag": 1}
    return told.get(type(column.type).__name__, f"t{serial}")


def fill(work: UnitOfWork, client: int) -> None:
    """A row in every table that names clients, naming this one."""
    for sql in PARENTS:
        work.bulk(sql, topics=())
    for serial, (table, column) in enumerate(all_naming_clients(), start=1):
        if table in ("client", "client_figures"):
            continue
        values = {}
        for one in Model.metadata.tables[table].columns:
            points = {key.column.table.name for key in one.foreign_keys}
            if one.name == column or (points == {"client"} and not one.nullable):
                values[one.name] = client
            elif not one.nullable and points:
                values[one.name] = "parent"
            elif not one.nullable and not (one.primary_key and type(one.type).__name__ == "Integer"):
                values[one.name] = sample(one, serial)
        if table == "relationship":  # each end is a client or a person
            values["to_person_id" if column.startswith("from") else "from_person_id"] = "parent"
        names = ", ".join(f'"{name}"' for name in values)
        marks = ", ".join("?" * len(values))
        work.bulk(f"INSERT INTO {table} ({names}) VALUES ({marks})", tuple(values.values()), topics=())
    figures.refresh(work)


def test_no_table_that_names_clients_is_forgotten(store: Store) -> None:
    take_in(store, [client("C1", name="甲"), client("C2", name="乙")])
    perform(store, lambda work: fill(work, TWO))
    before = everything(store)
    merged = store.perform(MergeClients(ONE, TWO))
    for table, column in all_naming_clients():
        if table == "client_figures":
            continue
        named = store.read(lambda reads, t=table, c=column: {row[0] for row in reads.rows(f"SELECT {c} FROM {t}")})
        assert TWO not in named, table
        assert ONE in named, table
    assert merged.inverse is not None
    parted = store.perform(merged.inverse)
    assert everything(store) == before
    assert parted.inverse is not None
    store.perform(parted.inverse)
    assert told(store, "client", "merged_into") == [(None,), (1,)]


def test_fields_come_from_the_side_that_was_chosen(store: Store) -> None:
    take_in(store, [client("C1", name="单明", phone="1"), client("C2", name="王小明", phone="2", email="a@b.cn")])
    pair = store.read(side_by_side, 1, 2)
    assert {
        p.field: (p.keep, p.drop, p.from_drop, p.differs) for p in pair.fields if p.field in ("phone", "email")
    } == {
        "phone": ("1", "2", False, True),
        "email": (None, "a@b.cn", True, False),
    }
    store.perform(MergeClients(ONE, TWO, taken=("name",)))
    assert told(store, "client", "name", "initials", "phone", "email", "number")[0] == (
        "王小明",
        "wxm",
        "1",
        "a@b.cn",
        "C1",
    )


def test_months_of_both_as_a_whole_add_up(store: Store) -> None:
    take_in(
        store,
        [
            month(client_number="C1", month=MONTH, end_minor=5, in_minor=1, last_tx_on=date(2026, 1, 2)),
            month(client_number="C2", month=MONTH, end_minor=7, last_tx_on=date(2026, 1, 9)),
            month(client_number="C2", month=MONTH + 1, end_minor=8),
        ],
    )
    before = contents(store)
    merged = store.perform(MergeClients(ONE, TWO))
    kept = told(store, "month_fact", "client_id", "month", "end_minor", "in_minor", "last_tx_on")
    assert [row for row in kept if row[0] == 1] == [(1, MONTH, 12, 1, "2026-01-09"), (1, MONTH + 1, 8, None, None)]
    assert merged.inverse is not None
    store.perform(merged.inverse)
    assert contents(store) == before


def test_the_banks_next_hand_over_finds_both_numbers(store: Store) -> None:
    files = [
        client("C1", name="甲"),
        client("C2", name="甲"),
        account("A1", "C1", balance_minor=1),
        account("A2", "C2", balance_minor=2),
        holding(key="H", client_number="C2", account_number="A2", kind="fund", amount_minor=3),
    ]
    take_in(store, files)
    store.perform(MergeClients(ONE, TWO))
    assert told(store, "account", "client_id") == [(1,), (1,)]
    assert take_in(store, files).result.batch is None
    take_in(store, [account("A3", "C2", balance_minor=5)])
    assert told(store, "account", "client_id")[-1] == (1,)
    pair = store.read(lambda reads: reads.rows("SELECT client_id, aum_minor FROM client_figures ORDER BY 1"))
    assert pair[0] == (1, 1 + 2 + 3 + 5)


@pytest.mark.parametrize(("keep", "drop"), [(1, 1), (1, 9)])
def test_a_client_cannot_be_merged_with_itself_or_nobody(store: Store, keep: int, drop: int) -> None:
    take_in(store, [client("C1")])
    with pytest.raises(Refused):
        store.perform(MergeClients(ClientId(keep), ClientId(drop)))


def test_an_import_that_was_merged_since_is_not_undone(store: Store) -> None:
    applied = take_in(store, [client("C1"), client("C2")])
    store.perform(MergeClients(ONE, TWO))
    assert applied.inverse is not None
    with pytest.raises(Refused) as refused:
        store.perform(applied.inverse)
    assert refused.value.code == "edited_since"


def test_what_was_removed_and_brought_back_meanwhile_goes_back_as_well(store: Store) -> None:
    take_in(store, [client("C1"), client("C2")])
    mine, theirs = (
        store.perform(LogVisit(Entry(one, "phone", "x", promises=(Owed("y", TODAY),)))).result for one in (TWO, ONE)
    )
    before = everything(store)
    merged = store.perform(MergeClients(ONE, TWO))
    removed = store.perform(RemoveVisit(mine))
    assert removed.inverse is not None
    assert merged.inverse is not None
    store.perform(removed.inverse)
    store.perform(merged.inverse)
    assert everything(store) == before
    assert sorted(told(store, "visit", "id", "client_id")) == sorted([(mine, TWO), (theirs, ONE)])
