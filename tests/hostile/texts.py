"""Text files that are broken, misnamed, misencoded or made to do harm."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterator

from tests.hostile.sizes import some

Files = Iterator[tuple[str, bytes]]

HEAD = "客户号,姓名,手机号,余额\n"
ROWS = "1001,张伟,13800000001,5000.00\n1002,李娜,13800000002,120.50\n"
TABLE = HEAD + ROWS
ENCODINGS = (
    "utf-8",
    "utf-8-sig",
    "gbk",
    "gb18030",
    "gb2312",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "utf-32",
    "utf-32-be",
    "big5",
    "shift_jis",
    "euc_kr",
    "utf-7",
    "hz",
    "iso2022_jp",
)
PLAIN = "id,name,phone\n1,Jörg Müller,13800000001\n2,Zoë,13800000002\n"


def encodings() -> Files:
    """The same table in every encoding, and in two at once."""
    for name in ENCODINGS:
        yield f"encoded-{name}.csv", TABLE.encode(name, "replace")
    for name in ("latin-1", "cp1252", "cp037", "mac_roman"):
        yield f"western-{name}.csv", PLAIN.encode(name)
    utf8, gbk = TABLE.encode(), TABLE.encode("gbk")
    yield "half-utf8-half-gbk.csv", utf8 + gbk
    yield "utf8-cut-in-a-letter.csv", utf8 + "王".encode()[:2]
    yield "gbk-cut-in-a-letter.csv", gbk + "王".encode("gbk")[:1]
    yield "overlong.csv", utf8 + b"3,\xc0\xaf\xe0\x80\xaf,1,1\n"
    yield "surrogates-as-utf8.csv", utf8 + b"3,\xed\xa0\x80\xed\xb0\x80,1,1\n"
    yield "lone-surrogate-utf16.csv", TABLE.encode("utf-16") + b"\x00\xd8" + "\n".encode("utf-16-le")
    yield "utf16-odd-length.csv", TABLE.encode("utf-16") + b"\x31"
    yield "two-marks.csv", b"\xef\xbb\xbf" * 2 + utf8
    yield "mark-of-utf16-text-of-utf8.csv", b"\xff\xfe" + utf8
    yield "mark-of-utf8-text-of-gbk.csv", b"\xef\xbb\xbf" + gbk
    yield "mark-alone.csv", b"\xef\xbb\xbf"
    yield "mark-of-utf16-alone.csv", b"\xff\xfe"
    yield "beyond-unicode-utf32.csv", b"\xff\xfe\x00\x00" + b"\xff\xff\xff\x7f" * 9
    yield "emoji-and-right-to-left.csv", (HEAD + "1,👨‍👩‍👧‍👦\u202e王\u2066,13800000001,1\n").encode()
    yield "combining.csv", (HEAD + "1,Z" + "\u0301" * some(3000, 30_000) + ",13800000001,1\n").encode()
    yield "private-use.csv", (HEAD + "1,\ue000\uf8ff\ufffe\uffff,13800000001,1\n").encode()


def broken() -> Files:
    """Bytes that no table has."""
    utf8 = TABLE.encode()
    yield "empty.csv", b""
    yield "one-byte.csv", b"a"
    yield "one-newline.csv", b"\n"
    yield "only-commas.csv", b",,,\n" * 50
    yield "only-quotes.csv", b'"' * 5000
    yield "only-header.csv", HEAD.encode()
    yield "nul-bytes-in-cells.csv", utf8.replace("伟".encode(), b"\0\0")
    yield "nul-bytes-all.csv", b"\0" * some(50_000, 50_000_000)
    yield "nul-at-the-end.csv", utf8 + b"\0" * 10
    yield "controls.csv", (HEAD + "1," + "".join(map(chr, range(1, 9))) + "王,13800000001,1\n").encode()
    yield "controls-all.csv", bytes(range(32)) * 300
    yield "escape-codes.csv", (HEAD + "1,\x1b[31m王\x1b]0;x\x07,13800000001,1\n").encode()
    yield "random.bin", random.Random(3).randbytes(some(40_000, 4_000_000))
    yield "random-named.csv", random.Random(4).randbytes(some(40_000, 4_000_000))
    yield "mac-newlines.csv", TABLE.replace("\n", "\r").encode()
    yield "mixed-newlines.csv", (HEAD + ROWS.replace("\n", "\r\n") + ROWS.replace("\n", "\r")).encode()
    yield "unicode-newlines.csv", TABLE.replace("\n", "\u2028").encode()
    yield "vertical-tabs.csv", TABLE.replace("\n", "\x0b").encode()
    yield "no-newline-at-the-end.csv", utf8.rstrip()
    yield "quote-never-closed.csv", (TABLE + '1003,"王\n' + ROWS * some(200, 20_000)).encode()
    yield "quote-never-closed-in-the-header.csv", ('"' + TABLE + ROWS * some(200, 20_000)).encode()
    yield "quotes-doubled.csv", (HEAD + '1,"' + '""' * some(4000, 100_000) + '",13800000001,1\n').encode()
    yield "quote-in-the-middle.csv", (HEAD + '1,王"伟",138"0,1\n').encode()
    yield "newline-in-each-cell.csv", (HEAD + '1,"王\n伟",13800000001,"1\n"\n').encode()
    yield "backslashes.csv", (HEAD + "1,\\\\\\,13800000001,\\\n").encode()
    yield "ragged.csv", "".join("1," * n + "\n" for n in range(60)).encode()
    yield "wider-and-wider.csv", b"".join(b"," * n + b"\n" for n in range(0, 1500, 50))
    yield "same-header-often.csv", ("客户号," * 50 + "姓名\n" + "1," * 50 + "王\n").encode()
    yield "header-without-names.csv", b",,,\n1,2,3,4\n"
    yield "header-in-row-90.csv", ("说明\n" * 90 + TABLE).encode()
    yield "header-three-times.csv", (TABLE * 3).encode()
    yield "huge-header.csv", (",".join("列" * 200 + str(n) for n in range(100)) + "\n" + ROWS).encode()
    yield "header-of-a-megabyte.csv", ("客" * 400_000 + ",姓名\n1,王\n").encode()
    yield "million-columns.csv", b"a," * 1_000_000 + b"\n"
    yield "columns-1025.csv", b"a," * 1025 + b"\n" + b"1," * 1025 + b"\n"
    yield "million-rows-of-one-cell.csv", b"1\n" * some(50_000, 1_000_000)
    yield "million-empty-rows.csv", HEAD.encode() + b"\n" * some(50_000, 1_000_000) + ROWS.encode()
    yield "million-rows-of-commas.csv", HEAD.encode() + b",,,\n" * some(30_000, 1_000_000)
    yield "cell-of-a-megabyte.csv", (HEAD + "1," + "王" * 340_000 + ",13800000001,1\n").encode()
    yield "cell-of-200-kB.csv", (HEAD + "1," + "王" * 60_000 + ",13800000001,1\n").encode()
    yield "no-delimiter.csv", ROWS.replace(",", "").encode()
    yield "every-delimiter.csv", (HEAD + "1;2\t3|4^5\x016\n").encode()
    yield "spaces-as-delimiters.csv", TABLE.replace(",", "   ").encode()


def values() -> Files:
    """Values that no row of a bank has: each is told or read as it stands, never guessed."""
    numbers = (
        "622202" + "1" * 13,
        "6.22202E+18",
        "1e308",
        "-1e999",
        "nan",
        "inf",
        "0x10",
        "１２３４．５",
        "1,234.50",
        "1.234,50",
        "(500.00)",
        "5000-",
        "¥5,000",
        "--5",
        "5.0.0",
        "1" * 400,
        "٣٤٥",
        "五千",
        "1/0",
        "=1+1",
        "=cmd|'/c calc'!A1",
        "@SUM(1)",
        "+86",
        "9" * 30,
    )
    for at, told in enumerate(numbers):
        yield f"amount-{at:02}.csv", f'客户号,账号,账户余额\n1001,A1,"{told}"\n1002,A2,5.00\n'.encode()
    days = (
        "0000-00-00",
        "2026-02-30",
        "9999-12-31",
        "10000-01-01",
        "-1",
        "45000",
        "99999999999",
        "1899-12-31",
        "30/02/2026",
        "01/02/03",
        "20260230",
        "2026年2月30日",
        "Feb 29 2025",
        "2026-01-01T25:61:61",
        "1970-01-01T00:00:00+99:99",
        "today",
        "１９８０年１月１日",
    )
    for at, told in enumerate(days):
        yield f"day-{at:02}.csv", f"客户号,姓名,出生日期\n1001,张伟,{told}\n1002,李娜,1980-01-01\n".encode()
    for at, told in enumerate(("../../etc/passwd", "%s%n", "'; DROP TABLE client; --", "{name}", "<script>", "\u0000")):
        yield f"name-{at}.csv", f"客户号,姓名,手机号\n1001,{told},13800000001\n".encode()
    yield "long-digits-as-float.csv", "客户号,姓名,身份证号\n1001,张伟,1.10101E+17\n".encode()
    yield "number-of-client-a-megadigit.csv", f"客户号,姓名\n{'1' * 60_000},张伟\n".encode()


def other() -> Files:
    """Files of another form than their name says, packed, nested or cut."""
    whole = TABLE.encode()
    yield "json.csv", json.dumps([{"客户号": "1", "姓名": "张伟"}]).encode()
    yield "json-deep.json", b"[" * 100_000
    yield "json-cut.json", b'{"clients": [{"name": "'
    yield "xml.csv", b"<?xml version='1.0'?><clients><client/></clients>"
    yield "script.sh", b"#!/bin/sh\nrm -rf /\n"
    yield "elf.csv", b"\x7fELF" + bytes(2000)
    yield "exe.xlsx", b"MZ\x90\x00" + bytes(2000)
    yield "picture.csv", b"\x89PNG\r\n\x1a\n" + random.Random(1).randbytes(3000)
    yield "database.csv", b"SQLite format 3\x00" + bytes(4000)
    yield "pdf.xlsx", b"%PDF-1.7\n%%EOF"
    yield "rar.csv", b"Rar!\x1a\x07\x00" + bytes(100)
    yield "7z.csv", b"7z\xbc\xaf\x27\x1c" + bytes(100)
    yield "bzip2.csv", b"BZh91AY&SY" + bytes(100)
    yield "zstd.csv", b"\x28\xb5\x2f\xfd" + bytes(100)
    yield "text-named.xlsx", whole
    yield "text-named.parquet", whole
    yield "text-named.vcf", whole
    yield "gzip.csv.gz", gzip.compress(whole)
    yield "gzip-in-gzip.csv.gz", gzip.compress(gzip.compress(whole))
    yield "gzip-cut.csv.gz", gzip.compress(random.Random(2).randbytes(4000).hex().encode())[:3000]
    yield "gzip-wrong-sum.csv.gz", gzip.compress(whole)[:-8] + bytes(8)
    yield "gzip-then-rubbish.csv.gz", gzip.compress(whole) + b"rubbish"
    yield "gzip-header-alone.csv.gz", gzip.compress(whole)[:10]
    yield "gzip-of-nothing.csv.gz", gzip.compress(b"")
    yield "gzip-bomb.csv.gz", gzip.compress(b"1,a\n" * some(5_000_000, 100_000_000))
    yield "gzip-bomb-one-line.csv.gz", gzip.compress(bytes(some(20_000_000, 1_000_000_000)))
    yield "html-never-closed.xls", ("<table><tr><td>客户号<td>姓名<tr><td>1<td>张伟" + "<td>" * 900).encode()
    yield "html-table-in-table.xls", ("<table><tr><td>" * some(3000, 100_000)).encode()
    yield "html-wide-spans.xls", b'<table><tr><td colspan="9999" rowspan="9999">a<tr><td>b</table>'
    yield "html-entities.xls", ("<table><tr><td>客户号<td>姓名<tr><td>1<td>" + "&lt;&#x110000;&#0;" * 2000).encode()
    yield "html-script.xls", "<html><script>x</script><table><tr><td>客户号<td>姓名<tr><td>1<td>张伟</table>".encode()
    laughs = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(9))
    office = '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet><Table><Row><Cell><Data>'
    yield "xml-laughs.xls", f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e0 "ha">{laughs}]>{office}&e9;'.encode()
    yield "xml-outside.xls", f'<?xml version="1.0"?><!DOCTYPE x SYSTEM "file:///etc/passwd">{office}'.encode()
    yield "xml-cut.xls", f'<?xml version="1.0"?>{office}1</Data>'.encode()
