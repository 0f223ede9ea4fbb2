"""The colours and sizes of the look, light and dark; everything that is painted takes them from here.

Five kinds carry meaning (value, overdue, occasion, risk, opportunity): `value` for bars and lines, `value_ink` for
text, `value_soft` for the ground of a chip. Every pair of text and ground has a contrast of at least 4.5 to 1,
which a test computes.
"""

from __future__ import annotations

from typing import NamedTuple

KINDS = ("value", "overdue", "occasion", "risk", "opportunity")


class Tokens(NamedTuple):
    """One theme; every value is `#rrggbb`."""

    ground: str
    card: str
    line: str
    line_strong: str
    edge: str  # what alone shows where a thing is: of a field, the handle of a scroll bar
    hover: str
    pressed: str
    ink: str
    ink2: str
    ink3: str
    quiet: str  # the least ink that may stand on `ground`
    accent: str
    accent_hover: str
    accent_soft: str
    on_accent: str
    field: str
    selection: str
    value: str
    value_ink: str
    value_soft: str
    overdue: str
    overdue_ink: str
    overdue_soft: str
    occasion: str
    occasion_ink: str
    occasion_soft: str
    risk: str
    risk_ink: str
    risk_soft: str
    opportunity: str
    opportunity_ink: str
    opportunity_soft: str
    good: str
    good_ink: str
    good_soft: str
    plain_ink: str
    plain_soft: str
    track: str
    tip: str
    on_tip: str


LIGHT = Tokens(
    ground="#f4f6f9",
    card="#ffffff",
    line="#e3e8ee",
    line_strong="#cbd3dc",
    edge="#85909c",
    hover="#f1f4f7",
    pressed="#e6ebf0",
    ink="#1b2430",
    ink2="#52606d",
    ink3="#697685",
    quiet="#5f6c7a",
    accent="#0f6b66",
    accent_hover="#0c5955",
    accent_soft="#e0f1ef",
    on_accent="#ffffff",
    field="#ffffff",
    selection="#e0f1ef",
    value="#0f6b66",
    value_ink="#0d615c",
    value_soft="#e0f1ef",
    overdue="#2456a6",
    overdue_ink="#1f4b92",
    overdue_soft="#e6eefa",
    occasion="#a66a08",
    occasion_ink="#8a5606",
    occasion_soft="#fdf0da",
    risk="#b83227",
    risk_ink="#a12a20",
    risk_soft="#fce9e7",
    opportunity="#6b46a1",
    opportunity_ink="#5d3c8f",
    opportunity_soft="#efe8f8",
    good="#23783c",
    good_ink="#1f6b34",
    good_soft="#e3f3e6",
    plain_ink="#52606d",
    plain_soft="#eef1f5",
    track="#eef1f5",
    tip="#1b2430",
    on_tip="#ffffff",
)

DARK = Tokens(
    ground="#14181d",
    card="#1c2229",
    line="#2c343d",
    line_strong="#414b56",
    edge="#6f7b88",
    hover="#232a32",
    pressed="#2a323b",
    ink="#e8edf2",
    ink2="#b3bec9",
    ink3="#8b98a5",
    quiet="#8b98a5",
    accent="#4fb3ab",
    accent_hover="#63c3bb",
    accent_soft="#16332f",
    on_accent="#0d1f1d",
    field="#171c22",
    selection="#16332f",
    value="#4fb3ab",
    value_ink="#62c2ba",
    value_soft="#16332f",
    overdue="#7aa5e8",
    overdue_ink="#8db2ec",
    overdue_soft="#1b2b45",
    occasion="#dca54a",
    occasion_ink="#e0ae5b",
    occasion_soft="#3a2d14",
    risk="#ef7d70",
    risk_ink="#f29086",
    risk_soft="#3d1f1c",
    opportunity="#b294e6",
    opportunity_ink="#bda3ea",
    opportunity_soft="#2d2342",
    good="#5fb878",
    good_ink="#74c78a",
    good_soft="#17321f",
    plain_ink="#b3bec9",
    plain_soft="#272f38",
    track="#2a323b",
    tip="#e8edf2",
    on_tip="#14181d",
)

# Text on ground: what is promised about contrast (docs: resources/style).
READABLE = (
    *[(ink, ground) for ink in ("ink", "ink2") for ground in ("ground", "card", "hover", "accent_soft")],
    ("ink3", "card"),
    ("ink3", "field"),
    ("quiet", "ground"),
    ("accent", "card"),
    ("accent", "ground"),
    ("accent", "accent_soft"),
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    ("on_tip", "tip"),
    *[(f"{kind}_ink", f"{kind}_soft") for kind in (*KINDS, "good", "plain")],
    *[(f"{kind}_ink", "card") for kind in (*KINDS, "good", "plain")],
)

# Mark on what lies beside it: at least 3 to 1 (WCAG 2.2, 1.4.11). `line` and `line_strong` only divide or adorn.
SEEN = (
    *[("edge", ground) for ground in ("ground", "card", "field")],
    *[("accent", ground) for ground in ("ground", "card", "field", "hover", "track", "accent_soft", "plain_soft")],
    *[(kind, ground) for kind in (*KINDS, "good") for ground in ("card", "track")],
    *[(ink, ground) for ink in ("ink2", "ink3") for ground in ("ground", "card", "field", "hover")],
    ("risk", "risk_soft"),
    ("ink", "selection"),
)


def values(tokens: Tokens) -> dict[str, str]:
    """Token names and their colours."""
    return tokens._asdict()


def contrast(one: str, other: str) -> float:
    """Contrast of two colours by WCAG 2.2, 1 to 21."""
    bright, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
