"""Encodings and delimiters are told by what is in the file."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rmdesk.services.imports import sniff
from rmdesk.services.imports.records import Entity
from tests.services.imports.files import only, read, written

NAMES = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=2, max_size=4)
TABLE = st.lists(st.tuples(NAMES, st.integers(0, 10**9)), min_size=1, max_size=30)
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"]


@settings(max_examples=60, deadline=None)
@given(
    table=TABLE,
    encoding=st.sampled_from(ENCODINGS),
    delimiter=st.sampled_from([",", ";", "\t", "|"]),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    packed=st.booleans(),
)
def test_any_table_is_read_back(
    tmp_path_factory: pytest.TempPathFactory,
    table: list[tuple[str, int]],
    encoding: str,
    delimiter: str,
    end: str,
    packed: bool,
) -> None:
    lines = [["客户号", "客户姓名", "账号", "账户余额", "地址"]]
    lines += [
        [f"C{i:05}", name, f"A{i:05}", f'"{minor / 100:,.2f}"', "北京市"] for i, (name, minor) in enumerate(table)
    ]
    data = "".join(delimiter.join(line) + end for line in lines).encode(encoding)
    path = tmp_path_factory.mktemp("any") / "export.xls"
    path.write_bytes(gzip.compress(data) if packed else data)
    source = only(path)
    records = read(source)
    assert source.delimiter == delimiter
    assert [c["name"] for c in records[Entity.CLIENT]] == [name for name, _ in table]
    assert [a["balance_minor"] for a in records[Entity.ACCOUNT]] == [minor for _, minor in table]
    assert (source.refused, source.findings) == (0, [])


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (b"a,b\n1,2\n", "utf-8"),
        ("姓名\n张三\n".encode(), "utf-8"),
        ("姓名\n张三\n".encode("gbk"), "gb18030"),
        ("姓名\n龘𠀀\n".encode("gb18030"), "gb18030"),
        ("name\nMüller, Gérard, Ñandú\n".encode("latin-1"), "cp1252"),
        (b"a,b,c\n1,2,3\n4,5,\xa9\n", "cp1252"),
        ("a\n1€\n".encode("cp1252"), "cp1252"),
        (b"a" * 300_000 + "\n张".encode("gbk"), "gb18030"),
        (b"\x00" * 4000, ""),
        (bytes(range(256)) * 40, ""),
    ],
)
def test_encoding_of_a_text(data: bytes, encoding: str) -> None:
    scan = sniff.TextScan(data[:1000])
    for at in range(0, len(data), 1000):
        scan.feed(data[at : at + 1000])
    assert scan.encoding() == encoding


@given(st.lists(st.binary(max_size=200), max_size=20))
def test_longest_line_is_counted_across_blocks(blocks: list[bytes]) -> None:
    scan = sniff.TextScan(b"")
    for block in blocks:
        scan.feed(block)
    longest = max(map(len, b"".join(blocks).replace(b"\r", b"\n").split(b"\n")))
    # lines that lie whole inside a block need no counting: a block is shorter than the limit
    assert scan.longest <= longest
    if len(blocks) == 1 and b"\n" not in blocks[0] and b"\r" not in blocks[0]:
        assert scan.longest == longest


def test_tabs_inside_cells_are_no_delimiters(shared_data: Path) -> None:
    source = only(shared_data / "import-fixtures" / "bank-statement" / "cn-icbc-credit.csv")
    assert (source.delimiter, len(source.headers)) == (",", 13)


def test_open_quotation_marks_stand_for_themselves(tmp_path: Path) -> None:
    text = '客户号,姓名,备注\n1,张三,"开口\n' + "".join(f"{i},李四,好\n" for i in range(2, 9000))
    clients = read(only(written(tmp_path / "a.csv", text)))[Entity.CLIENT]
    assert len(clients) == 8999


def test_quotation_mark_opened_late_is_told_and_reading_goes_on(tmp_path: Path) -> None:
    good = "".join(f"{i},李四,好\n" for i in range(6000))
    source = only(written(tmp_path / "a.csv", f'客户号,姓名,备注\n{good}1,张三,"开口\n{good * 4}'))
    clients = read(source)[Entity.CLIENT]
    assert len(clients) > 6000
    assert any("not closed" in f.why.said for f in source.findings)


def test_lone_nulls_are_dropped(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"client_id,sex\n1\x00,F\n2,M\n")
    assert [c["number"] for c in read(only(path))[Entity.CLIENT]] == ["1", "2"]
