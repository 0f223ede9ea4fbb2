"""Records of branches and products out of columns."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import compress
from typing import Any

from rmdesk.services.imports.block import Block, made
from rmdesk.services.imports.facts import kind_in
from rmdesk.services.imports.records import FIELDS, Chunk, Entity


class Branches:
    """Every branch once per file; one told by name alone has its name as code."""

    def __init__(self) -> None:
        self._seen: set[tuple[Any, ...]] = set()

    def __call__(self, block: Block) -> Iterable[Chunk]:
        codes = block.column("branch.code", "branch.name")
        names = block.column("branch.name", "branch.code")
        regions = block.column("branch.region") or block.same(None)
        rows, numbers = [], []
        for row, number in zip(zip(codes or (), names or (), regions, strict=False), block.numbers, strict=False):
            if row[0] and row not in self._seen:
                self._seen.add(row)
                rows.append(row)
                numbers.append(number)
        yield Chunk(Entity.BRANCH, ("code", "name", "region"), rows, numbers)


class Products:
    """Every product once per file, as far as the columns describe it."""

    def __init__(self, currency: str) -> None:
        self._currency = currency
        self._seen: set[str] = set()

    def __call__(self, block: Block) -> Iterable[Chunk]:
        told = {f: block.column(f"product.{f}") for f in FIELDS[Entity.PRODUCT] if f != "currency"}
        told["name"] = block.column("product.name", "holding.name", "product.code")
        told["kind"] = block.column("product.kind", "holding.kind")
        if told["kind"] is None and told["name"]:
            told["kind"] = [kind_in(name) for name in told["name"]]
        told["currency"] = block.currency(self._currency) if told["minimum_minor"] else None
        fresh = []
        for code in told["code"] or ():
            fresh.append(bool(code) and code not in self._seen)
            if code:
                self._seen.add(code)
        chunk = made(Entity.PRODUCT, told, block.numbers)
        yield Chunk(chunk.entity, chunk.fields, list(compress(chunk.rows, fresh)), list(compress(chunk.numbers, fresh)))
