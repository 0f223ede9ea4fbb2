"""A document reads as plain lines, in either language."""

from __future__ import annotations

from rmdesk.base import text
from rmdesk.base.text import phrase
from rmdesk.services.charts import Bar, Bars
from rmdesk.services.documents import (
    Break,
    Columns,
    Document,
    Facts,
    Heading,
    Line,
    Lines,
    Note,
    Paragraph,
    Picture,
    TableBlock,
    Title,
    plain,
)
from rmdesk.services.documents.blocks import texts
from tests.conftest import TODAY

WHOLE = Document(
    phrase("Print"),
    (
        Title("周文敏", "Zhōu Wénmǐn"),
        Facts((("AUM", "12.4 M"), ("Phone", ""))),
        Columns(
            (Heading("Visits", "2"), Lines((Line("spoke of\nporcelain", "11-12", tail="28.0"),), cut=2)),
            (Paragraph("one\ntwo"), Note("careful", "risk")),
        ),
        TableBlock(("Time", "Who"), (("9:00", "周文敏"), ("10:30", "Li")), right=(0,)),
        Break(),
        Picture(Bars("Coverage", (Bar("T5", 0.8, "80%", "T5 80%"),))),
    ),
    TODAY,
)


def test_every_block_has_its_lines() -> None:
    assert list(plain.lines(WHOLE)) == [
        "周文敏",
        "Zhōu Wénmǐn",
        "AUM  12.4 M",
        "Phone  –",
        "",
        "Visits (2)",
        "- 11-12  spoke of porcelain  28.0",
        "  and 2 more lines",
        "",
        "one",
        "two",
        "careful",
        " Time  Who",
        " 9:00  周文敏",
        "10:30  Li",
        "",
        "",
        "Coverage",
        "- T5 80%",
    ]


def test_phrases_are_said_in_the_language_in_use() -> None:
    blocks = (Heading(phrase("Print")),)
    text.use("zh_CN")
    assert list(texts(blocks)) == ["打印", ""]
    text.use("en")
    assert list(texts(blocks)) == ["Print", ""]


def test_all_texts_are_found_wherever_they_stand() -> None:
    found = set(texts(WHOLE.blocks))
    for expected in (
        "周文敏",
        "Zhōu Wénmǐn",
        "12.4 M",
        "spoke of\nporcelain",
        "28.0",
        "one\ntwo",
        "careful",
        "10:30",
        "T5 80%",
    ):
        assert expected in found
