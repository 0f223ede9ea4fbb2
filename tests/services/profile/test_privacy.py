"""No field lacks its place in the privacy table, and every condition in it runs."""

from __future__ import annotations

import pytest

from rmdesk.models.all import Model
from rmdesk.models.clients import Client
from rmdesk.services.profile import privacy
from rmdesk.services.rulebook import book
from rmdesk.services.store.store import Store
from tests.support.build import perform

COLUMNS = {table.name: {column.name for column in table.columns} for table in Model.metadata.sorted_tables}


@pytest.mark.parametrize("table", sorted(COLUMNS))
def test_no_column_lacks_its_place(table: str) -> None:
    row = next((one for one in privacy.tables() if one.table == table), None)
    assert row is not None, f"say in resources/rules/privacy.toml what {table} keeps on whom"
    told = [*(field.field for field in row.fields), *row.silent]
    assert sorted(told) == sorted(COLUMNS[table])


def test_no_row_is_about_what_is_not_kept() -> None:
    assert {one.table for one in privacy.tables()} == set(COLUMNS)
    for table in ("client", "person"):
        assert set(privacy.masked(table)) <= COLUMNS[table]


def test_every_table_that_hangs_on_a_client_says_whose_rows_they_are() -> None:
    hanging = {"client"}
    for table in Model.metadata.sorted_tables:
        if any(key.column.table.name in hanging for key in table.foreign_keys if table.name not in ("change",)):
            hanging.add(table.name)
    without = {one.table for one in privacy.tables() if not one.of}
    # Only what a client's rows point to, and texts stripped of client facts, belong to nobody.
    assert hanging & without == set()


def test_whose_rows_they_are_can_be_asked(store: Store) -> None:
    perform(store, lambda work: work.add(Client(id=1, name="周文敏")))
    for table in privacy.personal():
        for condition in filter(None, (table.of, table.alone)):
            sql = f"SELECT count(*) FROM {table.table} WHERE {condition}"
            store.read(lambda reads, sql=sql: reads.value(sql, {"client": 1}))


def test_accounts_and_children_are_sensitive() -> None:
    for table in ("account", "holding", "month_fact"):
        assert {field.kind for field in next(one for one in privacy.tables() if one.table == table).fields} == {
            "sensitive"
        }
    person = next(one for one in privacy.tables() if one.table == "person")
    assert {field.field: field.kind for field in person.fields}["birth_date"] == "sensitive"
    assert not any("religion" in column for columns in COLUMNS.values() for column in columns)


def test_every_class_purpose_and_retention_is_named() -> None:
    for table in privacy.tables():
        for field in table.fields:
            assert privacy.class_name(field.kind)
            assert privacy.purpose_name(field.purpose)
            assert field.retention.source
    for name, entry in book("privacy")["retentions"].items():
        assert entry["keep"] == bool(entry.get("years")), name
