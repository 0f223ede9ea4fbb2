"""The font of the labels, found as the window finds its own: by a list of families, Chinese first.

matplotlib looks through the fonts of the computer once, which may take seconds, and keeps what it found: in the user's
cache, beside nothing of a client.
"""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING

from rmdesk.base import paths

if TYPE_CHECKING:
    from matplotlib.font_manager import FontProperties

# For whoever draws without a window; a window hands over its own list (ui/kit/fonts.py).
CHINESE = (
    "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Microsoft YaHei UI", "Microsoft YaHei", "PingFang SC",
    "HarmonyOS Sans SC", "WenQuanYi Micro Hei", "SimHei",
)  # fmt: skip
LAST = "DejaVu Sans"  # comes with matplotlib: signs that the first lacks are drawn all the same
SIGN = ord("中")


def keep_cache() -> None:
    """Say where matplotlib keeps what it found out about fonts; before its first import."""
    os.environ.setdefault("MPLCONFIGDIR", str(paths.cached("matplotlib")))


@cache
def chain(families: tuple[str, ...]) -> tuple[str, ...]:
    """The families to draw with: the first asked for that is installed, then what any text can be drawn with.

    When none of them has Chinese, any font of the computer that has it stands in.
    """
    from matplotlib import font_manager

    have = {entry.name for entry in font_manager.fontManager.ttflist}
    found = [name for name in (*families, *CHINESE) if name in have][:3]
    if not any(has_chinese(name) for name in found):
        found += [name for name in sorted(have) if has_chinese(name)][:1]
    return tuple(dict.fromkeys((*found, LAST)))


@cache
def has_chinese(family: str) -> bool:
    """Whether a family that is installed has Chinese characters."""
    from matplotlib import font_manager

    place = font_manager.findfont(font_manager.FontProperties(family=[family]))
    return SIGN in font_manager.get_font(place).get_charmap()


@cache
def properties(families: tuple[str, ...], size: float, *, bold: bool = False) -> FontProperties:
    """The font of a label, at a size in points."""
    from matplotlib.font_manager import FontProperties

    return FontProperties(family=list(chain(families)), size=size, weight="bold" if bold else "normal")
