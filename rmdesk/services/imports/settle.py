"""Makes a staged hand-over complete: months out of transactions, and rows for what is named but not described."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import Any

from rmdesk.base.progress import Progress
from rmdesk.base.text import N_, _
from rmdesk.services.imports import keys, months
from rmdesk.services.imports.kept import ACCOUNT, BRANCH, CLIENT, HOLDING, MONTH, ORDER, PRODUCT, Kept, Link
from rmdesk.services.imports.months import Entry, Month, Span
from rmdesk.services.imports.stage import PAGE, Row, Stage
from rmdesk.services.imports.terms import numbers
from rmdesk.services.store.reads import Reads
from rmdesk.wire.bank import MONTH_FIGURES

WORKING = N_("Working out the months…")

# In month rows made here, in this order after key, day, file and row.
_MONTH = ("month", *MONTH_FIGURES, "partial", "currency", "client_number", "account_number", "stub")


def settle(reads: Reads, stage: Stage, as_of: date, progress: Progress) -> None:
    """Add what follows from the staged records; what an earlier call had added is replaced."""
    for kept in ORDER:
        stage.run(f"DELETE FROM {kept.table} WHERE stub")
    _join_people(stage)
    _add_months(reads, stage, as_of, progress)
    for kept in (HOLDING, MONTH, ACCOUNT, CLIENT):
        for link in kept.links:
            _add_named(reads, stage, kept, link)


def _join_people(stage: Stage) -> None:
    """Somebody told once with a client number and once with the ID document alone is one client."""
    pairs = stage.rows(
        "SELECT alone.at, min(whole.at) FROM client alone JOIN client whole ON whole.id_number = alone.id_number"
        " WHERE alone.at LIKE '~i:%' AND whole.number IS NOT NULL GROUP BY alone.at"
        " HAVING count(DISTINCT whole.at) = 1"
        if stage.rows("SELECT 1 FROM client WHERE at LIKE '~i:%' LIMIT 1")
        else "SELECT 1 WHERE 0"
    )
    fields = CLIENT.fields
    columns = ", ".join(f'"{field}"' for field in fields)
    for alone, whole in pairs:
        rows = stage.rows(f"SELECT as_of, file, row, {columns} FROM client WHERE at = ?", (alone,))
        number = fields.index("number")
        stage.put(
            CLIENT,
            fields,
            [(whole, *row[:3], *(whole if i == number else v for i, v in enumerate(row[3:]))) for row in rows],
        )
        stage.run("DELETE FROM client WHERE at = ?", (alone,))
        for table in (ACCOUNT.table, HOLDING.table, MONTH.table):
            stage.run(f"UPDATE {table} SET client_number = ? WHERE client_number = ?", (whole, alone))


def _add_months(reads: Reads, stage: Stage, as_of: date, progress: Progress) -> None:
    edge = stage.rows("SELECT min(day), max(day), count(*) FROM tx")[0]
    if not edge[2]:
        return
    since, until = date.fromisoformat(edge[0]), date.fromisoformat(edge[1])
    month_end = until.replace(day=months.days_in(months.number(until)))
    span = Span(since, max(until, min(as_of, month_end)), numbers().carry_months, numbers().grace_days)
    page: list[Row] = []
    done = 0
    for account, client, currency, entries in _accounts(stage):
        opening = None if all(entry.balance is not None for entry in entries) else _end_before(reads, account, entries)
        key = keys.holder(account, client)
        made = months.months_of(entries, span, opening)
        page += [_staged(key, as_of, account, client, currency, month) for month in made]
        done += len(entries)
        if len(page) >= PAGE:
            stage.put(MONTH, _MONTH, page)
            page = []
            progress.at(done, edge[2], _(WORKING))
    stage.put(MONTH, _MONTH, page)


def _accounts(stage: Stage) -> Iterator[tuple[str | None, str | None, str | None, list[Entry]]]:
    """The transactions of one account after the other, in the order of their days."""
    sql = "SELECT holder, account, client, currency, day, amount, balance, own FROM tx ORDER BY holder, day"
    rows = (row for page in stage.stream(sql) for row in page)
    for _holder, of_account in groupby(rows, key=lambda row: row[0]):
        listed = list(of_account)
        entries = [Entry(date.fromisoformat(row[4]), row[5], row[6], _flag(row[7])) for row in listed]
        client = next((row[2] for row in listed if row[2] is not None), None)
        yield listed[0][1], client, listed[0][3], entries


def _staged(
    key: str | None, as_of: date, account: str | None, client: str | None, currency: str | None, month: Month
) -> Row:
    """A staged row; it has a day of its own, so that it is never laid together with what a file told itself."""
    return (
        f"{key}|{month.month:06d}",
        as_of.isoformat(),
        0,
        None,
        month.month,
        month.end,
        month.average,
        month.paid_in,
        month.paid_out,
        month.count,
        month.last_on,
        month.last_own_on,
        int(month.partial),
        currency,
        client,
        account,
        2,
    )


def _end_before(reads: Reads, account: str | None, entries: list[Entry]) -> int | None:
    """The balance that an earlier hand-over told for the end of the month before the first entry."""
    value = reads.value(
        "SELECT m.end_minor FROM month_fact m JOIN account a ON a.id = m.account_id"
        " WHERE a.number = ? AND m.month = ? AND NOT m.partial",
        (account, months.number(entries[0].day) - 1),
    )
    return None if value is None else int(value)


def _add_named(reads: Reads, stage: Stage, kept: Kept, link: Link) -> None:
    """A row for each thing that is named here and described neither in the hand-over nor in the portfolio."""
    target = {CLIENT.entity: CLIENT, ACCOUNT.entity: ACCOUNT, PRODUCT.entity: PRODUCT, BRANCH.entity: BRANCH}[link.to]
    also, fields = _told_with(kept, target)
    sql = (
        f'SELECT "{link.field}" named, min(file), min(row) {also} FROM {kept.table}'
        f' WHERE "{link.field}" IS NOT NULL AND substr("{link.field}", 1, 1) <> ?'
        f' AND NOT EXISTS (SELECT 1 FROM {target.table} t WHERE t.at = "{link.field}")'
        f" {'AND client_number IS NOT NULL' if target is ACCOUNT else ''} GROUP BY 1"
    )
    other = " OR name = named.value" if target is BRANCH else ""
    for page in list(stage.stream(sql, (keys.NUMBERLESS,))):
        names = [row[0] for row in page]
        there = {
            row[0]
            for row in reads.rows(
                f"SELECT named.value FROM json_each(?) named"
                f" WHERE EXISTS (SELECT 1 FROM {target.table} WHERE {target.key} = named.value{other})",
                (keys.listed(names),),
            )
        }
        if target is BRANCH:
            there |= {row[0] for row in stage.rows("SELECT name FROM branch WHERE name IS NOT NULL")}
        stage.put(
            target,
            (target.key, *fields, "stub"),
            [(row[0], "", row[1], row[2], row[0], *row[3:], 1) for row in page if row[0] not in there],
        )


def _told_with(kept: Kept, target: Kept) -> tuple[str, tuple[str, ...]]:
    """What the row that names a thing tells of it: columns for the query, and the fields they fill."""
    if target is ACCOUNT:
        return ", max(client_number), max(currency)", ("client_number", "currency")
    if target is PRODUCT:
        return ", max(name), max(kind)", ("name", "kind")
    if target is BRANCH:
        return f", max({kept.table}.branch_code)", ("name",)
    return "", ()


def _flag(value: Any) -> bool | None:
    return None if value is None else bool(value)
