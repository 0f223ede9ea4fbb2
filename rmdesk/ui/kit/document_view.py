"""Shows a document in the window: read, find, copy, zoom, print, save as PDF."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QTextCursor, QTextDocument
from PySide6.QtWidgets import QDialog, QFrame, QLineEdit, QTextBrowser, QWidget

from rmdesk.base.text import _, plural
from rmdesk.services.charts.kinds import facts
from rmdesk.services.documents import Document, plain
from rmdesk.services.documents.blocks import Block, Columns, Lines, TableBlock, charts_of, said, texts
from rmdesk.services.documents.commands import DOCUMENT, NoteCopied
from rmdesk.services.documents.writing import file_name
from rmdesk.services.exports.door import mark_of
from rmdesk.services.exports.rules import PRINT, Mark, Wish
from rmdesk.ui.kit.as_table import has_table
from rmdesk.ui.kit.clipboard import clipboard
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.document import lacking_of, pdf, print_
from rmdesk.ui.kit.drawing import Look, drawing
from rmdesk.ui.kit.export_dialog import ExportDialog
from rmdesk.ui.kit.exporting import Exporting
from rmdesk.ui.kit.slices import Slices
from rmdesk.ui.kit.theme import theme
from rmdesk.ui.kit.told_dialog import ToldDialog, tell
from rmdesk.ui.kit.widgets import Button, clearable, column, label, restyle, row

if TYPE_CHECKING:
    from rmdesk.base.progress import Progress
    from rmdesk.services.store.reads import Reads

PDF = "pdf"
STEPS = (75, 90, 100, 110, 125, 150, 175, 200)  # percent
SHORT = 60  # lines that are drawn at once
TOGETHER = 6  # lines of a long one that are drawn in a step
ROWS = 6  # of a table that Qt lays out in one go
WIDE = 720  # pixels of the text at 100 %: the width of a page


class Sheet(QTextBrowser):
    """The document itself, in the colours of the theme; text can be selected and copied."""

    def __init__(self) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.percent = 100
        self._document: Document | None = None
        self._slices = Slices(self, 0)  # after each step all that is seen is painted anew
        theme.changed.connect(self.redraw)

    def show_document(self, document: Document) -> None:
        """Show another document, from its beginning."""
        self._document = document
        self.redraw(0)

    def zoom(self, percent: int) -> None:
        """Larger or smaller type."""
        self.percent = percent
        self.redraw()

    @property
    def building(self) -> bool:
        """Whether a long document is still being drawn."""
        return self._slices.busy

    def redraw(self, at: int | None = None) -> None:
        """Draw anew, as when the colours have changed; the place in the text is kept unless another is given.

        A long document is drawn and laid out a few milliseconds at a time; its beginning is seen at once.
        """
        if self._document is None:
            return
        look = Look(theme.tokens, theme.percent / 100 * self.percent / 100, ROWS)
        made, strokes = drawing(self._document.blocks, look)
        made.setParent(self)
        made.setDocumentMargin(24)
        place = self.verticalScrollBar().value() if at is None else at
        self._slices.stop()
        if _lines(self._document.blocks) > SHORT:
            self._slices.begin(self._strokes(made, strokes, place))
            return
        for _stroke in strokes:
            pass
        self.setDocument(made)
        self.verticalScrollBar().setValue(place)

    def _strokes(self, made: QTextDocument, strokes: Iterator[None], place: int) -> Iterator[Callable[[], object]]:
        """Some lines at a time: Qt lays out a table anew after each change of it."""
        yield lambda: self.setDocument(made)  # Qt deletes the one before
        whole, more = QTextCursor(made), True
        while more:
            whole.beginEditBlock()
            more = sum(1 for _stroke in islice(strokes, TOGETHER)) == TOGETHER
            whole.endEditBlock()
            yield lambda: self.verticalScrollBar().setValue(place)

    def search(self, text: str, *, back: bool = False) -> bool:
        """Select the next place with this text, going round at the end; False when there is none."""
        if not text:
            self.moveCursor(QTextCursor.MoveOperation.Start)
            return True
        flags = QTextDocument.FindFlag.FindBackward if back else QTextDocument.FindFlag(0)
        if self.find(text, flags):
            return True
        edge = QTextCursor.MoveOperation.End if back else QTextCursor.MoveOperation.Start
        self.moveCursor(edge)
        return self.find(text, flags)


class DocumentView(QWidget):
    """A document with its bar. `saved` tells the path of a PDF once it is written."""

    saved = Signal(object)

    def __init__(self, desk: Desk, document: Document | None = None) -> None:
        super().__init__()
        self.desk = desk
        self.document: Document | None = None
        self._facts: list[str] = []
        self._looking = Slices(self)
        self.sheet = Sheet()
        self.field = QLineEdit()
        self.field.setPlaceholderText(_("Find in document"))
        self.field.setAccessibleName(_("Find in document"))
        clearable(self.field)
        self.field.setMinimumWidth(theme.px(120))  # gives way before the buttons beside it touch
        self.field.setMaximumWidth(theme.px(210))
        self.field.textChanged.connect(lambda text: self._find(text, fresh=True))
        self.field.returnPressed.connect(lambda: self._find(self.field.text()))
        self.smaller = Button("−", lambda: self._zoom(-1), kind="small", hint=_("Smaller"), name=_("Smaller"))
        self.larger = Button("+", lambda: self._zoom(1), kind="small", hint=_("Larger"), name=_("Larger"))
        self._percent = label("100%", "small")
        self.copy_button = Button(_("Copy"), self.copy, icon="copy")
        self.print_button = Button(_("Print"), self.print_out, icon="print")
        self.save_button = Button(_("Save as PDF"), self.save, icon="export")
        self.told = Button("", self.tell_charts, kind="icon", icon="columns", hint=_("Show charts as a table"))
        self.told.hide()
        self.warning = label("", "error", wrap=True)
        self.warning.hide()
        self.bar = row(self.field, self.smaller, self._percent, self.larger, self.told, None)
        for button in (self.copy_button, self.print_button, self.save_button):
            self.bar.addWidget(button)
        paper = QFrame()
        paper.setProperty("role", "card")
        paper.setLayout(column(self.sheet, gap=0))
        self.setLayout(column(self.bar, self.warning, paper, gap=10))
        for keys, press in (
            (QKeySequence(QKeySequence.StandardKey.Find), self.field.setFocus),
            (QKeySequence(QKeySequence.StandardKey.Print), self.print_out),
            (QKeySequence(QKeySequence.StandardKey.Save), self.save),
        ):
            shortcut = QShortcut(keys, self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(press)
        if document is not None:
            self.show_document(document)

    def show_document(self, document: Document) -> None:
        """Show this document, and say when a font lacks some of its characters."""
        self.document = document
        self.sheet.setAccessibleName(said(document.name))
        charts = list(charts_of(document.blocks))
        self._facts = [f"{chart.title}: {text}" for chart in charts for text, _pick in facts(chart)]
        self.sheet.setAccessibleDescription("\n".join(self._facts))
        has_table(self.sheet)
        self.told.setVisible(bool(charts))
        self.sheet.show_document(document)
        self._looking.begin(self._look(document))
        if _lines(document.blocks) <= SHORT:
            self._looking.finish()

    def tell_charts(self) -> ToldDialog:
        """Show the figures of its charts as a table, which a drawing on paper cannot."""
        return tell(self, self.sheet.accessibleName(), self._facts)

    @property
    def building(self) -> bool:
        """Whether a long document is still being drawn and looked through."""
        return self.sheet.building or self._looking.busy

    def _look(self, document: Document) -> Iterator[Callable[[], object]]:
        signs: set[str] = set()
        told = texts(document.blocks)
        while some := list(islice(told, TOGETHER)):
            signs.update(*some)
            yield lambda: None
        yield lambda: self._warn(lacking_of(signs))

    def _warn(self, lacking: int) -> None:
        self.warning.setVisible(bool(lacking))
        self.warning.setText(
            plural(
                "{count} character cannot be shown: no font on this computer has it.",
                "{count} characters cannot be shown: no font on this computer has them.",
                lacking,
            )
        )

    # Out of the encrypted file: each is put on record first.

    def copy(self) -> None:
        """Put the selected text, or all of it, on the clipboard."""
        document = self.document
        if document is None:
            return
        picked = self.sheet.textCursor().selection().toPlainText()
        text = picked or "\n".join(plain.lines(document))
        task = self.desk.tasks.perform(NoteCopied(document.name.message, document.client))
        task.done.connect(lambda _outcome: clipboard.put(text))
        task.done.connect(lambda _outcome: self.desk.toast(_("Copied")))

    def print_out(self) -> None:
        """Ask what for, then for a printer, and print."""
        if self.document is not None:
            dialog = self._question(PRINT, _("Print {name}"))
            dialog.answered.connect(self.choose_printer)
            dialog.open()

    def choose_printer(self, wish: Wish) -> None:
        """Ask for a printer, put it on record, and print."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        document, store = self.document, self.desk.tasks.store
        if document is None or store is None:
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(printer, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        mark = mark_of(store.who, wish.reason)

        def chosen() -> None:
            from rmdesk.services.exports.commands import RecordExport

            task = self.desk.tasks.perform(RecordExport(wish, mark, 1, told=_told(document, PRINT)))
            task.done.connect(lambda _outcome: print_(document, printer, mark.line))

        dialog.accepted.connect(chosen)
        QDialog.open(dialog)  # the print dialog's own `open` wants a slot by name

    def save(self) -> None:
        """Ask what for and where to, and save as PDF."""
        if self.document is not None:
            name = file_name(self.document.name, self.document.day)
            self._out(name).ask(self._question(PDF, _("Save {name} as PDF")), self)

    def save_to(self, path: Path, wish: Wish) -> None:
        """Put on record that it goes out, and write the PDF."""
        if self.document is not None:
            self._out(path.name).give_out(wish, path)

    def _question(self, form: str, title: str) -> ExportDialog:
        document = self.document
        assert document is not None
        told = title.format(name=said(document.name))
        return ExportDialog(self.desk, told, DOCUMENT, {form: _("PDF")}, client=document.client)

    def _out(self, name: str) -> Exporting:
        document = self.document
        assert document is not None

        def make(_reads: Reads, mark: Mark, _progress: Progress) -> tuple[bytes, int]:
            return pdf(document, mark.line), 1

        def written(path: Path) -> None:
            self.saved.emit(path)
            self.desk.toast(_("Saved as {name}").format(name=path.name))

        return Exporting(self.desk, make, name=name, told=_told(document, PDF), written=written)

    # Inside.

    def _zoom(self, step: int) -> None:
        at = STEPS.index(self.sheet.percent) + step
        percent = STEPS[max(0, min(len(STEPS) - 1, at))]
        self.sheet.zoom(percent)
        self._percent.setText(f"{percent}%")
        self.smaller.setEnabled(percent > STEPS[0])
        self.larger.setEnabled(percent < STEPS[-1])

    def _find(self, text: str, *, fresh: bool = False) -> None:
        if fresh:
            self.sheet.moveCursor(QTextCursor.MoveOperation.Start)
        restyle(self.field, wrong=not self.sheet.search(text))


def _lines(blocks: Sequence[Block]) -> int:
    """About how many lines there are to draw."""
    count = len(blocks)
    for block in blocks:
        if isinstance(block, TableBlock):
            count += 2 * len(block.rows)
        elif isinstance(block, Lines):
            count += len(block.items)
        elif isinstance(block, Columns):
            count += _lines(block.left) + _lines(block.right)
    return count


def _told(document: Document, way: str) -> dict[str, str]:
    """What the change record says."""
    return {"document": document.name.message, "way": way}
