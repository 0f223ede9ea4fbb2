"""A compiled catalogue of gettext (.mo), read where it lies: no text is decoded before it is shown.

`gettext.translation` decodes all of a catalogue at once: a twentieth of a start.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from struct import unpack_from
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

MAGIC = 0x950412DE
SEVERAL = b"\0"  # between the forms of a message with a plural


class Catalogue:
    """Texts by their English source; a message that is not in it is given back. Raises ValueError for another file."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._order = "<" if len(data) >= 20 and unpack_from("<I", data)[0] == MAGIC else ">"
        if len(data) < 20 or unpack_from(f"{self._order}I", data)[0] != MAGIC:
            raise ValueError
        self._count, self._ids, self._texts = unpack_from(f"{self._order}3I", data, 8)
        self._known: dict[str, tuple[str, ...] | None] = {}

    @classmethod
    def at(cls, path: Path) -> Catalogue:
        """The catalogue in a file. Raises OSError when there is none."""
        return cls(path.read_bytes())

    def gettext(self, message: str) -> str:
        """The text of a message; of one with a plural the form for one."""
        forms = self._forms(message)
        return message if forms is None else forms[self._form(1) if len(forms) > 1 else 0]

    def ngettext(self, one: str, many: str, count: int) -> str:
        """The form for so many."""
        forms = self._forms(one)
        if forms is None:
            return one if count == 1 else many
        return forms[self._form(count) if len(forms) > 1 else 0]

    def _forms(self, message: str) -> tuple[str, ...] | None:
        try:
            return self._known[message]
        except KeyError:
            found = self._known[message] = self._looked_up(message.encode())
            return found

    def _looked_up(self, message: bytes) -> tuple[str, ...] | None:
        low, high = 0, self._count
        while low < high:
            middle = (low + high) // 2
            if self._part(self._ids, middle) < message:
                low = middle + 1
            else:
                high = middle
        if low == self._count:
            return None
        found = self._part(self._ids, low)
        if found != message and not found.startswith(message + SEVERAL):
            return None
        return tuple(part.decode() for part in self._part(self._texts, low).split(SEVERAL))

    def _part(self, table: int, at: int) -> bytes:
        length, start = unpack_from(f"{self._order}2I", self._data, table + 8 * at)
        return self._data[start : start + length]

    @cached_property
    def _form(self) -> Callable[[int], int]:
        """Which form is for a count, as the head of the catalogue says; only languages with several forms need it."""
        from gettext import c2py

        head = (self._looked_up(b"") or ("",))[0]
        rule = next((line for line in head.splitlines() if line.startswith("Plural-Forms:")), "")
        _before, _sign, said = rule.partition("plural=")
        chosen: Callable[[int], int] = c2py(said.rstrip("; ") or "n != 1")
        return chosen
