"""The workbook of a report: real days and numbers, nothing that runs, a mark, a frozen head."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, date, datetime

import pytest
from python_calamine import CalamineWorkbook

from rmdesk.base.money import Money
from rmdesk.base.text import phrase
from rmdesk.models.kinds import ClientId
from rmdesk.services.exports.rules import Mark
from rmdesk.services.reports.parts import Cell, Column, Figure, Form, Kind, Part, Report, Who
from rmdesk.services.reports.sheets import workbook

MARK = Mark("0a1b", datetime(2026, 11, 21, tzinfo=UTC), "李文静", "例会")
COLUMNS = (
    Column(phrase("Day"), Form.DAY), Column(phrase("Client")), Column(phrase("Cost"), Form.MONEY),
    Column(phrase("Risk"), Form.SHARE), Column(phrase("Minutes"), Form.COUNT),
)  # fmt: skip


def made(*rows: tuple[Cell, ...], count: int = 0) -> bytes:
    """A workbook of one table."""
    part = Part("one", phrase("Gifts given"), COLUMNS, rows, count=count)
    figures = (Figure(phrase("AUM"), None, Form.MONEY), Figure(phrase("Clients"), 3))
    days = date(2026, 11, 9), date(2026, 11, 15), date(2026, 11, 21)
    return workbook(Report(Kind.WEEKLY, phrase("Weekly report"), *days, "李文静", figures, (part,)), MARK)


def read(content: bytes, at: int = 1) -> list[list[object]]:
    """The cells of a sheet."""
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(at).to_python()


def test_days_amounts_and_shares_are_real_values() -> None:
    row = (date(2026, 11, 10), Who(ClientId(1), "周文敏"), Money(29950, "CNY"), 0.25, 40)
    head, *rows = read(made(row))
    assert head == ["Day", "Client", "Cost", "Currency", "Risk", "Minutes"]
    assert rows == [[date(2026, 11, 10), "周文敏", 299.5, "CNY", 0.25, 40.0]]


def test_an_unknown_cell_is_empty_and_not_zero() -> None:
    assert read(made((date(2026, 11, 10), "", None, None, None), (None, "x", None, None, 0)))[1:] == [
        [date(2026, 11, 10), "", "", "", "", ""],
        ["", "x", "", "", "", 0.0],
    ]


@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", "+7", "http://example.com", "12", "\x00=x"])
def test_no_text_becomes_a_formula_a_link_or_a_number(text: str) -> None:
    content = made((None, text, None, None, None))
    assert isinstance(read(content)[1][1], str)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        whole = b"".join(archive.read(name) for name in archive.namelist() if name.endswith(".xml"))
    assert b"<f>" not in whole
    assert b"hyperlink" not in whole


def test_the_mark_stands_on_the_first_sheet_and_the_heads_are_frozen() -> None:
    content = made(count=9)
    assert any("李文静" in str(cell) and "0a1b" in str(cell) for row in read(content, 0) for cell in row)
    assert any("9 more rows" in str(cell) for row in read(content) for cell in row)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert b'state="frozen"' in archive.read("xl/worksheets/sheet2.xml")


def test_sheets_of_the_same_name_are_told_apart() -> None:
    part = Part("one", phrase("Gifts given"), COLUMNS, ())
    days = date(2026, 11, 9), date(2026, 11, 15), date(2026, 11, 21)
    content = workbook(Report(Kind.WEEKLY, phrase("Gifts given"), *days, "", (), (part, part)), MARK)
    names = CalamineWorkbook.from_filelike(io.BytesIO(content)).sheet_names
    assert names == ["Gifts given", "Gifts given 2", "Gifts given 3"]
