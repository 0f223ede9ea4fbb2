"""Where the dots of the nine fields lie, and which clients share one. Columns in, one entry per client, and
columns out; no I/O."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


def places(known: Floats, tie: Ints, field: Ints) -> Floats:
    """The place across a field, 0 to 1: by rank in it, so the better known lie further right and none hides another.

    `known` grows with contacts and knowledge; `tie` decides among equals; `field` is the field of each client.
    """
    order = np.lexsort((tie, known, field))
    sizes = np.bincount(field, minlength=int(field.max(initial=0)) + 1)
    starts = np.concatenate(([0], np.cumsum(sizes)[:-1]))
    ranks = np.empty(len(field))
    ranks[order] = np.arange(len(field)) - starts[field[order]]
    return np.asarray((ranks + 0.5) / sizes[field], dtype=np.float64)


def heights(amount: Floats, low: Floats, high: Floats) -> Floats:
    """The place upwards between two amounts, 0 to 1, by the logarithm; what is outside lies at the edge."""
    spread = np.log(np.maximum(high, low * 1.0001) / low)
    inside = np.log(np.maximum(amount, 1e-9) / low) / spread
    return np.clip(np.nan_to_num(inside, nan=0.0, neginf=0.0), 0.0, 1.0)


def shared(field: Ints, x: Floats, y: Floats, warned: Flags, steps: int) -> Ints:
    """The number of the dot of each client where those who lie together share one; the warned have their own."""
    across = np.minimum((x * steps).astype(np.int64), steps - 1)
    up = np.minimum((y * steps).astype(np.int64), steps - 1)
    return ((field * steps + across) * steps + up) * 2 + warned
