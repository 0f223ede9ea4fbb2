"""Reads the money side of one client: accounts, products held, maturities, the history of balances."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from struct import unpack

from rmdesk.base import clock
from rmdesk.models.kinds import AssetKind, ClientId
from rmdesk.services.clients import freshness
from rmdesk.services.store.reads import Reads, Row

UNTOLD = -(2**63)  # a month nobody told, in the blobs of client_figures


@dataclass(frozen=True, slots=True)
class AccountRow:
    """An account; `balance_minor` None: never told. `second` is true where this client is the second holder."""

    id: int
    number: str
    kind: AssetKind
    currency: str
    balance_minor: int | None
    opened_on: date | None
    closed_on: date | None
    branch: str
    second: bool
    as_of: date | None
    batch: int | None
    stale: bool


@dataclass(frozen=True, slots=True)
class HoldingRow:
    """Something held; `days_left` counts to the maturity, negative when it has passed, None without one."""

    id: int
    name: str
    kind: AssetKind
    product: str
    amount_minor: int | None
    currency: str
    rate_bp: int | None
    started_on: date | None
    matures_on: date | None
    days_left: int | None
    ended_on: date | None
    renewed: bool | None
    as_of: date | None
    batch: int | None
    stale: bool


@dataclass(frozen=True, slots=True)
class Rung:
    """What matures in one calendar month, per currency, in its minor units."""

    month: int  # year * 12 + month - 1
    currency: str
    amount_minor: int
    count: int


@dataclass(frozen=True, slots=True)
class Balances:
    """Month by month, oldest first: balance at the month's end and daily average, in minor units.

    None where no hand-over told the month. `months` count from year 0: year * 12 + month - 1.
    """

    currency: str
    months: tuple[int, ...]
    ends: tuple[int | None, ...]
    averages: tuple[int | None, ...]
    as_of: date | None
    stale: bool

    @property
    def known(self) -> bool:
        """Whether any month was told."""
        return any(value is not None for value in (*self.ends, *self.averages))


def accounts_of(reads: Reads, client: ClientId, day: date | None = None) -> tuple[AccountRow, ...]:
    """The client's accounts, open ones first, largest balance first; also those held as second holder."""
    today, limit = day or clock.today(), freshness.stale_days()
    rows = reads.rows(
        """
        SELECT a.id, a.number, a.kind, a.currency, a.balance_minor, a.opened_on, a.closed_on,
               coalesce(b.name, ''), a.client_id <> :client, a.as_of, a.batch_id
        FROM account a LEFT JOIN branch b ON b.id = a.branch_id
        WHERE a.client_id = :client OR a.id IN (SELECT id FROM account WHERE second_client_id = :client)
        ORDER BY a.closed_on IS NOT NULL, a.balance_minor DESC, a.number
        """,
        {"client": client},
    )
    return tuple(_account(row, today, limit) for row in rows)


def holdings_of(
    reads: Reads, client: ClientId, day: date | None = None, *, ended: bool = False
) -> tuple[HoldingRow, ...]:
    """What the client holds, next maturity first, then by amount; `ended` adds what is over."""
    today, limit = day or clock.today(), freshness.stale_days()
    rows = reads.rows(
        f"""
        SELECT h.id, h.name, h.kind, coalesce(p.name, ''), h.amount_minor, h.currency, h.rate_bp, h.started_on,
               h.matures_on, h.ended_on, h.renewed, h.as_of, h.batch_id
        FROM holding h LEFT JOIN product p ON p.id = h.product_id
        WHERE h.client_id = ? {"" if ended else "AND (h.ended_on IS NULL OR h.ended_on > ?)"}
        ORDER BY h.ended_on IS NOT NULL, h.matures_on IS NULL, h.matures_on, h.amount_minor DESC, h.id
        """,
        (client,) if ended else (client, today.isoformat()),
    )
    return tuple(_holding(row, today, limit) for row in rows)


def ladder(holdings: tuple[HoldingRow, ...], day: date, months: int) -> tuple[Rung, ...]:
    """The maturities of the next `months` calendar months from `day` on, a rung per month and currency."""
    first = month_of(day)
    rungs: dict[tuple[int, str], tuple[int, int]] = {}
    for holding in holdings:
        if holding.matures_on is None or holding.matures_on < day or holding.amount_minor is None:
            continue
        month = month_of(holding.matures_on)
        if month - first < months:
            amount, count = rungs.get((month, holding.currency), (0, 0))
            rungs[month, holding.currency] = (amount + holding.amount_minor, count + 1)
    return tuple(Rung(month, currency, *rungs[month, currency]) for month, currency in sorted(rungs))


def balances_of(reads: Reads, client: ClientId, day: date | None = None) -> Balances:
    """The client's last 24 months, in the portfolio's currency; all unknown when nothing was ever told."""
    row = reads.one(
        "SELECT last_month, ends, averages, aum_on, currency FROM client_figures WHERE client_id = ?", (client,)
    )
    if row is None or row[0] is None:
        return Balances("" if row is None else row[4], (), (), (), None, stale=False)
    last, as_of = int(row[0]), as_date(row[3])
    ends, averages = _values(row[1]), _values(row[2])
    length = max(len(ends), len(averages))
    return Balances(
        row[4],
        tuple(range(last - length + 1, last + 1)),
        ends or (None,) * length,
        averages or (None,) * length,
        as_of,
        freshness.is_stale(as_of, day or clock.today()),
    )


def month_of(day: date) -> int:
    """The month a day lies in, counted from year 0."""
    return day.year * 12 + day.month - 1


def as_date(text: str | None) -> date | None:
    """A kept day as a date."""
    return None if text is None else date.fromisoformat(text)


def _values(blob: bytes | None) -> tuple[int | None, ...]:
    if not blob:
        return ()
    return tuple(None if value == UNTOLD else value for value in unpack(f"<{len(blob) // 8}q", blob))


def _account(row: Row, today: date, limit: int) -> AccountRow:
    as_of = as_date(row[9])
    return AccountRow(
        id=row[0],
        number=row[1],
        kind=AssetKind(row[2]),
        currency=row[3],
        balance_minor=row[4],
        opened_on=as_date(row[5]),
        closed_on=as_date(row[6]),
        branch=row[7],
        second=bool(row[8]),
        as_of=as_of,
        batch=row[10],
        stale=freshness.is_stale(as_of, today, limit),
    )


def _holding(row: Row, today: date, limit: int) -> HoldingRow:
    matures, as_of = as_date(row[8]), as_date(row[11])
    return HoldingRow(
        id=row[0],
        name=row[1],
        kind=AssetKind(row[2]),
        product=row[3],
        amount_minor=row[4],
        currency=row[5],
        rate_bp=row[6],
        started_on=as_date(row[7]),
        matures_on=matures,
        days_left=None if matures is None else (matures - today).days,
        ended_on=as_date(row[9]),
        renewed=None if row[10] is None else bool(row[10]),
        as_of=as_of,
        batch=row[12],
        stale=freshness.is_stale(as_of, today, limit),
    )
