"""From blocks to a QTextDocument: type, colours, tables. One builder for the screen and for paper."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextImageFormat,
    QTextLength,
    QTextOption,
    QTextTable,
    QTextTableCellFormat,
    QTextTableFormat,
)

from rmdesk.services.documents import words
from rmdesk.services.documents.blocks import (
    Block,
    Break,
    Columns,
    Facts,
    Heading,
    Line,
    Lines,
    Note,
    Paragraph,
    Picture,
    TableBlock,
    Title,
    said,
)
from rmdesk.ui.kit import fonts, pictures
from rmdesk.ui.kit.tokens import LIGHT, Tokens

# Chinese fonts often lack letters with the third tone, or draw them as blanks: such words go to a Latin font.
TONES = re.compile(r"([^\W\d_]*[\u00c0-\u024f\u0300-\u036f][\w'’\u0300-\u036f]*)")
WHOLE = 1 << 30
BIG, HEAD, BODY, SMALL = 20.0, 14.0, 13.0, 11.5


@dataclass(frozen=True, slots=True)
class Look:
    """Colours, and how large one unit of type is: pixels on the screen, points on paper."""

    tokens: Tokens
    unit: float = 1.0
    rows: int = WHOLE  # of a table that Qt lays out at once: what is longer becomes several, one below the other


# The unit is a point of the device's own scale: paper is drawn on a canvas of 72 units to the inch.
PAPER = Look(LIGHT, 0.78)


def draw(blocks: Sequence[Block], look: Look) -> QTextDocument:
    """The blocks as a text document; give it a page size or a text width to lay it out."""
    made, strokes = drawing(blocks, look)
    for _stroke in strokes:
        pass
    return made


def drawing(blocks: Sequence[Block], look: Look) -> tuple[QTextDocument, Iterator[None]]:
    """An empty text document, and what draws the blocks into it, a line of a table or a block at a time."""
    made = QTextDocument()
    made.setUndoRedoEnabled(False)
    made.setDocumentMargin(0)
    made.setUseDesignMetrics(True)
    base = QFont()
    base.setFamilies(fonts.families())
    base.setPixelSize(max(1, round(BODY * look.unit)))
    base.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    made.setDefaultFont(base)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    made.setDefaultTextOption(option)
    return made, _Pen(QTextCursor(made), look).blocks(blocks)


class _Pen:
    """Writes blocks where its cursor stands."""

    def __init__(self, cursor: QTextCursor, look: Look) -> None:
        self._cursor = cursor
        self._look = look
        self._fresh = True  # the block at the cursor is still empty
        self._breaks = False  # the next block begins a page

    def blocks(self, blocks: Sequence[Block]) -> Iterator[None]:
        """Write these, from top to bottom, a stroke at a time."""
        for block in blocks:
            yield from self._write(block)
            yield

    def _write(self, block: Block) -> Iterator[None]:
        match block:
            case Title():
                self._line(above=0)
                self._text(said(block.text), BIG, bold=True)
                if said(block.about):
                    self._line(above=2)
                    self._text(said(block.about), BODY, "ink2")
            case Heading():
                self._line(above=10, below=3)
                self._text(said(block.text), HEAD, "accent", bold=True)
                if said(block.note):
                    self._text(f"   {said(block.note)}", SMALL, "ink3")
            case Paragraph():
                for part in said(block.text).split("\n"):
                    self._line(above=2)
                    self._text(part, BODY, "ink2" if block.soft else "ink")
            case Note():
                self._note(block)
            case Facts():
                self._facts(block)
            case Lines():
                yield from self._lines(block)
            case TableBlock():
                yield from self._table(block)
            case Columns():
                yield from self._columns(block)
            case Picture():
                self._picture(block)
            case Break():
                self._breaks = not self._fresh

    # Parts.

    def _note(self, block: Note) -> None:
        plain = block.kind == "plain"
        self._line(above=4, below=2, ground="" if plain else f"{block.kind}_soft")
        self._text(said(block.text), SMALL, "ink3" if plain else f"{block.kind}_ink")

    def _facts(self, block: Facts) -> None:
        count = max(1, block.columns)
        rows = -(-len(block.pairs) // count)
        if not rows:
            return
        shares = [value for _at in range(count) for value in (30, 70)]
        table = self._grid(rows, 2 * count, [share / count for share in shares], gap=2, above=6)
        for at, (label, value) in enumerate(block.pairs):
            row, column = divmod(at, count)
            self._cell(table, row, 2 * column, said(label), SMALL, "ink2")
            self._cell(table, row, 2 * column + 1, said(value) or words.UNKNOWN, BODY, "ink")
        self._leave(table)

    def _lines(self, block: Lines) -> Iterator[None]:
        if block.items:
            has_lead = any(said(line.lead) for line in block.items)
            has_tail = any(said(line.tail) for line in block.items)
            shares = [18.0] * has_lead + [100.0 - 18 * has_lead - 16 * has_tail] + [16.0] * has_tail
            table = self._grid(len(block.items), len(shares), shares, gap=1.5)
            for row, line in enumerate(block.items):
                self._item(table, row, line, has_lead=has_lead, has_tail=has_tail)
                yield
            self._leave(table)
        if block.cut:
            self._line(above=1)
            self._text(words.more(block.cut), SMALL, "ink3")

    def _item(self, table: QTextTable, row: int, line: Line, *, has_lead: bool, has_tail: bool) -> None:
        colour = "ink" if line.kind == "plain" else f"{line.kind}_ink"
        if has_lead:
            self._cell(table, row, 0, said(line.lead), SMALL, "ink2")
        self._cell(table, row, int(has_lead), " ".join(said(line.text).split("\n")), BODY, colour)
        if has_tail:
            self._cell(table, row, int(has_lead) + 1, said(line.tail), BODY, "ink", right=True)

    def _table(self, block: TableBlock) -> Iterator[None]:
        columns, most = len(block.head), self._look.rows
        widths = block.widths or (1,) * columns
        shares = [100 * width / sum(widths) for width in widths]
        for start in range(0, max(1, len(block.rows)), most):
            rows, first = block.rows[start : start + most], 0 if start else 1
            table = self._grid(len(rows) + first, columns, shares, gap=3, head=not start)
            for at, cell in enumerate(block.head if first else ()):
                self._cell(table, 0, at, said(cell), SMALL, "ink2", right=at in block.right, ruled="line_strong")
            for row, cells in enumerate(rows, first):
                for at, cell in enumerate(cells):
                    self._cell(table, row, at, said(cell), BODY, "ink", right=at in block.right, ruled="line")
                yield
            self._leave(table)

    def _columns(self, block: Columns) -> Iterator[None]:
        table = self._grid(1, 2, [50, 50], gap=0, above=8)
        for at, blocks in enumerate((block.left, block.right)):
            form = QTextTableCellFormat()
            form.setLeftPadding(self._px(9 if at else 0))
            form.setRightPadding(self._px(0 if at else 9))
            cell = table.cellAt(0, at)
            cell.setFormat(form)
            yield from _Pen(cell.firstCursorPosition(), self._look).blocks(blocks)
        self._leave(table)

    def _picture(self, block: Picture) -> None:
        """A chart under its title; drawn with colours of its own, it is a picture in the text."""
        self._line(above=10, below=2)
        self._text(block.chart.title, HEAD, "accent", bold=True)
        image = pictures.drawn(block.chart, block.height, self._look.tokens)
        form = QTextImageFormat()
        form.setName(f"chart:{image.cacheKey()}")
        form.setWidth(self._px(pictures.WIDE))
        form.setHeight(self._px(block.height))
        self._cursor.document().addResource(QTextDocument.ResourceType.ImageResource.value, QUrl(form.name()), image)
        self._line(below=4)
        place = self._cursor.blockFormat()
        place.setLineHeight(0, QTextBlockFormat.LineHeightTypes.SingleHeight.value)
        self._cursor.setBlockFormat(place)
        self._cursor.insertImage(form)

    # Strokes.

    def _px(self, size: float) -> float:
        return size * self._look.unit

    def _colour(self, name: str) -> QColor:
        return QColor(str(getattr(self._look.tokens, name)))

    def _form(self, size: float, colour: str, *, bold: bool = False) -> QTextCharFormat:
        form = QTextCharFormat()
        form.setProperty(QTextFormat.Property.FontPixelSize, max(1, round(self._px(size))))
        form.setForeground(QBrush(self._colour(colour)))
        if bold:
            form.setFontWeight(QFont.Weight.Bold)
        return form

    def _line(self, above: float = 0, below: float = 0, ground: str = "") -> None:
        """Begin a block of text."""
        form = QTextBlockFormat()
        form.setTopMargin(self._px(0 if self._fresh else above))
        form.setBottomMargin(self._px(below))
        form.setLineHeight(116, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        if self._breaks:
            form.setPageBreakPolicy(QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore)
            self._breaks = False
        if ground:
            form.setBackground(QBrush(self._colour(ground)))
        if self._fresh:
            self._cursor.setBlockFormat(form)
            self._fresh = False
        else:
            self._cursor.insertBlock(form)

    def _text(self, text: str, size: float, colour: str = "ink", *, bold: bool = False) -> None:
        _write(self._cursor, text, self._form(size, colour, bold=bold))

    def _grid(
        self, rows: int, columns: int, shares: Sequence[float], *, gap: float, head: bool = False, above: float = 0
    ) -> QTextTable:
        form = QTextTableFormat()
        form.setTopMargin(self._px(above))
        form.setBorder(0)
        form.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_None)
        form.setCellSpacing(0)
        form.setCellPadding(self._px(gap))
        form.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        form.setColumnWidthConstraints([QTextLength(QTextLength.Type.PercentageLength, share) for share in shares])
        if head:
            form.setHeaderRowCount(1)
        return self._cursor.insertTable(rows, columns, form)

    def _cell(
        self,
        table: QTextTable,
        row: int,
        column: int,
        text: str,
        size: float,
        colour: str,
        *,
        right: bool = False,
        ruled: str = "",
    ) -> None:
        cell = table.cellAt(row, column)
        form = QTextTableCellFormat()
        form.setRightPadding(self._px(0 if column == table.columns() - 1 else 8))
        if not column:
            form.setLeftPadding(0)
        if ruled:
            form.setBottomBorder(self._px(0.8))
            form.setBottomBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
            form.setBottomBorderBrush(QBrush(self._colour(ruled)))
        cell.setFormat(form)
        cursor = cell.firstCursorPosition()
        block = QTextBlockFormat()
        block.setAlignment(Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft)
        cursor.setBlockFormat(block)
        for at, part in enumerate(text.split("\n")):
            if at:
                cursor.insertBlock(block)
            _write(cursor, part, self._form(size, colour))

    def _leave(self, table: QTextTable) -> None:
        """Go on behind a table; the empty block that Qt keeps there is used next, or stays without height."""
        self._cursor = table.lastCursorPosition()
        self._cursor.movePosition(QTextCursor.MoveOperation.NextCharacter)
        form = QTextBlockFormat()
        form.setLineHeight(0, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        self._cursor.setBlockFormat(form)
        self._fresh = False


def _write(cursor: QTextCursor, text: str, form: QTextCharFormat) -> None:
    """Insert a text; words with tone marks in a Latin font."""
    for at, part in enumerate(TONES.split(text)):
        if not part:
            continue
        if at % 2:
            toned = QTextCharFormat(form)
            toned.setFontFamilies(fonts.latin())
            cursor.insertText(part, toned)
        else:
            cursor.insertText(part, form)
