"""Which fonts the interface uses: the system's, with one for Chinese that looks right beside it."""

from __future__ import annotations

from functools import cache

from PySide6.QtGui import QFontDatabase

# In order of liking; the first that is installed leads, the rest stand by for missing characters.
CHINESE = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Microsoft YaHei UI",
    "Microsoft YaHei",
    "PingFang SC",
    "HarmonyOS Sans SC",
    "WenQuanYi Micro Hei",
    "SimHei",
)
LAST = ("Segoe UI", "Helvetica Neue", "DejaVu Sans", "sans-serif")


@cache
def families() -> list[str]:
    """Font families in the order they are asked for a character."""
    installed = set(QFontDatabase.families())
    return [name for name in (*CHINESE, *LAST) if name in installed] or ["sans-serif"]
