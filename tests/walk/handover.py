"""A hand-over as a bank's core system writes it: Chinese, GBK, a title above the header, a total below."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rmdesk.services.store.reads import Reads

LEFT = 0.4  # what the client who moves money away leaves behind


@dataclass(frozen=True, slots=True)
class Told:
    """One account that the file tells about, and its balance before."""

    client: int
    client_number: str
    name: str
    account: str
    before_minor: int


def largest(reads: Reads, count: int) -> list[Told]:
    """The clients with the largest demand accounts."""
    rows = reads.rows(
        "SELECT client.id, client.number, client.name, account.number, account.balance_minor"
        " FROM account JOIN client ON client.id = account.client_id"
        " WHERE account.kind = 'demand' AND account.closed_on IS NULL AND client.status = 'active'"
        " ORDER BY account.balance_minor DESC, account.id LIMIT ?",
        (count,),
    )
    return [Told(*row) for row in rows]


def write(path: Path, accounts: list[Told], day: date) -> None:
    """Write the file: the first client has moved money away, the others are as they were."""
    balances = [round(told.before_minor * (LEFT if at == 0 else 1)) for at, told in enumerate(accounts)]
    with path.open("w", encoding="gb18030", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([f"客户账户余额表 {day:%Y年%m月%d日}"])
        writer.writerow(["客户号", "客户姓名", "账号", "账户余额(元)", "币种", "数据日期"])
        for told, minor in zip(accounts, balances, strict=True):
            writer.writerow(
                [told.client_number, told.name, told.account, f"{minor / 100:,.2f}", "人民币", f"{day:%Y%m%d}"]
            )
        writer.writerow(["合计", "", "", f"{sum(balances) / 100:,.2f}", "", ""])
