"""Lays what a hub told of the bank's facts over the tables: whole rows, as they are, in bulk.

Unlike a hand-over there is nothing to weigh: the hub's importer did that. What the desk set itself stays (`kept`),
and so does what only an earlier hand-over at this desk had told. Nothing of this can be undone here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from rmdesk.models.kinds import Topic
from rmdesk.services.imports import keys
from rmdesk.services.imports.days import Days
from rmdesk.services.imports.kept import ACCOUNT, CLIENT, HOLDING, MONTH, Kept
from rmdesk.services.imports.lapsing import Lapsing
from rmdesk.services.imports.matching import LISTED
from rmdesk.services.imports.overlay import Line, Overlay, Put
from rmdesk.services.imports.stage import Row
from rmdesk.services.imports.terms import Terms
from rmdesk.wire.bank import (
    ACCOUNT_COLUMNS,
    AS_OF,
    BRANCH_COLUMNS,
    HOLDING_COLUMNS,
    MONTH_COLUMNS,
    PRODUCT_COLUMNS,
    ClientFacts,
    MoneyFacts,
    Part,
)

if TYPE_CHECKING:
    from rmdesk.services.store.work import UnitOfWork


@dataclass(slots=True)
class Laid:
    """What became of it: the ids of the clients told of by number, whose money is to be added up again, which
    accounts are new, and what a client's money names that is not here ("account", "client" or "product", its key).
    """

    clients: dict[str, int] = field(default_factory=dict)
    touched: set[int] = field(default_factory=set)
    accounts: list[str] = field(default_factory=list)
    products: list[str] = field(default_factory=list)
    missing: dict[str, set[tuple[str, str]]] = field(default_factory=lambda: defaultdict(set))

    def arrived(self) -> dict[str, Iterable[str]]:
        """What is here now that something may have waited for, by kind."""
        return {"account": self.accounts, "client": self.clients, "product": self.products}


class Laying:
    """Lays facts of one book after the other; `days` says which batch stands for their days."""

    def __init__(self, work: UnitOfWork, terms: Terms) -> None:
        self._work = work
        self._overlay = Overlay(work, terms)
        self._merged = {row[0] for row in work.rows("SELECT merged_into FROM client WHERE merged_into IS NOT NULL")}
        self.laid = Laid()

    def products(self, products: Sequence[Part], days: Days) -> None:
        """Products as they are now."""
        self.laid.products += [row[0] for row in products]
        self._named("product", PRODUCT_COLUMNS, products, days)

    def clients(self, clients: Sequence[ClientFacts], days: Days, known: Mapping[str, int] | None = None) -> None:
        """Who they are; `known` gives the ids of clients that do not carry their number yet."""
        if not clients:
            return
        self._named("branch", BRANCH_COLUMNS, [facts.branch for facts in clients if facts.branch], days)
        branches = self._ids("branch", "code", {facts.branch[0] for facts in clients if facts.branch})
        lines = [_client(facts, branches, days) for facts in clients]
        sounds = {facts.number: facts.sounds for facts in clients if facts.sounds is not None}
        put = self._overlay.put(CLIENT, lines, known, sounds)
        for facts, client in zip(clients, put.ids, strict=True):
            self.laid.clients[facts.number] = client
        self.laid.touched.update(put.ids[place] for place in (*put.new, *put.changed))

    def money(self, money: Sequence[MoneyFacts], days: Days) -> None:
        """What they hold; clients that are not here are left out and named in `missing`."""
        owners = self._owners({facts.number for facts in money})
        here = [facts for facts in money if facts.number in owners]
        for facts in money:
            if facts.number not in owners:
                self.laid.missing[facts.number].add(("client", facts.number))
        if not here:
            return
        lapsing = Lapsing(self._work, set(owners.values()) - self._merged)
        self._named("branch", BRANCH_COLUMNS, [row for facts in here for row in facts.branches], days)
        accounts = self._accounts(here, owners, days)
        lapsing.told(ACCOUNT, accounts.values())
        known = accounts | self._ids("account", "number", self._others(here, accounts))
        lapsing.told(HOLDING, self._holdings(here, owners, known, days))
        lapsing.told(MONTH, self._months(here, owners, known, days))
        self.laid.touched |= lapsing.lapse()

    def _accounts(self, money: Sequence[MoneyFacts], owners: Mapping[Any, int], days: Days) -> dict[str, int]:
        """The ids of the accounts by number."""
        told = [(facts.number, row) for facts in money for row in facts.accounts]
        branches = self._ids("branch", "code", {row[_BRANCH] for _, row in told})
        seconds = self._owners({row[_SECOND] for _, row in told})
        lines = []
        for number, row in told:
            second = seconds.get(row[_SECOND])
            if row[_SECOND] is not None and second is None:
                self.laid.missing[number].add(("client", row[_SECOND]))
            links = (owners[number], second, branches.get(row[_BRANCH]))
            lines.append(_dated(row, _pick_account((*row[:-1], _extra(row[-1]), *links)), days))
        put = self._put(ACCOUNT, lines)
        self.laid.accounts += [lines[place].key for place in put.new]
        return {line.key: at for line, at in zip(lines, put.ids, strict=True)}

    def _holdings(
        self, money: Sequence[MoneyFacts], owners: Mapping[Any, int], accounts: Mapping[Any, int], days: Days
    ) -> list[int]:
        products = self._ids("product", "code", {row[_PRODUCT] for facts in money for row in facts.holdings})
        lines = []
        for facts in money:
            for row in facts.holdings:
                account = self._account(facts, row[_HOLDING_ACCOUNT], accounts)
                if row[_PRODUCT] is not None and row[_PRODUCT] not in products:
                    self.laid.missing[facts.number].add(("product", row[_PRODUCT]))
                links = (owners[facts.number], account, products.get(row[_PRODUCT]))
                lines.append(_dated(row, _pick_holding((*row[:-1], _extra(row[-1]), *links)), days))
        return self._put(HOLDING, lines).ids

    def _months(
        self, money: Sequence[MoneyFacts], owners: Mapping[Any, int], accounts: Mapping[Any, int], days: Days
    ) -> list[int]:
        lines = []
        headers: dict[str | None, Row] = {}  # there are many months and few days
        for facts in money:
            owner = owners[facts.number]
            for row in facts.months:
                number, day = row[_MONTH_ACCOUNT], row[_TOLD]
                account = None if number is None else accounts.get(number) or self._account(facts, number, accounts)
                if account is None and number is not None:
                    continue  # without its account it would count as the client's whole month
                header = headers.get(day)
                if header is None:
                    header = headers[day] = (days.batch(day),)
                lines.append(Line("", _pick_month((*row, owner, account)), header))
        return self._put(MONTH, lines).ids

    def _account(self, facts: MoneyFacts, number: str | None, accounts: Mapping[Any, int]) -> int | None:
        found = accounts.get(number) if number is not None else None
        if number is not None and found is None:
            self.laid.missing[facts.number].add(("account", number))
        return found

    def _put(self, kept: Kept, lines: list[Line]) -> Put:
        put = self._overlay.put(kept, lines)
        place = kept.columns.index("client_id")
        self.laid.touched.update({lines[at].values[place] for at in put.new})
        for at in put.changed:
            self.laid.touched.add(lines[at].values[place])
            before = put.before[at]
            if before is not None:
                self.laid.touched.add(before[1 + place])
        return put

    def _others(self, money: Sequence[MoneyFacts], accounts: Mapping[Any, int]) -> set[str]:
        """Accounts that these clients name and that are somebody else's."""
        named = {row[_HOLDING_ACCOUNT] for facts in money for row in facts.holdings}
        named |= {row[_MONTH_ACCOUNT] for facts in money for row in facts.months}
        return {number for number in named if number is not None and number not in accounts}

    def _owners(self, numbers: Iterable[str | None]) -> dict[Any, int]:
        """The ids of clients by number; of one that was merged the id it was merged into."""
        wanted = keys.listed(number for number in numbers if number is not None)
        sql = f"SELECT number, coalesce(merged_into, id) FROM client WHERE number {LISTED}"
        return dict(self._work.rows(sql, (wanted,)))

    def _ids(self, table: str, key: str, wanted: Iterable[str | None]) -> dict[Any, int]:
        listed = keys.listed(name for name in wanted if name is not None)
        return dict(self._work.rows(f"SELECT {key}, id FROM {table} WHERE {key} {LISTED}", (listed,)))

    def _named(self, table: str, columns: tuple[str, ...], rows: Sequence[Part], days: Days) -> None:
        """Branches and products by their code; the last of several that tell of one holds."""
        if not rows:
            return
        by_code = {row[0]: (*row[:-1], days.batch(row[-1])) for row in rows}
        names = (*columns[:-1], "batch_id")
        sets = ", ".join(f"{name} = coalesce(excluded.{name}, {name})" for name in names[1:])
        differs = " OR ".join(f"{name} IS NOT coalesce(excluded.{name}, {name})" for name in names[1:])
        self._work.bulk(
            f"INSERT INTO {table} ({', '.join(names)}, first_batch_id) VALUES ({', '.join('?' * len(names))}, ?)"
            f" ON CONFLICT (code) DO UPDATE SET {sets} WHERE {differs}",
            [(*row, row[-1]) for _, row in sorted(by_code.items())],
            topics={Topic.HOLDINGS if table == "product" else Topic.CLIENTS},
        )


_SECOND, _BRANCH = ACCOUNT_COLUMNS.index("second"), ACCOUNT_COLUMNS.index("branch")
_HOLDING_ACCOUNT, _PRODUCT = HOLDING_COLUMNS.index("account"), HOLDING_COLUMNS.index("product")
_MONTH_ACCOUNT, _TOLD = MONTH_COLUMNS.index("account"), MONTH_COLUMNS.index("told")


def _picked(kept: Kept, columns: tuple[str, ...]) -> Callable[[Part], Row]:
    """Puts the columns of a part, and the ids of its links after them, in the order they are kept in."""
    given = (*columns, *(link.column for link in kept.links))
    return itemgetter(*(given.index(column) for column in kept.columns))


_pick_account = _picked(ACCOUNT, ACCOUNT_COLUMNS)
_pick_holding = _picked(HOLDING, HOLDING_COLUMNS)
_pick_month = _picked(MONTH, MONTH_COLUMNS)


def _client(facts: ClientFacts, branches: Mapping[str | None, int], days: Days) -> Line:
    told = facts.values | {"number": facts.number, "extra": _extra(facts.values.get("extra"))}
    told["branch_id"] = branches.get(facts.branch[0]) if facts.branch else None
    values = tuple(told.get(column) for column in CLIENT.columns)
    return Line(facts.number, values, (*days.header(facts.as_of), days.older(facts.older)))


def _dated(row: Part, values: Row, days: Days) -> Line:
    """Accounts and holdings begin with their key, their day and the days of older values."""
    return Line(row[0], values, (*days.header(row[AS_OF]), days.older(row[AS_OF + 1])))


def _extra(extra: Any) -> str | None:
    return keys.packed(extra) if extra else None
