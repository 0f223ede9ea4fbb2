"""Records of transactions out of columns."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rmdesk.services.imports import words
from rmdesk.services.imports.block import Block, made
from rmdesk.services.imports.records import FIELDS, Chunk, Entity


class Transactions:
    """The transaction of each row, its amount signed: what leaves the account is negative."""

    def __init__(self, told: frozenset[str], currency: str) -> None:
        self._currency = currency

    def __call__(self, block: Block) -> Iterable[Chunk]:
        told: dict[str, Any] = {f: block.column(f"transaction.{f}") for f in FIELDS[Entity.TRANSACTION]}
        told["client_number"] = block.column("client.number")
        told["account_number"] = block.column("account.number")
        told["currency"] = block.currency(self._currency)
        told["amount_minor"] = self._signed(block)
        told["own"] = self._own(block)
        yield made(Entity.TRANSACTION, told, block.numbers, ("on",))

    @staticmethod
    def _signed(block: Block) -> list[Any]:
        amounts = block.column("transaction.amount_minor")
        if amounts is None:
            into = block.column("transaction.in_minor") or block.same(None)
            out = block.column("transaction.out_minor") or block.same(None)
            return [
                None if i is None and o is None else abs(i or 0) - abs(o or 0) for i, o in zip(into, out, strict=True)
            ]
        directions = block.column("transaction.direction")
        if directions is None:
            return amounts
        signs = {"in": 1, "out": -1}
        return [
            a if a is None or d not in signs else signs[d] * abs(a) for a, d in zip(amounts, directions, strict=True)
        ]

    @staticmethod
    def _own(block: Block) -> list[Any] | None:
        causes, texts = block.column("transaction.cause"), block.column("transaction.text")
        if causes is None and texts is None:
            return None
        known = words.choices("transaction.cause")
        booked = [cause == "bank" for cause in causes or block.same(None)]
        if texts is not None:
            booked = [b or (t is not None and words.normal(t) in known) for b, t in zip(booked, texts, strict=True)]
        return [not b for b in booked]
