"""Workbooks of all forms, whatever they are called."""

from __future__ import annotations

import gzip
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from rmdesk.base.errors import Refused
from rmdesk.services.imports.records import Entity
from rmdesk.services.imports.source import open_sources
from rmdesk.services.imports.tables import styles
from rmdesk.services.imports.tables import xlsx as xlsx_tables
from tests.services.imports.files import ods, ods_cell, only, read, text_row, written, xlsx


def book(path: Path, sheets: dict[str, list[list[Any]]], **options: Any) -> Path:
    """A workbook as a bank's system writes it."""
    with xlsxwriter.Workbook(str(path), options) as made:
        day = made.add_format({"num_format": "yyyy-mm-dd"})
        for name, rows in sheets.items():
            sheet = made.add_worksheet(name)
            for r, row in enumerate(rows):
                for c, cell in enumerate(row):
                    sheet.write(r, c, cell, day if isinstance(cell, date) else None)
    return path


@pytest.mark.parametrize("options", [{}, {"date_1904": True}, {"constant_memory": True}])
def test_cells_come_as_they_are_meant(tmp_path: Path, options: dict[str, Any]) -> None:
    rows = [["客户号", "姓名", "生日", "账号", "账户余额"], ["007", "张 & 三", date(1980, 1, 2), "A00001", 1234.5]]
    records = read(only(book(tmp_path / "a.csv", {"客户": rows}, **options)))
    assert records[Entity.CLIENT] == [{"number": "007", "name": "张 & 三", "birth_date": "1980-01-02"}]
    assert records[Entity.ACCOUNT][0]["balance_minor"] == 123_450


def test_each_sheet_is_a_source_and_blank_ones_are_none(tmp_path: Path) -> None:
    sheets = {"客户": [["客户号", "姓名"], ["1", "张三"]], "空": [], "账户": [["客户号", "账号"], ["1", "A00001"]]}
    sources = open_sources(book(tmp_path / "a.xlsx", sheets))
    assert [(s.name, s.entity) for s in sources] == [
        ("a.xlsx / 客户", Entity.CLIENT),
        ("a.xlsx / 账户", Entity.ACCOUNT),
    ]


def test_long_numbers_in_number_cells_are_refused_with_the_reason(tmp_path: Path) -> None:
    rows = [["客户号", "身份证号", "姓名"], [1, 110101199003078515, "张三"], [2, "110101199003078515", "李四"]]
    source = only(book(tmp_path / "a.xlsx", {"S": rows}))
    assert [c["number"] for c in read(source)[Entity.CLIENT]] == ["2"]
    (finding,) = source.findings
    assert (finding.row, finding.column) == (2, "身份证号")
    assert "15 digits" in finding.why.said


def test_digits_that_the_file_spells_out_are_kept(tmp_path: Path) -> None:
    rows = text_row("客户号", "身份证号", "姓名") + (
        '<row r="3"><c r="A3"><v>7</v></c><c r="B3"><v>110101199003078515</v></c>'
        '<c r="C3" t="inlineStr"><is><r><t>张</t></r><r><t>三</t></r><rPh><t>zhang</t></rPh></is></c></row>'
    )
    source = only(xlsx(tmp_path / "a.xlsx", [rows]))
    (chunk,) = source.chunks()
    assert chunk.numbers == [3]
    assert chunk.rows[0][: len(chunk.fields)][chunk.fields.index("id_number")] == "110101199003078515"
    assert chunk.rows[0][chunk.fields.index("name")] == "张三"


def test_prefixed_names_read_the_same(tmp_path: Path) -> None:
    rows = "<x:row><x:c t='str'><x:v>客户号</x:v></x:c><x:c t='str'><x:v>姓名</x:v></x:c></x:row>" + (
        "<x:row><x:c><x:v>1</x:v></x:c><x:c t='str'><x:v>张三</x:v></x:c></x:row>"
    )
    source = only(xlsx(tmp_path / "a.xlsx", [rows]))
    assert read(source)[Entity.CLIENT] == [{"number": "1", "name": "张三"}]


CELLS = st.tuples(
    st.sampled_from(["", ' t="str"', ' t="n"', ' t="b"', ' t="e"', ' t="s"']),
    st.sampled_from(["0", "1", "12.5", "1e3", "text", "a &amp; b", "&#24352;", " ", "110101199003078515"]),
)


@given(
    rows=st.lists(st.lists(st.one_of(st.none(), CELLS), max_size=6), min_size=1, max_size=8),
    odd=st.sampled_from(["<x/>", "<!-- -->", "", "<row spans='1:2' ht='5'></row>"]),
)
def test_usual_rows_read_the_same_without_a_parser(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[tuple[str, str] | None]], odd: str
) -> None:
    """What the regular expression reads is what the XML parser reads of the same rows."""
    body = ""
    for number, row in enumerate(rows, 1):
        cells = "".join(
            f'<c r="{"ABCDEF"[i]}{number}" s="1"{cell[0]}><v>{cell[1]}</v></c>' for i, cell in enumerate(row) if cell
        )
        body += f'<row r="{number}" spans="1:6">{cells}</row>'
    folder = tmp_path_factory.mktemp("rows")
    shared = "<sst><si><t>nought</t></si><si><r><t>o</t></r><r><t>ne</t></r></si></sst>"
    usual = xlsx_tables.sheets(xlsx(folder / "a.xlsx", [body], shared))
    parsed = xlsx_tables.sheets(xlsx(folder / "b.xlsx", [body, odd], shared))
    told = [[row for batch in sheet.batches(0) for row in batch.rows] for sheet in usual]
    also = [[row for batch in sheet.batches(0) for row in batch.rows][: len(rows)] for sheet in parsed]
    assert told == also


@pytest.mark.parametrize(
    ("code", "is_day"),
    [
        ("yyyy-mm-dd", True),
        ('yyyy"年"m"月"d"日"', True),
        ("[$-804]mmm yy", True),
        ("h:mm:ss", True),
        ("0.00", False),
        ('#,##0.00"元"', False),
        ("[Red]0.00", False),
        ("General", False),
        ("@", False),
        ('0.00" months"', False),
        ("0.0E+00", False),
    ],
)
def test_day_formats_are_told_from_others(code: str, is_day: bool) -> None:
    assert styles.is_day_format(code) is is_day


@pytest.mark.parametrize(
    ("number", "epoch", "day"),
    [
        (35795.0, "serial", date(1997, 12, 31)),
        (34333.0, "serial1904", date(1997, 12, 31)),
        (1.0, "serial", date(1900, 1, 1)),
        (61.0, "serial", date(1900, 3, 1)),
        (35795.5, "serial", datetime(1997, 12, 31, 12)),  # noqa: DTZ001
        (-1.0, "serial", -1.0),
        (1e12, "serial", 1e12),
    ],
)
def test_serial_numbers(number: float, epoch: str, day: Any) -> None:
    assert styles.day(number, epoch) == day


def test_ods_with_repeated_cells_and_a_far_end(tmp_path: Path) -> None:
    rows = (
        f"<table:table-row>{ods_cell('客户号')}{ods_cell('姓名')}{ods_cell('性别')}{ods_cell('生日')}</table:table-row>"
        f"<table:table-row>{ods_cell('001')}{ods_cell('张三')}"
        '<table:table-cell/><table:table-cell office:value-type="date" office:date-value="1980-01-02"/>'
        '<table:table-cell table:number-columns-repeated="16380"/></table:table-row>'
        f"<table:table-row>{ods_cell('002')}{ods_cell('李四')}"
        '<table:table-cell table:number-columns-repeated="16382"/></table:table-row>'
        '<table:table-row table:number-rows-repeated="1048573"><table:table-cell/></table:table-row>'
    )
    clients = read(only(ods(tmp_path / "a.ods", rows)))[Entity.CLIENT]
    assert [(c["number"], c["birth_date"]) for c in clients] == [("001", "1980-01-02"), ("002", None)]


def test_xls_days_and_title(shared_data: Path) -> None:
    source = only(shared_data / "import-fixtures" / "bank-statement" / "cn-citic-credit.xls")
    layout = source.layout.with_constant("account.number", "6688")
    told = read(source.with_layout(layout))[Entity.TRANSACTION]
    assert (source.header_row, len(told)) == (2, 13)
    assert (told[0]["on"], told[0]["amount_minor"]) == (date(2024, 11, 9), 590)


def test_html_called_xls(tmp_path: Path) -> None:
    page = (
        "<html><meta charset=gbk><style>td{}</style><table border=1>"
        "<tr><td colspan=3>余额表 截至2024年3月31日</td></tr>"
        "<tr><th>客户号</th><th>姓名</th><th>账号</th><th>账户余额<br>(万元)</th></tr>"
        "<tr><td>0001</td><td>张&nbsp;三</td><td rowspan=2>A00001</td><td align=right>1,234.50</td></tr></table></html>"
    )
    source = only(written(tmp_path / "a.xls", page, "gbk"))
    records = read(source)
    assert (source.encoding, source.header_row, source.as_of) == ("gb18030", 2, date(2024, 3, 31))
    assert records[Entity.CLIENT] == [{"number": "0001", "name": "张 三"}]
    assert records[Entity.ACCOUNT][0]["balance_minor"] == 1_234_500_000


def test_xml_spreadsheet_called_xls(tmp_path: Path) -> None:
    office = "urn:schemas-microsoft-com:office:spreadsheet"
    rows = (
        '<Row><Cell ss:MergeAcross="1"><Data ss:Type="String">客户表</Data></Cell></Row>'
        '<Row><Cell><Data ss:Type="String">客户号</Data></Cell><Cell><Data ss:Type="String">姓名</Data></Cell>'
        '<Cell><Data ss:Type="String">生日</Data></Cell></Row>'
        '<Row ss:Index="4"><Cell><Data ss:Type="Number">1</Data></Cell><Cell><Data ss:Type="String">张三</Data></Cell>'
        '<Cell><Data ss:Type="DateTime">1980-01-02T00:00:00.000</Data></Cell></Row>'
    )
    text = (
        f'<?xml version="1.0" encoding="GB2312"?><Workbook xmlns="{office}" xmlns:ss="{office}">'
        f'<Worksheet ss:Name="S"><Table>{rows}</Table></Worksheet></Workbook>'
    )
    source = only(written(tmp_path / "a.xls", text, "gb18030"))
    (chunk,) = source.chunks()
    assert (source.header_row, chunk.numbers) == (2, [4])
    assert chunk.rows == [("1", "张三", "1980-01-02")]


def test_parquet_streams_its_rows(tmp_path: Path) -> None:
    import duckdb

    path = tmp_path / "it's.parquet"
    with duckdb.connect() as connection:
        connection.execute(
            "COPY (SELECT 'C' || i AS 客户号, 'A' || i AS 账号, (i * 0.25)::DECIMAL(12, 2) AS 账户余额, "
            "DATE '2020-01-01' + (i % 365)::INT AS 开户日期, 110101199003078515 AS 证件号码, '张三' AS 姓名 "
            f"FROM range(10000) t(i)) TO '{str(path).replace(chr(39), chr(39) * 2)}' (FORMAT parquet)"
        )
    source = only(path)
    chunks = list(source.chunks())
    accounts = [row for chunk in chunks if chunk.entity is Entity.ACCOUNT for row in chunk.rows]
    fields = next(chunk.fields for chunk in chunks if chunk.entity is Entity.ACCOUNT)
    assert sum(row[fields.index("balance_minor")] for row in accounts) == 25 * sum(range(10000))
    assert accounts[1][fields.index("opened_on")] == date(2020, 1, 2)
    assert next(chunk.numbers[0] for chunk in chunks) == 2
    (client,) = {
        row[chunk.fields.index("id_number")] for chunk in chunks if chunk.entity is Entity.CLIENT for row in chunk.rows
    }
    assert client == "110101199003078515"


def test_parquet_instants_come_as_the_desks_own_days(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Spark and pandas write instants; the driver needs another package to hand them over with their zone."""
    import duckdb

    monkeypatch.setitem(sys.modules, "pytz", None)
    path = tmp_path / "a.parquet"
    with duckdb.connect() as connection:
        connection.execute(
            "COPY (SELECT 'C' || i AS 客户号, '张三' AS 姓名, TIMESTAMPTZ '2020-01-02 12:00:00' AS 开户日期 "
            f"FROM range(30) t(i)) TO '{path}' (FORMAT parquet)"
        )
    (chunk,) = only(path).chunks()
    assert {row[chunk.fields.index("opened_on")] for row in chunk.rows} == {date(2020, 1, 2)}


def test_packed_text_inside_packed_text_is_not_unpacked_twice(tmp_path: Path) -> None:
    path = tmp_path / "a.csv.gz"
    path.write_bytes(gzip.compress(gzip.compress("客户号,姓名\n1,张三\n".encode() * 500)))
    with pytest.raises(Refused):
        read(only(path))
