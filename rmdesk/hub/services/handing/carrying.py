"""What the bank told of clients who go to another book: their days stay what they were, their products go along."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec.structs import replace
from psycopg import Connection

from rmdesk.hub.services.rows import COLUMNS, read
from rmdesk.wire import bank
from rmdesk.wire.ids import scope_id
from rmdesk.wire.merge import next_rev
from rmdesk.wire.messages import Row


def carried(connection: Connection[Any], from_book: str, to_book: str, rows: Sequence[Row], epoch: int) -> list[Row]:
    """Rows of the old book's `bank:` scope as they come into the new one, and the products it lacks before them.

    Both scopes are the transaction's and locked. The caller numbers the rows; a product is a new record there.
    """
    day, other = (_day(connection, book) for book in (from_book, to_book))
    told = [
        replace(row, fields={bank.FACTS: bank.rebased(row.type, str(row.fields[bank.FACTS]), day, other)})
        if row.fields.get(bank.FACTS)
        else row
        for row in rows
    ]
    codes = {
        code
        for row in told
        if row.type == bank.MONEY and not row.deleted
        for code in bank.products_of(str(row.fields[bank.FACTS]))
    }
    return [*_products(connection, from_book, to_book, codes, epoch), *told]


def _products(connection: Connection[Any], from_book: str, to_book: str, codes: set[str], epoch: int) -> list[Row]:
    new = {bank.product_record(to_book, code): code for code in sorted(codes)}
    there = {row.id: row for row in _read(connection, to_book, list(new))}
    wanted = [code for record, code in new.items() if record not in there or there[record].deleted]
    old = {
        row.id: row for row in _read(connection, from_book, [bank.product_record(from_book, code) for code in wanted])
    }
    found = []
    for code in wanted:
        row = old.get(bank.product_record(from_book, code))
        if row is None:
            continue
        record = bank.product_record(to_book, code)
        rev = next_rev(there[record].rev if record in there else 0, epoch)
        scope = scope_id("bank", to_book)
        found.append(replace(row, id=record, scope=scope, rev=rev, field_rev={bank.FACTS: rev}, deleted=False))
    return found


def _day(connection: Connection[Any], book: str) -> str:
    rows = _read(connection, book, [bank.day_record(book)])
    return (bank.day_facts(str(rows[0].fields[bank.FACTS])) or "") if rows and not rows[0].deleted else ""


def _read(connection: Connection[Any], book: str, records: list[str]) -> list[Row]:
    return read(
        connection,
        f"SELECT {COLUMNS} FROM record WHERE scope_id = %s AND id = ANY(%s)",
        (scope_id("bank", book), records),
    )
