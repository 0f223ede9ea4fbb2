"""The photos and files of the demo portfolio: painted here, so that they are nobody's."""

from __future__ import annotations

import hashlib
import math
import struct
import zlib
from datetime import date
from typing import Any

from rmdesk.services.demo.cast import Plan, shipped
from rmdesk.services.demo.dice import Dice
from rmdesk.services.demo.rows import Rows
from rmdesk.services.files.kinds import Kind
from rmdesk.services.files.pictures import PNG_START

WIDE, HIGH = 240, 180
SHADES = 64
FIRST = 3  # clients whose last visits have files


class Files:
    """Writes them, after the visits."""

    def __init__(self, rows: Rows, day: date, seed: int) -> None:
        self._rows, self._day = rows, day
        self._dice = Dice(seed, "files")
        self._texts: dict[str, Any] = shipped("texts")["files"]

    def write(self, plans: list[Plan]) -> None:
        """A photo or two with the last held visits of some clients, and a note."""
        for at, plan in enumerate(plans[:FIRST]):
            visits = [row for row in self._rows.of("visit") if row["client_id"] == plan.id and row["state"] == "held"]
            if not visits:
                continue
            last = max(visits, key=lambda row: (row["on"], row["id"]))
            self._add(last, self._texts["photo"][at], Kind.PNG, vase(self._dice.between(0, 5)))
            if not at:
                self._add(last, self._texts["note"][0], Kind.TEXT, self._texts["note"][1].encode())

    def _add(self, visit: dict[str, Any], name: str, kind: Kind, content: bytes) -> None:
        file = self._dice.id()
        self._rows.add(
            "attachment", id=file, client_id=visit["client_id"], entity="visit", entity_id=visit["id"], name=name,
            media_type=kind.value, size=len(content), sha256=hashlib.sha256(content).hexdigest(),
            added_at=visit["entered_at"],
        )  # fmt: skip
        self._rows.add("attachment_content", attachment_id=file, content=content)


def vase(form: int) -> bytes:
    """A celadon vase before a wall, as PNG. The same bytes on every machine: what is not packed can't be packed
    differently."""
    lines = b"".join(b"\0" + bytes(_shade(x, y, form) for x in range(WIDE)) for y in range(HIGH))
    wall = [(232 - at // 3, 226 - at // 3, 214 - at // 3) for at in range(SHADES)]
    glaze = [(120 + at, 160 + at, 140 + at) for at in range(SHADES)]
    colours = bytes(part for colour in (*wall, *glaze) for part in colour)
    head = struct.pack(">IIBBBBB", WIDE, HIGH, 8, 3, 0, 0, 0)
    parts = ((b"IHDR", head), (b"PLTE", colours), (b"IDAT", zlib.compress(lines, 0)), (b"IEND", b""))
    return PNG_START + b"".join(_chunk(name, body) for name, body in parts)


def _shade(x: int, y: int, form: int) -> int:
    """Which colour a point has: the wall, or the glaze with a light from the left."""
    tall = (y - 30) / 120
    if not 0 <= tall <= 1:
        return min(SHADES - 1, y * SHADES // HIGH)
    half = 22 + 26 * math.sin(math.pi * tall) ** 2 + form * 3 * math.cos(3 * math.pi * tall)
    aside = (x - WIDE / 2) / half
    if abs(aside) > 1:
        return min(SHADES - 1, y * SHADES // HIGH)
    light = max(0.0, 1 - math.pow(abs(aside + 0.35), 1.6) / 1.6)
    return SHADES + round((SHADES - 1) * light)


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
