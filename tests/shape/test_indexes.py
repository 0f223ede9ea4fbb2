"""What points to another record is found by an index: else each removal of that record reads the whole table."""

from __future__ import annotations

from rmdesk.models.all import Model

# Few rows each: the files of one hand-over, and what the bank's export names once.
SMALL = {"batch", "branch", "product"}
FEW = {"draft"}  # at most one for each open form


def test_every_reference_has_an_index() -> None:
    missing = []
    for table in Model.metadata.tables.values():
        if table.name in FEW:
            continue
        leading = {next(iter(index.columns)).name for index in table.indexes}
        leading |= {next(iter(table.primary_key)).name}
        for column in table.columns:
            told = {key.column.table.name for key in column.foreign_keys} - SMALL
            if told and column.name not in leading:
                missing.append(f"{table.name}.{column.name}")
    assert missing == []
