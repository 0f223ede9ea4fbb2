"""Facts of clients who go to another book keep their days and find their products there."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from rmdesk.hub.services.bank.load import Options, load
from rmdesk.hub.services.handing.carrying import carried
from rmdesk.wire import bank
from rmdesk.wire.ids import client_id, scope_id
from tests.hub.services.test_bank_load import ACCOUNTS, CLIENTS, feed, table
from tests.support.hub import HubUnderTest

HOLDINGS = ("客户号", "合同号", "产品代码", "产品名称", "金额")


def test_days_stay_and_products_go_along(hub: HubUnderTest, tmp_path: Path) -> None:
    people = hub.people
    clients = [("0001", "周文敏", "1", "RM-wang"), ("0002", "王小明", "2", "RM-wang"), ("0003", "陈静", "3", "RM-li")]
    load(hub.core, [table(tmp_path / "c.csv", CLIENTS, clients)], Options(as_of=date(2026, 11, 20)))
    held = [table(tmp_path / "h.csv", HOLDINGS, [("0001", "D1", "P1", "稳盈", "5.00")])]
    held.append(table(tmp_path / "a.csv", ACCOUNTS, [("0001", "6222", "CNY", "1.00")]))
    load(hub.core, held, Options(as_of=date(2026, 11, 20)))
    later = table(tmp_path / "l.csv", CLIENTS, clients[2:])
    load(hub.core, [later], Options(as_of=date(2026, 11, 21)))
    scopes = [scope_id("bank", book) for book in (people.wang.book, people.li.book)]
    moving = [row for row in feed(hub, people.wang.book) if row.client == client_id("0001")]
    with hub.core.database.transaction(scopes) as connection:
        rows = carried(connection, people.wang.book, people.li.book, moving, 0)
        again = carried(connection, people.wang.book, people.wang.book, moving, 0)
    by_type = {row.type: row for row in rows}
    assert next(row.type for row in rows) == bank.PRODUCT
    assert by_type[bank.PRODUCT].id == bank.product_record(people.li.book, "P1")
    assert bank.product_facts(str(by_type[bank.PRODUCT].fields["facts"]))[0] == "P1"
    assert bank.client_facts(str(by_type[bank.CLIENT].fields["facts"])).as_of == "2026-11-20"
    money = bank.money_facts(str(by_type[bank.MONEY].fields["facts"]))
    assert {row[1] for row in (*money.accounts, *money.holdings)} == {"2026-11-20"}
    assert again == moving
