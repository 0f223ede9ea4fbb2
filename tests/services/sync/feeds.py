"""Rows as a hub would tell them, made of what another desk imported; and what a desk holds, to compare."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rmdesk.services.imports import telling
from rmdesk.services.store.reads import Reads
from rmdesk.services.store.store import Store
from rmdesk.services.sync.bank import apply_bank
from rmdesk.services.sync.joining import JoinHub
from rmdesk.wire import bank, ids
from rmdesk.wire.messages import Row
from tests.services.sync.test_joining import BOOK, DEVICE, welcome
from tests.support import build

SCOPE = f"bank:{BOOK}"
TABLES = ("product", "client", "account", "holding", "month_fact", "client_figures")


def told(store: Store, rev: int = 1, book: str = BOOK, only: Sequence[str] | None = None) -> list[Row]:
    """The feed of a book with all clients of this desk, or some (numbers), in the order of the hub's numbering."""

    def of(reads: Reads) -> list[Row]:
        clients = [
            row[0]
            for row in reads.rows("SELECT id, number FROM client WHERE number IS NOT NULL ORDER BY id")
            if only is None or row[1] in only
        ]
        facts = list(telling.told(reads, clients))
        day = bank.day_of(client.as_of for client, _ in facts)
        rows = [
            _row(bank.MONEY, bank.money_record(money.number), money.number, bank.told_money(money, day), book)
            for _, money in facts
        ]
        for product in telling.products(reads, clients):
            record = bank.product_record(book, product[0])
            rows.append(_row(bank.PRODUCT, record, None, bank.told_part(product), book))
        rows += [
            _row(bank.CLIENT, bank.client_record(one.number), one.number, bank.told_client(one, day), book)
            for one, _ in facts
        ]
        rows.append(_row(bank.DAY, bank.day_record(book), None, bank.told_part((day,)), book))
        for seq, row in enumerate(rows, start=1):
            row.seq, row.rev = seq, rev
        return rows

    return store.read(of)


def _row(kind: str, record: str, number: str | None, text: str, book: str) -> Row:
    client = None if number is None else ids.client_id(number)
    return Row(kind, record, f"bank:{book}", 1, client, fields={bank.FACTS: text})


def join(store: Store) -> None:
    """Follow a hub."""
    store.perform(JoinHub("https://hub.example/", DEVICE, welcome()))


def apply(store: Store, rows: Sequence[Row], page: int = 10_000) -> None:
    """As the engine does: page by page, each in a transaction of its own that may write the bank's facts."""
    for start in range(0, len(rows), page):

        def take(work, some=rows[start : start + page]) -> None:
            work.bulk("UPDATE sync_control SET applying = 1", topics=())
            apply_bank(work, some)
            work.bulk("UPDATE sync_control SET applying = 0", topics=())

        build.perform(store, take)


def held(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """What the bank told, with natural keys in place of ids and days in place of batches."""
    return store.read(lambda reads: {name: sorted(reads.rows(sql), key=repr) for name, sql in _HELD.items()})


_OLDER = (
    "(SELECT json_group_object(key, day) FROM (SELECT o.key, b.as_of AS day FROM json_each({0}.older) o"
    " LEFT JOIN batch b ON b.id = o.value ORDER BY o.key))"
)
_HELD = {
    "client": f"SELECT c.number, c.kind, c.status, c.name, c.pinyin, c.initials, c.pinyin_also, c.sex, c.birth_date,"
    " c.id_kind, c.id_number, c.phone, c.other_phones, c.email, c.wechat, c.address, c.district, c.occupation,"
    " c.employer, c.note, c.manager, c.manager_since, c.risk_level, c.risk_on, c.opened_on, c.aum_minor, c.currency,"
    f" c.aum_on, c.marketing_consent, b.code, b.name, b.region, c.as_of, c.extra, c.origin, {_OLDER.format('c')}"
    " FROM client c LEFT JOIN branch b ON b.id = c.branch_id WHERE c.number IS NOT NULL",
    "account": f"SELECT a.number, c.number, s.number, a.kind, a.currency, a.opened_on, a.closed_on, a.balance_minor,"
    f" a.average_minor, a.year_tx_count, b.code, a.as_of, a.extra, {_OLDER.format('a')} FROM account a"
    " JOIN client c ON c.id = a.client_id LEFT JOIN client s ON s.id = a.second_client_id"
    " LEFT JOIN branch b ON b.id = a.branch_id",
    "holding": f"SELECT h.key, c.number, a.number, p.code, h.name, h.kind, h.amount_minor, h.currency, h.started_on,"
    f" h.matures_on, h.ended_on, h.rate_bp, h.renewed, h.as_of, h.extra, {_OLDER.format('h')} FROM holding h"
    " JOIN client c ON c.id = h.client_id LEFT JOIN account a ON a.id = h.account_id"
    " LEFT JOIN product p ON p.id = h.product_id",
    "month_fact": "SELECT c.number, a.number, m.month, m.currency, m.end_minor, m.average_minor, m.in_minor,"
    " m.out_minor, m.tx_count, m.last_tx_on, m.last_own_on, m.partial, b.as_of FROM month_fact m"
    " JOIN client c ON c.id = m.client_id LEFT JOIN account a ON a.id = m.account_id"
    " LEFT JOIN batch b ON b.id = m.batch_id",
    "product": "SELECT p.code, p.name, p.kind, p.risk, p.term_days, p.rate_bp, p.minimum_minor, p.currency, b.as_of"
    " FROM product p LEFT JOIN batch b ON b.id = p.batch_id",
    "client_figures": "SELECT c.number, f.currency, f.aum_minor, f.aum_on, f.demand_minor, f.idle_minor,"
    " f.last_month, f.month_before_minor, f.quarter_before_minor, f.peak_minor, f.falling_months, f.out_minor,"
    " f.active_months, f.last_own_on, f.product_kinds, f.since, f.left_out, f.averages, f.ends"
    " FROM client_figures f JOIN client c ON c.id = f.client_id",
}
