"""Text in several lines for painted widgets."""

from __future__ import annotations

from PySide6.QtCore import QPointF
from PySide6.QtGui import QFontMetricsF, QImage, QPainter
from pytestqt.qtbot import QtBot

from rmdesk.ui.kit.paragraph import Paragraph
from rmdesk.ui.kit.theme import theme

HOSTILE = ("", " ", "\n\n\n", "x" * 100_000, "👨‍👩‍👧 " * 50, "\u202eabc\u202c", "a\0b\tc\r\nd", "茶" * 9000)


def lines(paragraph: Paragraph) -> int:
    return round(paragraph.height / QFontMetricsF(theme.font(14)).height())


def test_a_short_text_is_one_line(qtbot: QtBot) -> None:
    made = Paragraph("tea", theme.font(14), 200)
    assert lines(made) == 1
    assert 0 < made.width < 200


def test_words_go_on_in_the_next_line_and_long_ones_are_broken(qtbot: QtBot) -> None:
    assert lines(Paragraph("one two three four five six", theme.font(14), 80)) > 1
    made = Paragraph("x" * 60, theme.font(14), 80)
    assert lines(made) > 1
    assert made.width <= 80
    assert lines(Paragraph("one\ntwo", theme.font(14), 200)) == 2


def test_no_more_lines_than_asked_for(qtbot: QtBot) -> None:
    assert lines(Paragraph("tea " * 500, theme.font(14), 100, 3)) == 3


def test_any_text_is_painted(qtbot: QtBot) -> None:
    picture = QImage(200, 200, QImage.Format.Format_ARGB32)
    picture.fill(0xFFFFFFFF)
    blank = picture.copy()
    painter = QPainter(picture)
    for text in HOSTILE:
        Paragraph(text, theme.font(14), 120, 4).paint(painter, QPointF(0, 0))
    painter.end()
    assert picture != blank
