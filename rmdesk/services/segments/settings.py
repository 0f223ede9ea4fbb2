"""What a bank may change about its segments."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from rmdesk.base.errors import Refused
from rmdesk.base.text import N_
from rmdesk.services.segments import tables
from rmdesk.services.settings import queries as settings
from rmdesk.services.settings.declared import Choice, Setting
from rmdesk.services.store.reads import Reads

_SEGMENTS = N_("Segments")

# AUM is counted in the portfolio's currency, so it is counted anew when that or a rate changes.
FOLLOWS = {"general.currency": "RefreshFigures", "general.fx_rates": "RefreshFigures"}


HIGHEST = 1e15  # units of a currency; above it amounts are no longer exact to the hundredth


def check_cuts(cuts: Sequence[float]) -> None:
    """Refuse limits that are not positive and rising, or are more than the tiers need."""
    rising = all(low < high for low, high in pairwise(cuts))
    if not 1 <= len(cuts) < len(tables.TIERS) or not rising or not 0 < cuts[0] <= cuts[-1] < HIGHEST:
        raise Refused(
            N_("Tier limits are one to four rising amounts."),
            do=N_("Enter them like 50000, 200000, 1000000, 10000000."),
            field="segments.cuts",
            code="bad_cuts",
            guide="tiers",
        )


PRESET = Setting(
    "segments.preset",
    "standard",
    N_("Tier limits"),
    _SEGMENTS,
    note=N_("County branches usually draw lower limits."),
    source=N_("Mean of three months of daily-average AUM; the two lower limits are proposals to adapt."),
    choices=(Choice("standard", N_("Standard")), Choice("county", N_("Counties"))),
)
CUTS: Setting[tuple[int, ...]] = Setting(
    "segments.cuts",
    tuple(map(int, tables.presets()["standard"])),
    N_("Own tier limits"),
    _SEGMENTS,
    note=N_("Lower limits of T2, T3, T4 and T5; once changed they stand instead of the preset."),
    source=N_("The standard preset of the tier table."),
    check=check_cuts,
)


def table(reads: Reads) -> tables.SegmentTable:
    """The rules of segmentation as this bank has set them."""
    own = settings.value(reads, CUTS)
    if own != CUTS.default:
        return tables.table().with_cuts(tuple(map(float, own)))
    return tables.table().with_cuts(tables.presets()[settings.value(reads, PRESET)])
