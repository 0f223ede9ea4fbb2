"""Workbooks and Parquet files that are broken or made to do harm."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.hostile.sizes import some
from tests.hostile.texts import TABLE, Files
from tests.services.imports import old_workbooks as old
from tests.services.imports.files import ods, ods_cell, text_row, xlsx

HEAD = text_row("客户号", "姓名", "手机号")
ROW = text_row("1001", "张伟", "13800000001")
CELL = '<table:table-cell office:value-type="float" office:value="1"{more}><text:p>1</text:p></table:table-cell>'


def _bytes(make: Callable[[Path], object]) -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "made"
        make(path)
        return path.read_bytes()


def book(*rows: str, shared: str = "", workbook: str = "") -> bytes:
    """An XLSX of these rows."""
    return _bytes(lambda path: xlsx(path, rows, shared, workbook))


def sheet(rows: str) -> bytes:
    """An ODS of these rows."""
    return _bytes(lambda path: ods(path, rows))


def package(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip file."""
    with io.BytesIO() as out:
        with zipfile.ZipFile(out, "w", method) as made:
            for name, data in parts.items():
                made.writestr(name, data)
        return out.getvalue()


def parts(whole: bytes) -> dict[str, bytes]:
    """What a zip file holds."""
    with zipfile.ZipFile(io.BytesIO(whole)) as made:
        return {name: made.read(name) for name in made.namelist()}


def changed(whole: bytes, old_text: bytes, new: bytes) -> bytes:
    """A workbook with some text of its parts replaced."""
    return package({name: data.replace(old_text, new) for name, data in parts(whole).items()})


def numbered(kind: str, value: str) -> str:
    return f'<row><c t="str"><v>1</v></c><c t="{kind}"><v>{value}</v></c></row>'


def sheets() -> Files:
    """XLSX."""
    whole = book(HEAD, ROW)
    yield "whole.xlsx", whole
    for at in (4, 30, len(whole) // 2, len(whole) - 30, len(whole) - 1):
        yield f"cut-at-{at}.xlsx", whole[:at]
    yield "begins-late.xlsx", b"rubbish" + whole
    yield "ends-late.xlsx", whole + b"rubbish" * 20
    yield "flipped.xlsx", whole[:300] + bytes(b ^ 255 for b in whole[300:310]) + whole[310:]
    yield "named.csv", whole
    yield "far-corner.xlsx", book('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
    yield "beyond-the-corner.xlsx", book('<row r="9999999"><c r="ZZZZZ9999999"><v>1</v></c></row>')
    yield "negative-places.xlsx", book('<row r="-1"><c r="A-1"><v>1</v></c></row>')
    yield "rows-backwards.xlsx", book('<row r="5"/><row r="4"/>')
    yield "rows-without-numbers.xlsx", book(HEAD, ROW * 20)
    yield "columns-2000.xlsx", book(text_row(*["a"] * 2000), text_row(*["1"] * 2000))
    yield "rows-many.xlsx", book(HEAD, *[ROW * 1000] * some(8, 100))
    yield "rows-empty.xlsx", book(HEAD, *["<row/>" * 1000] * some(20, 1000), ROW)
    yield (
        "shared-twenty-thousand.xlsx",
        book(HEAD, '<row><c t="s"><v>0</v></c></row>' * 20_000, shared=f"<sst><si><t>{'abc ' * 8000}</t></si></sst>"),
    )
    yield (
        "shared-cyclic.xlsx",
        book(HEAD, '<row><c t="s"><v>0</v></c></row>', shared="<sst><si><si><t>a</t></si></si></sst>"),
    )
    for index in ("-1", "99999999", "1.5", "x", "1" * 30):
        yield f"shared-{index[:9]}.xlsx", book(HEAD, f'<row><c t="s"><v>{index}</v></c></row>', shared="<sst/>")
    yield "shared-missing.xlsx", book(HEAD, '<row><c t="s"><v>0</v></c></row>')
    for at, value in enumerate(
        ("1e400", "NaN", "-", "622202111111111111", "6.22202E+18", "1_000", "٣", "0x1F", "9" * 400)
    ):
        yield f"number-{at}.xlsx", book(HEAD, numbered("n", value))
    for at, value in enumerate(("-1", "2958466", "1e9", "60", "0")):
        yield f"day-{at}.xlsx", book(text_row("客户号", "出生日期"), numbered("n", value))
    for at, value in enumerate(("2026-13-45", "9999-99-99T99", "")):
        yield f"iso-day-{at}.xlsx", book(text_row("客户号", "出生日期"), numbered("d", value))
    yield "error-cells.xlsx", book(HEAD, numbered("e", "#REF!"))
    yield "kind-unknown.xlsx", book(HEAD, numbered("zzz", "1"))
    yield "formula.xlsx", book(HEAD, '<row><c t="str"><f>cmd|"/c calc"!A1</f><v>1</v></c></row>')
    merged = "</sheetData>" + "<mergeCells>" + '<mergeCell ref="A1:XFD1048576"/>' * 500 + "</mergeCells><sheetData>"
    yield "merged-all.xlsx", book(HEAD, ROW, merged)
    yield "deep.xlsx", book("<a>" * some(50_000, 500_000))
    yield "tag-of-two-megabytes.xlsx", book("<row " + "a" * 2_000_000 + "='1'/>")
    yield "blanks.xlsx", book(*[" " * 1_000_000] * 20)
    yield "surrogate.xlsx", book(HEAD, text_row("1", "&#xD800;", "1"))
    yield "control-characters.xlsx", book(HEAD, text_row("1", "&#1;", "1"))
    yield "escaped-controls.xlsx", book(HEAD, text_row("1", "_x0000_王_xD800_", "1"))
    outside = {"xl/externalLinks/externalLink1.xml": b'<externalLink><oleLink r:id="r1"/></externalLink>'}
    yield "external-links.xlsx", package(parts(whole) | outside)
    yield "macros.xlsm", package(parts(whole) | {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(900)})
    yield "target-outside.xlsx", changed(whole, b"worksheets/sheet1.xml", b"../../../../etc/passwd")
    yield "target-at-a-server.xlsx", changed(whole, b"worksheets/sheet1.xml", b"http://localhost/sheet1.xml")
    yield "target-itself.xlsx", changed(whole, b"worksheets/sheet1.xml", b"workbook.xml")
    yield "sheet-missing.xlsx", package({k: v for k, v in parts(whole).items() if "sheet1" not in k})
    yield "relations-missing.xlsx", package({k: v for k, v in parts(whole).items() if "rels" not in k})
    yield "book-empty.xlsx", package({**parts(whole), "xl/workbook.xml": b""})
    yield "book-not-xml.xlsx", package({**parts(whole), "xl/workbook.xml": b"\x00\xff<"})
    yield "book-of-2000-sheets.xlsx", changed(whole, b"</sheets>", b'<sheet name="S" r:id="r1"/>' * 2000 + b"</sheets>")
    yield "book-binary.xlsb", package({"xl/workbook.bin": b"\x83\x01"})
    yield "doctype.xlsx", changed(whole, b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet')
    laughs = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(9))
    yield "laughs.xlsx", changed(whole, b"<worksheet", f'<!DOCTYPE x [<!ENTITY e0 "ha">{laughs}]><worksheet'.encode())
    yield "encoding-none.xlsx", changed(whole, b"<worksheet", b'<?xml version="1.0" encoding="x-no"?><worksheet')
    yield "encoding-utf16.xlsx", changed(whole, b"<worksheet", b'<?xml version="1.0" encoding="utf-16"?><worksheet')
    yield "styles-rubbish.xlsx", package(parts(whole) | {"xl/styles.xml": b"<styleSheet><cellXfs>"})
    yield "parts-3000.xlsx", package(parts(whole) | {f"xl/{n}": b"" for n in range(3000)})
    yield "stored.xlsx", package(parts(whole), zipfile.ZIP_STORED)
    yield "bzip2-inside.xlsx", package(parts(whole), zipfile.ZIP_BZIP2)
    yield "lzma-inside.xlsx", package(parts(whole), zipfile.ZIP_LZMA)


def archives() -> Files:
    """Archives that are no workbooks, or lie about themselves."""
    whole = book(HEAD, ROW)
    yield "archive.zip", package({"a.csv": TABLE.encode()})
    yield "archive-named.xlsx", package({"a.csv": TABLE.encode()})
    yield "archive-empty.zip", package({})
    yield "archive-nested.zip", package({"a.zip": package({"b.zip": package({"c.xlsx": whole})})})
    yield "archive-climbs.zip", package({"../../../etc/passwd": b"x"})
    yield "archive-absolute.xlsx", package({"/etc/passwd": b"x", **parts(whole)})
    bomb = b"<worksheet><sheetData>" + b"<row/>" * some(4_000_000, 40_000_000)
    yield "bomb.xlsx", package({**parts(whole), "xl/worksheets/sheet1.xml": bomb})
    yield "bomb-of-texts.xlsx", package({**parts(book(HEAD, numbered("s", "0"))), "xl/sharedStrings.xml": bomb})
    yield "size-lies.xlsx", _lying(package({**parts(whole), "xl/worksheets/sheet1.xml": bomb[:9_000_000]}))
    yield "password.xlsx", _flagged(whole)
    yield "twice-the-same-part.xlsx", whole + whole
    yield "directory-lost.xlsx", whole[: whole.rindex(b"PK\x01\x02")]


def _lying(whole: bytes) -> bytes:
    """The directory says that every part is one byte long."""
    data, at = bytearray(whole), -1
    while (at := data.find(b"PK\x01\x02", at + 1)) >= 0:
        struct.pack_into("<I", data, at + 24, 1)
    return bytes(data)


def _flagged(whole: bytes) -> bytes:
    """Every part is said to be encrypted."""
    data = bytearray(whole)
    for mark, place in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = -1
        while (at := data.find(mark, at + 1)) >= 0:
            data[at + place] |= 1
    return bytes(data)


def others() -> Files:
    """ODS, XLS and Parquet."""
    row = "<table:table-row>" + "".join(map(ods_cell, ("{0}", "{1}"))) + "</table:table-row>"
    whole = sheet(row.format("客户号", "姓名") + row.format("1001", "张伟"))
    yield "whole.ods", whole
    for at in (30, len(whole) // 2, len(whole) - 1):
        yield f"cut-at-{at}.ods", whole[:at]
    wide = CELL.format(more=' table:number-columns-repeated="16384"')
    yield "repeated-cells.ods", sheet(f'<table:table-row table:number-rows-repeated="1048576">{wide}</table:table-row>')
    cell = ods_cell("a")
    yield (
        "repeated-rows.ods",
        sheet(f'<table:table-row table:number-rows-repeated="1000000">{cell}</table:table-row>' * 9),
    )
    for at, count in enumerate(("-1", "x", "0", "9" * 30)):
        one = f'<table:table-row table:number-rows-repeated="{count}">{cell}</table:table-row>'
        yield f"repeated-{at}.ods", sheet(row.format("客户号", "姓名") + one)
    yield "value-odd.ods", sheet(row.format("客户号", "姓名") + CELL.replace('"1"', '"1e999"').format(more=""))
    yield "laughs.ods", changed(whole, b"<office:document", b'<!DOCTYPE x [<!ENTITY a "b">]><office:document')
    yield "content-empty.ods", package({"content.xml": b""})
    yield "content-deep.ods", sheet("<a>" * 50_000)
    with TemporaryDirectory() as folder:
        yield from _old(Path(folder) / "a.xls")
        yield from _columns(Path(folder) / "a.parquet")


def _old(path: Path) -> Iterator[tuple[str, bytes]]:
    cells = old.label(0, 0, "客户号") + old.label(0, 1, "姓名") + old.label(1, 0, "1001") + old.label(1, 1, "张伟")
    whole = old.compound(path, old.book({"S": cells})).read_bytes()
    yield "whole.xls", whole
    for at in (8, 300, 600, 3000, len(whole) - 700):
        yield f"cut-at-{at}.xls", whole[:at]
    yield "cyclic.xls", old.compound(path, old.book({"S": cells}), follows={0: 0}).read_bytes()
    yield "no-book.xls", old.compound(path, b"x" * 5000, name="WordDocument").read_bytes()
    yield "password.xls", old.compound(path, old.book({"S": cells}, old.record(0x2F, bytes(6)))).read_bytes()
    yield "record-too-long.xls", old.compound(path, old.book({"S": struct.pack("<HH", 0x204, 65535)})).read_bytes()
    yield "far-cell.xls", old.compound(path, old.book({"S": cells + old.number(65535, 65535, 1.0)})).read_bytes()
    yield "not-a-number.xls", old.compound(path, old.book({"S": cells + old.number(2, 0, float("nan"))})).read_bytes()


def _columns(path: Path) -> Iterator[tuple[str, bytes]]:
    import duckdb

    with duckdb.connect() as connection:
        for name, query in {
            "whole": "SELECT '1001' AS 客户号, '张伟' AS 姓名",
            "odd-types": "SELECT 1 AS 客户号, [{'a': 2}] AS 姓名, 'x'::BLOB AS b, MAP {'k': 1} AS m, 1::HUGEINT AS h",
            "infinite": "SELECT 1 AS 客户号, 'a' AS 姓名, 'infinity'::DATE AS 出生日期, 'NaN'::DOUBLE AS 余额",
            "many-rows": f"SELECT range AS 客户号, 'a' AS 姓名 FROM range({some(20_000, 1_000_000)})",
            "long-text": f"SELECT 1 AS 客户号, repeat('王', {some(1_000_000, 60_000_000)}) AS 姓名",
            "columns-2000": "SELECT " + ", ".join(f"1 AS c{n}" for n in range(2000)),
            "no-rows": "SELECT 1 AS 客户号, 'a' AS 姓名 WHERE false",
        }.items():
            connection.execute(f"COPY ({query}) TO '{path}' (FORMAT parquet)")
            yield f"{name}.parquet", path.read_bytes()
            if name == "whole":
                whole = path.read_bytes()
    for at in (4, len(whole) // 2, len(whole) - 4):
        yield f"cut-at-{at}.parquet", whole[:at]
    yield "middle-gone.parquet", whole[:10] + whole[-40:]
    yield "foot-too-long.parquet", whole[:-8] + b"\xff\xff\xff\x7fPAR1"
    yield "foot-rubbish.parquet", whole[:-60] + bytes(b ^ 85 for b in whole[-60:-8]) + whole[-8:]
    yield "mark-alone.parquet", b"PAR1PAR1"
