"""Which numbers of a workbook are days: told by their number format."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

from rmdesk.services.imports.tables.packed import Package, local

# Built-in formats of ECMA-376 part 1, 18.8.30, with the East Asian ones.
_BUILT_IN = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
_QUOTED = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h|m|s)[^\[\]]*\]', re.IGNORECASE)
_EPOCHS = {"serial": datetime(1899, 12, 30), "serial1904": datetime(1904, 1, 1)}  # noqa: DTZ001 (plain days)


def is_day_format(code: str) -> bool:
    """Whether a number format shows a day or time."""
    bare = _QUOTED.sub("", code.partition(";")[0]).lower()
    return any(letter in bare for letter in "ydhs年月日") or ("m" in bare and "0" not in bare and "#" not in bare)


def shows_day(number: int, code: str | None) -> bool:
    """Whether the number format of this number shows a day; `code` is its text, where the workbook has one."""
    return is_day_format(code) if code is not None else number in _BUILT_IN


def day(number: float, epoch: str) -> Any:
    """A serial number as a date, or a datetime when it has a time; as it is when it is no day."""
    if not 0 < number < 2_958_466:
        return number
    try:
        moment = _EPOCHS[epoch] + timedelta(days=number + (1 if epoch == "serial" and number < 60 else 0))
    except OverflowError:
        return number
    moment = (moment + timedelta(milliseconds=500)).replace(microsecond=0)
    if number < 1:
        return moment.time()
    return moment.date() if moment.hour == moment.minute == moment.second == 0 else moment


def day_styles(package: Package) -> list[bool]:
    """Per cell style of the workbook, whether its numbers are days."""
    custom: dict[str, str] = {}
    found: list[bool] = []
    inside = [False]

    def begin(tag: str, attributes: dict[str, str]) -> None:
        tag = local(tag)
        if tag == "numFmt":
            custom[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif tag == "cellXfs":
            inside[0] = True
        elif tag == "xf" and inside[0]:
            number = attributes.get("numFmtId", "0")
            found.append(shows_day(int(number[:9]) if number.isdecimal() else 0, custom.get(number)))

    def end(tag: str) -> None:
        if local(tag) == "cellXfs":
            inside[0] = False

    if "xl/styles.xml" in package:
        package.parse("xl/styles.xml", begin, end=end)
    return found
