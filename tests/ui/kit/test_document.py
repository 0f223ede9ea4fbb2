"""Documents on paper: the PDF is read back by another program's eyes."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader
from pytestqt.qtbot import QtBot

from rmdesk.base import text
from rmdesk.base.errors import Trouble
from rmdesk.base.text import phrase
from rmdesk.services.charts import Bar, Bars
from rmdesk.services.documents import Break, Columns, Document, Heading, Line, Lines, Note, Picture, TableBlock, Title
from rmdesk.services.documents.blocks import texts
from rmdesk.ui.kit import document, fonts
from rmdesk.ui.tasks.runner import Tasks
from tests.conftest import TODAY

NOWHERE = "\U0010fffd"  # a character that no font has


@pytest.fixture(autouse=True)
def chinese(qapp: Any) -> None:
    """What is tested here needs a font with Chinese; `rmdesk doctor` and the README name one."""
    if not fonts.has_chinese():
        pytest.skip("no font with Chinese characters on this computer")


def made(rows: int = 1, name: str = "周文敏") -> Document:
    """A document with some of everything."""
    return Document(
        phrase("Print"),
        (
            Title(name, "Zhōu Wénmǐn"),
            Columns((Heading("拜访"), Lines((Line("龙泉青瓷", "11-12"),), cut=3)), (Note("忌谈股票", "risk"),)),
            TableBlock(
                ("时间", "客户"), tuple((f"{at // 60:02}:{at % 60:02}", name) for at in range(rows)), right=(0,)
            ),
        ),
        TODAY,
        "李文静 · 城中支行",
    )


def read(content: bytes) -> PdfReader:
    """The PDF as a reader sees it."""
    return PdfReader(BytesIO(content))


def written(reader: PdfReader) -> str:
    """All text, without the gaps that come from placing letters."""
    return "".join("".join(page.extract_text().split()) for page in reader.pages)


def embedded(reader: PdfReader) -> dict[str, bool]:
    """The fonts of all pages, and whether each carries its outlines inside the file."""
    found: dict[str, bool] = {}
    for page in reader.pages:
        resources: Any = page["/Resources"]
        for entry in resources["/Font"].values():
            font = entry.get_object()
            for inner in font.get("/DescendantFonts", [font]):
                described = inner.get_object().get("/FontDescriptor", {})
                outlines = {"/FontFile", "/FontFile2", "/FontFile3"} & set(described)
                found[str(font["/BaseFont"])] = bool(outlines)
    return found


def test_the_text_of_a_pdf_can_be_read_back() -> None:
    whole = written(read(document.pdf(made())))
    for expected in (
        "周文敏",
        "ZhōuWénmǐn",
        "龙泉青瓷",
        "忌谈股票",
        "11-12",
        "and3morelines",
        "00:00",
        "李文静·城中支行",
    ):
        assert expected in whole


def test_every_font_is_inside_the_pdf() -> None:
    found = embedded(read(document.pdf(made())))
    assert found
    assert all(found.values())


def test_every_page_says_who_when_which_and_that_it_is_confidential() -> None:
    reader = read(document.pdf(made(rows=120)))
    assert len(reader.pages) == document.pages_of(made(rows=120)) > 2
    for number, page in enumerate(reader.pages, 1):
        told = "".join(page.extract_text().split())
        assert "李文静·城中支行" in told
        assert "Confidential:forinternaluseonly" in told
        assert f"Page{number}of{len(reader.pages)}" in told
        assert "2026-11-21" in told
        assert "客户" in told  # the head of the table, on each page anew


def test_what_may_leave_the_bank_bears_no_mark() -> None:
    from dataclasses import replace

    assert "Confidential" not in written(read(document.pdf(replace(made(), confidential=False))))


def test_pages_are_a4_and_the_file_tells_no_name_of_a_client() -> None:
    reader = read(document.pdf(made()))
    assert [round(float(side) / 72 * 25.4) for side in reader.pages[0].mediabox[2:]] == [210, 297]
    assert reader.metadata is not None
    assert reader.metadata.title == "Print"
    assert "周文敏" not in str(dict(reader.metadata))


def test_the_margins_speak_chinese_too() -> None:
    text.use("zh_CN")
    assert "内部资料，注意保密" in written(read(document.pdf(made())))


def test_a_character_that_no_font_has_is_counted() -> None:
    for name, count in (("周", 0), (f"周 {NOWHERE}", 1)):
        assert document.lacking_of({*"".join(texts(made(name=name).blocks))}) == count


def test_without_a_chinese_font_it_is_said_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "has_chinese", lambda: False)
    with pytest.raises(Trouble) as caught:
        document.pdf(made())
    assert caught.value.code == "no_chinese_font"
    latin = Document(phrase("Print"), (Title("Anna"),), TODAY)
    assert "Anna" in written(read(document.pdf(latin)))


def test_a_pdf_is_made_on_a_worker(qtbot: QtBot, tasks: Tasks) -> None:
    done: list[bytes] = []
    for _number in range(12):
        tasks.call(document.pdf, made(rows=60), "Exported by 李慧").done.connect(done.append)
    qtbot.waitUntil(lambda: len(done) == 12, timeout=30_000)
    assert {len(read(one).pages) for one in done} == {document.pages_of(made(60))}


def test_the_mark_stands_on_every_page() -> None:
    mark = "Exported by 李慧 on 2026-11-21 for: 稽核 · No. 77"
    pages = read(document.pdf(made(rows=60), mark)).pages
    assert len(pages) > 1
    assert all("No.77" in "".join(page.extract_text().split()) for page in pages)


def test_what_follows_a_break_begins_on_a_page_of_its_own_and_an_empty_page_is_never_left() -> None:
    whole = Document(phrase("Print"), (Break(), Title("甲"), Break(), Title("乙"), Break(), Title("丙")), TODAY)
    assert document.pages_of(whole) == 3
    pages = [page.extract_text() for page in PdfReader(BytesIO(document.pdf(whole))).pages]
    assert [next(sign for sign in "甲乙丙" if sign in page) for page in pages] == ["甲", "乙", "丙"]


def test_a_chart_stands_as_a_picture_in_the_text() -> None:
    chart = Bars("覆盖", (Bar("私行", 0.8, "80%", "私行 80%"),), 1.0)
    pages = PdfReader(BytesIO(document.pdf(Document(phrase("Print"), (Picture(chart, 60),), TODAY)))).pages
    assert "覆盖" in pages[0].extract_text()
    assert len(pages[0].images) == 1
