"""All views of loyalty at once, ready to be drawn."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from rmdesk.base.record import record
from rmdesk.services.loyalty import queries
from rmdesk.services.loyalty.queries import Pareto, Silent, Stood, TimeValue
from rmdesk.services.rfm.queries import Rfm, rfm
from rmdesk.services.store.reads import Reads

TRAP = "trap"


@record
class Views:
    """What the page draws: the columns behind, and the counts of its marks. `tenths` are shares of the AUM."""

    pareto: Pareto
    tenths: tuple[float, ...]
    stood: tuple[Stood, ...]
    corners: dict[str, int]  # of the map, and `trap`
    silent: tuple[Silent, ...]
    time: TimeValue
    rfm: Rfm
    cells: npt.NDArray[np.int64]
    fitted: int  # clients of whom transactions tell
    likely: int  # of these, probably still active


def views(reads: Reads, *, quintiles: bool = False) -> Views:
    """Everything, from one reading of the portfolio."""
    curve, classes = queries.pareto(reads), rfm(reads, quintiles=quintiles)
    size = len(curve.client)
    held = [0.0, *(float(curve.held[size * at // 10 - 1]) if size * at // 10 else 0.0 for at in range(1, 11))]
    stood = queries.stances(reads)
    corners = Counter(one.stance.value for one in stood)
    corners[TRAP] = sum(bool(one.trap) for one in stood)
    known = classes.alive[~np.isnan(classes.alive)]
    return Views(
        pareto=curve,
        tenths=tuple(after - before for before, after in pairwise(held)),
        stood=stood,
        corners=dict(corners),
        silent=queries.silent_loyal(reads),
        time=queries.time_value(reads),
        rfm=classes,
        cells=classes.counts(),
        fitted=len(known),
        likely=int((known >= 0.5).sum()),
    )
