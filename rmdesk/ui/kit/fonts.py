"""Which fonts the interface uses: the system's, with one for Chinese that looks right beside it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from PySide6.QtGui import QFont, QFontDatabase, QRawFont

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
THIRD_TONE = frozenset("ǍǎĚěǏǐǑǒǓǔǙǚ")  # which Chinese fonts often lack, or draw as blanks


@cache
def families() -> list[str]:
    """Font families in the order they are asked for a character."""
    installed = set(QFontDatabase.families())
    return [name for name in (*CHINESE, *LAST) if name in installed] or ["sans-serif"]


@cache
def latin() -> list[str]:
    """As `families`, with those that have all tone marks of pinyin first."""
    installed = set(QFontDatabase.families())
    first = [name for name in LAST if name in installed]
    return [*first, *(name for name in families() if name not in first)]


def has_chinese() -> bool:
    """Whether any installed font of ours, or of the system, has simplified Chinese."""
    chinese = QFontDatabase.WritingSystem.SimplifiedChinese
    return any(name in CHINESE for name in families()) or bool(QFontDatabase.families(chinese))


def lacking(signs: Iterable[str]) -> set[str]:
    """Those characters that none of the installed fonts has."""
    left = set(signs)
    for name in dict.fromkeys((*families(), *QFontDatabase.families())):
        if not left:
            break
        raw = QRawFont.fromFont(QFont(name))
        left = {sign for sign in left if not raw.supportsCharacter(ord(sign))}
    return left
