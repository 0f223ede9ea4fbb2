"""Chance that is the same on every machine and in every version of Python: only whole-number arithmetic and
`Random.random`, which alone is promised to stay as it is."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """One stream of chance; parts of the portfolio have one each, so that a change in one leaves the others alone."""

    def __init__(self, seed: int, part: str) -> None:
        self._roll = Random(f"{seed}/{part}").random

    def share(self) -> float:
        """A number from 0 up to, not including, 1."""
        return self._roll()

    def chance(self, probability: float) -> bool:
        """True as often as the probability says."""
        return self._roll() < probability

    def between(self, least: int, most: int) -> int:
        """A whole number, both ends included."""
        return least + int(self._roll() * (most - least + 1))

    def pick(self, things: Sequence[T]) -> T:
        """One of them, all equally likely."""
        return things[int(self._roll() * len(things))]

    def weigh(self, things: Sequence[tuple[T, float]]) -> T:
        """One of them, as likely as its weight says."""
        left = self._roll() * sum(weight for _thing, weight in things)
        for thing, weight in things:
            left -= weight
            if left < 0:
                return thing
        return things[-1][0]

    def some(self, things: Sequence[T], count: int) -> list[T]:
        """`count` different ones, in chance order."""
        rest = list(things)
        return [rest.pop(int(self._roll() * len(rest))) for _ in range(min(count, len(rest)))]

    def id(self) -> str:
        """A record id, 32 hex digits in the form of a UUIDv7."""
        bits = [int(self._roll() * (1 << 32)) for _ in range(4)]
        digits = "".join(f"{part:08x}" for part in bits)
        return f"01{digits[2:12]}7{digits[13:16]}8{digits[17:]}"
