"""Which tables name clients, from the schema itself, so that no table is forgotten when a feature adds one."""

from __future__ import annotations

from functools import cache

# What the bank told, and what is worked out of it: not records of the manager.
FACTS = frozenset({"client", "account", "holding", "month_fact", "client_figures"})


@cache
def all_naming(told: str) -> tuple[tuple[str, str], ...]:
    """Every (table, column) that refers to a table."""
    from rmdesk.models.all import Model

    return tuple(
        sorted(
            (table.name, column.name)
            for table in Model.metadata.tables.values()
            for column in table.columns
            for key in column.foreign_keys
            if key.column.table.name == told
        )
    )


def all_naming_clients() -> tuple[tuple[str, str], ...]:
    """Every (table, column) that refers to a client."""
    return all_naming("client")


@cache
def naming_clients() -> tuple[tuple[str, str], ...]:
    """The same for records that the manager makes."""
    return tuple((table, column) for table, column in all_naming_clients() if table not in FACTS)
