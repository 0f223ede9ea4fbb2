"""Documents drawn by Qt: the blocks of the services as a QTextDocument in our style, as PDF, and to a printer.

Screen and paper share one builder. Paper is always the light theme in points on A4; the same pages are printed and
saved. Everything here runs on any one thread from start to end, so a PDF can be made on a worker.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QEventLoop, QIODevice, QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
)

from rmdesk import __version__
from rmdesk.base.errors import Trouble
from rmdesk.base.text import N_
from rmdesk.services.documents import words
from rmdesk.services.documents.blocks import Document, said, texts
from rmdesk.ui.kit import fonts
from rmdesk.ui.kit.drawing import PAPER, draw

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

RESOLUTION = 600  # of a PDF, dots per inch: fine enough that no letter's place is rounded visibly
SIDE, TOP, FOOT = 16.0, 20.0, 18.0  # margins in millimetres; header and footer stand inside the last two
INCH = 25.4


def pages_of(document: Document) -> int:
    """How many pages of A4 the document takes."""
    made = draw(document.blocks, PAPER)
    made.setPageSize(_body_points())
    return made.pageCount()


def pdf(document: Document, mark: str = "") -> bytes:
    """The document as PDF/A4 with its fonts embedded; Trouble when no font here has Chinese and it is needed.

    `mark` stands at the foot of each page: whose export it is, and what for.
    """
    check_fonts(document)
    QEventLoop()  # gives a worker the means for timers, by which Qt lays out long texts
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(RESOLUTION)
    writer.setTitle(document.name.said)
    writer.setCreator(f"rmdesk {__version__}")
    paint(document, writer, mark)
    del writer
    return bytes(buffer.data().data())


def print_(document: Document, printer: QPrinter, mark: str = "") -> None:
    """Print on a printer that was chosen in its dialog; the caller puts on record that it goes out."""
    check_fonts(document)
    printer.setDocName(document.name.said)  # the queue of a shared printer shows it: no client in it
    paint(document, printer, mark)


def paint(document: Document, device: QPagedPaintDevice, mark: str = "") -> None:
    """Draw all pages, with header and footer, on a device that has pages."""
    device.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4),
            QPageLayout.Orientation.Portrait,
            QMarginsF(SIDE, TOP, SIDE, FOOT),
            QPageLayout.Unit.Millimeter,
        )
    )
    made = draw(document.blocks, PAPER)
    body = _body_points()
    made.setPageSize(body)
    painter = QPainter(device)
    scale = painter.device().logicalDpiX() / 72
    painter.scale(scale, scale)
    count = made.pageCount()
    for number in range(count):
        if number:
            device.newPage()
        _margins(painter, document, body, number + 1, count)
        _sign(painter, body, mark)
        painter.save()
        painter.translate(0, -number * body.height())
        made.drawContents(painter, QRectF(0, number * body.height(), body.width(), body.height()))
        painter.restore()
    painter.end()


def lacking_of(signs: set[str]) -> int:
    """How many of these characters no font on this computer has, blanks left out; they show as boxes."""
    return len(fonts.lacking({sign for sign in signs if not sign.isspace()}))


def check_fonts(document: Document) -> None:
    """Trouble when there is Chinese to draw and no font for it; a few rare characters are let pass."""
    if any("一" <= sign <= "鿿" for text in texts(document.blocks) for sign in text) and not fonts.has_chinese():
        raise Trouble(
            N_("No font on this computer has Chinese characters."),
            do=N_("Install one, such as Noto Sans CJK SC, and start rmdesk again."),
            code="no_chinese_font",
        )


def _body_points() -> QSizeF:
    """The room for the text on one page, in points."""
    page = QPageSize(QPageSize.PageSizeId.A4).size(QPageSize.Unit.Millimeter)
    return QSizeF((page.width() - 2 * SIDE) / INCH * 72, (page.height() - TOP - FOOT) / INCH * 72)


def _margins(painter: QPainter, document: Document, body: QSizeF, number: int, count: int) -> None:
    """Who, for whom, when, and which page; the confidential mark stands on each."""
    font = QFont()
    font.setFamilies(fonts.families())
    font.setPointSizeF(8 * 72 / painter.device().logicalDpiY())
    painter.save()
    painter.setFont(font)
    painter.setPen(QColor(PAPER.tokens.ink2))
    head = QRectF(0, -22, body.width(), 12)
    foot = QRectF(0, body.height() + 10, body.width(), 12)
    left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
    painter.drawText(head, left, document.manager)
    painter.drawText(foot, left, f"{said(document.name)} · {document.day}")
    painter.drawText(foot, right, words.page(number, count))
    if document.confidential:
        painter.setPen(QColor(PAPER.tokens.risk_ink))
        painter.drawText(head, right, words.confidential())
    painter.setPen(QColor(PAPER.tokens.line_strong))
    painter.drawLine(0, -8, int(body.width()), -8)
    painter.restore()


def _sign(painter: QPainter, body: QSizeF, mark: str) -> None:
    """The mark below the foot, small; cut where the page ends."""
    if not mark:
        return
    font = QFont()
    font.setFamilies(fonts.families())
    font.setPointSizeF(6.5 * 72 / painter.device().logicalDpiY())
    painter.save()
    painter.setFont(font)
    painter.setPen(QColor(PAPER.tokens.ink2))
    told = QFontMetricsF(font, painter.device()).elidedText(mark, Qt.TextElideMode.ElideRight, body.width())
    painter.drawText(QRectF(0, body.height() + 22, body.width(), 12), Qt.AlignmentFlag.AlignLeft, told)
    painter.restore()
