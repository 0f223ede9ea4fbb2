"""One maker per kind of record: which columns of a block become which fields."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from itertools import compress
from typing import Any

from rmdesk.services.imports import dates, words
from rmdesk.services.imports.block import Block, made
from rmdesk.services.imports.layout import Layout
from rmdesk.services.imports.records import FIELDS, Chunk, Entity

_SPECIFIC_KEYS = {
    "holding.card_key": "card",
    "holding.loan_key": "loan",
    "holding.standing_order_key": "standing_order",
}


class Clients:
    """The client of each row; the same client may come again with the next row."""

    def __init__(self, told: frozenset[str], currency: str, main: bool) -> None:
        self._told, self._currency, self._main = told, currency, main

    def __call__(self, block: Block) -> Iterable[Chunk]:
        told: dict[str, Any] = {f: block.column(f"client.{f}") for f in FIELDS[Entity.CLIENT]}
        told["branch_code"] = block.column("branch.code", "branch.name")
        told["currency"] = block.currency(self._currency) if told["aum_minor"] is not None else None
        told["as_of"] = block.column("as_of")
        told["extra"] = block.extra if self._main else None
        births = block.column("client.birth_number")
        if births is not None:
            told["birth_date"] = [b and b[0] for b in births]
            told["sex"] = [b and b[1] for b in births]
        told["phone"], told["other_phones"] = _phones(block)
        keys = ("number", "id_number", "name", "phone", "email")
        yield made(Entity.CLIENT, told, block.numbers, keys)


def _phones(block: Block) -> tuple[list[Any] | None, list[Any] | None]:
    """The first phone of each row, and all others one a line."""
    columns = [told for name, told in sorted(block.values.items()) if name.startswith("client.other_phones")]
    first = block.column("client.phone")
    if first is not None:
        columns.insert(0, first)
    if not columns:
        return None, None
    if len(columns) == 1 and first is not None and not any(c and "\n" in c for c in first):
        return first, None
    phones: list[Any] = []
    others: list[Any] = []
    for told in zip(*columns, strict=True):
        numbers = list(dict.fromkeys(line for c in told if c for line in c.split("\n")))
        phones.append(numbers[0] if numbers else None)
        others.append("\n".join(numbers[1:]) or None)
    return phones, others


class Accounts:
    """The account of each row, with the client as owner or, by the role, as second holder."""

    def __init__(self, told: frozenset[str], currency: str, main: bool) -> None:
        self._told, self._currency, self._main = told, currency, main

    def __call__(self, block: Block) -> Iterable[Chunk]:
        told: dict[str, Any] = {f: block.column(f"account.{f}") for f in FIELDS[Entity.ACCOUNT]}
        told["client_number"] = block.column("client.number")
        told["branch_code"] = block.column("branch.code", "branch.name")
        told["as_of"] = block.column("as_of")
        told["extra"] = block.extra if self._main else None
        told["currency"] = block.currency(self._currency)
        roles, clients = block.column("account.role"), told["client_number"]
        if roles is not None and clients is not None:
            second = told["second_client_number"] or block.same(None)
            told["client_number"] = [c if r != "second" else None for c, r in zip(clients, roles, strict=True)]
            told["second_client_number"] = [
                c if r == "second" else s for c, r, s in zip(clients, roles, second, strict=True)
            ]
        yield made(Entity.ACCOUNT, told, block.numbers, ("number",))


class Holdings:
    """The holding of each row; without a contract number its key is made of what tells it from others."""

    def __init__(self, told: frozenset[str], currency: str) -> None:
        self._currency = currency
        self._kind = next((kind for name, kind in _SPECIFIC_KEYS.items() if name in told), None)
        self._made: Counter[str] = Counter()

    def __call__(self, block: Block) -> Iterable[Chunk]:
        told: dict[str, Any] = {f: block.column(f"holding.{f}") for f in FIELDS[Entity.HOLDING]}
        told["client_number"] = block.column("client.number")
        told["account_number"] = block.column("account.number")
        told["product_code"] = block.column("product.code")
        told["name"] = [n or "" for n in block.column("holding.name", "product.name") or block.same("")]
        told["kind"] = self._kinds(block, told["name"])
        told["as_of"] = block.column("as_of")
        told["extra"] = block.extra
        told["currency"] = block.currency(self._currency)
        term, start = block.column("holding.term_months"), told["started_on"]
        if told["matures_on"] is None and term is not None and start is not None:
            told["matures_on"] = [d and n and months_on(d, n) for d, n in zip(start, term, strict=True)]
        told["key"] = self._keys(block, told)
        yield made(Entity.HOLDING, told, block.numbers, ("key",))

    def _kinds(self, block: Block, names: list[str]) -> list[str]:
        told = block.column("holding.kind", "product.kind")
        if told is not None:
            return [k or self._kind or "other" for k in told]
        if self._kind:
            return block.same(self._kind)
        return [kind_in(name) for name in names]

    def _keys(self, block: Block, told: dict[str, Any]) -> list[str]:
        keys = told["key"] or block.same(None)
        for name, kind in _SPECIFIC_KEYS.items():
            own = block.column(name)
            if own is not None:
                keys = [k or (f"{kind}:{o}" if o else None) for k, o in zip(keys, own, strict=True)]
        if all(keys):
            return keys
        parts = [
            told["account_number"] or block.same(None),
            block.column("client.number", "client.id_number", "client.name") or block.same(None),
            told["product_code"] or told["name"],
            told["matures_on"] or told["started_on"] or block.same(None),
        ]
        rows = zip(*parts, strict=True)
        return [key or self._made_key(a or c, p, d) for key, (a, c, p, d) in zip(keys, rows, strict=True)]

    def _made_key(self, holder: Any, product: Any, day: date | None) -> str:
        key = f"{holder}|{product or ''}|{day or ''}"
        self._made[key] += 1
        return key if self._made[key] == 1 else f"{key}#{self._made[key]}"


def kind_in(name: str) -> str:
    """The kind a product's name tells, or other."""
    known = words.choices("holding.kind")
    plain = words.normal(name)
    if plain in known:
        return known[plain]
    within = [word for word in known if len(word) > 1 and not word.isascii() and word in plain]
    return known[max(within, key=len)] if within else "other"


def months_on(day: date, months: int) -> date | None:
    """The same day some months later, or the last day of that month."""
    month = day.year * 12 + day.month - 1 + months
    if month // 12 > 9999:
        return None
    for number in range(day.day, 27, -1):
        try:
            return date(month // 12, month % 12 + 1, number)
        except ValueError:
            continue
    return date(month // 12, month % 12 + 1, day.day)


class PerKind:
    """Columns that say how much (or how many) of one kind the client of the row holds: one holding each."""

    def __init__(self, layout: Layout, currency: str) -> None:
        self._currency = currency
        self._columns = [
            (c.target, c.header, *c.target.removeprefix("holding.").rsplit("_", 1))
            for c in layout.columns
            if c.target.startswith("holding.") and c.target.endswith(("_count", "_amount"))
        ]

    def __call__(self, block: Block) -> Iterable[Chunk]:
        holders = block.column("account.number", "client.number", "client.id_number", "client.name")
        if holders is None:
            return
        for target, header, kind, what in self._columns:
            amounts = block.column(target)
            if amounts is None:
                continue
            there = [bool(a) for a in amounts]
            told: dict[str, Any] = {
                "key": [f"{kind}@{holder}" for holder in holders],
                "client_number": block.column("client.number"),
                "account_number": block.column("account.number"),
                "name": block.same(words.plain_header(header)),
                "kind": block.same(kind),
                "amount_minor": amounts if what == "amount" else None,
                "extra": [{"count": a} for a in amounts] if what == "count" else None,
                "currency": block.currency(self._currency),
                "as_of": block.column("as_of"),
            }
            chunk = made(Entity.HOLDING, told, block.numbers)
            rows = list(compress(chunk.rows, there))
            yield Chunk(Entity.HOLDING, chunk.fields, rows, list(compress(chunk.numbers, there)))


class Months:
    """The month of each row, or one month for every column that names a month in its header."""

    def __init__(self, layout: Layout, currency: str, as_of: date | None) -> None:
        self._currency = currency
        self._as_of = None if as_of is None else dates.month_of(as_of)
        wide: dict[int, dict[str, str]] = {}
        for index, c in enumerate(layout.columns):
            month = dates.month_of(c.part.replace("_", "-")) if c.part else None
            if month is not None and c.target.startswith("month."):
                wide.setdefault(month, {})[c.target.removeprefix("month.")] = f"{c.target}@{index}"
        self._wide = wide

    def __call__(self, block: Block) -> Iterable[Chunk]:
        links: dict[str, Any] = {
            "client_number": block.column("client.number"),
            "account_number": block.column("account.number"),
            "currency": block.currency(self._currency),
        }
        for month, names in sorted(self._wide.items()):
            told = {field: block.column(name) for field, name in names.items()}
            yield self._facts({**links, "month": block.same(month)}, told, block)
        told = {f: block.column(f"month.{f}") for f in FIELDS[Entity.MONTH] if f not in (*links, "month")}
        if any(column is not None for column in told.values()):
            months = block.column("month.month") or self._from_days(block)
            yield self._facts({**links, "month": months}, told, block)

    def _from_days(self, block: Block) -> list[Any]:
        days = block.column("as_of") or block.same(None)
        return [self._as_of if d is None else d.year * 12 + d.month - 1 for d in days]

    @staticmethod
    def _facts(links: dict[str, Any], told: dict[str, Any], block: Block) -> Chunk:
        chunk = made(Entity.MONTH, {**links, **told}, block.numbers)
        facts = [column for column in told.values() if column is not None]
        there = [any(v is not None for v in row) for row in zip(*facts, strict=True)]
        if all(there):
            return chunk
        return Chunk(
            chunk.entity, chunk.fields, list(compress(chunk.rows, there)), list(compress(chunk.numbers, there))
        )
