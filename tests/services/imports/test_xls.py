"""Old workbooks: what cells hold, however it is kept; and that none takes more than it is."""

from __future__ import annotations

import random
import struct
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from rmdesk.base.errors import Known, Refused, Trouble
from rmdesk.services.imports.tables import xls
from rmdesk.services.imports.tables.styles import day
from tests.services.imports.old_workbooks import book, cell, compound, label, number, record, wide

STYLES = [
    record(0x041E, struct.pack("<H", 170) + wide("yyyy年m月d日")),
    *(record(0x00E0, struct.pack("<HH16x", 0, form)) for form in (0, 14, 170)),
]


def rows(path: Path) -> list[list[Any]]:
    (sheet,) = xls.tables(path)
    return [list(row) for row in sheet.rows]


def made(tmp_path: Path, cells: bytes, *extra: bytes) -> list[list[Any]]:
    return rows(compound(tmp_path / "a.xls", book({"一": cells}, *STYLES, *extra)))


def test_numbers_however_they_are_packed(tmp_path: Path) -> None:
    def packed(value: int, flags: int) -> bytes:
        return struct.pack("<I", (value << 2 & 0xFFFFFFFF) | flags)

    several = struct.pack("<HH", 1, 1) + b"".join(b"\0\0" + packed(n, 2) for n in (7, -8)) + struct.pack("<H", 2)
    double = struct.unpack("<I", struct.pack("<d", 1.5)[4:])[0] & 0xFFFFFFFC
    cells = (
        number(0, 0, 1234.5)
        + cell(0x027E, 0, 1, packed(12345, 3))
        + cell(0x027E, 0, 2, struct.pack("<I", double))
        + record(0x00BD, several)
        + cell(0x0205, 2, 0, b"\x01\x00")
        + cell(0x0205, 2, 1, b"\x2a\x01")
        + number(2, 2, float("nan"))
    )
    assert made(tmp_path, cells) == [[1234.5, 123.45, 1.5], ["", 7.0, -8.0], [True, "", ""]]


def test_days_by_style_in_both_epochs(tmp_path: Path) -> None:
    cells = number(0, 0, 45000, 1) + number(0, 1, 45000.5, 2) + number(0, 2, 45000)
    assert made(tmp_path, cells) == [[date(2023, 3, 15), datetime(2023, 3, 15, 12), 45000.0]]  # noqa: DTZ001
    since_1904 = made(tmp_path, number(0, 0, 45000, 1), record(0x0022, b"\x01\0"))
    assert since_1904 == [[day(45000, "serial1904")]]


def test_texts_of_cells_and_of_formulas(tmp_path: Path) -> None:
    later, empty = struct.pack("<B5xH", 0, 0xFFFF), struct.pack("<B5xH", 3, 0xFFFF)
    cells = (
        label(0, 0, "王伟")
        + cell(0x0006, 0, 1, later + bytes(8))
        + record(0x0207, wide("算出来的"))
        + cell(0x0006, 0, 2, struct.pack("<d", 2.5) + bytes(8))
        + cell(0x0006, 0, 3, struct.pack("<BxBxxxH", 1, 1, 0xFFFF) + bytes(8))
        + cell(0x0006, 0, 4, empty + bytes(8))
        + record(0x0809, struct.pack("<HH12x", 0x0600, 0x20))
        + label(5, 5, "in a chart")
        + record(0x000A)
        + label(1, 0, "after the chart")
    )
    assert made(tmp_path, cells) == [["王伟", "算出来的", 2.5, True], ["after the chart"]]


def test_shared_texts_go_on_in_the_next_record(tmp_path: Path) -> None:
    rich = struct.pack("<HBH", 2, 1 | 8, 1) + "李娜".encode("utf-16-le") + bytes(4)
    plain = struct.pack("<HB", 5, 0) + b"Sm\xfcl"
    shared = record(0x00FC, struct.pack("<II", 3, 3) + wide("王伟") + rich + plain)
    more = record(0x003C, b"\x01" + "一".encode("utf-16-le") + wide("末"))
    cells = b"".join(cell(0x00FD, 0, at, struct.pack("<I", at)) for at in range(4))
    assert made(tmp_path, cells, shared, more) == [["王伟", "李娜", "Smül一", "末"]]


def test_texts_of_the_older_form_are_in_a_code_page(tmp_path: Path) -> None:
    text = "客户".encode("gbk")
    cells = cell(0x0204, 0, 0, struct.pack("<H", len(text)) + text)
    stream = book({"表": cells}, record(0x0042, struct.pack("<H", 936)), version=0x0500, codec="gbk")
    (sheet,) = xls.tables(compound(tmp_path / "a.xls", stream, name="Book"))
    assert (sheet.name, [list(row) for row in sheet.rows]) == ("表", [["客户"]])


@pytest.mark.parametrize("name", ["bank-statement/cn-citic-credit.xls", "table/tablib-dates.xls"])
def test_another_reader_finds_the_same_in_real_files(shared_data: Path, name: str) -> None:
    path = shared_data / "import-fixtures" / name
    theirs = CalamineWorkbook.from_path(path)
    for sheet in xls.tables(path):
        wide_rows = [list(row) for row in theirs.get_sheet_by_name(sheet.name).iter_rows()]
        width = len(wide_rows[0])
        assert [[*row, *[""] * (width - len(row))] for row in sheet.rows] == wide_rows


def test_a_password_is_told(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        made(tmp_path, label(0, 0, "x"), record(0x002F, bytes(6)))
    assert refused.value.code == "encrypted"


@pytest.mark.parametrize("follows", [{0: 0}, {3: 1}, {1: 70_000}, {0: 0xFFFFFFFE}])
def test_sectors_that_lead_nowhere_or_in_circles_are_damage(tmp_path: Path, follows: dict[int, int]) -> None:
    stream = book({"一": b"".join(label(row, 0, "王伟" * 20) for row in range(40))}, *STYLES)
    with pytest.raises(Trouble) as trouble:
        xls.tables(compound(tmp_path / "a.xls", stream, follows=follows))
    assert trouble.value.code == "damaged"


@pytest.mark.parametrize(
    "cells",
    [
        b"".join(label(65_535, column, "x") for column in range(0, 65_536, 8_000)) * 2
        + b"".join(label(row, 65_535, "x") for row in range(100)),
        label(0, 0, "x") * 4_000,
    ],
)
def test_few_cells_far_apart_or_one_told_often_end_at_the_limit(
    tmp_path: Path, cells: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xls, "limit", lambda section, name: 3_000 if name == "cells" else 1 << 25)
    with pytest.raises(Refused) as refused:
        made(tmp_path, cells)
    assert refused.value.code == "unpacked_too_large"


def test_damage_anywhere_is_told_or_does_no_harm(tmp_path: Path) -> None:
    chance = random.Random(4)
    cells = b"".join(label(row, 0, f"客户{row}") + number(row, 1, row, row % 3) for row in range(60))
    whole = compound(tmp_path / "whole.xls", book({"一": cells}, *STYLES)).read_bytes()
    damaged = 0
    for _ in range(400):
        data = bytearray(whole)
        for _ in range(chance.choice((1, 4))):
            data[chance.randrange(len(data))] = chance.choice((0, 1, 255, chance.randrange(256)))
        path = tmp_path / "a.xls"
        path.write_bytes(data)
        try:
            xls.tables(path)
        except Known:
            damaged += 1
    assert damaged
