"""What a table column is: how a row's cell reads, and how it is drawn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple, TypeVar

R = TypeVar("R")

TEXT = "text"
STRONG = "strong"
CHIP = "chip"
BAR = "bar"
TINTED = "tinted"


class Cell(NamedTuple):
    """One cell, ready to draw: `kind` colours chips and tinted figures, `after` follows in grey, `bar` the parts."""

    text: str
    kind: str = ""
    after: str = ""
    bar: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Column(Generic[R]):
    """A column: `cell` makes the text (or Cell) of a row; it runs once for each row that is seen.

    `draw` is how: text, strong (bold, with `after` in grey), chip, tinted (coloured by `kind`) or bar.
    `width` is at 100 % text size; `fixed` columns are always shown.
    """

    key: str
    title: str
    cell: Callable[[R], str | Cell]
    width: int = 120
    draw: str = TEXT
    right: bool = False
    sorts: bool = True
    shown: bool = True
    fixed: bool = False
    hint: str = ""


def ready(columns: Sequence[Column[R]], row: R) -> tuple[Cell, ...]:
    """All cells of a row."""
    made: list[Cell] = []
    for column in columns:
        cell: Any = column.cell(row)
        made.append(cell if isinstance(cell, Cell) else Cell(cell))
    return tuple(made)
