"""Files that are damaged, or made to do harm: each is refused in words, in little memory and time."""

from __future__ import annotations

import gzip
import random
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from rmdesk.base.errors import Known, Refused, Trouble
from rmdesk.services.imports.records import Entity
from rmdesk.services.imports.source import open_sources
from rmdesk.services.imports.tables.styles import is_day_format
from tests.services.imports.files import ods, ods_cell, only, read, text_row, written, xlsx

CELL = '<table:table-cell office:value-type="float" office:value="1"{more}><text:p>1</text:p></table:table-cell>'


def zipped(path: Path, name: str, data: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(name, data)
    return path


def binary(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def far_corner(path: Path) -> Path:
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    return xlsx(path, [rows])


def laughs(path: Path) -> Path:
    entities = "".join(f'<!ENTITY e{i + 1} "{f"&e{i};" * 10}">' for i in range(9))
    sheet = f'<!DOCTYPE x [<!ENTITY e0 "ha">{entities}]><worksheet><sheetData>&e9;</sheetData></worksheet>'
    whole = xlsx(path, [text_row("a")])
    with zipfile.ZipFile(whole) as package:
        parts = {i.filename: package.read(i) for i in package.infolist()}
    parts["xl/worksheets/sheet1.xml"] = sheet.encode()
    with zipfile.ZipFile(path, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return path


def repeated(path: Path) -> Path:
    more = ' table:number-columns-repeated="16384"'
    row = f'<table:table-row table:number-rows-repeated="1048576">{CELL.format(more=more)}</table:table-row>'
    return ods(path, row)


def tall(path: Path) -> Path:
    row = f'<table:table-row table:number-rows-repeated="1000000">{ods_cell("a")}</table:table-row>'
    return ods(path, row * 9)


def shared_picture(path: Path) -> Path:
    """Many cells that refer to one long text."""
    shared = f"<sst><si><t>{'abc ' * 8000}</t></si></sst>"
    cells = '<row><c><v>1</v></c><c t="s"><v>0</v></c></row>' * 30_000
    return xlsx(path, [text_row("client_id", "name"), cells], shared)


REFUSED: dict[str, tuple[Callable[[Path], Path], str]] = {
    "empty": (lambda p: binary(p, b""), "empty"),
    "blank lines": (lambda p: binary(p, b"\n \n\n"), "empty"),
    "nulls": (lambda p: binary(p, b"\x00" * 100_000), "no_text"),
    "random": (lambda p: binary(p, random.Random(1).randbytes(300_000)), "no_text"),
    "pdf": (lambda p: binary(p, b"%PDF-1.4\n%%EOF"), "unknown_form"),
    "one long line": (lambda p: binary(p, b"a,b\n" + b"x" * 3_000_000), "line_too_long"),
    "a million columns": (lambda p: binary(p, b"," * 1_000_000), "line_too_long"),
    "100,000 columns": (lambda p: binary(p, b"a," * 100_000 + b"\n"), "too_many_columns"),
    "gzip of nothing": (lambda p: binary(p, gzip.compress(b"\x00" * 50_000_000, 1)), "line_too_long"),
    "gzip of lines": (lambda p: binary(p, gzip.compress(b"1,a\n" * 10_000_000)), "unpacked_too_large"),
    "cut gzip": (lambda p: binary(p, gzip.compress(random.Random(1).randbytes(9000).hex().encode())[:5000]), "damaged"),
    "cut xlsx": (lambda p: binary(p, far_corner(p).read_bytes()[:600]), "damaged"),
    "archive": (lambda p: zipped(p, "a.csv", b"client_id\n1\n"), "archive"),
    "far corner": (far_corner, "too_many_columns"),
    "sheet of blanks": (lambda p: xlsx(p, [" " * 1_000_000] * 20), "unpacked_too_large"),
    "many laughs": (laughs, "hostile"),
    "repeated cells": (repeated, "unpacked_too_large"),
    "repeated rows": (tall, "unpacked_too_large"),
    "rows backwards": (lambda p: xlsx(p, ['<row r="5"/><row r="4"/>']), "damaged"),
    "odd places": (lambda p: xlsx(p, ['<row><c r="1A"><v>1</v></c></row>']), "damaged"),
    "page without table": (lambda p: binary(p, b"<html><p>no access</p></html>"), "no_text"),
    "parquet in name": (lambda p: binary(p, b"PAR1" + b"x" * 500), "damaged"),
    "old workbook in name": (lambda p: binary(p, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 3000), "damaged"),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_refused_with_a_reason(tmp_path: Path, kind: str) -> None:
    make, code = REFUSED[kind]
    path = make(tmp_path / "file.csv")
    with pytest.raises((Refused, Trouble)) as told:
        read(only(path))
    assert told.value.code == code
    assert told.value.said.endswith(".")
    assert "{" not in told.value.said + told.value.advice
    assert told.value.advice


def test_what_the_disk_does_is_told_too(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="folder"):
        open_sources(tmp_path)
    with pytest.raises(Trouble, match="not there"):
        open_sources(tmp_path / "none.csv")
    looped = tmp_path / "loop.csv"
    looped.symlink_to(looped)
    with pytest.raises(Trouble, match="can't be read"):
        open_sources(looped)


def test_too_many_rows_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from rmdesk.services.imports import limits

    monkeypatch.setitem(limits._rules()["table"], "rows", {"value": 5000})
    with pytest.raises(Refused, match="more than 5000 rows"):
        read(only(written(tmp_path / "a.csv", "客户号,姓名\n" + "1,张三\n" * 20_000)))


def test_too_many_cards_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from rmdesk.services.imports import limits

    monkeypatch.setitem(limits._rules()["vcard"], "cards", {"value": 10})
    with pytest.raises(Refused, match="more than 10 cards"):
        read(only(written(tmp_path / "a.vcf", "BEGIN:VCARD\nFN:A\nEND:VCARD\n" * 11)))


MEASURED = """
import resource, sys
from pathlib import Path
from rmdesk.base.errors import Known
from rmdesk.services.imports.records import Entity
from rmdesk.services.imports.source import open_sources
from rmdesk.services.imports.tables.styles import is_day_format
resource.setrlimit(resource.RLIMIT_AS, (700 << 20, 700 << 20))
try:
    for source in open_sources(Path(sys.argv[1])):
        print(sum(len(chunk.rows) for chunk in source.chunks()))
except Known as error:
    print(error.code)
print(*(int(line.split()[1]) >> 10 for line in Path("/proc/self/status").open() if line.startswith("VmHWM")))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="measures memory by /proc")
@pytest.mark.parametrize(
    ("make", "told"),
    [
        (far_corner, "too_many_columns"),
        (laughs, "hostile"),
        (repeated, "unpacked_too_large"),
        (shared_picture, "30000"),
        (lambda p: binary(p, gzip.compress(b"\x00" * 300_000_000, 1)), "line_too_long"),
        (lambda p: binary(p, b"client_id,name\n" + (b"1," + b"x" * 120_000 + b"\n") * 400), "400"),
        (lambda p: binary(p, b"BEGIN:VCARD\nFN:A\nPHOTO;ENCODING=b:" + b"A" * 15_000_000 + b"\nEND:VCARD\n"), "1"),
    ],
    ids=["corner", "laughs", "repeated", "shared", "gzip", "long cells", "photo"],
)
def test_memory_stays_below_300_mb(tmp_path: Path, make: Callable[[Path], Path], told: str) -> None:
    path = make(tmp_path / "file.csv")
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, str(path)], capture_output=True, text=True, check=True, timeout=60
    )
    answer, peak = done.stdout.split()
    assert answer == told
    assert int(peak) < 300


@pytest.mark.parametrize("name", ["bank-statement/cn-citic-credit.xls", "bank-statement/cn-wechat.xlsx", "vcard"])
def test_flipped_bytes_never_crash(shared_data: Path, tmp_path: Path, name: str) -> None:
    chance = random.Random(7)
    whole = shared_data / "import-fixtures" / name
    files = sorted(whole.glob("*.vcf")) if whole.is_dir() else [whole]
    for _ in range(60):
        data = bytearray(chance.choice(files).read_bytes())
        for _ in range(chance.choice((1, 3, 10))):
            data[chance.randrange(len(data))] = chance.randrange(256)
        path = binary(tmp_path / "file.bin", bytes(data[: chance.choice((len(data), len(data) // 2))]))
        try:
            for source in open_sources(path):
                source.preview()
                read(source)
        except Known as error:
            assert error.advice  # noqa: PT017 (most flips do no harm, so nothing has to be raised)


@pytest.mark.parametrize(("old", "new"), [(b"UTF-8", b"UTF-9"), (b"UTF-8", b"gbk")])
def test_an_encoding_nobody_knows_is_damage(tmp_path: Path, old: bytes, new: bytes) -> None:
    with zipfile.ZipFile(xlsx(tmp_path / "whole.xlsx", [text_row("a")])) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    sheet = next(name for name in parts if name.endswith("workbook.xml"))
    parts[sheet] = b'<?xml version="1.0" encoding="UTF-8"?>'.replace(old, new) + parts[sheet].partition(b"?>")[2]
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)
    with pytest.raises(Trouble) as trouble:
        open_sources(tmp_path / "a.xlsx")
    assert trouble.value.code == "damaged"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.csv", "客户号,姓名," + "(<[" * 80_000 + "\n1,王伟,x\n"),
        ("a.csv", "客户号,姓名,余额\n" + "1,王伟,5.00\n" * 9 + "2,李娜," + "1" * 200_000 + "x\n"),
        ("a.xls", "<table><tr><td>客户号<td>姓名<tr><td>1<td>王伟" + "<!--" * 1_000_000 + "</table>"),
    ],
)
def test_texts_made_to_be_tried_over_and_over_end_soon(tmp_path: Path, name: str, text: str) -> None:
    (source,) = open_sources(written(tmp_path / name, text))
    if source.problem is None:
        assert read(source)
    else:
        assert source.problem.code == "no_meaning"


def test_a_number_format_of_brackets_alone_takes_no_time() -> None:
    assert not is_day_format("[" * 200_000)


def test_a_card_in_an_alphabet_that_cannot_be(tmp_path: Path) -> None:
    card = (
        "BEGIN:VCARD\nVERSION:2.1\nFN;ENCODING=QUOTED-PRINTABLE;CHARSET=utf\0-8:=E7=8E=8B\nTEL:13800000001\nEND:VCARD\n"
    )
    (source,) = open_sources(binary(tmp_path / "a.vcf", card.encode()))
    (client,) = read(source)[Entity.CLIENT]
    assert client["name"] == "王"
