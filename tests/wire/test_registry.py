"""The list of what travels, held against the models: no table and no column is forgotten."""

from __future__ import annotations

from pathlib import Path

import pytest

from rmdesk.models.all import Model
from rmdesk.wire.messages import SCHEMA
from rmdesk.wire.registry import BANK_COLUMNS, BANK_TABLES, BY_NAME, LOCAL, TYPES, Kind

TABLES = Model.metadata.tables
SAID = Path(__file__).parent / "said"
# Columns that stay at the desk, by table: whose rows came from the bank, and how.
STAY = {
    "client": {"id", "as_of", "batch_id", "first_batch_id", "older", "number", "manager", "manager_since"}
    | {"risk_level", "risk_on", "opened_on", "aum_minor", "currency", "aum_on", "branch_id", "extra"}
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


@pytest.mark.parametrize("schema", range(1, SCHEMA + 1))
def test_what_a_schema_says_stays_and_what_is_new_says_since_when(schema: int) -> None:
    """Programs are out that speak it. A new field ends in @{SCHEMA}, a new kind of record has since={SCHEMA}; add them
    to the newest list in tests/wire/said until a program with it is out, then raise SCHEMA for the next ones.
    """
    said = {
        f"{one.name}.{field.name}" for one in TYPES for field in one.fields if max(one.since, field.since) <= schema
    }
    lines = [line for number in range(1, schema + 1) for line in (SAID / f"{number}.txt").read_text().splitlines()]
    assert said == {f"{name}.{field}" for name, _, told in (line.partition(": ") for line in lines)
                    for field in told.split()}  # fmt: skip
