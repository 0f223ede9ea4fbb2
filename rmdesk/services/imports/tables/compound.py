"""The small file system inside an XLS: a compound file ([MS-CFB]), read for one of its streams.

Nothing here grows beyond the file itself: every sector is taken once at most, whatever the tables say.
"""

from __future__ import annotations

import struct

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END = 0xFFFFFFFC  # sector numbers from here on are marks
_ENTRY = 128  # bytes of a directory entry
_SMALL = 64  # bytes of a small sector
_STREAM, _ROOT = 2, 5


class Damaged(ValueError):
    """The file contradicts itself or ends too early."""


def stream_of(data: bytes, names: tuple[str, ...]) -> bytes | None:
    """The bytes of the first stream called by one of these names (lower case); None when there is none.

    Raises Damaged when the file is no compound file, or its parts don't fit together.
    """
    try:
        return _stream(data, names)
    except (struct.error, IndexError) as error:
        raise Damaged from error


def names(data: bytes) -> set[str]:
    """The names of all streams and storages, in lower case; raises Damaged as `stream_of`."""
    try:
        return {_name(entry) for entry in _entries(data)[1]}
    except (struct.error, IndexError) as error:
        raise Damaged from error


def _entries(data: bytes) -> tuple[_Sectors, list[bytes]]:
    power = struct.unpack_from("<H", data, 30)[0]
    if not data.startswith(MAGIC) or power not in (9, 12):
        raise Damaged
    sectors = _Sectors(data, 1 << power)
    directory = sectors.chain(struct.unpack_from("<I", data, 48)[0])
    return sectors, [directory[at : at + _ENTRY] for at in range(0, len(directory) - _ENTRY + 1, _ENTRY)]


def _name(entry: bytes) -> str:
    length = struct.unpack_from("<H", entry, 64)[0]
    return entry[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace").lower()


def _stream(data: bytes, wanted: tuple[str, ...]) -> bytes | None:
    sectors, entries = _entries(data)
    for entry in entries:
        if entry[66] == _STREAM and _name(entry) in wanted:
            start, size = struct.unpack_from("<II", entry, 116)
            is_small = size < struct.unpack_from("<I", data, 56)[0]
            found = _small(sectors, entries, start) if is_small else sectors.chain(start)
            if len(found) < size:
                raise Damaged  # half of the rows would be worse than none
            return found[:size]
    return None


class _Sectors:
    """The sectors of a file, and which follows which."""

    def __init__(self, data: bytes, size: int) -> None:
        self.data, self.size = data, size
        self.count = max(0, len(data) - 1) // size  # the first place holds the header
        self.table = self._table()

    def chain(self, start: int) -> bytes:
        """The bytes of the sectors that follow each other from `start`."""
        return b"".join(self._at(number) for number in _chain(self.table, start))

    def _at(self, number: int) -> bytes:
        if number >= self.count:
            raise Damaged
        return self.data[(number + 1) * self.size : (number + 2) * self.size]

    def _table(self) -> list[int]:
        table: list[int] = []
        for number in self._places():
            if number < self.count and len(table) < self.count:
                block = self._at(number)
                table += struct.unpack(f"<{len(block) // 4}I", block[: len(block) // 4 * 4])
        return table

    def _places(self) -> list[int]:
        """Where the table of what follows what is kept; beyond 109 places they are in sectors of their own."""
        places = list(struct.unpack_from("<109I", self.data, 76))
        following, per = struct.unpack_from("<I", self.data, 68)[0], self.size // 4
        seen: set[int] = set()
        while following < _END and following not in seen:
            seen.add(following)
            more = struct.unpack(f"<{per}I", self._at(following))
            places += more[:-1]
            following = more[-1]
        return places


def _chain(table: list[int] | tuple[int, ...], start: int) -> list[int]:
    numbers: list[int] = []
    while start < _END:
        if len(numbers) > len(table):
            raise Damaged  # it bites its own tail
        numbers.append(start)
        start = table[start]
    return numbers


def _small(sectors: _Sectors, entries: list[bytes], start: int) -> bytes:
    """A stream that is kept in the small sectors inside the root's own stream."""
    root = next((one for one in entries if one[66] == _ROOT), b"")
    holder = sectors.chain(struct.unpack_from("<I", root, 116)[0])
    told = sectors.chain(struct.unpack_from("<I", sectors.data, 60)[0])
    table = struct.unpack(f"<{len(told) // 4}I", told[: len(told) // 4 * 4])
    return b"".join(holder[number * _SMALL : (number + 1) * _SMALL] for number in _chain(table, start))
