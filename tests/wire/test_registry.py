"""The list of what travels, held against the models: no table and no column is forgotten."""

from __future__ import annotations

from rmdesk.models.all import Model
from rmdesk.wire.registry import BANK_COLUMNS, BANK_TABLES, BY_NAME, LOCAL, TYPES, Kind

TABLES = Model.metadata.tables
# Columns that stay at the desk, by table: whose rows came from the bank, and how.
STAY = {
    "client": {"id", "as_of", "batch_id", "first_batch_id", "older", "number", "manager", "manager_since"}
    | {"risk_level", "opened_on", "aum_minor", "currency", "aum_on", "branch_id", "extra"}
}


def test_every_table_travels_or_says_why_not() -> None:
    assert set(TABLES) == {one.name for one in TYPES} | set(LOCAL) | set(BANK_TABLES)


def test_every_column_of_a_travelling_table_travels() -> None:
    for one in TYPES:
        columns = {column.name for column in TABLES[one.name].columns}
        own_key = set() if one.key != ("id",) else {"id"}
        assert columns - {field.name for field in one.fields} - STAY.get(one.name, set()) == own_key - STAY.get(
            one.name, set()
        ), one.name


def test_links_point_at_what_travels_and_keys_are_primary() -> None:
    for one in TYPES:
        assert {column.name for column in TABLES[one.name].primary_key} == set(one.key)
        for field in one.fields:
            targets = {key.column.table.name for key in TABLES[one.name].columns[field.name].foreign_keys}
            if field.kind is Kind.LINK:
                assert targets == {field.to}
                assert field.to in BY_NAME
            else:
                assert targets == ({"client"} if field.kind is Kind.CLIENT else set()), (one.name, field.name)


def test_parents_come_before_their_children() -> None:
    names = [one.name for one in TYPES]
    for at, one in enumerate(TYPES):
        for field in one.fields:
            assert field.kind is not Kind.LINK or names.index(field.to) < at, (one.name, field.name)


def test_columns_of_the_bank_are_columns_of_the_client() -> None:
    assert set(BANK_COLUMNS) <= {column.name for column in TABLES["client"].columns}
