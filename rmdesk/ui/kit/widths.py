"""How the columns of a table share the room of its window."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rmdesk.ui.kit.columns import Column
from rmdesk.ui.kit.theme import theme

LEAST = 56  # units of text that a column has in any case
LAST = 2  # a text at the end is the longest as a rule: it takes so many times its share


def capped(widths: Sequence[int], room: int) -> int:
    """How wide a column may be at most for all of them to have room together; never less than can be read."""
    left, count = room, len(widths)
    for width in sorted(widths):
        if width * count > left:
            return max(theme.px(LEAST), left // count)
        left, count = left - width, count - 1
    return max(widths, default=0)


def spread(columns: Sequence[Column[Any]], widths: Sequence[int], spare: int) -> list[int]:
    """How many pixels each column gets of those to spare: in proportion to its width, a text at the end twice that.

    Figures get their part only where they end the row: alone at the far edge they would not be read with the rest.
    """
    if spare <= 0 or not columns:
        return [0] * len(columns)
    if columns[-1].right:
        weights = list(widths)
    else:
        weights = [0 if column.right else width for column, width in zip(columns, widths, strict=True)]
        weights[-1] *= LAST
    whole = sum(weights)
    return [spare * weight // whole if whole else 0 for weight in weights]
