"""Address cards of all versions and programs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rmdesk.services.imports.records import Entity
from rmdesk.services.imports.tables import vcard
from tests.services.imports.files import only, read, written


def clients(path: Path) -> list[dict[str, Any]]:
    """The clients of a file, without the fields that nothing is told of."""
    return [{k: v for k, v in c.items() if v is not None} for c in read(only(path))[Entity.CLIENT]]


def card(*lines: str, version: str = "3.0", end: str = "\r\n") -> str:
    """One card."""
    return end.join(("BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD", ""))


def test_quoted_printable_in_gbk_and_soft_breaks(tmp_path: Path) -> None:
    text = card(
        "N;CHARSET=GBK;ENCODING=QUOTED-PRINTABLE:=D5=C5;=C8=FD;;;",
        "TEL;CELL;PREF:138-1234-5678",
        "NOTE;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E5=96=9C=",
        "=E8=8C=B6=0D=0A=E5=BF=8C=E7=83=9F",
        version="2.1",
    )
    assert clients(written(tmp_path / "a.vcf", text)) == [
        {"name": "张三", "phone": "13812345678", "note": "喜茶\n忌烟"}
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_encoding_and_line_end(tmp_path: Path, encoding: str, end: str) -> None:
    text = card("FN:张三", "N:张;三;;;", "ADR;TYPE=HOME:;;长安街1号;北京;北京市;100000;中国", end=end) * 2
    assert (
        clients(written(tmp_path / "a.txt", text, encoding))
        == [{"name": "张三", "address": "中国北京市北京长安街1号"}] * 2
    )


def test_folded_lines_grouped_names_and_escapes(tmp_path: Path) -> None:
    text = card(
        "item1.FN:Anna\\, Maria",
        " \\; Muster",
        'TEL;VALUE=uri;TYPE="work,voice";PREF=1:tel:+1-418-656-9254;ext=102',
        "TEL;TYPE=FAX:+1-418-656-0000",
        "TEL;TYPE=CELL:+1-418-262-6501",
        "BDAY:--0203",
        "X-WECHAT:anna88",
        "ORG:Bank;Lending",
        "GENDER:F",
        version="4.0",
    )
    assert clients(written(tmp_path / "a.vcf", text)) == [
        {
            "name": "Anna, Maria; Muster",
            "phone": "+14182626501",
            "other_phones": "+14186569254",
            "birth_date": "---02-03",
            "wechat": "anna88",
            "employer": "Bank Lending",
            "sex": "F",
        }
    ]


def test_chinese_names_are_put_family_name_first(tmp_path: Path) -> None:
    text = card("N:欧阳;修;;;", "FN:修 欧阳") + card("FN:三 张") + card("N:Doe;John;Q;;", "FN:")
    assert [c["name"] for c in clients(written(tmp_path / "a.vcf", text))] == ["欧阳修", "三 张", "John Q Doe"]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("rfc6350-example.vcf", {"name": "Simon Perreault", "birth_date": "---02-03", "sex": "M"}),
        ("outlook-2007.vcf", {"name": "Mr. Michael Angstadt Jr.", "birth_date": "1922-03-10"}),
        ("John_Doe_IPHONE.vcf", {"name": "Mr. John Richter James Doe Sr.", "birth_date": "2012-06-06"}),
        ("issue153.vcf", {"name": "Test Benutzer"}),
        ("khard-korean-c.vcf", {"name": "최유림"}),
        ("khard-unparsable.vcf", {"name": "second contact with minimal Vcard"}),
        ("eds-migrate-4.vcf", {"name": "First Name bat", "email": "警察@brown.org"}),
    ],
)
def test_cards_of_many_programs(shared_data: Path, name: str, told: dict[str, str]) -> None:
    (client, *_) = clients(shared_data / "import-fixtures" / "vcard" / name)
    assert told.items() <= client.items()


def test_no_picture_gets_through(shared_data: Path) -> None:
    for path in (shared_data / "import-fixtures" / "vcard").glob("*.vcf"):
        for client in clients(path):
            assert max(len(str(value)) for value in client.values()) < 3000, path.name


def test_unreadable_birthday_is_a_warning(shared_data: Path) -> None:
    source = only(shared_data / "import-fixtures" / "vcard" / "khard-text-bday.vcf")
    assert read(source)[Entity.CLIENT][0]["name"] == "text birthday"
    assert [(f.value, f.severity.value) for f in source.findings] == [("circa 1800", "warning")]


@given(st.lists(st.text(max_size=60), max_size=12))
def test_no_lines_make_it_fail(lines: list[str]) -> None:
    rows = [vcard._row(found) for found in vcard._cards(iter(["BEGIN:VCARD\n", *(f"{line}\n" for line in lines)]))]
    assert len(rows) <= 1 + sum("BEGIN" in line.upper() for line in lines)
