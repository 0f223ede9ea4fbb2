"""A profile with an invented portfolio of any size, written in bulk; and the bank's files of the same people."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import numpy.typing as npt

from bench import desk
from bench.people import Person, days, month_number, people
from bench.told import DAY
from rmdesk.base import clock
from rmdesk.models.kinds import AssetKind, Channel, Topic, new_id
from rmdesk.services.care import kept as care
from rmdesk.services.clients import pinyin
from rmdesk.services.segments import figures
from rmdesk.services.store import profile
from rmdesk.services.store.command import Done
from rmdesk.services.store.work import UnitOfWork

EACH = 5  # holdings of a client
MONTHS = 24
KINDS = (AssetKind.DEMAND, AssetKind.TIME, AssetKind.WEALTH, AssetKind.FUND, AssetKind.INSURANCE)
SHOWN = ("活期", "定期", "理财", "基金", "保险")
NAMES = ("活期存款", "整存整取三年", "稳盈理财九十天", "成长混合基金", "福满年年")
LOT = 20_000


@dataclass(frozen=True, slots=True)
class Fill:
    """Fill an empty profile with clients, accounts, holdings, contacts and occasions; gives back how many clients."""

    label: ClassVar[str] = "Fill in the portfolio of the benchmark"
    count: int

    def apply(self, work: UnitOfWork) -> Done[int]:
        dice = np.random.default_rng(7)
        work.bulk("INSERT INTO batch (id, at, who, as_of, state) VALUES (1, ?, 'bench', ?, 'applied')",
                  (clock.now().isoformat(), DAY.isoformat()), topics=())  # fmt: skip
        _put(work, "branch", ("id", "code", "name"), [(at, f"B{at}", f"第{at}支行") for at in range(1, 9)])
        crowd = people(self.count)
        _put(work, "client", CLIENT, list(_clients(crowd)))
        _put(work, "account", ACCOUNT, list(_accounts(crowd, dice)))
        _put(work, "holding", HOLDING, list(_holdings(crowd, dice)))
        _put(work, "visit", VISIT, list(_visits(self.count, dice)))
        _put(work, "occasion", OCCASION, list(_occasions(crowd)))
        _put(work, "complaint", COMPLAINT, list(_complaints(self.count, dice)))
        for table, columns, rows in desk.tables(self.count):
            _put(work, table, columns, rows)
        figures.refresh(work)
        work.bulk(_MONTHS, list(_months(work, dice)), topics=())
        return Done(self.count)


@dataclass(frozen=True, slots=True)
class Touch:
    """Change nothing, so that what was kept of the day is forgotten."""

    label: ClassVar[str] = "Touch"

    def apply(self, work: UnitOfWork) -> Done[None]:
        return Done(None)


def kept(folder: Path, *, keep: bool) -> None:
    """Have the day computed before and kept, or forgotten."""
    clock.fix(DAY)
    store = profile.open_demo(folder)
    store.perform(Touch())
    if keep:
        care.keep(store, store.read(care.care_day))
        care.keep(store, store.read(care.warnings))
    store.close()
    clock.fix(None)


def made(folder: Path, count: int) -> Path:
    """A demo profile (its key lies beside it) with that many clients; made now unless it is there."""
    if not (folder / "rmdesk.db").exists():
        clock.fix(DAY)
        store = profile.create(folder, who="bench", demo=True)
        store.perform(Fill(count))
        store.close()
        clock.fix(None)
    return folder


def files(folder: Path, count: int) -> list[Path]:
    """The bank's files: clients.csv and holdings.csv, as exports of banks look."""
    clients, holdings = folder / f"clients-{count}.csv", folder / f"holdings-{count}.csv"
    if not holdings.exists():
        crowd, dice = people(count), np.random.default_rng(7)
        with clients.open("w", encoding="utf-8", newline="") as file:
            out = csv.writer(file)
            out.writerow(
                ("客户号", "客户姓名", "性别", "出生日期", "证件号码", "手机", "所在区县", "客户风险等级", "开户日期")
            )
            out.writerows(
                (p.number, p.name, "女男"["FM".index(p.sex)], p.birth_date, p.id_number, p.phone, p.district,
                 f"C{p.risk}", p.opened_on) for p in crowd
            )  # fmt: skip
        with holdings.open("w", encoding="utf-8", newline="") as file:
            out = csv.writer(file)
            out.writerow(("合约号", "客户号", "产品名称", "产品类型", "持仓金额", "币种", "起息日", "到期日"))
            for row in _holdings(crowd, dice):
                kind = [str(kind) for kind in KINDS].index(row[4])
                amount = f"{row[5] / 100:.2f}"
                out.writerow((row[0], crowd[row[1] - 1].number, row[3], SHOWN[kind], amount, "CNY", row[7], row[8]))
    return [clients, holdings]


CLIENT = ("id", "number", "origin", "kind", "status", "name", "pinyin", "initials", "sex", "birth_date", "id_kind",
          "id_number", "phone", "district", "risk_level", "opened_on", "branch_id", "as_of", "batch_id",
          "first_batch_id")  # fmt: skip
ACCOUNT = ("number", "client_id", "kind", "currency", "opened_on", "balance_minor", "as_of", "batch_id",
           "first_batch_id")  # fmt: skip
HOLDING = ("key", "client_id", "account_id", "name", "kind", "amount_minor", "currency", "started_on", "matures_on",
           "as_of", "batch_id", "first_batch_id")  # fmt: skip
VISIT = ("id", "client_id", "state", "channel", "on", "two_way", "inbound", "marketing", "entered_at")
OCCASION = ("id", "client_id", "kind", "calendar", "year", "month", "day", "leap", "once")
COMPLAINT = ("id", "client_id", "text", "severity", "received_on", "allowed_days", "state")


def _put(work: UnitOfWork, table: str, columns: Sequence[str], rows: list[tuple[Any, ...]]) -> None:
    names, marks = ", ".join(f'"{column}"' for column in columns), ", ".join("?" * len(columns))
    for start in range(0, len(rows), LOT):
        work.bulk(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows[start : start + LOT], topics={Topic.CLIENTS})


def _clients(crowd: list[Person]) -> Iterator[tuple[Any, ...]]:
    day, known = DAY.isoformat(), dict[str, pinyin.Reading]()
    for at, one in enumerate(crowd, start=1):
        parts = [known.get(part) or known.setdefault(part, pinyin.reading(part)) for part in one.name]
        given = "".join(part.pinyin for part in parts[1:]).lower().capitalize()
        yield (at, one.number, "bank", "person", "active", one.name, f"{parts[0].pinyin} {given}",
               "".join(part.initials for part in parts), one.sex, one.birth_date, "resident", one.id_number, one.phone,
               one.district, one.risk, one.opened_on, one.branch, day, 1, 1)  # fmt: skip


def _accounts(crowd: list[Person], dice: np.random.Generator) -> Iterator[tuple[Any, ...]]:
    balances = _amounts(dice, len(crowd), 9.5)
    for at, (one, balance) in enumerate(zip(crowd, balances, strict=True), start=1):
        yield (f"6228{one.number}", at, "demand", "CNY", one.opened_on, balance, DAY.isoformat(), 1, 1)


def _holdings(crowd: list[Person], dice: np.random.Generator) -> Iterator[tuple[Any, ...]]:
    count, day = len(crowd) * EACH, DAY.isoformat()
    kinds, amounts = dice.integers(1, len(KINDS), count).tolist(), _amounts(dice, count, 10.5)
    started, matures = days(dice, count, 1, 3 * 365).tolist(), days(dice, count, -2 * 365, 60).tolist()
    for at in range(count):
        kind = kinds[at]
        until = matures[at] if kind in (1, 2) else None
        yield (f"H{at:08d}", at // EACH + 1, None, NAMES[kind], str(KINDS[kind]), amounts[at], "CNY", started[at],
               until, day, 1, 1)  # fmt: skip


def _visits(count: int, dice: np.random.Generator) -> Iterator[tuple[Any, ...]]:
    visits = count * 2
    whom, on = dice.integers(1, count + 1, visits).tolist(), days(dice, visits, 1, 700).tolist()
    channels, dice_ = [str(channel) for channel in Channel], dice.random((visits, 3))
    for at in range(visits):
        own, inbound, cancelled = dice_[at]
        state = "cancelled" if cancelled < 0.03 else "held"
        yield (new_id(), whom[at], state, channels[int(own * len(channels))], on[at], 1, int(inbound < 0.3),
               int(own < 0.1), f"{on[at]}T09:00:00.000+00:00")  # fmt: skip


def _occasions(crowd: list[Person]) -> Iterator[tuple[Any, ...]]:
    for at, one in enumerate(crowd, start=1):
        if at % 4 == 0:
            year, month, day = map(int, one.birth_date.split("-"))
            calendar = "lunar" if at % 16 == 0 and day < 30 else "solar"
            yield (new_id(), at, "birthday", calendar, year, month, day, 0, 0)


def _complaints(count: int, dice: np.random.Generator) -> Iterator[tuple[Any, ...]]:
    whom = dice.choice(count, count // 200, replace=False) + 1
    received = days(dice, len(whom), 1, 20).tolist()
    for client, on in zip(whom.tolist(), received, strict=True):
        yield (new_id(), client, "柜台排队时间过长", 500, on, 15, "open")


_MONTHS = """
UPDATE client_figures SET last_month = ?, month_before_minor = ?, quarter_before_minor = ?, peak_minor = ?,
    falling_months = ?, out_minor = ?, active_months = ?, averages = ?, ends = ?, last_own_on = ? WHERE client_id = ?
"""


def _months(work: UnitOfWork, dice: np.random.Generator) -> Iterator[tuple[Any, ...]]:
    """Two years of month ends that wander to the AUM of the day."""
    told = [row for page in work.pages("SELECT client_id, aum_minor FROM client_figures") for row in page]
    steps = dice.normal(1.005, 0.06, (len(told), MONTHS))
    ends = np.array([row[1] or 0 for row in told])[:, None] / np.cumprod(steps, axis=1)[:, ::-1]
    series = np.rint(ends).astype("<i8")
    own, active = days(dice, len(told), 1, 300).tolist(), dice.integers(0, 13, len(told)).tolist()
    last = month_number()
    for at, (client, _aum) in enumerate(told):
        row = series[at]
        falling = int(np.cumprod((row[1:] < row[:-1])[::-1]).sum())
        blob = row.tobytes()
        yield (last, int(row[-1]), int(row[-3]), int(row[-3:].max()), falling, int(row[-1]) // 9, active[at], blob,
               blob, own[at], client)  # fmt: skip


def _amounts(dice: np.random.Generator, count: int, middle: float) -> list[int]:
    """Amounts in fen, many small and a few large."""
    amounts: npt.NDArray[np.int64] = np.rint(np.exp(dice.normal(middle, 1.4, count)) * 100).astype(np.int64)
    listed: list[int] = amounts.tolist()
    return listed
