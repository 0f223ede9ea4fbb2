"""What a file is, is told by its content; what is refused says why and what to do."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rmdesk.base.errors import Refused
from rmdesk.services.files import rules
from rmdesk.services.files.kinds import ENDINGS, PICTURES, Kind, Why, kind_of, text_of
from rmdesk.services.rulebook import book
from tests.services.files import camera, office

HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (camera.jpeg(), Kind.JPEG),
        (camera.png(), Kind.PNG),
        (camera.webp(), Kind.WEBP),
        (b"%PDF-1.7\n%\xe2\xe3", Kind.PDF),
        (b"plain", Kind.TEXT),
        ("谈女儿留学\r\n\t费用".encode(), Kind.TEXT),
        ("谈女儿留学".encode("gb18030"), Kind.TEXT),
        ("谈女儿留学".encode("utf-16"), Kind.TEXT),
        (office.packed("word"), Kind.DOCX),
        (office.packed("xl"), Kind.XLSX),
        (office.packed("ppt"), Kind.PPTX),
        (office.open_document("text"), Kind.ODT),
        (office.open_document("spreadsheet"), Kind.ODS),
        (office.old("WordDocument"), Kind.DOC),
        (office.old("Workbook", book=office.plain_sheet()), Kind.XLS),
        (office.old("PowerPoint Document"), Kind.PPT),
        (b"", Why.EMPTY),
        (HEIC, Why.HEIC),
        (b"MZ\x90\x00\x03", Why.PROGRAM),
        (b"\x7fELF\x02\x01", Why.PROGRAM),
        (b"#!/bin/sh\nrm -r ~", Why.PROGRAM),
        (office.packed("word", more=("word/vbaProject.bin",)), Why.MACRO),
        (office.packed("xl", more=("xl/macrosheets/sheet1.xml",)), Why.MACRO),
        (office.packed("xl", declared="application/vnd.ms-excel.sheet.macroEnabled.main+xml"), Why.MACRO),
        (office.open_document("text", more=("Basic/Standard/Module1.xml",)), Why.MACRO),
        (office.old("WordDocument", "_VBA_PROJECT"), Why.MACRO),
        (office.old("Workbook", book=office.macro_sheet()), Why.MACRO),
        (office.old("EncryptedPackage"), Why.LOCKED),
        (office.packed("word", password=True), Why.LOCKED),
        (b"PK\x03\x04 no archive", Why.DAMAGED),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 short", Why.DAMAGED),
        (b"GIF89a\x01\x00", Why.UNKNOWN),
        (b"\x00\x01\x02\x03", Why.UNKNOWN),
        (b"Rar!\x1a\x07\x00", Why.UNKNOWN),
    ],
)
def test_the_content_tells_what_a_file_is(content: bytes, kind: Kind | Why) -> None:
    assert kind_of(content) is kind


def test_an_archive_of_anything_is_not_kept() -> None:
    import io
    import zipfile

    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("run.exe", "MZ")
    assert kind_of(held.getvalue()) is Why.UNKNOWN


def test_an_office_file_of_too_many_parts_is_not_looked_through() -> None:
    assert kind_of(office.packed("word", more=tuple(f"word/{n}" for n in range(8))), parts=5) is Why.DAMAGED


@pytest.mark.parametrize("why", Why)
def test_every_refusal_says_what_to_do(why: Why) -> None:
    error = rules.refused(why)
    assert error.said
    assert error.advice
    assert error.field == "file"


def test_a_photo_of_an_iphone_is_refused_in_words() -> None:
    with pytest.raises(Refused) as caught:
        rules.cleaned("IMG_1.HEIC", HEIC)
    assert "HEIC" in caught.value.said
    assert "JPEG" in caught.value.advice


def test_a_damaged_picture_is_refused() -> None:
    with pytest.raises(Refused) as caught:
        rules.cleaned("a.jpg", camera.jpeg()[:60])
    assert caught.value.code == "file_damaged"


def test_a_picture_made_up_to_fill_the_memory_is_refused() -> None:
    huge = bytearray(camera.png())
    huge[16:24] = (60_000).to_bytes(4) * 2
    with pytest.raises(Refused) as caught:
        rules.cleaned("a.png", bytes(huge))
    assert caught.value.code == "file_pixels"


@pytest.mark.parametrize("over", [0, 1])
def test_the_size_limit_is_met_to_the_byte(over: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(book("files")["limits"]["bytes"], "value", 100)
    if over:
        with pytest.raises(Refused) as caught:
            rules.cleaned("a.txt", b"a" * 101)
        assert caught.value.code == "file_large"
    else:
        assert rules.cleaned("a.txt", b"a" * 100).content == b"a" * 100


@pytest.mark.parametrize(
    ("count", "total", "code"), [(29, 0, ""), (30, 0, "too_many_files"), (0, 4 << 30, "files_full")]
)
def test_there_is_room_up_to_the_limits(count: int, total: int, code: str) -> None:
    if not code:
        rules.check_room(count, total, 1)
        return
    with pytest.raises(Refused) as caught:
        rules.check_room(count, total, 1)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("given_name", "kind", "name"),
    [
        ("合影.jpg", Kind.JPEG, "合影.jpg"),
        ("合影.JPEG", Kind.JPEG, "合影.jpeg"),
        ("invoice.pdf.exe", Kind.JPEG, "invoice.pdf.exe.jpg"),
        ("run.bat", Kind.TEXT, "run.bat.txt"),
        ("D:\\photos\\合影.jpg", Kind.JPEG, "合影.jpg"),
        ("../../etc/passwd", Kind.TEXT, "passwd.txt"),
        ("gpj.\u202eexe", Kind.JPEG, "gpj.exe.jpg"),
        ("con.txt", Kind.TEXT, "file.txt"),
        ("", Kind.PNG, "file.png"),
        ("...", Kind.PNG, "file.png"),
        ('a:b*?"<>|.pdf', Kind.PDF, "a b.pdf"),
    ],
)
def test_names_are_harmless_and_end_as_what_they_are(given_name: str, kind: Kind, name: str) -> None:
    assert rules.safe_name(given_name, kind) == name


@given(st.text(max_size=300), st.sampled_from(Kind))
def test_no_name_leads_elsewhere_or_deceives(written: str, kind: Kind) -> None:
    name = rules.safe_name(written, kind)
    assert name.endswith(ENDINGS[kind])
    assert 0 < len(name) <= rules.limit("name_length")
    assert not set(name) & set('/\\:*?"<>|\r\n\t')
    assert all(sign.isprintable() or sign == " " for sign in name)
    assert rules.safe_name(name, kind) == name


@given(st.binary(max_size=200))
def test_any_bytes_are_something_or_refused(content: bytes) -> None:
    kind = kind_of(content)
    assert isinstance(kind, Kind | Why)
    if isinstance(kind, Why) or kind in PICTURES:
        with pytest.raises(Refused):
            rules.cleaned("x", content)
    else:
        assert rules.cleaned("x", content).content == content


@given(st.text(alphabet=st.characters(categories=("L", "N", "P", "Zs")), min_size=1))
def test_a_text_reads_as_it_was_written(text: str) -> None:
    assert text_of(text.encode()) == text
